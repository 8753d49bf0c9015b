import type { Translate } from '../../src-contract/messages/translate'
import { categoryOf, wordReason, wordState } from '../../src-contract/words/state'
import type { Agent, ServerMs } from '../../src-contract/model'
import type { ForcedSignOut, Session } from '../../src-contract/state'
import { wordSignOut } from '../../src-contract/words/outage'
import type { SessionSlices } from '../session/view'
import { knownLook, plainText } from './shown'

/** The state and, where there is one, its reason, both fit for one line. */
export const agentWords = (
  t: Translate,
  agent: Agent,
): { readonly state: string; readonly reason: string | null } => {
  const look = knownLook(agent)
  const reason = agent.reason && wordReason(t, agent.reason, agent.deployment, categoryOf(look))
  return {
    state: plainText(wordState(t, agent.state, look)),
    reason: reason === null ? null : plainText(reason),
  }
}

const agentLines = (t: Translate, agent: Agent | null): readonly string[] => {
  if (!agent) return [t('shell.title.plain')]
  const { state, reason } = agentWords(t, agent)
  const first =
    reason === null ? t('shell.tray.state', { state }) : t('shell.tray.stateWithReason', { state, reason })
  const pending = agent.pending
    ? [t('shell.tray.pending', { state: plainText(wordState(t, agent.pending.state, agent.pending.look)) })]
    : []
  // The time of day, not a running timer: a tooltip that changes each second wakes the desktop for nothing.
  const time = new Intl.DateTimeFormat(t.locale, { hour: '2-digit', minute: '2-digit' }).format(agent.since)
  return [first, ...pending, t('shell.tray.since', { time })]
}

/** How long the agent stays signed in without a connection, in the words of the window (section 13.1). */
const lostLines = (t: Translate, forced: ForcedSignOut | null, now: ServerMs): readonly string[] => [
  t('shell.tray.lost'),
  ...(forced === null ? [] : [wordSignOut(t, forced, now)]),
]

/** Milliseconds until the countdown reads otherwise; null while nothing counts down. */
export const nextCountdownMs = (slices: SessionSlices, now: ServerMs): number | null => {
  const { session } = slices
  if (session.phase !== 'recovering' || session.forcedSignOut === null) return null
  const { earliest, latest, afterCall } = session.forcedSignOut
  if (now >= latest || (afterCall && now >= earliest)) return null
  const rest = (now < earliest ? earliest : latest) - now
  // Whole seconds, rounded down: the words change just after the full one, and when nothing is left.
  return Math.min((rest % 1_000) + 1, rest)
}

/** What is wrong although the connection lives: the one thing that matters most. */
const hindrance = (t: Translate, session: Extract<Session, { phase: 'online' }>): string | null => {
  if (session.passwordProblem !== null) return t('shell.tray.password')
  if (session.outOfServiceSince !== null) return t('shell.tray.outOfService')
  return session.degraded.length > 0 ? t('shell.tray.degraded') : null
}

/** State, reason, since when, and the connection when it is not well. */
export const trayTooltip = (t: Translate, slices: SessionSlices, now: ServerMs): string => {
  switch (slices.session.phase) {
    case 'signedOut':
      return t('shell.tray.signedOut')
    case 'signingIn':
      return t('shell.tray.signingIn')
    case 'signingOut':
      return t('shell.tray.signingOut')
    case 'online': {
      const wrong = hindrance(t, slices.session)
      return [...agentLines(t, slices.agent), ...(wrong === null ? [] : [wrong])].join('\n')
    }
    case 'recovering':
      return [...agentLines(t, slices.agent), ...lostLines(t, slices.session.forcedSignOut, now)].join('\n')
    case 'blocked':
      return slices.session.midShift
        ? [...agentLines(t, slices.agent), t('shell.tray.stopped')].join('\n')
        : t('shell.tray.signedOut')
  }
}

export const windowTitle = (t: Translate, slices: SessionSlices): string => {
  if (!slices.agent) return t('shell.title.plain')
  const { state } = agentWords(t, slices.agent)
  return t('shell.title.agent', { state, name: plainText(slices.agent.name) })
}
