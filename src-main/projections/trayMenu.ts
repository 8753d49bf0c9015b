import type { Translate } from '../../src-contract/messages/translate'
import type { Deployment, Reason } from '../../src-contract/model'
import type { Choice } from '../../src-contract/state'
import type { ReasonCategory } from '../../src-contract/words/state'
import { wordReason, wordWhyNot } from '../../src-contract/words/state'
import type { SessionSlices } from '../session/view'
import { formatTimeOfDay } from '../../src-contract/words/duration'
import { hasSession, plainText } from './shown'

export type TrayAction =
  | { readonly kind: 'setState'; readonly state: 'READY' | 'NOT_READY'; readonly reasonCodeId: string | null }
  | { readonly kind: 'signOut'; readonly reasonCodeId: string | null }
  | { readonly kind: 'open' }
  | { readonly kind: 'quit' }

/** A menu as data: compared to know whether the desktop's menu has to be built anew. */
export type TrayItem =
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'item'
      readonly label: string
      readonly enabled: boolean
      readonly checked: boolean
      readonly action: TrayAction
    }
  | {
      readonly kind: 'submenu'
      readonly label: string
      readonly enabled: boolean
      readonly items: readonly TrayItem[]
    }

const labelOf = (t: Translate, name: string, choice: Choice): string => {
  // The mark beside it says so.
  if (!choice.allowed && choice.why === 'already') return name
  if (!choice.allowed) return t('shell.tray.notNow', { choice: name, why: wordWhyNot(t, choice.why) })
  return choice.afterCall ? t('shell.tray.afterCall', { choice: name }) : name
}

const item = (label: string, action: TrayAction, enabled = true, checked = false): TrayItem => ({
  kind: 'item',
  label: plainText(label, 80),
  enabled,
  checked,
  action,
})

interface ReasonMenu {
  readonly name: string
  readonly choice: Choice
  readonly reasons: readonly Reason[]
  readonly required: boolean
  readonly category: ReasonCategory
  readonly deployment: Deployment
  readonly action: (reasonCodeId: string | null) => TrayAction
  readonly checkedId: string | null
}

/** One item where there is nothing to choose, else a submenu of reasons. */
const reasonMenu = (t: Translate, menu: ReasonMenu): TrayItem => {
  const label = labelOf(t, menu.name, menu.choice)
  const chosen = menu.reasons.filter((reason) => reason.id !== null)
  if (!menu.choice.allowed) return item(label, menu.action(null), false)
  if (chosen.length === 0)
    return menu.required
      ? item(
          t('shell.tray.notNow', { choice: menu.name, why: t('shell.tray.reasonsMissing') }),
          menu.action(null),
          false,
        )
      : item(label, menu.action(null))
  const bare = menu.required ? [] : [item(t('shell.tray.withoutReason'), menu.action(null))]
  const reasons = chosen.map((reason) =>
    item(
      wordReason(t, reason, menu.deployment, menu.category) ?? String(reason.id),
      menu.action(reason.id),
      true,
      reason.id === menu.checkedId,
    ),
  )
  return { kind: 'submenu', label: plainText(label, 80), enabled: true, items: [...bare, ...reasons] }
}

const stateItems = (t: Translate, slices: SessionSlices): readonly TrayItem[] => {
  const { agent, choices, reasons } = slices
  const deployment = agent?.deployment ?? 'unknown'
  const inNotReady = agent?.look === 'notReady'
  const ready = item(
    labelOf(t, t('shell.tray.ready'), choices.ready),
    { kind: 'setState', state: 'READY', reasonCodeId: null },
    choices.ready.allowed,
    agent?.look === 'ready',
  )
  const notReady = reasonMenu(t, {
    name: t('shell.tray.notReady'),
    choice: inNotReady ? choices.changeReason : choices.notReady,
    reasons: reasons.notReady,
    required: choices.notReadyReasonRequired,
    category: 'notReady',
    deployment,
    action: (reasonCodeId) => ({ kind: 'setState', state: 'NOT_READY', reasonCodeId }),
    checkedId: inNotReady ? (agent.reason?.id ?? null) : null,
  })
  const signOut = reasonMenu(t, {
    name: t('shell.tray.signOut'),
    choice: choices.signOut,
    reasons: reasons.signOut,
    required: choices.signOutReasonRequired,
    category: 'logout',
    deployment,
    action: (reasonCodeId) => ({ kind: 'signOut', reasonCodeId }),
    checkedId: null,
  })
  return [ready, notReady, { kind: 'separator' }, signOut, { kind: 'separator' }]
}

/**
 * That the connection is lost, and until when the agent stays signed in at least: a time of day, since a menu that is
 * built anew each second cannot be used.
 */
const lostItems = (t: Translate, { session }: SessionSlices): readonly TrayItem[] => {
  if (session.phase !== 'recovering') return []
  const { forcedSignOut } = session
  const label =
    forcedSignOut === null || forcedSignOut.afterCall
      ? t('shell.tray.lostMenu')
      : t('shell.tray.lostMenuUntil', { time: formatTimeOfDay(forcedSignOut.earliest) })
  return [item(label, { kind: 'open' }, false), { kind: 'separator' }]
}

/** What the tray offers now. Items that cannot be chosen stay and say why. */
export const trayMenu = (t: Translate, slices: SessionSlices): readonly TrayItem[] => [
  ...lostItems(t, slices),
  ...(hasSession(slices) ? stateItems(t, slices) : []),
  item(t('shell.tray.open'), { kind: 'open' }),
  item(t('shell.tray.quit'), { kind: 'quit' }),
]
