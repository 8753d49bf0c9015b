import type { Cause, CauseId } from '../../src-contract/causes/ids'
import type { ConnectionFailure } from '../finesse/failures'
import { cause, factOf, placeOf, secondsOf, type CauseContext } from './context'
import { notificationPort } from './release'

/**
 * 200, 400 and 426 are what a server says to the plain GET that is left when a proxy takes `Upgrade` away (RFC 9110,
 * 7.8: the header is for one hop). 401 is the reverse proxy's (2.1). 405 is the BOSH path, which takes POST only.
 */
const STATUSES: ReadonlyMap<number, CauseId> = new Map<number, CauseId>([
  [101, 'upgrade.badAccept'],
  [200, 'upgrade.stripped'],
  [400, 'upgrade.stripped'],
  [426, 'upgrade.stripped'],
  [401, 'upgrade.unauthorized'],
  [407, 'upgrade.unauthorized'],
  [403, 'upgrade.forbidden'],
  [404, 'upgrade.notFound'],
  [405, 'upgrade.notAllowed'],
  [502, 'upgrade.gateway'],
  [504, 'upgrade.gateway'],
  [503, 'upgrade.unavailable'],
])

export const causeOfUpgrade = (
  failure: Extract<ConnectionFailure, { readonly kind: 'upgrade' }>,
  context: CauseContext,
): Cause => {
  const { status, location, retryAfterMs } = failure
  const path = factOf(context, 'path')
  const version = context.version ?? ''
  if (status >= 300 && status < 400)
    return cause('upgrade.redirected', context, { status, location: placeOf(location ?? '') })
  // 2.2: before 12.6 REST alone is on 8445, so whoever answers there knows no such path.
  if (status === 404 && context.port === 8445 && notificationPort(context.version) === 7443)
    return cause('upgrade.port7443', context, { status, version })
  return cause(STATUSES.get(status) ?? 'upgrade.refused', context, {
    status,
    path,
    retrySeconds: retryAfterMs === null ? '' : secondsOf(retryAfterMs),
  })
}
