import type { XmlElement } from '../wire/read'
import { childOf, textOf } from '../wire/read'
import { dialogs, user } from '../wire/objects'
import { hostileAgent } from '../faults/hostile'
import { reasonById } from '../world/reasons'
import type { Agent, Call as VoiceCall, CallVariable } from '../world/types'
import { accepted, notFound, notYours, refusal, xml, type Reply } from './reply'
import { bodyOf, carryOut, isReply, type Call } from './request'

const STATES = ['LOGIN', 'LOGOUT', 'READY', 'NOT_READY', 'WORK'] as const
type Settable = (typeof STATES)[number]
const isSettable = (text: string): text is Settable => (STATES as readonly string[]).includes(text)

const mayRead = (caller: Agent, agent: Agent) =>
  caller.id === agent.id || caller.supervises.includes(agent.teamId)

/** UCCE: by id, and by login name for the one look-up of 8.2. */
export function findAgent(call: Call, id: string): Agent | null {
  const { agents } = call.site.engine.world
  const found = agents.get(id)
  if (found !== undefined) return found
  return call.caller.loginName.toLowerCase() === id.toLowerCase() ? call.caller : null
}

export function getUser(call: Call, id: string): Reply {
  const agent = findAgent(call, id)
  if (agent === null) return notFound('User Not Found', id)
  if (!mayRead(call.caller, agent)) return notYours(id)
  const shown = call.site.faults.has(call.node.name, 'hostileStrings') ? hostileAgent(agent) : agent
  return xml(user(call.site.engine.world, shown, 'rest', call.node.shift))
}

const invalidState = () => refusal(400, 'Invalid Input', 'Invalid State specified for user', 'state')

/** What is refused at once (8.3 to 8.5); everything else is the CTI's business and comes as an event. */
function refusedNow(call: Call, agent: Agent, state: Settable, body: XmlElement): Reply | null {
  const { world } = call.site.engine
  const reasonCodeId = textOf(body, 'reasonCodeId')
  const supervising = call.caller.id !== agent.id
  if (supervising) {
    if (!call.caller.supervises.includes(agent.teamId))
      return refusal(401, 'Invalid Supervisor', 'The user is not a supervisor of the team.', agent.id)
    if (reasonCodeId !== null)
      return refusal(400, 'Invalid Input', 'A reason code is not allowed.', 'reasonCodeId')
    if (state === 'LOGIN' || state === 'WORK') return invalidState()
    if (state === 'NOT_READY' && !['READY', 'WORK', 'WORK_READY'].includes(agent.state))
      return refusal(400, 'Invalid State', 'Invalid State specified for user', 'state')
    return null
  }
  if (state === 'LOGIN')
    return textOf(body, 'extension') === null
      ? refusal(400, 'Parameter Missing', 'Extension Parameter missing', 'extension')
      : null
  if (reasonCodeId !== null) {
    if (state !== 'NOT_READY' && state !== 'LOGOUT')
      return refusal(400, 'Invalid Input', 'A reason code is not allowed.', 'reasonCodeId')
    if (reasonById(call.node, reasonCodeId, state) === null)
      return refusal(400, 'Invalid Input', 'Invalid reasonCodeId', 'reasonCodeId')
  }
  if (state !== 'LOGOUT' || agent.state === 'LOGOUT') return null
  const allowed = world.deployment === 'UCCE' ? ['NOT_READY'] : ['NOT_READY', 'READY']
  return allowed.includes(agent.state) ? null : invalidState()
}

export function putUser(call: Call, id: string): Reply {
  const agent = call.site.engine.world.agents.get(id)
  if (agent === undefined) return notFound('User Not Found', id)
  const body = bodyOf(call, 'User')
  if (isReply(body)) return body
  if (call.caller.id !== agent.id && !call.caller.roles.includes('Supervisor')) return notYours(id)
  const state = textOf(body, 'state')
  if (state === null) return refusal(400, 'Parameter Missing', 'State Parameter missing', 'state')
  if (!isSettable(state)) return invalidState()
  const refused = refusedNow(call, agent, state, body)
  if (refused !== null) return refused
  carryOut(
    call,
    {
      kind: 'requestState',
      agentId: agent.id,
      state,
      reasonCodeId: textOf(body, 'reasonCodeId'),
      extension: textOf(body, 'extension'),
      bySupervisor: call.caller.id !== agent.id,
      requestId: call.requestId,
    },
    'user',
  )
  return accepted()
}

export function getDialogs(call: Call, id: string): Reply {
  const agent = findAgent(call, id)
  if (agent === null) return notFound('User Not Found', id)
  if (!mayRead(call.caller, agent)) return notYours(id)
  const { world } = call.site.engine
  const calls = agent.callIds.flatMap((callId): VoiceCall[] => {
    const found = world.calls.get(callId)
    return found === undefined ? [] : [found]
  })
  return xml(dialogs(world, calls, 'rest', call.node.shift))
}

export const variablesOf = (body: XmlElement): readonly CallVariable[] => {
  const media = childOf(body, 'mediaProperties')
  const list = media === null ? null : childOf(media, 'callvariables')
  return (list?.children ?? []).flatMap((one) => {
    const name = textOf(one, 'name')
    return name === null ? [] : [{ name, value: childOf(one, 'value')?.text ?? '' }]
  })
}

/** Section 9.3: MAKE_CALL. Monitoring and barging are not in this world yet: 501. */
export function postDialog(call: Call, id: string): Reply {
  const agent = call.site.engine.world.agents.get(id)
  if (agent === undefined) return notFound('User Not Found', id)
  if (agent.id !== call.caller.id) return notYours(id)
  const body = bodyOf(call, 'Dialog')
  if (isReply(body)) return body
  const action = textOf(body, 'requestedAction')
  if (action === null)
    return refusal(400, 'Parameter Missing', 'requestedAction Parameter missing', 'requestedAction')
  if (action === 'SILENT_MONITOR' || action === 'BARGE_CALL') return refusal(501, 'Not Implemented', action)
  if (action !== 'MAKE_CALL')
    return refusal(400, 'Invalid Input', 'Invalid requestedAction', 'requestedAction')
  const to = textOf(body, 'toAddress')
  const from = textOf(body, 'fromAddress')
  if (to === null) return refusal(400, 'Parameter Missing', 'toAddress Parameter missing', 'toAddress')
  if (from === null) return refusal(400, 'Parameter Missing', 'fromAddress Parameter missing', 'fromAddress')
  if (to === from) return refusal(400, 'Invalid Destination', 'toAddress equals fromAddress', 'toAddress')
  if (from !== agent.extension)
    return refusal(400, 'Invalid Input', 'fromAddress is not your extension', 'fromAddress')
  if (call.site.options.deployment === 'UCCX' && childOf(body, 'mediaProperties') !== null)
    return refusal(400, 'Invalid Input', 'mediaProperties is not allowed', 'mediaProperties')
  carryOut(call, { kind: 'makeCall', agentId: id, to, requestId: call.requestId }, 'dialogs')
  return accepted()
}

/** Section 10.6. */
export function postClientLog(call: Call, id: string): Reply {
  if (id !== call.caller.id) return notYours(id)
  const body = bodyOf(call, 'ClientLog')
  if (isReply(body)) return body
  const text = childOf(body, 'logData')?.text
  if (text === undefined) return refusal(400, 'Parameter Missing', 'logData Parameter missing', 'logData')
  return text.length > 1_048_576
    ? refusal(400, 'Invalid Input', 'logData is too long', 'logData')
    : accepted()
}
