import { releaseCalls } from './legs'
import { signOut, wrapUpTimer } from './signOut'
import type { Draft } from './draft'
import { ctiErrors, reasonById, relogon, supervisorReason } from './reasons'
import type { Agent, AgentState, Command, CtiError, Next } from './types'

type StateRequest = Extract<Command, { kind: 'requestState' }>

const inCall = (state: AgentState) => state === 'TALKING' || state === 'HOLD'

const refuse = (draft: Draft, request: StateRequest, error: CtiError) => {
  draft.refuse('user', request.agentId, `/finesse/api/User/${request.agentId}`, error, request.requestId)
}

function signIn(draft: Draft, agent: Agent, request: StateRequest) {
  const extension = request.extension ?? ''
  if (!draft.world.phones.has(extension)) return refuse(draft, request, ctiErrors.invalidDevice)
  if (agent.state !== 'LOGOUT') {
    // 8.3: forced sign-in keeps the state and may send no event; another phone is a mismatch.
    if (agent.extension !== extension) refuse(draft, request, ctiErrors.alreadySignedOn)
    return
  }
  if (draft.world.extensions.has(extension)) return refuse(draft, request, ctiErrors.extensionInUse)
  draft.changeAgent(
    agent,
    {
      state: 'NOT_READY',
      extension,
      reason: agent.relogon ? relogon : null,
      pending: null,
      before: null,
      relogon: false,
    },
    request.requestId,
  )
}

export function settle(draft: Draft, agent: Agent, next: Next, requestId: string | null) {
  draft.clearTimer(wrapUpTimer(agent.id))
  const freed = agent.state === 'WORK' || agent.state === 'WORK_READY' ? releaseCalls(draft, agent) : agent
  draft.changeAgent(
    freed,
    {
      state: next.state === 'READY' ? 'READY' : 'NOT_READY',
      reason: next.reason,
      pending: null,
      before: null,
    },
    requestId,
  )
}

/** 8.6, 8.7: during a call a request only sets what comes after it, without an event (recorded: none). */
function askDuringCall(draft: Draft, agent: Agent, request: StateRequest, next: Next) {
  if (draft.world.deployment === 'UCCX') {
    if (next.state === 'READY') return refuse(draft, request, ctiErrors.invalidWorkMode)
    if (agent.pending !== null) return refuse(draft, request, ctiErrors.invalidWorkMode)
  }
  draft.putAgent({ ...agent, pending: next })
}

const onOtherCall = (agent: Agent) => agent.callIds.length > 0

function nextOf(draft: Draft, request: StateRequest): Next | CtiError {
  if (request.state === 'READY') return { state: 'READY', reason: null }
  if (request.state === 'WORK') return { state: 'WORK', reason: null }
  if (request.bySupervisor)
    return { state: 'NOT_READY', reason: supervisorReason(draft.world.deployment, 'NOT_READY') }
  const reason =
    request.reasonCodeId === null ? null : reasonById(draft.world, request.reasonCodeId, 'NOT_READY')
  if (reason === null && draft.world.rules.reasonCodeRequired) return ctiErrors.reasonCodeRequired
  return { state: 'NOT_READY', reason }
}

function changeState(draft: Draft, agent: Agent, request: StateRequest) {
  const { deployment } = draft.world
  if (agent.state === 'LOGOUT') {
    if (request.state === 'READY') return refuse(draft, request, ctiErrors.invalidObjectState)
    return refuse(
      draft,
      request,
      deployment === 'UCCE' ? ctiErrors.invalidPassword : ctiErrors.invalidParameter,
    )
  }
  const next = nextOf(draft, request)
  if ('type' in next) return refuse(draft, request, next)
  if (inCall(agent.state)) return askDuringCall(draft, agent, request, next)
  if (next.state === 'WORK') return refuse(draft, request, ctiErrors.invalidObjectState)
  if (agent.state === 'RESERVED') return refuse(draft, request, ctiErrors.invalidObjectState)
  if (deployment === 'UCCX' && next.state === 'READY' && agent.state === 'NOT_READY' && onOtherCall(agent))
    return refuse(draft, request, ctiErrors.resourceBusy)
  // No event for a request that changes nothing: recorded for READY (15.1); our guess for the rest.
  if (agent.state === 'READY' && next.state === 'READY') return
  settle(draft, agent, next, request.requestId)
}

export function requestState(draft: Draft, request: StateRequest) {
  const agent = draft.agent(request.agentId)
  if (agent === null) return
  if (request.state === 'LOGIN') return signIn(draft, agent, request)
  if (request.state !== 'LOGOUT') return changeState(draft, agent, request)
  if (agent.state === 'LOGOUT') return refuse(draft, request, ctiErrors.invalidObjectState)
  const reason = request.bySupervisor
    ? supervisorReason(draft.world.deployment, 'LOGOUT')
    : request.reasonCodeId === null
      ? null
      : reasonById(draft.world, request.reasonCodeId, 'LOGOUT')
  if (reason === null && draft.world.rules.reasonCodeRequired)
    return refuse(draft, request, ctiErrors.reasonCodeRequired)
  signOut(draft, agent, reason, request.requestId)
}

/** A colleague (or a test) moves: no rules, only consistency. */
export function setState(draft: Draft, command: Extract<Command, { kind: 'setState' }>) {
  const agent = draft.agent(command.agentId)
  if (agent === null) return
  if (command.state === 'LOGOUT') {
    if (agent.state !== 'LOGOUT') signOut(draft, agent, command.reason)
    return
  }
  const extension = agent.extension ?? freePhone(draft, agent)
  if (extension === null) return
  draft.clearTimer(wrapUpTimer(agent.id))
  const free = releaseCalls(draft, agent)
  draft.changeAgent(free, {
    state: command.state,
    extension,
    reason: command.state === 'READY' ? null : command.reason,
    pending: null,
    before: null,
  })
}

const freePhone = (draft: Draft, agent: Agent) =>
  draft.world.extensions.has(agent.assignedExtension) ? null : agent.assignedExtension

export function wrapUpEnds(draft: Draft, agentId: string) {
  const agent = draft.agent(agentId)
  if (agent === null || (agent.state !== 'WORK' && agent.state !== 'WORK_READY')) return
  const next = agent.before ?? { state: 'NOT_READY', reason: null }
  settle(draft, agent, next, null)
}
