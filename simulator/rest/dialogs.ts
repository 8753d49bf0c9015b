import { textOf } from '../wire/read'
import { dialog } from '../wire/objects'
import { accepted, notFound, notYours, refusal, xml, type Reply } from './reply'
import { bodyOf, carryOut, isReply, type Call } from './request'
import { variablesOf } from './users'

/** Section 9.4. Actions known to Finesse; those without a rule in the world fail as an asynchronous error. */
const ACTIONS = new Set([
  'ANSWER',
  'HOLD',
  'RETRIEVE',
  'DROP',
  'CONSULT_CALL',
  'TRANSFER',
  'CONFERENCE',
  'TRANSFER_SST',
  'SEND_DTMF',
  'UPDATE_CALL_DATA',
  'START_RECORDING',
  'PARTICIPANT_DROP',
  'ACCEPT',
  'REJECT',
  'CLOSE',
  'RECLASSIFY',
  'UPDATE_SCHEDULED_CALLBACK',
  'CANCEL_SCHEDULED_CALLBACK',
])
const NEEDS_NO_TARGET = new Set([
  'UPDATE_CALL_DATA',
  'UPDATE_SCHEDULED_CALLBACK',
  'CANCEL_SCHEDULED_CALLBACK',
])

export function getDialog(call: Call, id: string): Reply {
  const { world } = call.site.engine
  const found = world.calls.get(id)
  if (found === undefined) return notFound('Dialog Not Found', id)
  const watched = found.parties.some(({ agentId }) => {
    const agent = agentId === null ? undefined : world.agents.get(agentId)
    return (
      agent !== undefined && (agent.id === call.caller.id || call.caller.supervises.includes(agent.teamId))
    )
  })
  return watched ? xml(dialog(world, found, 'Dialog', call.node.shift)) : notYours(id)
}

export function putDialog(call: Call, id: string): Reply {
  const found = call.site.engine.world.calls.get(id)
  if (found === undefined) return notFound('Dialog Not Found', id)
  const body = bodyOf(call, 'Dialog')
  if (isReply(body)) return body
  const action = textOf(body, 'requestedAction')
  if (action === null)
    return refusal(400, 'Parameter Missing', 'requestedAction Parameter missing', 'requestedAction')
  if (!ACTIONS.has(action)) return refusal(400, 'Invalid Input', 'Invalid requestedAction', 'requestedAction')
  const target = textOf(body, 'targetMediaAddress')
  if (target === null && !NEEDS_NO_TARGET.has(action))
    return refusal(400, 'Parameter Missing', 'targetMediaAddress Parameter missing', 'targetMediaAddress')
  const own = found.parties.find((party) => party.agentId === call.caller.id)
  if (own === undefined) return notYours(id)
  if (target !== null && target !== own.address)
    return refusal(400, 'Invalid Input', 'targetMediaAddress is not your extension', 'targetMediaAddress')
  // Documented that way: a call state that does not fit is a 401 here (6.1).
  if (action === 'SEND_DTMF' && own.state === 'HELD')
    return refusal(401, 'Invalid State', 'The call is on hold.')
  const media = body.children.find((child) => child.local === 'mediaProperties')
  carryOut(
    call,
    {
      kind: 'act',
      agentId: call.caller.id,
      callId: id,
      action,
      variables: variablesOf(body),
      wrapUpReason: media === undefined ? null : textOf(media, 'wrapUpReason'),
      requestId: call.requestId,
    },
    'dialogs',
  )
  return accepted()
}
