import { en } from '../messages/en'
import type { MessageKey, Translate } from '../messages/translate'
import type { Deployment, Look, Reason } from '../model'
import type { Stage } from '../connection'
import type { WhyNot } from '../state'

export type ReasonCategory = 'notReady' | 'logout'

/** Finesse's word where we know it, the look's word where Finesse invents a new one. */
export const wordState = (t: Translate, state: string, look: Look): string => {
  if (look === 'lost') return t('look.lost')
  return Object.hasOwn(en.state, state)
    ? t(`state.${state}` as MessageKey)
    : look === 'unknown'
      ? state
      : t(`look.${look}`)
}

export const categoryOf = (look: Look): ReasonCategory => (look === 'signedOut' ? 'logout' : 'notReady')

/** Section 12.8: one number means different things per deployment and per category. */
const systemEntry = (code: number, deployment: Deployment, category: ReasonCategory): string | null => {
  const key = `c${code}`
  const tables = en.systemReason
  const table = deployment === 'UCCX' ? 'uccx' : category === 'logout' ? 'ucceLogout' : 'ucceNotReady'
  return Object.hasOwn(tables[table], key) ? `systemReason.${table}.${key}` : null
}

/** A few words for a row: the label of the list, the label of a system code, or the number. */
export const wordReason = (
  t: Translate,
  reason: Reason,
  deployment: Deployment,
  category: ReasonCategory,
): string | null => {
  if (reason.label) return reason.label
  if (reason.code === null) return null
  const entry = systemEntry(reason.code, deployment, category)
  return entry ? t(`${entry}.label` as MessageKey) : t('reason.code', { code: reason.code })
}

/** Why Finesse did it, as the second half of a sentence; null when a person chose the reason. */
export const wordSystemReason = (
  t: Translate,
  reason: Reason,
  deployment: Deployment,
  category: ReasonCategory,
): string | null => {
  if (!reason.system || reason.code === null) return null
  const entry = systemEntry(reason.code, deployment, category)
  return entry ? t(`${entry}.why` as MessageKey) : t('reason.unknown', { code: reason.code })
}

export const wordWhyNot = (t: Translate, why: WhyNot): string => t(`whyNot.${why}`)

export const wordStage = (t: Translate, stage: Stage): string => t(`stage.${stage}`)
