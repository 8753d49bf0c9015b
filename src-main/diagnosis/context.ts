import type { Cause, CauseId } from '../../src-contract/causes/ids'
import type { CertificateFacts } from '../finesse/failures'
import type { EpochMs } from '../finesse/model'

/**
 * What is known around a failure and decides between causes that look the same on the wire. Evidence that is left out
 * is not held against anybody: the more general cause is named.
 */
export interface CauseContext {
  readonly host: string
  readonly port: number
  readonly loginId: string
  /** The release as text that holds `major.minor`; see `releaseOf`. */
  readonly version: string | null
  /** Server clock minus ours, ms. */
  readonly clockOffsetMs: number | null
  /** What the stage had seen before it failed. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>
  readonly extension?: string
  readonly xmppDomain?: string
  /** Our wall clock. */
  readonly now?: EpochMs
  /** What the server showed, leaf first. */
  readonly chain?: readonly Pick<CertificateFacts, 'subject' | 'issuer' | 'selfSigned'>[]
  /** Ports of this host whose certificate was accepted. */
  readonly trustedPorts?: readonly number[]
  /** `deploymentType` of SystemInfo. */
  readonly deployment?: string | null
  /** `systemAuthMode` of SystemInfo. */
  readonly authMode?: string | null
  /** Wrong passwords in a row for this ID as far as we saw them, the present one included. */
  readonly wrongPasswords?: number
  /** The same password was accepted earlier in this shift. */
  readonly passwordWorked?: boolean
}

export type CauseParams = Cause['params']

/** Server texts are long at times; a cause is a few lines. */
const MAX_TEXT = 300

export const cause = (id: CauseId, context: CauseContext, params: CauseParams = {}): Cause => {
  const all: Record<string, string | number> = { host: context.host, port: context.port }
  for (const [name, value] of Object.entries(params))
    all[name] = typeof value === 'string' ? value.slice(0, MAX_TEXT) : value
  return { id, params: all }
}

/** A fact as one text; lists are joined. */
export const factOf = (context: CauseContext, name: string): string => {
  const value = Object.hasOwn(context.facts, name) ? context.facts[name] : undefined
  if (value === undefined) return ''
  return typeof value === 'object' ? value.join(', ') : String(value)
}

/** Where a redirect leads, without what may be a ticket or a token. */
export const placeOf = (location: string): string => location.replace(/[?#].*$/s, '')

export const secondsOf = (ms: number): number => Math.max(1, Math.round(ms / 1000))
export const mebibytesOf = (bytes: number): number => Math.max(1, Math.round(bytes / 1_048_576))
