import type { Reason } from '../../../src-contract/model'
import type { ReasonCode, User } from '../../finesse/model'
import type { ReasonLists } from '../state'

export const reasonFrom = (code: ReasonCode): Reason => ({
  id: code.id,
  code: code.code,
  label: code.label,
  // 12.8: system codes are in no list and come without an id.
  system: code.systemCode === true || (code.id === null && code.code !== null),
})

/** For lists: system codes cannot be asked for, and a code without id cannot be sent (10.1). */
export const choosable = (
  codes: readonly ReasonCode[],
  category: 'NOT_READY' | 'LOGOUT',
): readonly Reason[] =>
  codes
    .filter((code) => code.systemCode !== true && code.id !== null)
    .filter((code) => code.category === null || code.category === category)
    .map(reasonFrom)

export const findReason = (lists: ReasonLists, id: string | null): Reason | null =>
  id === null ? null : ([...lists.notReady, ...lists.signOut].find((reason) => reason.id === id) ?? null)

/** The reason of a User: the object it carries, else the id looked up in the lists (8.1). */
export const userReason = (user: User, lists: ReasonLists): Reason | null => {
  if (user.reasonCode !== null) {
    const reason = reasonFrom(user.reasonCode)
    const listed = reason.label === null ? findReason(lists, reason.id) : null
    return listed === null ? reason : { ...reason, label: listed.label, code: reason.code ?? listed.code }
  }
  return findReason(lists, user.reasonCodeId)
}

const FAVOURITES = 3

export const rememberReason = (favourites: readonly string[], id: string): readonly string[] =>
  [id, ...favourites.filter((known) => known !== id)].slice(0, FAVOURITES)
