import type { Agent, Call, Party, Reason, World } from '../world/types'
import { el, isoTime, join, leaf, type Markup } from './markup'

/** Rule 7: capitals in REST bodies, small letters in events. */
export type Spelling = 'rest' | 'event'

const spell = (name: string, spelling: Spelling) =>
  (spelling === 'rest' ? name.charAt(0).toUpperCase() : name.charAt(0).toLowerCase()) + name.slice(1)

export const reasonCode = (reason: Reason, name: 'reasonCode' | 'ReasonCode' = 'reasonCode'): Markup =>
  el(
    name,
    leaf('category', reason.category),
    leaf('code', reason.code),
    leaf('forAll', reason.forAll),
    // System codes may come without id and uri (8.1).
    reason.id === null ? null : leaf('id', reason.id),
    leaf('label', reason.label),
    reason.id === null ? null : leaf('uri', `/finesse/api/ReasonCode/${reason.id}`),
  )

/** Absent in every recorded READY, RESERVED and TALKING event, -1 without a code (8.1). */
function reasonCodeId(agent: Agent): Markup | null {
  if (agent.state !== 'NOT_READY' && agent.state !== 'LOGOUT') return null
  return leaf('reasonCodeId', agent.reason?.id ?? '-1')
}

/** Empty in every recording, also after a request during a call; LOGOUT is documented for UCCX (13.5). */
const pendingState = (agent: Agent) => (agent.pending?.state === 'LOGOUT' ? 'LOGOUT' : '')

/** Section 8.1, the whole object. `shift` is the node's clock error, ms. */
export function user(world: World, agent: Agent, spelling: Spelling, shift = 0): Markup {
  const team = (id: string) =>
    el(
      'Team',
      leaf('id', id),
      leaf('name', world.teams.get(id)?.name ?? ''),
      leaf('uri', `/finesse/api/Team/${id}`),
    )
  return el(
    spell('user', spelling),
    leaf('dialogs', `/finesse/api/User/${agent.id}/Dialogs`),
    leaf('extension', agent.extension),
    leaf('firstName', agent.firstName),
    leaf('lastName', agent.lastName),
    leaf('loginId', agent.id),
    leaf('loginName', agent.loginName),
    leaf('mediaType', '1'),
    leaf('pendingState', pendingState(agent)),
    agent.reason === null ? null : reasonCode(agent.reason),
    reasonCodeId(agent),
    el('roles', ...agent.roles.map((role) => leaf('role', role))),
    el(
      'settings',
      leaf('wrapUpOnIncoming', agent.wrapUpOnIncoming),
      leaf('wrapUpOnOutgoing', agent.wrapUpOnOutgoing),
    ),
    leaf('state', agent.state),
    leaf('stateChangeTime', shifted(agent.stateChangeTime, shift)),
    leaf('teamId', agent.teamId),
    leaf('teamName', world.teams.get(agent.teamId)?.name ?? ''),
    agent.supervises.length === 0 ? null : el('teams', ...agent.supervises.map(team)),
    leaf('uri', `/finesse/api/User/${agent.id}`),
    leaf('wrapUpTimer', agent.wrapUpSeconds),
  )
}

const shifted = (ms: number | null, shift: number) => isoTime(ms === null ? null : ms + shift)

/** The summary of a Team and of its node's events (8.1). */
export const userSummary = (agent: Agent, spelling: Spelling, shift = 0): Markup =>
  el(
    spell('user', spelling),
    leaf('dialogs', `/finesse/api/User/${agent.id}/Dialogs`),
    leaf('extension', agent.extension),
    leaf('firstName', agent.firstName),
    leaf('lastName', agent.lastName),
    leaf('loginId', agent.id),
    leaf('mediaType', ''),
    leaf('pendingState', pendingState(agent)),
    agent.reason === null ? null : reasonCode(agent.reason),
    leaf('state', agent.state),
    leaf('stateChangeTime', shifted(agent.stateChangeTime, shift)),
    leaf('uri', `/finesse/api/User/${agent.id}`),
  )

/** Section 9.5, in the recorded order. */
function actionsOf(world: World, party: Party): readonly string[] {
  switch (party.state) {
    case 'INITIATING':
    case 'INITIATED':
      return ['UPDATE_CALL_DATA', 'DROP']
    case 'ALERTING':
      return ['ANSWER']
    case 'ACTIVE': {
      const voice = ['TRANSFER_SST', 'CONSULT_CALL', 'HOLD', 'UPDATE_CALL_DATA', 'SEND_DTMF', 'DROP']
      return world.deployment === 'UCCX' ? [...voice, 'START_RECORDING'] : voice
    }
    case 'HELD':
      return ['UPDATE_CALL_DATA', 'DROP', 'RETRIEVE']
    case 'FAILED':
      return ['DROP']
    case 'WRAP_UP':
      return ['UPDATE_CALL_DATA']
    case 'DROPPED':
      return []
    default:
      return party.state satisfies never
  }
}

const participant = (world: World, party: Party, shift: number): Markup =>
  el(
    'Participant',
    el(
      'actions',
      ...(party.agentId === null ? [] : actionsOf(world, party)).map((action) => leaf('action', action)),
    ),
    leaf('mediaAddress', party.address),
    leaf('mediaAddressType', party.agentId === null ? '' : 'AGENT_DEVICE'),
    leaf('startTime', shifted(party.startTime, shift)),
    leaf('state', party.state),
    leaf('stateCause', party.cause),
    leaf('stateChangeTime', shifted(party.stateChangeTime, shift)),
  )

function mediaProperties(world: World, call: Call): Markup {
  const queue = call.queueId === null ? null : (world.queues.get(call.queueId) ?? null)
  const ucce = world.deployment === 'UCCE'
  return el(
    'mediaProperties',
    leaf('DNIS', call.dnis),
    leaf('callType', call.callType),
    leaf('dialedNumber', call.dialedNumber),
    leaf('mediaId', '1'),
    leaf('outboundClassification', ''),
    queue === null || !ucce ? null : leaf('queueName', queue.name),
    queue === null || !ucce ? null : leaf('queueNumber', queue.id),
    ucce ? leaf('callKeyCallId', call.keyCallId) : null,
    ucce ? leaf('callKeyPrefix', '152018') : null,
    ucce ? leaf('callKeySequenceNum', '1') : null,
    call.wrapUpReason === null ? null : leaf('wrapUpReason', call.wrapUpReason),
    el(
      'callvariables',
      ...call.variables.map(({ name, value }) =>
        el('CallVariable', leaf('name', name), leaf('value', value)),
      ),
    ),
  )
}

/** The order of participants is not stable (9.1): ours turns round with every state of the call. */
const partiesOf = (call: Call) =>
  call.state === 'ACTIVE' && Number(call.keyCallId) % 2 === 0 ? [...call.parties].reverse() : call.parties

/** Section 9.1. `mediaProperties` may be missing at INITIATING. */
export const dialog = (world: World, call: Call, name: 'Dialog' | 'dialog', shift = 0): Markup =>
  el(
    name,
    leaf('associatedDialogUri', ''),
    leaf('fromAddress', call.from),
    leaf('id', call.id),
    call.state === 'INITIATING' ? null : mediaProperties(world, call),
    leaf('mediaType', 'Voice'),
    el('participants', ...partiesOf(call).map((party) => participant(world, party, shift))),
    leaf('state', call.state),
    leaf('toAddress', call.to),
    leaf('uri', `/finesse/api/Dialog/${call.id}`),
  )

export const dialogs = (world: World, calls: readonly Call[], spelling: Spelling, shift = 0): Markup =>
  el(spell('dialogs', spelling), join(calls.map((call) => dialog(world, call, 'Dialog', shift))))
