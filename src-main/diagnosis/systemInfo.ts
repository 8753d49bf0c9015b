import type { Cause } from '../../src-contract/causes/ids'
import type { SystemInfo } from '../finesse/model'
import { cause, type CauseContext } from './context'

/** Durations are counted with the offset taken out (14); beyond a minute people and Kerberos notice. */
export const DRIFT_MS = 60_000

const inMaintenance = (info: SystemInfo): string =>
  [info.finesseMMode, info.ctiMMode].find((mode) => mode !== null && mode.trim() !== '') ?? ''

/** What an answer that could be read says of trouble, the worst first; null when all is well. */
export const causeOfInfo = (info: SystemInfo, context: CauseContext): Cause | null => {
  if (info.xmppDomain === null || info.xmppDomain === '')
    return cause('rest.noXmppDomain', context, { message: 'xmppDomain' })
  if (info.systemAuthMode === 'SSO') return cause('auth.sso', context, { mode: info.systemAuthMode })
  const mode = inMaintenance(info)
  if (info.status !== null && info.status !== 'IN_SERVICE') {
    const message = info.statusReason || info.status
    return mode === ''
      ? cause('rest.outOfService', context, { message })
      : cause('rest.maintenance', context, { message: mode })
  }
  if (info.lastCtiHeartbeatStatus === 'failure')
    return cause('rest.ctiDown', context, { message: info.lastCtiHeartbeatStatus })
  if (mode !== '') return cause('rest.maintenance', context, { message: mode })
  const offset = context.clockOffsetMs
  return offset === null || Math.abs(offset) < DRIFT_MS ? null : cause('clock.drift', context, { offset })
}
