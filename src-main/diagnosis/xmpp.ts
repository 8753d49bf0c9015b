import type { Cause, CauseId } from '../../src-contract/causes/ids'
import type { Stage } from '../../src-contract/connection'
import type { ConnectionFailure } from '../finesse/failures'
import { cause, factOf, type CauseContext } from './context'

type Failure<K extends ConnectionFailure['kind']> = Extract<ConnectionFailure, { readonly kind: K }>

export const causeOfBind = ({ condition }: Failure<'bind'>, context: CauseContext): Cause =>
  cause(condition === 'conflict' ? 'bind.conflict' : 'bind.refused', context, {
    id: context.loginId,
    resource: factOf(context, 'resource'),
    condition,
  })

/** 5.3: ordinary stanza errors; `forbidden` and `not-authorized` are used for the same. */
const REFUSALS: ReadonlyMap<string, CauseId> = new Map<string, CauseId>([
  ['item-not-found', 'subscribe.nodeNotFound'],
  ['remote-server-not-found', 'subscribe.pubsubUnknown'],
  ['remote-server-timeout', 'subscribe.pubsubUnknown'],
  ['service-unavailable', 'subscribe.pubsubUnknown'],
  ['feature-not-implemented', 'subscribe.pubsubUnknown'],
])

export const causeOfSubscribe = ({ node, condition }: Failure<'subscribe'>, context: CauseContext): Cause => {
  const params = { node, condition, id: context.loginId }
  if (condition === 'forbidden' || condition === 'not-authorized')
    return cause(
      /\/Team\//i.test(node) ? 'subscribe.teamForbidden' : 'subscribe.userForbidden',
      context,
      params,
    )
  return cause(REFUSALS.get(condition) ?? 'subscribe.refused', context, params)
}

/** RFC 6120, 4.9.3; 15.33. */
const CONDITIONS: ReadonlyMap<string, CauseId> = new Map<string, CauseId>([
  ['conflict', 'live.conflict'],
  ['host-unknown', 'open.hostUnknown'],
  ['improper-addressing', 'open.hostUnknown'],
  ['system-shutdown', 'live.shutdown'],
  ['host-gone', 'live.shutdown'],
  ['reset', 'live.shutdown'],
  ['policy-violation', 'live.policyViolation'],
])

export const causeOfStreamError = (failure: Failure<'streamError'>, context: CauseContext): Cause =>
  cause(CONDITIONS.get(failure.condition) ?? 'live.streamError', context, {
    condition: failure.condition,
    message: failure.text,
    domain: context.xmppDomain ?? factOf(context, 'to'),
    id: context.loginId,
  })

/** RFC 6455, 7.4.1; 1012 to 1014 are registered with IANA. 1006: it was gone without a word. */
const CLOSE_CODES: ReadonlyMap<number, CauseId> = new Map<number, CauseId>([
  [1001, 'live.shutdown'],
  [1006, 'live.cut'],
  [1008, 'live.policyViolation'],
  [1012, 'live.shutdown'],
  [1013, 'live.shutdown'],
])

export const causeOfClose = ({ code }: Failure<'closed'>, stage: Stage, context: CauseContext): Cause =>
  stage === 'upgrade'
    ? cause('upgrade.cut', context, { code })
    : cause(CLOSE_CODES.get(code) ?? 'live.closed', context, { code, condition: String(code) })

/** `ws` names its own objections WS_ERR_*; whatever else was malformed is XML. */
export const causeOfMalformed = ({ problem }: Failure<'malformed'>, context: CauseContext): Cause => {
  if (problem.startsWith('HPE_')) return cause('upgrade.notHttp', context, { code: problem })
  return cause(/^WS_ERR_|binary/.test(problem) ? 'live.badWebSocket' : 'live.malformed', context, {
    message: problem,
  })
}

/** The socket broke after it had been made secure. */
export const causeOfSocket = (code: string, stage: Stage, context: CauseContext): Cause => {
  if (code.startsWith('HPE_')) return cause('upgrade.notHttp', context, { code })
  return cause(stage === 'upgrade' ? 'upgrade.cut' : 'live.cut', context, { code })
}
