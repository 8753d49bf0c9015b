import type { Cause, CauseId } from '../../src-contract/causes/ids'
import type { Stage } from '../../src-contract/connection'
import type { ConnectionFailure } from '../finesse/failures'
import type { ApiError } from '../finesse/model'
import type { RestFailure } from '../finesse/rest/types'
import { apiErrorProblem, type RestCall } from '../session/problems'
import { causeOf } from './connection'
import { cause, mebibytesOf, placeOf, secondsOf, type CauseContext } from './context'
import { causeOfPassword } from './password'
import { CAUSE_OF_PROBLEM } from './problem'

export type AskedCall = RestCall | 'other'
type StatusFailure = Extract<RestFailure, { readonly kind: 'status' }>

const stageOf = (failure: ConnectionFailure): Stage => {
  switch (failure.kind) {
    case 'dns':
    case 'tcp':
    case 'tls':
      return failure.kind
    case 'timeout':
      return failure.stage
    default:
      return 'live'
  }
}

/** A refusal in Finesse's own words: synchronous (6.1) or, to a sign-in, by event (5.5). */
export const causeOfApiError = (
  error: ApiError,
  call: AskedCall,
  context: CauseContext,
  status: number | '' = '',
): Cause => {
  const asked = call === 'signIn' ? 'login' : 'state'
  const extension = context.extension ?? ''
  const { code, params } = apiErrorProblem(error, asked, { ...context, extension })
  const words = { ...params, status, type: error.type ?? '', message: error.message ?? '' }
  const came = error.message ?? error.type ?? ''
  if (code === 'passwordWrong') return causeOfPassword(came, context)
  return cause(CAUSE_OF_PROBLEM[code], context, { ...words, came })
}

const causeOf401 = (failure: StatusFailure, call: AskedCall, context: CauseContext): Cause => {
  const [error] = failure.errors
  const type = (error?.type ?? '').trim().toLowerCase()
  const params = { status: failure.status, type: error?.type ?? '', message: error?.message ?? '' }
  // 15.12: a 401 may be an invalid state or a missing right.
  if (type === 'invalid state') return cause('rest.refused', context, { ...params, code: error?.data ?? '' })
  if (call === 'team' || type === 'invalid supervisor' || type === 'unauthorized')
    return cause('rest.forbidden', context, params)
  // On the LAN everybody may read SystemInfo (7).
  if (call === 'systemInfo') return cause('rest.proxyLogin', context, params)
  if (/lock/i.test(`${error?.message ?? ''} ${error?.data ?? ''}`))
    return cause('auth.locked', context, { id: context.loginId, came: 'HTTP 401' })
  return causeOfPassword('HTTP 401', context)
}

const STATUSES: ReadonlyMap<number, CauseId> = new Map<number, CauseId>([
  [403, 'rest.forbidden'],
  [429, 'rest.throttled'],
  [500, 'rest.serverError'],
  [502, 'rest.gateway'],
  [504, 'rest.gateway'],
])

const causeOf404 = (failure: StatusFailure, call: AskedCall): CauseId => {
  if (call === 'systemInfo') return 'rest.notFinesse'
  return failure.errors.length > 0 && call !== 'team' ? 'rest.userUnknown' : 'rest.notFound'
}

const causeOfStatus = (failure: StatusFailure, call: AskedCall, context: CauseContext): Cause => {
  const { status, errors, retryAfterMs, body } = failure
  const [error] = errors
  if (status === 401) return causeOf401(failure, call, context)
  const params = {
    status,
    type: error?.type ?? '',
    message: error?.message ?? '',
    code: error?.data ?? '',
    id: context.loginId,
    retrySeconds: retryAfterMs === null ? '' : secondsOf(retryAfterMs),
  }
  if (status === 404) return cause(causeOf404(failure, call), context, params)
  // Finesse itself says so in XML (6.1); a page is from somebody in front of it.
  if (status === 503) return cause(body === 'finesse' ? 'rest.outOfService' : 'rest.gateway', context, params)
  const known = STATUSES.get(status)
  if (known !== undefined) return cause(known, context, params)
  return error === undefined
    ? cause('rest.refused', context, params)
    : causeOfApiError(error, call, context, status)
}

const causeOfBody = (
  failure: Extract<RestFailure, { readonly kind: 'malformed' }>,
  call: AskedCall,
  context: CauseContext,
): Cause => {
  const { status, problem: message } = failure
  if (message.includes('compressed')) return cause('rest.compressed', context, { status })
  if (call === 'systemInfo') return cause('rest.notFinesse', context, { status })
  if (message.includes('HTML')) return cause('rest.loginPage', context, { status })
  return cause('rest.unreadable', context, { status, message })
}

export const causeOfCall = (failure: RestFailure, call: AskedCall, context: CauseContext): Cause => {
  switch (failure.kind) {
    case 'connection':
      return causeOf(failure.failure, stageOf(failure.failure), context, 'rest')
    case 'timeout':
      return cause('rest.timeout', context, { seconds: secondsOf(failure.ms) })
    case 'status':
      return causeOfStatus(failure, call, context)
    case 'malformed':
      return causeOfBody(failure, call, context)
    case 'tooLarge':
      return cause('rest.tooLarge', context, { limit: mebibytesOf(failure.limitBytes) })
    case 'redirect':
      return cause('rest.redirected', context, {
        status: failure.status,
        location: placeOf(failure.location),
      })
    case 'cancelled':
      return cause('app.cancelled', context)
  }
}
