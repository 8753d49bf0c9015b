import type { Fault } from '../../../simulator/faults/table'
import type { Cause } from '../../../src-contract/causes/ids'
import { startResponder, type Responder, type Script } from '../../finesse/notifications/testing/responder'
import { kept } from '../../finesse/transport/testing/attempt'
import { ask } from '../../session/testing/deskScenes'
import { faultDesk, isOnline } from '../../session/testing/faultDesk'
import type { FaultRun } from '../../testing/faultTest'
import { causeOfProblem, causeOfSystemInfo } from '../causeOf'
import { bare, openLink, provocation, startSite, testCa, type Link, type Provocation } from './provoke'

const living = async (script: Script = {}): Promise<{ responder: Responder; link: Link }> => {
  const responder = await startResponder(await (await testCa()).issue(), script)
  await kept({ close: () => responder.stop() })
  const link = await openLink(responder.port)
  await link.desk.until('ready')
  return { responder, link }
}

/** What happens once to a living session of the simulator. */
const struck = async (fault: Fault): Promise<Cause> => {
  const site = await startSite()
  const link = await site.link()
  await link.desk.until('pinged')
  site.control.setFault(fault)
  return link.ended()
}

const kill = (id: Provocation['id'], how: string, fault: Fault): Provocation =>
  provocation(id, `the simulator ${how}`, () => struck(fault))

const run: FaultRun = {
  log: () => undefined,
  secrets: () => undefined,
  watch: () => undefined,
  unwatch: () => undefined,
  after: (undo) => void kept({ close: undo }),
}

export const liveCases: readonly Provocation[] = [
  provocation('live.pingTimeout', 'neither pings nor anything else is answered', async () => {
    const { responder, link } = await living()
    await link.desk.until('pinged')
    responder.change({ deaf: true })
    return link.ended()
  }),
  provocation('live.silent', 'pings live, two own changes come without event', async () => {
    const desk = await faultDesk(run)
    await desk.online()
    desk.control.setFault({ name: 'noEvents', node: 'A' })
    for (const state of ['READY', 'NOT_READY'] as const) {
      await ask(desk, state)
      await desk.until(({ slices }) => slices.request === null && slices.agent?.state === state, 10_000)
    }
    await desk.until((view) => !isOnline(view), 10_000)
    const { session } = desk.slices()
    if (!('cause' in session)) throw new Error('A cause was expected.')
    return causeOfProblem(session.cause, bare('localhost', 8445))
  }),
  kill('live.conflict', 'lets another client take the resource', { name: 'conflict' }),
  kill('live.shutdown', 'shuts down', { name: 'streamError' }),
  kill('live.shutdown', 'closes with 1012', { name: 'closeCode', code: 1012 }),
  kill('live.policyViolation', 'objects', { name: 'streamError', condition: 'policy-violation' }),
  kill('live.streamError', 'has an error', { name: 'streamError', condition: 'internal-server-error' }),
  kill('live.streamError', 'names another host', { name: 'seeOtherHost' }),
  kill('live.streamError', 'closes with another address', { name: 'seeOtherUri' }),
  kill('live.cut', 'resets', { name: 'resetSocket' }),
  kill('live.cut', 'ends the socket', { name: 'dropSocket' }),
  kill('live.closed', 'closes with 1011', { name: 'closeCode', code: 1011 }),
  kill('live.malformed', 'sends no XML', { name: 'malformedFrame' }),
  kill('live.malformed', 'sends half a stanza', { name: 'truncatedFrame' }),
  kill('live.badWebSocket', 'sends binary data', { name: 'rawFrames', how: 'binary' }),
  kill('live.badWebSocket', 'sets reserved bits', { name: 'rawFrames', how: 'reserved' }),
  provocation('live.closed', 'an orderly goodbye', async () => {
    const { responder, link } = await living()
    responder.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>')
    return link.ended()
  }),
  provocation('live.tooLarge', 'a message of more than 1 MiB', async () => {
    const { responder, link } = await living()
    responder.send(`<message>${'x'.repeat(1_048_577)}</message>`)
    return link.ended()
  }),
  provocation('live.slowFrame', 'a message that begins and does not go on', async () => {
    const { responder, link } = await living()
    await link.desk.until('pinged')
    responder.sendRaw(Buffer.from([0x81, 0x7e, 0x10, 0x00, 0x3c]))
    return link.ended()
  }),

  provocation('clock.drift', 'the servers’ clocks are two hours ahead', async () => {
    const site = await startSite({ clockOffsetMs: 7_200_000 })
    const answer = await site.rest.client.systemInfo()
    if (!answer.ok) throw new Error('SystemInfo was expected.')
    const { info, clockOffsetMs } = answer.value
    const cause = causeOfSystemInfo(info, bare('localhost', site.node.port, { clockOffsetMs }))
    if (cause === null) throw new Error('A cause was expected.')
    return cause
  }),

  provocation('app.cancelled', 'we close', async () => {
    const { link } = await living()
    void link.desk.client.close(1_000)
    return link.ended()
  }),
  provocation('app.internal', 'a subscription before there is a session', async () => {
    const { responder, link } = await scriptedUnbound()
    await responder.seen('xmpp-bind')
    const answer = await link.desk.client.subscribe('/finesse/api/Team/1/Users')
    if (answer.ok) throw new Error('A failure was expected.')
    return link.diagnose(answer.error, 'subscribeTeam')
  }),
  provocation('unknown', 'a request without a session', async () => {
    const desk = await faultDesk(run)
    const answer = await desk.commands['session.signOut']({ reasonCodeId: null })
    if (answer.ok) throw new Error('A refusal was expected.')
    return causeOfProblem(answer.error, bare('localhost', 8445))
  }),
]

async function scriptedUnbound(): Promise<{ responder: Responder; link: Link }> {
  const responder = await startResponder(await (await testCa()).issue(), { bind: 'silent' })
  await kept({ close: () => responder.stop() })
  return { responder, link: await openLink(responder.port) }
}
