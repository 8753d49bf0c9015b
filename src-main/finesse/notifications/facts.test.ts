import { afterEach, beforeAll, expect, it } from 'vitest'
import type { Stage, StageFacts } from '../stages'
import { authority, type TestIdentity } from '../transport/testing/certificates'
import { closeKept, kept } from '../transport/testing/attempt'
import type { Trust } from '../transport/trust'
import { openDesk, optionsFor, trusting, type Desk } from './testing/desk'
import { eventFrame, startResponder, type Script } from './testing/responder'
import type { NotificationOptions } from './types'

let identity: TestIdentity
let trust: Trust
let desk: Desk | undefined

beforeAll(async () => {
  const ca = await authority()
  identity = await ca.issue()
  trust = trusting(ca.cert)
})

afterEach(async () => {
  desk?.client.terminate()
  await closeKept()
})

const open = async (script: Script = {}, changes: Partial<NotificationOptions> = {}) => {
  const responder = await startResponder(identity, script)
  await kept({ close: responder.stop })
  const opened = openDesk(optionsFor(responder.port, changes), { trust })
  desk = opened
  const ended = async (stage: Stage): Promise<StageFacts> => {
    const { report } = await opened.until(
      'stage',
      (event) => event.report.stage === stage && event.report.status !== 'started',
    )
    return report.facts
  }
  return { responder, desk: opened, ended }
}

const ME = '1071@fin-a.example.com'
const available = (from: string): string =>
  `<presence xmlns="jabber:client" from="${from}" to="${ME}/desktop"/>`

it('tells the services and further sessions seen, to 20, and nobody else', async () => {
  const { responder, ended } = await open({ presence: 'none' }, { presenceWaitMs: 5_000 })
  await responder.seen('<presence')
  responder.send(available(`${ME}/other`))
  responder.send(available('evil@evil.example.com/x'))
  responder.send(available('1072@fin-a.example.com/x'))
  for (let at = 0; at < 30; at += 1) responder.send(available(`${ME}/r${String(at)}`))
  responder.send(available(`${ME}/desktop`))
  const { others, seen } = await ended('presence')
  expect(seen).toBe('own echo')
  expect(others).toHaveLength(20)
  expect(others).toContain(`${ME}/other`)
  expect(JSON.stringify(others)).not.toMatch(/evil|1072/)
})

it('tells the result of each node, also with the failure', async () => {
  const nodes = ['/finesse/api/User/1071', '/finesse/api/User/1071/Dialogs', '/finesse/api/SystemInfo']
  const subscribe = (node: string): string | null =>
    node === nodes[1] ? 'forbidden' : node === nodes[2] ? 'item-not-found' : null
  const one = await open({ subscribe }, { userNodes: nodes })
  expect(await one.ended('subscribeUser')).toEqual({
    nodes,
    results: [
      `${String(nodes[0])} subscribed`,
      `${String(nodes[1])} forbidden`,
      `${String(nodes[2])} item-not-found`,
    ],
  })
  one.desk.client.terminate()
  const required = await open({ subscribe: () => 'forbidden' }, { userNodes: nodes.slice(0, 1) })
  expect(await required.ended('subscribeUser')).toEqual({
    nodes: nodes.slice(0, 1),
    results: [`${String(nodes[0])} forbidden`],
  })
})

it('tells the result of the team', async () => {
  const { desk, ended } = await open({ subscribe: (node) => (node.includes('Team') ? 'forbidden' : null) })
  await desk.until('ready')
  await desk.client.subscribe('/finesse/api/Team/1/Users', 'subscribeTeam')
  expect(await ended('subscribeTeam')).toEqual({
    nodes: ['/finesse/api/Team/1/Users'],
    results: ['/finesse/api/Team/1/Users forbidden'],
  })
})

it('tells the first event and how long after ready it came', async () => {
  const { responder, desk, ended } = await open({ ping: 'silent' })
  await desk.until('ready')
  responder.send(eventFrame({ node: '/finesse/api/User/1071', id: 'a' }))
  const facts = await ended('live')
  expect(facts).toMatchObject({ proof: 'event', firstEventNode: '/finesse/api/User/1071' })
  expect(facts['firstEventMs']).toBeGreaterThanOrEqual(0)
  expect(facts['firstEventMs']).toBeLessThan(5_000)
})

it.each<[Stage, Script, StageFacts]>([
  [
    'open',
    { mechanisms: ['SCRAM-SHA-1'] },
    { to: 'fin-a.example.com', from: 'fin-a.example.com', streamId: 's1' },
  ],
  ['auth', { auth: 'failure' }, { mechanism: 'PLAIN', user: '1071' }],
  ['bind', { bind: 'conflict' }, { resource: 'desktop' }],
])('keeps what it knew of %s', async (stage, script, facts) => {
  const { ended } = await open(script)
  expect(await ended(stage)).toMatchObject(facts)
})
