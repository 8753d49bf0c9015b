import { expect, test } from 'vitest'
import { problem } from '../../src-contract/problem'
import type { Session } from '../../src-contract/state'
import { systemClock } from '../platform/clock'
import { createSelectView } from '../session/selectors'
import { initialState } from '../session/state'
import type { SessionView } from '../session/view'
import { createInspector } from './index'

const NUMBER = '0612345678'
const ENDPOINT = { host: 'fin-a', port: 8445, path: '/ws/' }

const identityOf = (loginId: string) => ({
  server: 'fin-a:8445',
  loginId,
  extension: '1001',
  mode: 'replace' as const,
  resource: 'desktop',
})
const SIGNED_OUT: Session = { phase: 'signedOut', notice: null }
const online = (loginId: string): Session => ({
  phase: 'online',
  identity: identityOf(loginId),
  since: 1,
  degraded: [],
  outOfServiceSince: null,
  passwordProblem: null,
})
const signingIn = (loginId: string): Session => ({
  phase: 'signingIn',
  identity: identityOf(loginId),
  step: 'verifying',
})

const workstation = () => {
  const start = createSelectView()(initialState)
  let view: SessionView = start
  const inspector = createInspector({
    clock: systemClock,
    serverNow: systemClock.now,
    view: () => view,
    redact: (text) => text,
  })
  const enter = (...sessions: readonly Session[]): void => {
    for (const session of sessions) {
      const previous = view
      view = { ...start, slices: { ...start.slices, session } }
      inspector.sessionChanged(previous, view)
    }
  }
  const call = (): void => {
    const tap = inspector.linkTap({ node: 'A', mode: 'replace', resource: 'desktop' })
    tap.stage({ stage: 'live', status: 'started', at: systemClock.now(), facts: {} }, ENDPOINT)
    tap.frame('received', `<message><fromAddress>${NUMBER}</fromAddress></message>`, systemClock.now())
    const rest = inspector.restTap('fin-a:8445')
    const request = { method: 'GET', path: `/finesse/api/x?number=${NUMBER}`, headers: {}, body: NUMBER }
    rest.requested(1, request, systemClock.now())
    rest.finished(1, null, systemClock.now())
  }
  const kept = async (): Promise<string> => {
    const { source } = inspector
    const trace = await inspector.rawTrace(0, 1_000)
    const attempts = source.attempts().map(({ id }) => source.attempt(id))
    return JSON.stringify([trace, attempts, inspector.calls()])
  }
  return { inspector, enter, call, kept, isPlain: () => inspector.state().trace.plain }
}

test('consent ends with the shift, not with a connection that is lost in it', async () => {
  const { inspector, enter, call, kept, isPlain } = workstation()
  enter(signingIn('1001'), online('1001'))
  inspector.setPlain(true)
  call()
  expect(await kept()).toContain(NUMBER)
  const blocked: Session = {
    phase: 'blocked',
    identity: identityOf('1001'),
    reason: 'passwordWrong',
    problem: problem('previewGone'),
    certificate: null,
    midShift: true,
  }
  enter(blocked, signingIn('1001'), online('1001'), { phase: 'signingOut', identity: identityOf('1001') })
  expect(isPlain()).toBe(true)
  enter(SIGNED_OUT)
  expect(isPlain()).toBe(false)
  // Whoever was given it may still show it to support, and a bundle says what it holds.
  expect(inspector.holdsPlain()).toBe(true)
  expect(await kept()).toContain(NUMBER)
  const { next } = inspector.state().trace
  enter(signingIn('1001'), online('1001'))
  call()
  expect(JSON.stringify(await inspector.rawTrace(next, 1_000))).not.toContain(NUMBER)
})

test('given for a sign-in that does not succeed, it is there for the next try', () => {
  const { inspector, enter, isPlain } = workstation()
  inspector.setPlain(true)
  enter(signingIn('1001'), SIGNED_OUT, signingIn('1001'), online('1001'))
  expect(isPlain()).toBe(true)
})

test('another agent at the same workstation finds neither the consent nor what it kept', async () => {
  for (const between of [[SIGNED_OUT], []]) {
    const { inspector, enter, call, kept, isPlain } = workstation()
    enter(signingIn('1001'), online('1001'))
    inspector.setPlain(true)
    call()
    enter(...between, signingIn('1002'))
    expect(isPlain()).toBe(false)
    expect(inspector.holdsPlain()).toBe(false)
    expect(await kept()).not.toContain(NUMBER)
    call()
    expect(await kept()).not.toContain(NUMBER)
    expect(await kept()).toContain('[number 1]')
  }
})

test('without consent another agent still finds what was captured, masked', async () => {
  const { inspector, enter, call, kept } = workstation()
  enter(signingIn('1001'), online('1001'))
  call()
  const before = inspector.source.attempts().length
  enter(SIGNED_OUT, signingIn('1002'))
  expect(inspector.source.attempts()).toHaveLength(before)
  expect(await kept()).not.toContain(NUMBER)
})
