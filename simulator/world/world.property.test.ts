import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../random'
import { decide, evolve, type LiveWorld } from './decide'
import { createWorld } from './seed'
import type { Agent, Command, Deployment, World } from './types'

const START = Date.UTC(2026, 0, 20, 9)
const PEOPLE = 4

interface Move {
  readonly who: number
  readonly what: string
  readonly number: number
}

const WHATS = [
  'LOGIN',
  'LOGOUT',
  'READY',
  'NOT_READY',
  'WORK',
  'forceLOGOUT',
  'forceREADY',
  'forceNOT_READY',
  'lost',
  'serverLost',
  'ring',
  'direct',
  'makeCall',
  'ringTimeOut',
  'farEndRings',
  'farEndAnswers',
  'farEndHangsUp',
  'wrapUpEnds',
  'ANSWER',
  'HOLD',
  'RETRIEVE',
  'DROP',
  'UPDATE_CALL_DATA',
  'TRANSFER_SST',
] as const

const moves = fc.array(
  fc.record({
    who: fc.nat(PEOPLE - 1),
    what: fc.constantFrom(...WHATS),
    number: fc.nat(3),
  }),
  { maxLength: 60 },
)

function commandOf(world: World, { who, what, number }: Move): Command | null {
  const agent = [...world.agents.values()][who]
  if (agent === undefined) return null
  const agentId = agent.id
  const callId = agent.callIds[number % Math.max(1, agent.callIds.length)] ?? 'none'
  switch (what) {
    case 'LOGIN':
    case 'LOGOUT':
    case 'READY':
    case 'NOT_READY':
    case 'WORK':
      return {
        kind: 'requestState',
        agentId,
        state: what,
        reasonCodeId: number === 0 ? null : '49',
        extension: what === 'LOGIN' ? String(2001 + number) : null,
        bySupervisor: number === 3 && what !== 'LOGIN' && what !== 'WORK',
        requestId: null,
      }
    case 'forceLOGOUT':
      return { kind: 'setState', agentId, state: 'LOGOUT', reason: null }
    case 'forceREADY':
      return { kind: 'setState', agentId, state: 'READY', reason: null }
    case 'forceNOT_READY':
      return { kind: 'setState', agentId, state: 'NOT_READY', reason: world.reasons[0] ?? null }
    case 'lost':
      return { kind: 'connectionLost', agentId }
    case 'serverLost':
      return { kind: 'serverLost', agentId }
    case 'ring':
      return { kind: 'ring', agentId, from: '+447700900114', queueId: '5022', variables: [] }
    case 'direct':
      return { kind: 'ring', agentId, from: '+447700900115', queueId: null, variables: [] }
    case 'makeCall':
      return { kind: 'makeCall', agentId, to: number === 0 ? '999486' : '123', requestId: null }
    case 'ringTimeOut':
    case 'farEndRings':
    case 'farEndAnswers':
    case 'farEndHangsUp':
      return { kind: what, callId }
    case 'wrapUpEnds':
      return { kind: 'wrapUpEnds', agentId }
    default:
      return {
        kind: 'act',
        agentId,
        callId,
        action: what,
        variables: [],
        wrapUpReason: null,
        requestId: null,
      }
  }
}

function problemsOf(world: LiveWorld, agent: Agent): readonly string[] {
  const calls = agent.callIds.flatMap((id) => world.calls.get(id) ?? [])
  const legs = calls.map((call) => call.parties.find(({ agentId }) => agentId === agent.id)?.state)
  const shaping = calls.filter((call) => world.deployment === 'UCCE' || call.origin === 'queue')
  const found: string[] = []
  const must = (holds: boolean, words: string) => {
    if (!holds) found.push(`${agent.id} ${agent.state}: ${words}`)
  }
  must(calls.length === agent.callIds.length, 'a call of the agent does not exist')
  must(
    legs.every((leg) => leg !== undefined && leg !== 'DROPPED'),
    'a leg is gone but the call is still listed',
  )
  must((agent.state === 'LOGOUT') === (agent.extension === null), 'extension and sign-in disagree')
  must(agent.state !== 'LOGOUT' || calls.length === 0, 'signed out on a call')
  must(agent.state !== 'READY' || agent.reason === null, 'ready with a reason')
  must(agent.state !== 'RESERVED' || legs.includes('ALERTING'), 'reserved without a ringing call')
  must(agent.state !== 'TALKING' || shaping.length > 0, 'talking without a call')
  must(agent.state !== 'HOLD' || legs.includes('HELD'), 'hold without a held leg')
  must(legs.filter((leg) => leg === 'ACTIVE').length <= 1, 'two active legs')
  must(
    agent.pending === null || ['TALKING', 'HOLD', 'RESERVED', 'READY', 'NOT_READY'].includes(agent.state),
    'pending choice outside a call',
  )
  must(!['WORK', 'WORK_READY'].includes(agent.state) || agent.before !== null, 'wrap-up leads nowhere')
  if (world.deployment === 'UCCX')
    must(agent.state !== 'HOLD' && agent.state !== 'WORK_READY', 'no state of UCCX')
  if (agent.extension !== null)
    must(world.extensions.get(agent.extension) === agent.id, 'phone not registered')
  return found
}

const newWorld = (deployment: Deployment, wrapUp: 'OPTIONAL' | 'REQUIRED') =>
  createWorld({
    deployment,
    agents: PEOPLE,
    random: seededRandom(1),
    now: START,
    wrapUp,
    populated: false,
    rules: { ringMs: 1, farAnswerMs: 1, reasonCodeRequired: false, logoutOnDisconnect: false },
  })

test.each([
  ['UCCE', 'OPTIONAL'],
  ['UCCE', 'REQUIRED'],
  ['UCCX', 'OPTIONAL'],
  ['UCCX', 'REQUIRED'],
] as const)('whatever happens on %s with wrap-up %s, the world stays consistent', (deployment, wrapUp) => {
  fc.assert(
    fc.property(moves, (list) => {
      const world = newWorld(deployment, wrapUp)
      let now = START
      for (const move of list) {
        const command = commandOf(world, move)
        if (command === null) continue
        now += 500
        evolve(world, decide(world, command, now))
        for (const agent of world.agents.values()) expect(problemsOf(world, agent)).toEqual([])
        for (const call of world.calls.values())
          for (const { agentId } of call.parties)
            if (agentId !== null) expect(world.agents.get(agentId)?.callIds).toContain(call.id)
        expect(world.extensions.size).toBe(
          [...world.agents.values()].filter((a) => a.extension !== null).length,
        )
      }
    }),
    { numRuns: 600 },
  )
})

test('a decision leaves the world alone', () => {
  const world = newWorld('UCCE', 'OPTIONAL')
  const before = JSON.stringify([...world.agents])
  const [agent] = world.agents.values()
  decide(world, { kind: 'setState', agentId: agent?.id ?? '', state: 'READY', reason: null }, START)
  expect(JSON.stringify([...world.agents])).toBe(before)
})
