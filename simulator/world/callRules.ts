import { endCall, restate } from './callEnd'
import { farTimer, move, ownParty, removeCall, ringTimer, withParties } from './legs'
import type { Draft } from './draft'
import { actionRefused, callFromReady, ctiErrors, ringNoAnswer } from './reasons'
import { leaveRinging } from './ringing'
import type { Agent, Call, Command, CtiError, Party } from './types'

type Ring = Extract<Command, { kind: 'ring' }>
type MakeCall = Extract<Command, { kind: 'makeCall' }>
type Act = Extract<Command, { kind: 'act' }>

/** Numbers that fail, so that a person at the simulator can see it: unknown number, busy line. */
const FAILING: ReadonlyMap<string, string> = new Map([
  ['999404', 'BAD_DESTINATION'],
  ['999486', 'BUSY'],
])
const FAR_END_RINGS_MS = 400

const party = (address: string, agentId: string | null, state: Party['state'], now: number): Party => ({
  address,
  agentId,
  state,
  cause: '',
  startTime: now,
  stateChangeTime: now,
})

/** CTI call ids are large and leave gaps; nobody may count on them (9.1). */
const callId = (number: number) => String(140_124_000 + number * 7)

export function ring(draft: Draft, command: Ring) {
  const agent = draft.agent(command.agentId)
  if (agent === null || agent.extension === null) return
  const queue = command.queueId === null ? null : (draft.world.queues.get(command.queueId) ?? null)
  if (queue !== null && agent.state !== 'READY') return
  const number = draft.takeCallNumber()
  const call: Call = {
    id: callId(number),
    origin: queue === null ? 'outbound' : 'queue',
    from: command.from,
    to: queue?.number ?? agent.extension,
    dnis: agent.extension,
    dialedNumber: queue?.number ?? agent.extension,
    callType: queue === null ? 'OTHER_IN' : draft.world.deployment === 'UCCE' ? 'PREROUTE_ACD_IN' : 'ACD_IN',
    queueId: queue?.id ?? null,
    state: 'ALERTING',
    parties: [
      party(agent.extension, agent.id, 'ALERTING', draft.now),
      party(command.from, null, 'INITIATED', draft.now),
    ],
    variables: command.variables,
    wrapUpReason: null,
    keyCallId: String(number),
  }
  const joined = draft.putAgent({ ...agent, callIds: [...agent.callIds, call.id] })
  if (queue !== null)
    draft.changeAgent(joined, { state: 'RESERVED', reason: null, before: { state: 'READY', reason: null } })
  draft.putCall(call, 'POST')
  draft.setTimer(ringTimer(call.id), draft.world.rules.ringMs, { kind: 'ringTimeOut', callId: call.id })
}

export function ringTimeOut(draft: Draft, id: string) {
  const call = draft.call(id)
  if (call === null || call.state !== 'ALERTING') return
  removeCall(draft, call, 'ALERTING')
  leaveRinging(draft, call, { state: 'NOT_READY', reason: ringNoAnswer(draft.world.deployment) })
}

export function farEndHangsUp(draft: Draft, id: string) {
  const call = draft.call(id)
  const far = call?.parties.find((one) => one.agentId === null)
  if (call === null || far === undefined || far.state === 'DROPPED') return
  if (call.state === 'ALERTING' && call.dnis !== '' && isIncoming(call)) {
    // The caller gave up before the answer: as ring no answer, but the agent stays available.
    removeCall(draft, call, 'ALERTING')
    return leaveRinging(draft, call, { state: 'READY', reason: null })
  }
  endCall(draft, call, far.address)
}

const isIncoming = (call: Call) => call.callType !== 'OUT'

function talking(draft: Draft, agentId: string) {
  const agent = draft.agent(agentId)
  if (agent !== null && agent.before === null && (agent.state === 'READY' || agent.state === 'NOT_READY'))
    draft.putAgent({ ...agent, before: { state: agent.state, reason: agent.reason } })
  restate(draft, agentId)
}

const hasActiveLeg = (draft: Draft, agent: Agent) =>
  agent.callIds.some((id) => {
    const call = draft.call(id)
    return call !== null && ownParty(call, agent.id)?.state !== 'HELD'
  })

const mayCall = (draft: Draft, agent: Agent) =>
  !hasActiveLeg(draft, agent) && ['READY', 'NOT_READY', 'TALKING', 'HOLD'].includes(agent.state)

export function makeCall(draft: Draft, command: MakeCall) {
  const agent = draft.agent(command.agentId)
  if (agent === null) return
  if (agent.extension === null || !mayCall(draft, agent)) {
    const source = `/finesse/api/User/${agent.id}/Dialogs`
    return draft.refuse('dialogs', agent.id, source, ctiErrors.callInvalidState, command.requestId)
  }
  const number = draft.takeCallNumber()
  const call: Call = {
    id: callId(number),
    origin: 'outbound',
    from: agent.extension,
    to: '',
    dnis: '',
    dialedNumber: '',
    callType: 'OUT',
    queueId: null,
    state: 'INITIATING',
    parties: [party(agent.extension, agent.id, 'INITIATING', draft.now)],
    variables: [],
    wrapUpReason: null,
    keyCallId: String(number),
  }
  const joined = { ...agent, callIds: [...agent.callIds, call.id] }
  draft.putAgent(joined)
  // 12.5 and later: a call from READY first makes the agent Not Ready (8.6).
  if (draft.world.deployment === 'UCCE' && agent.state === 'READY')
    draft.changeAgent(joined, {
      state: 'NOT_READY',
      reason: callFromReady,
      before: { state: 'NOT_READY', reason: callFromReady },
    })
  draft.putCall(call, 'POST', command.requestId)
  talking(draft, agent.id)
  const dialled: Call = {
    ...withParties(call, (own) => move(own, 'INITIATED', draft.now)),
    state: 'INITIATED',
    to: command.to,
    dnis: command.to,
    dialedNumber: command.to,
  }
  draft.putCall(dialled, 'PUT', command.requestId)
  draft.setTimer(farTimer(call.id), FAR_END_RINGS_MS, { kind: 'farEndRings', callId: call.id })
}

export function farEndRings(draft: Draft, id: string) {
  const call = draft.call(id)
  if (call === null || call.state !== 'INITIATED') return
  const cause = FAILING.get(call.to)
  if (cause !== undefined) {
    const failed = withParties(call, (own) => move(own, 'FAILED', draft.now, cause))
    draft.putCall({ ...failed, state: 'FAILED' }, 'PUT')
    return
  }
  draft.putCall(
    { ...call, state: 'ALERTING', parties: [...call.parties, party(call.to, null, 'ALERTING', draft.now)] },
    'PUT',
  )
  draft.setTimer(farTimer(id), draft.world.rules.farAnswerMs, { kind: 'farEndAnswers', callId: id })
}

export function farEndAnswers(draft: Draft, id: string) {
  const call = draft.call(id)
  if (call === null || call.state !== 'ALERTING' || isIncoming(call)) return
  draft.putCall({ ...withParties(call, (one) => move(one, 'ACTIVE', draft.now)), state: 'ACTIVE' }, 'PUT')
}

function answer(draft: Draft, agent: Agent, call: Call, own: Party, command: Act): CtiError | null {
  if (own.state !== 'ALERTING') return ctiErrors.noCallToAnswer
  const others = agent.callIds.filter((id) => id !== call.id)
  if (hasActiveLeg(draft, { ...agent, callIds: others })) return ctiErrors.callInvalidState
  draft.clearTimer(ringTimer(call.id))
  const active = withParties(call, (one) => move(one, 'ACTIVE', draft.now))
  draft.putCall({ ...active, state: 'ACTIVE' }, 'PUT', command.requestId)
  talking(draft, agent.id)
  return null
}

function shift(
  draft: Draft,
  agent: Agent,
  call: Call,
  to: 'HELD' | 'ACTIVE',
  requestId: string | null,
): CtiError | null {
  const from = to === 'HELD' ? 'ACTIVE' : 'HELD'
  if (call.state !== 'ACTIVE' || ownParty(call, agent.id)?.state !== from) return ctiErrors.callInvalidState
  if (to === 'ACTIVE' && hasActiveLeg(draft, agent)) return ctiErrors.callInvalidState
  const changed = withParties(call, (one) => (one.agentId === agent.id ? move(one, to, draft.now) : one))
  draft.putCall(changed, 'PUT', requestId)
  restate(draft, agent.id)
  return null
}

function update(draft: Draft, call: Call, own: Party, command: Act): CtiError | null {
  if (own.state === 'ALERTING' || own.state === 'FAILED') return actionRefused(command.action, own.address)
  const names = new Set(command.variables.map(({ name }) => name))
  const variables = [...call.variables.filter(({ name }) => !names.has(name)), ...command.variables]
  const wrapUpReason = command.wrapUpReason ?? call.wrapUpReason
  draft.putCall({ ...call, variables, wrapUpReason }, 'PUT', command.requestId)
  return null
}

/** Voice actions of section 9.4 on the agent's own leg. CONSULT_CALL and what follows it are not in this world yet. */
export function act(draft: Draft, command: Act) {
  const agent = draft.agent(command.agentId)
  const call = draft.call(command.callId)
  if (agent === null || call === null) return
  const own = ownParty(call, agent.id)
  if (own === null) return
  const error = perform(draft, agent, call, own, command)
  if (error !== null)
    draft.refuse('dialogs', agent.id, `/finesse/api/Dialog/${call.id}`, error, command.requestId)
}

function perform(draft: Draft, agent: Agent, call: Call, own: Party, command: Act): CtiError | null {
  switch (command.action) {
    case 'ANSWER':
      return answer(draft, agent, call, own, command)
    case 'HOLD':
      return shift(draft, agent, call, 'HELD', command.requestId)
    case 'RETRIEVE':
      return shift(draft, agent, call, 'ACTIVE', command.requestId)
    case 'DROP':
      if (own.state === 'ALERTING' || own.state === 'WRAP_UP') return ctiErrors.callInvalidState
      endCall(draft, call, own.address, command.requestId)
      return null
    case 'UPDATE_CALL_DATA':
      return update(draft, call, own, command)
    case 'SEND_DTMF':
      return own.state === 'ACTIVE' ? null : ctiErrors.callInvalidState
    default:
      return actionRefused(command.action, own.address)
  }
}
