import type { SystemInfo } from '../finesse/model'

/**
 * Nothing in SystemInfo states the release (2.2), but elements came with releases (7): the maintenance modes with
 * 12.6 (UCCE), the CTI servers with 12.6(2), the heartbeat's status with 12.5. Null: it does not show.
 */
export const releaseOf = (info: SystemInfo): string | null => {
  if (info.ctiServers.length > 0 || info.ctiTimeInMModeSeconds !== null || info.ctiMMode !== null)
    return '12.6+'
  if (info.lastCtiHeartbeatStatus === null) return '<12.5'
  return info.deploymentType === 'UCCE' ? '12.5' : null
}

/** Null without a number to go by. 2.2: the WebSocket is on 8445 from 12.6 on, on 7443 before. */
export const notificationPort = (version: string | null): 8445 | 7443 | null => {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version ?? '') ?? []
  if (major === undefined || minor === undefined) return null
  return Number(major) > 12 || (Number(major) === 12 && Number(minor) >= 6) ? 8445 : 7443
}
