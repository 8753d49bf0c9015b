import { afterEach, describe, expect, it } from 'vitest'
import { run, type Running } from '../../simulator/testing'
import type { SimulatorOptions } from '../../simulator'
import { createSessionCommands } from './commands'
import { keyedValues } from './keyed'
import { createSessionRuntime } from './runtime'
import { realPorts } from './testing/realPorts'
import type { SessionView } from './view'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** The real session with the real clients, at a simulated Finesse over real sockets. */
async function desk(options: SimulatorOptions = {}, trusted = true) {
  const running: Running = await run(options)
  open.push(() => running.stop())
  const { agent, node, simulator } = running
  const { ports, logged } = realPorts(trusted ? running.info.ca : null)
  const runtime = createSessionRuntime(ports)
  open.push(() => runtime.stop(500))
  const commands = createSessionCommands(runtime, ports)
  const until = (what: string, done: (view: SessionView) => boolean, limitMs = 8_000) =>
    new Promise<SessionView>((resolve, reject) => {
      const check = () => {
        if (!done(runtime.view())) return
        off()
        clearTimeout(timer)
        resolve(runtime.view())
      }
      const off = runtime.onChange(check)
      const timer = setTimeout(() => {
        off()
        reject(new Error(`not seen: ${what}; ${JSON.stringify(runtime.view().slices.session)}`))
      }, limitMs)
      check()
    })
  const signIn = (part: { password?: string; extension?: string } = {}) =>
    commands['session.signIn']({
      server: `${node.host}:${String(node.port)}`,
      loginId: agent.id,
      password: agent.password,
      extension: agent.extension,
      mode: 'replace',
      caFile: null,
      ...part,
    })
  const isOnline = (view: SessionView) => view.slices.session.phase === 'online'
  const online = async () => {
    await signIn()
    return until('online', isOnline)
  }
  return {
    running,
    agent,
    control: simulator.control,
    runtime,
    commands,
    until,
    signIn,
    online,
    isOnline,
    logged,
  }
}

const inState = (state: string) => (view: SessionView) => view.slices.agent?.state === state
const feedKinds = (view: SessionView) =>
  [...keyedValues(view.collections.feed)]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((entry) => entry.what.kind)
    .filter((kind) => kind !== 'noted')

describe.each(['UCCE', 'UCCX'] as const)('a session at %s', (deployment) => {
  it('signs in, watches the team, changes state, signs out', async () => {
    const { online, until, commands, agent, runtime, control } = await desk({ deployment })
    await online()
    const ready = await until(
      'team and reasons',
      ({ slices }) => slices.team.status === 'ready' && slices.team.live && slices.reasons.status === 'ready',
    )
    expect(ready.slices.agent).toMatchObject({ state: 'NOT_READY', extension: agent.extension, deployment })
    expect(ready.slices.session).toMatchObject({ degraded: [], identity: { resource: 'desktop' } })
    expect(ready.collections.members.size).toBeGreaterThan(5)
    const attempt = ready.slices.connection.attempts.at(-1)
    expect(attempt?.outcome).toBe('live')
    expect(attempt?.stages.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill('ok'))

    expect(await commands['agent.setState']({ state: 'READY', reasonCodeId: null })).toMatchObject({
      ok: true,
    })
    expect(runtime.view().slices.request).toMatchObject({ target: 'READY', phase: 'asked' })
    await until('READY', (view) => inState('READY')(view) && view.slices.request === null)

    const reason = ready.slices.reasons.notReady[0]
    expect(
      await commands['agent.setState']({ state: 'NOT_READY', reasonCodeId: reason?.id ?? '' }),
    ).toMatchObject({
      ok: true,
    })
    const lunch = await until('NOT_READY with reason', (view) => view.slices.agent?.reason?.id === reason?.id)
    expect(lunch.slices.reasons.favourites).toEqual([reason?.id])

    const out = ready.slices.reasons.signOut[0]?.id ?? null
    expect(await commands['session.signOut']({ reasonCodeId: out })).toMatchObject({ ok: true })
    await until('signed out', ({ slices }) => slices.session.phase === 'signedOut')
    expect(control.agent(agent.id).state).toBe('LOGOUT')
  })

  it('signs out from Ready', async () => {
    const { online, until, commands, agent, control } = await desk({
      deployment,
      rules: { reasonCodeRequired: true },
    })
    await online()
    await until('reasons', ({ slices }) => slices.reasons.status === 'ready')
    await commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    const view = await until('READY', (each) => inState('READY')(each) && each.slices.request === null)
    await commands['session.signOut']({ reasonCodeId: view.slices.reasons.signOut[0]?.id ?? null })
    await until('signed out', ({ slices }) => slices.session.phase === 'signedOut')
    expect(control.agent(agent.id).state).toBe('LOGOUT')
  })

  it('tells a queue call from offer to end', async () => {
    const { online, until, commands, agent, control } = await desk({ deployment })
    await online()
    await commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    await until('READY', inState('READY'))
    control.ringAgent(agent.id, { from: '0612345678' })
    const ringing = await until('call', ({ collections }) => collections.calls.size === 1)
    expect([...keyedValues(ringing.collections.calls)][0]).toMatchObject({
      direction: 'in',
      remote: '0612345678',
      ownState: 'ALERTING',
    })
    control.answer(agent.id)
    await until('TALKING', inState('TALKING'))
    control.customerHangsUp(agent.id)
    const over = await until(
      'end',
      ({ collections, slices }) => collections.calls.size === 0 && slices.agent?.state !== 'TALKING',
    )
    expect(feedKinds(over)).toEqual(expect.arrayContaining(['callArrived', 'callAnswered', 'callEnded']))
    expect(feedKinds(over).filter((kind) => kind === 'callArrived')).toHaveLength(1)
  })
})

describe('a refused sign-in', () => {
  it('stops after one wrong password', async () => {
    const { signIn, until, control, agent } = await desk()
    await signIn({ password: 'wrong' })
    const view = await until('blocked', ({ slices }) => slices.session.phase === 'blocked')
    expect(view.slices.session).toMatchObject({
      reason: 'passwordWrong',
      midShift: false,
      problem: { params: { stage: 'auth' } },
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(control.requests().filter(({ path }) => path.includes('/User/'))).toEqual([])
    expect(control.agent(agent.id).state).toBe('LOGOUT')
  })

  it('names an unknown extension', async () => {
    const { signIn, until } = await desk()
    await signIn({ extension: '9999999' })
    const view = await until('notice', ({ slices }) => slices.session.phase === 'signedOut')
    expect(view.slices.session).toMatchObject({
      notice: { code: 'extensionUnknown', params: { extension: '9999999', code: '260' } },
    })
  })

  it('asks about an unknown authority and sends nothing', async () => {
    const { signIn, until, control } = await desk({}, false)
    await signIn()
    const view = await until('blocked', ({ slices }) => slices.session.phase === 'blocked')
    expect(view.slices.session).toMatchObject({
      reason: 'untrustedCertificate',
      certificate: { changed: false },
    })
    expect(control.requests()).toEqual([])
  })

  it('says that the service is out', async () => {
    const { signIn, until } = await desk({ faults: [{ name: 'outOfService' }] })
    await signIn()
    const view = await until('notice', ({ slices }) => slices.session.phase === 'signedOut')
    expect(view.slices.session).toMatchObject({ notice: { code: 'outOfService' } })
  })
})

describe('a lost connection', () => {
  it('comes back with everything read again', async () => {
    const { online, until, control, agent, isOnline } = await desk()
    await online()
    await until('team', ({ slices }) => slices.team.live && slices.team.status === 'ready')
    const reads = control.requests().length
    control.setFault({ name: 'resetSocket' })
    await until('recovering', ({ slices }) => slices.session.phase === 'recovering')
    control.supervisorForces(agent.id, 'READY')
    const back = await until('online again', isOnline)
    expect(back.slices.agent?.state).toBe('READY')
    expect(feedKinds(back)).toEqual(
      expect.arrayContaining(['connectionLost', 'stateChangedMeanwhile', 'connectionRestored']),
    )
    await until('team again', ({ slices }) => slices.team.live && !slices.team.stale)
    const again = control
      .requests()
      .slice(reads)
      .map(({ method, path }) => `${method} ${path}`)
    expect(again.filter((each) => each.startsWith('PUT'))).toEqual([])
    expect(again.join()).toContain('/Dialogs')
    expect(again.join()).toContain('/Team/')
  })

  it('moves to the other node when its own is dead', async () => {
    const { online, until, control, isOnline } = await desk()
    await online()
    await control.killNode('A')
    await until('recovering', ({ slices }) => slices.session.phase === 'recovering')
    const back = await until('online on B', isOnline)
    expect(back.slices.connection.attempts.at(-1)?.node).toBe('B')
  })

  it('stops when another session takes its place', async () => {
    const { online, until, control, commands, isOnline } = await desk()
    await online()
    control.setFault({ name: 'conflict' })
    const view = await until('blocked', ({ slices }) => slices.session.phase === 'blocked')
    expect(view.slices.session).toMatchObject({ reason: 'signedInElsewhere', midShift: true })
    const count = view.slices.connection.attempts.length
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(view.slices.connection.attempts).toHaveLength(count)
    await commands['session.takeOver']({})
    await until('online again', isOnline)
  })

  it('shows a forced sign-out and signs in again only when told', async () => {
    const { online, until, control, agent, commands } = await desk()
    await online()
    control.supervisorForces(agent.id, 'LOGOUT')
    const view = await until('LOGOUT', inState('LOGOUT'))
    expect(view.slices.session.phase).toBe('online')
    expect(view.slices.choices.ready).toEqual({ allowed: false, why: 'signedOut' })
    await commands['session.signInAgain']({})
    await until('NOT_READY', (each) => inState('NOT_READY')(each) && each.slices.request === null)
  })
})

it('keeps the password out of state, view and log', async () => {
  const { online, runtime, agent, logged } = await desk()
  await online()
  expect(JSON.stringify([runtime.state(), runtime.view(), logged])).not.toContain(agent.password)
})
