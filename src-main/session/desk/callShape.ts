import type { Call, CallDirection, CallParticipant } from '../../../src-contract/model'
import type { Dialog, Participant } from '../../finesse/model'
import { callLook } from './looks'

const ANONYMOUS: ReadonlySet<string> = new Set([
  '',
  'private',
  'unknown',
  'anonymous',
  'unavailable',
  'restricted',
])

/** Hidden callers come as empty or as a word (15.23). */
const shown = (address: string | null): string | null =>
  address === null || ANONYMOUS.has(address.trim().toLowerCase()) ? null : address

export const ownLeg = (dialog: Dialog, extension: string | null): Participant | null =>
  dialog.participants.find((leg) => extension !== null && leg.mediaAddress === extension) ?? null

/** From whom to whom decides, not callType: agent-to-agent calls are OUT for one and in for the other. */
function directionOf(dialog: Dialog, extension: string | null): CallDirection {
  if (extension === null) return 'unknown'
  const others = dialog.participants.filter((leg) => leg.mediaAddress !== extension)
  const inside = others.length > 0 && others.every((leg) => leg.mediaAddressType === 'AGENT_DEVICE')
  if (dialog.fromAddress === extension) return inside ? 'internal' : 'out'
  if (inside && dialog.mediaProperties?.queueName == null) return 'internal'
  return dialog.fromAddress === null && dialog.toAddress === null ? 'unknown' : 'in'
}

const latest = (dialog: Dialog): number =>
  Math.max(0, ...dialog.participants.map((leg) => leg.stateChangeTime ?? leg.startTime ?? 0))

/** The newest change any leg reports, epoch ms; 0 where none has a time. */
export const changedAt = latest

/** 12.4: after a failover callType may be the literal word NULL; then the known one stays. */
const callType = (dialog: Dialog, known: Call | undefined): string | null => {
  const type = dialog.mediaProperties?.callType ?? null
  return type === null || type === 'NULL' ? (known?.callType ?? null) : type
}

function remoteOf(dialog: Dialog, extension: string | null): string | null {
  const party = dialog.participants.find((leg) => leg.mediaAddress !== extension && leg.state !== 'DROPPED')
  if (dialog.fromAddress !== null && dialog.fromAddress === extension)
    return (
      shown(dialog.toAddress) ??
      shown(dialog.mediaProperties?.dialedNumber ?? null) ??
      shown(party?.mediaAddress ?? null)
    )
  return (
    shown(dialog.fromAddress) ?? (dialog.fromAddress === null ? shown(party?.mediaAddress ?? null) : null)
  )
}

/** Empty parts keep what was known: mediaProperties may be absent in one event and there in the next (9.1). */
export function callFrom(
  dialog: Dialog,
  extension: string | null,
  known: Call | undefined,
  now: number,
): Call {
  const own = ownLeg(dialog, extension)
  const ownState = own?.state ?? null
  const starts = dialog.participants.flatMap((leg) => (leg.startTime === null ? [] : [leg.startTime]))
  const media = dialog.mediaProperties
  const participants: readonly CallParticipant[] = dialog.participants.map((leg) => ({
    address: leg.mediaAddress,
    state: leg.state,
    own: leg === own,
  }))
  const direction = directionOf(dialog, extension)
  return {
    id: dialog.id,
    direction: direction === 'unknown' ? (known?.direction ?? direction) : direction,
    remote: remoteOf(dialog, extension) ?? known?.remote ?? null,
    queue: media?.queueName ?? known?.queue ?? null,
    dialed: shown(media?.dialedNumber ?? null) ?? known?.dialed ?? null,
    callType: callType(dialog, known),
    state: dialog.state ?? known?.state ?? 'ACTIVE',
    ownState,
    look: callLook(ownState, dialog.state),
    startedAt: known?.startedAt ?? (starts.length > 0 ? Math.min(...starts) : now),
    ownSince:
      own?.stateChangeTime ?? (known !== undefined && known.ownState === ownState ? known.ownSince : now),
    participants,
  }
}
