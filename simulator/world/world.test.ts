import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random'
import { decide, evolve, type LiveWorld } from './decide'
import { createWorld } from './seed'
import type { Agent, Command, Deployment, Effect, Rules, WrapUpRule } from './types'

const START = Date.UTC(2026, 0, 20, 9)
const RULES: Rules = {
  ringMs: 20_000,
  farAnswerMs: 3_000,
  reasonCodeRequired: false,
  logoutOnDisconnect: false,
}

class Story {
  readonly world: LiveWorld
  readonly agent: Agent
  now = START

  constructor(deployment: Deployment, rules: Partial<Rules> = {}, wrapUp: WrapUpRule = 'OPTIONAL') {
    this.world = createWorld({
      deployment,
      agents: 4,
      random: seededRandom(1),
      now: START,
      wrapUp,
      populated: false,
      rules: { ...RULES, ...rules },
    })
    const [first] = this.world.agents.values()
    if (first === undefined) throw new Error('no agents')
    this.agent = first
  }

  do(command: Command): readonly Effect[] {
    this.now += 1000
    const outcome = decide(this.world, command, this.now)
    evolve(this.world, outcome)
    return outcome.effects
  }

  ask(state: 'LOGIN' | 'LOGOUT' | 'READY' | 'NOT_READY' | 'WORK', reasonCodeId: string | null = null) {
    return this.do({
      kind: 'requestState',
      agentId: this.agent.id,
      state,
      reasonCodeId,
      extension: state === 'LOGIN' ? this.agent.assignedExtension : null,
      bySupervisor: false,
      requestId: 'r1',
    })
  }

  ring(queueId: string | null = '5022') {
    return this.do({ kind: 'ring', agentId: this.agent.id, from: '+447700900114', queueId, variables: [] })
  }

  act(action: string) {
    const callId = this.me.callIds.at(-1) ?? ''
    const command = { kind: 'act', agentId: this.agent.id, callId, action, variables: [] } as const
    return this.do({ ...command, wrapUpReason: null, requestId: null })
  }

  get callId(): string {
    return this.me.callIds.at(-1) ?? ''
  }

  get me(): Agent {
    return this.world.agents.get(this.agent.id) ?? this.agent
  }
}

/** What a watcher of the agent would see, in order. */
const heard = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => {
    if (effect.kind === 'userChanged')
      return [`${effect.agent.state} ${String(effect.agent.reason?.code ?? '')}`.trim()]
    if (effect.kind === 'callChanged') return [`${effect.event} ${effect.call.state}`]
    return effect.kind === 'refused' ? [`refused ${effect.error.data} ${effect.error.message}`] : []
  })

const ready = (deployment: Deployment, rules: Partial<Rules> = {}, wrapUp: WrapUpRule = 'OPTIONAL') => {
  const story = new Story(deployment, rules, wrapUp)
  story.ask('LOGIN')
  story.ask('READY')
  return story
}

describe('agent states (8.3 to 8.7)', () => {
  test('a sign-in gives Not Ready without a reason', () => {
    const story = new Story('UCCE')
    expect(heard(story.ask('LOGIN'))).toEqual(['NOT_READY'])
    expect(story.me.extension).toBe(story.agent.assignedExtension)
  })

  test('an unknown extension is refused with 260', () => {
    const story = new Story('UCCE')
    const effects = story.do({
      kind: 'requestState',
      agentId: story.agent.id,
      state: 'LOGIN',
      reasonCodeId: null,
      extension: '9',
      bySupervisor: false,
      requestId: null,
    })
    expect(heard(effects)).toEqual(['refused 260 CF_INVALID_LOGON_DEVICE_SPECIFIED'])
    expect(story.me.state).toBe('LOGOUT')
  })

  test.each([
    ['UCCE', 'refused 257 CF_INVALID_PASSWORD_SPECIFIED'],
    ['UCCX', 'refused 1010 CF_INVALID_PARAMETER'],
  ] as const)('Not Ready while signed out on %s', (deployment, words) => {
    expect(heard(new Story(deployment).ask('NOT_READY'))).toEqual([words])
  })

  test('a request during a call waits for its end, without an event', () => {
    const story = ready('UCCE')
    story.ring()
    story.act('ANSWER')
    expect(heard(story.ask('NOT_READY', '49'))).toEqual([])
    expect(story.me.state).toBe('TALKING')
    expect(heard(story.do({ kind: 'farEndHangsUp', callId: story.callId })).at(-1)).toBe('NOT_READY 27')
  })

  test('UCCX refuses Ready during a queue call and a second Not Ready', () => {
    const story = ready('UCCX')
    story.ring()
    story.act('ANSWER')
    expect(heard(story.ask('READY'))).toEqual(['refused 265 CF_INVALID_AGENT_WORKMODE'])
    expect(heard(story.ask('NOT_READY', '49'))).toEqual([])
    expect(heard(story.ask('NOT_READY', '50'))).toEqual(['refused 265 CF_INVALID_AGENT_WORKMODE'])
  })

  test.each([
    ['UCCE', false, 'NOT_READY 50002'],
    ['UCCE', true, 'LOGOUT 255'],
    ['UCCX', false, 'LOGOUT 255'],
  ] as const)('connection loss on %s (logout on disconnect %s)', (deployment, logoutOnDisconnect, words) => {
    const story = ready(deployment, { logoutOnDisconnect })
    expect(heard(story.do({ kind: 'connectionLost', agentId: story.agent.id }))).toEqual([words])
  })

  test('connection loss during a call is applied after it', () => {
    const story = ready('UCCX')
    story.ring()
    story.act('ANSWER')
    expect(heard(story.do({ kind: 'connectionLost', agentId: story.agent.id }))).toEqual([])
    expect(heard(story.do({ kind: 'farEndHangsUp', callId: story.callId })).at(-1)).toBe('LOGOUT 255')
  })
})

describe('calls (9.6)', () => {
  test('inbound queue call from ringing to the end', () => {
    const story = ready('UCCE')
    expect(heard(story.ring())).toEqual(['RESERVED', 'POST ALERTING'])
    expect(heard(story.act('ANSWER'))).toEqual(['PUT ACTIVE', 'TALKING'])
    expect(heard(story.do({ kind: 'farEndHangsUp', callId: story.callId }))).toEqual([
      'PUT ACTIVE',
      'DELETE DROPPED',
      'READY',
    ])
  })

  test.each([
    ['UCCE', '32767'],
    ['UCCX', '32763'],
  ] as const)('ring no answer on %s: DELETE still ALERTING, then Not Ready %s', (deployment, code) => {
    const story = ready(deployment)
    const timer = story.ring().find((effect) => effect.kind === 'timerSet')
    expect(timer).toMatchObject({ afterMs: 20_000 })
    const effects = story.do({ kind: 'ringTimeOut', callId: story.callId })
    expect(heard(effects)).toEqual(['DELETE ALERTING', `NOT_READY ${code}`])
    const gone = effects.find((effect) => effect.kind === 'callChanged')
    expect(gone?.call.parties.map(({ state }) => state)).toEqual(['DROPPED', 'DROPPED'])
  })

  test('outbound call from Not Ready', () => {
    const story = new Story('UCCE')
    story.ask('LOGIN')
    const made = story.do({ kind: 'makeCall', agentId: story.agent.id, to: '123', requestId: null })
    expect(heard(made)).toEqual(['POST INITIATING', 'TALKING', 'PUT INITIATED'])
    expect(heard(story.do({ kind: 'farEndRings', callId: story.callId }))).toEqual(['PUT ALERTING'])
    expect(heard(story.do({ kind: 'farEndAnswers', callId: story.callId }))).toEqual(['PUT ACTIVE'])
    expect(heard(story.act('DROP'))).toEqual(['PUT ACTIVE', 'DELETE DROPPED', 'NOT_READY'])
  })

  test('a call from Ready first makes a UCCE agent Not Ready 50006', () => {
    const story = ready('UCCE')
    const made = story.do({ kind: 'makeCall', agentId: story.agent.id, to: '123', requestId: null })
    expect(heard(made)[0]).toBe('NOT_READY 50006')
  })

  test('hold is a state on UCCE and none on UCCX', () => {
    for (const [deployment, states] of [
      ['UCCE', ['PUT ACTIVE', 'HOLD']],
      ['UCCX', ['PUT ACTIVE']],
    ] as const) {
      const story = ready(deployment)
      story.ring()
      story.act('ANSWER')
      expect(heard(story.act('HOLD'))).toEqual(states)
    }
  })

  test('required wrap-up: WORK_READY, the dialog stays until it ends', () => {
    const story = ready('UCCE', {}, 'REQUIRED')
    story.ring()
    story.act('ANSWER')
    expect(heard(story.do({ kind: 'farEndHangsUp', callId: story.callId }))).toEqual([
      'PUT ACTIVE',
      'PUT ACTIVE',
      'WORK_READY',
    ])
    expect(heard(story.do({ kind: 'wrapUpEnds', agentId: story.agent.id }))).toEqual([
      'DELETE DROPPED',
      'READY',
    ])
  })
})

test('10,000 agents have their own phones and a picture of states', () => {
  const world = createWorld({
    deployment: 'UCCE',
    agents: 10_000,
    random: seededRandom(2),
    now: START,
    wrapUp: 'OPTIONAL',
    populated: true,
    rules: RULES,
  })
  expect(world.teams.get('5013')?.memberIds).toHaveLength(10_000)
  expect(world.phones.size).toBe(world.agents.size)
  expect(new Set([...world.agents.values()].map(({ state }) => state))).toEqual(
    new Set(['LOGOUT', 'NOT_READY', 'READY', 'TALKING', 'HOLD', 'WORK_READY']),
  )
})
