import type { ConnectionFailure } from '../failures'
import { STAGES, type Stage } from '../stages'
import type { NotificationEndpoint } from './types'

/** These say that the service is there and does not want us now, or not with this request. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 429, 503])

/**
 * Whether another endpoint may be tried (section 2.2: 8445, then 7443). Only where the service is not to be found
 * here. Never after a distrusted certificate: that would go round the user's decision.
 */
export const mayTryNext = (
  failure: ConnectionFailure,
  here: NotificationEndpoint,
  next: NotificationEndpoint,
): boolean => {
  switch (failure.kind) {
    case 'dns':
      return next.host.toLowerCase() !== here.host.toLowerCase()
    case 'tcp':
    case 'socket':
    case 'closed':
    case 'subprotocol':
    case 'timeout':
      return true
    case 'upgrade':
      return !REFUSALS.has(failure.status)
    default:
      return false
  }
}

/** An attempt at one endpoint that came to nothing. */
export interface FailedEndpoint {
  readonly stage: Stage
  readonly failure: ConnectionFailure
}

/** Of all endpoints, the one that got furthest says most about what is wrong; the earlier of two equal ones. */
export const mostTelling = (before: FailedEndpoint | undefined, now: FailedEndpoint): FailedEndpoint =>
  before === undefined || STAGES.indexOf(now.stage) > STAGES.indexOf(before.stage) ? now : before
