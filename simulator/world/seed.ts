import type { Random } from '../random'
import { integerBetween, pick } from '../random'
import { decide, evolve, type LiveWorld } from './decide'
import { FIRST_TEAM, invent, LEADS } from './people'
import { PHONE_BOOKS, QUEUES, REASONS, WRAP_UP_REASONS } from './lists'
import type { Agent, Command, Deployment, Rules, Team, WrapUpRule } from './types'

export interface WorldOptions {
  readonly deployment: Deployment
  /** Size of the first team. */
  readonly agents: number
  readonly random: Random
  /** Epoch ms. */
  readonly now: number
  readonly wrapUp: WrapUpRule
  /** Colleagues already at work. The first three agents and the supervisors always start signed out. */
  readonly populated: boolean
  readonly rules: Rules
}

export const FIRST_TEAM_ID = '5013'
const TEAMS = [
  { id: FIRST_TEAM_ID, name: 'Blue', size: null },
  { id: '5014', name: 'Green', size: 8 },
  { id: '5015', name: 'Amber', size: 5 },
  { id: '5016', name: 'Leads', size: 0 },
] as const
/** Agents left signed out for whoever wants to sign in. */
const LEFT_OUT = 3
const MINUTE = 60_000

type Name = readonly [string, string, string]

interface Seat {
  readonly name: Name
  readonly teamId: string
  readonly lead: boolean
}

function seats(options: WorldOptions): readonly Seat[] {
  const seat = (name: Name, teamId: string, lead = false): Seat => ({ name, teamId, lead })
  const first = Array.from({ length: options.agents }, (_, index) =>
    seat(FIRST_TEAM[index] ?? invent(options.random, index + 1), FIRST_TEAM_ID),
  )
  const others = TEAMS.flatMap(({ id, size }) =>
    Array.from({ length: size ?? 0 }, (_, index) =>
      seat(invent(options.random, 70_000 + index + Number(id) * 100), id),
    ),
  )
  return [...first, ...others, ...LEADS.map((name) => seat(name, '5016', true))]
}

/** UCCE knows agents by number, UCCX by login name (rule 4, 3.4). */
function agentAt({ name, teamId, lead }: Seat, index: number, options: WorldOptions): Agent {
  const [firstName, lastName, login] = name
  return {
    id: options.deployment === 'UCCE' ? String(1001 + index) : login,
    loginName: options.deployment === 'UCCE' ? `${login}@example.com` : login,
    firstName,
    lastName,
    assignedExtension: String(options.agents > 900 ? 200_001 + index : 2001 + index),
    roles: lead ? ['Agent', 'Supervisor'] : ['Agent'],
    teamId,
    supervises: lead ? TEAMS.filter(({ name: team }) => team !== 'Leads').map(({ id }) => id) : [],
    wrapUpOnIncoming: options.wrapUp,
    wrapUpOnOutgoing: 'OPTIONAL',
    wrapUpSeconds: 30,
    state: 'LOGOUT',
    stateChangeTime: null,
    reason: null,
    extension: null,
    pending: null,
    before: null,
    callIds: [],
    relogon: false,
  }
}

export function createWorld(options: WorldOptions): LiveWorld {
  const agents = seats(options).map((seat, index) => agentAt(seat, index, options))
  const teams = TEAMS.map(({ id, name }): Team => {
    const memberIds = agents.filter((agent) => agent.teamId === id).map((agent) => agent.id)
    return { id, name, memberIds }
  })
  const world: LiveWorld = {
    deployment: options.deployment,
    rules: options.rules,
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    extensions: new Map(),
    phones: new Set(agents.map((agent) => agent.assignedExtension)),
    teams: new Map(teams.map((team) => [team.id, team])),
    queues: new Map(QUEUES.map((queue) => [queue.id, queue])),
    calls: new Map(),
    reasons: REASONS,
    wrapUpReasons: WRAP_UP_REASONS,
    phoneBooks: PHONE_BOOKS,
    nextCallNumber: 1,
  }
  if (options.populated) populate(world, agents, options)
  return world
}

/** One morning's picture: who does what, in the proportions of a busy team. */
const PICTURE = [
  'ready',
  'ready',
  'talking',
  'hold',
  'talking',
  'talking',
  'work',
  'lunch',
  'training',
  'connection',
]
const REST = ['ready', 'talking', 'meeting', 'out', 'talking', 'ready', 'lunch', 'talking', 'out', 'hold']

function populate(world: LiveWorld, agents: readonly Agent[], options: WorldOptions) {
  const kinds = [...PICTURE, ...REST]
  agents.forEach((agent, index) => {
    if (index < LEFT_OUT || agent.roles.includes('Supervisor')) return
    const kind = kinds[(index - LEFT_OUT) % kinds.length] ?? 'out'
    for (const [command, minutesAgo] of biography(world, agent, kind, options.random))
      evolve(world, decide(world, command, options.now - Math.round(minutesAgo * MINUTE)))
  })
}

export const callerNumber = (random: Random): string =>
  `+4477009${String(integerBetween(random, 0, 99_999)).padStart(5, '0')}`

/** Commands with their age in minutes, oldest first. Timers they ask for are left out: a picture stands still. */
function* biography(
  world: LiveWorld,
  agent: Agent,
  kind: string,
  random: Random,
): Generator<readonly [Command, number]> {
  const age = 0.4 + random() * 22
  const { id } = agent
  const reason = (label: string) => world.reasons.find((one) => one.label === label) ?? null
  const state = (to: 'READY' | 'NOT_READY', label = ''): Command => ({
    kind: 'setState',
    agentId: id,
    state: to,
    reason: reason(label),
  })
  const still: Readonly<Record<string, readonly [string, number]>> = {
    lunch: ['Lunch', age],
    training: ['Training', age * 2],
    meeting: ['Meeting', age],
  }
  const away = still[kind]
  if (away !== undefined) yield [state('NOT_READY', away[0]), away[1]]
  if (away !== undefined || kind === 'out') return
  yield [state('READY'), age + 10]
  if (kind === 'connection') yield [{ kind: 'connectionLost', agentId: id }, 2.4]
  if (kind === 'connection' || kind === 'ready') return
  const queue = pick(
    random,
    [...world.queues.values()].filter((one) => one.teamIds.includes(agent.teamId)),
  )
  const from = callerNumber(random)
  yield [{ kind: 'ring', agentId: id, from, queueId: queue?.id ?? null, variables: [] }, age + 0.2]
  const callId = world.agents.get(id)?.callIds[0]
  if (callId === undefined) return
  const act = (action: string): Command => ({
    kind: 'act',
    agentId: id,
    callId,
    action,
    variables: [],
    wrapUpReason: null,
    requestId: null,
  })
  yield [act('ANSWER'), age]
  if (kind === 'hold') yield [act('HOLD'), age / 2]
  if (kind !== 'work') return
  yield [
    {
      kind: 'requestState',
      agentId: id,
      state: 'WORK',
      reasonCodeId: null,
      extension: null,
      bySupervisor: false,
      requestId: null,
    },
    age / 2,
  ]
  yield [{ kind: 'farEndHangsUp', callId }, 0.4]
}
