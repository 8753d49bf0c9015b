import type { Evidence, NodeView, Verdict } from '../connection'
import type { MessageKey, Translate } from '../messages/translate'
import type { Deployment, ServerMs } from '../model'
import type { ForcedSignOut, Gap, GapChange } from '../state'
import { formatCountdown, formatDuration } from './duration'
import { wordProblem } from './problem'
import { categoryOf, wordReason, wordState } from './state'

/** early: surely still signed in; maybe: between the earliest and the latest moment; over: after both. */
export type SignOutStage = 'early' | 'maybe' | 'over'

export const signOutStage = ({ earliest, latest }: ForcedSignOut, now: ServerMs): SignOutStage =>
  now < earliest ? 'early' : now < latest ? 'maybe' : 'over'

/** What the loss means for being signed in, one sentence. Null: nobody was. */
export const wordSignOut = (t: Translate, forced: ForcedSignOut | null, now: ServerMs): string => {
  if (forced === null) return t('outage.signOut.nobody')
  const stage = signOutStage(forced, now)
  return t(forced.afterCall ? `outage.signOut.${stage}Call` : `outage.signOut.${stage}`, {
    earliest: formatCountdown(forced.earliest - now),
    latest: formatCountdown(forced.latest - now),
  })
}

/** Below the word on the pill: the time Finesse leaves, then what it may have done. */
export const wordTimeLeft = (t: Translate, forced: ForcedSignOut, now: ServerMs): string => {
  const stage = signOutStage(forced, now)
  if (stage === 'early') return t('outage.pill.early', { time: formatCountdown(forced.earliest - now) })
  return forced.afterCall ? t('outage.pill.afterCall') : t(`outage.pill.${stage}`)
}

export interface VerdictWords {
  readonly what: string
  readonly cure: string
}

const cureKey = (who: Verdict['who'], nodes: readonly NodeView[]): MessageKey => {
  if (who !== 'thisNode') return `outage.cure.${who}`
  if (nodes.some((node) => node.health === 'untrusted')) return 'outage.cure.untrusted'
  return nodes.length < 2 ? 'outage.cure.alone' : 'outage.cure.move'
}

/** "Only me or everybody?", and what the agent can do about it. */
export const wordVerdict = (t: Translate, { who }: Verdict, nodes: readonly NodeView[]): VerdictWords => ({
  what: t(`outage.verdict.${who}`),
  cure: t(cureKey(who, nodes)),
})

/** The same while the connection lives and Finesse is out of service. */
export const wordServiceCure = (
  t: Translate,
  verdict: Verdict | null,
  nodes: readonly NodeView[],
): string => {
  if (verdict?.who === 'phoneSystem' || verdict?.who === 'bothNodes') return t('outage.service.cureAll')
  const movable = nodes.length > 1 && nodes.every((node) => node.health !== 'untrusted')
  return t(movable ? 'outage.service.cureMove' : 'outage.service.cure')
}

export const wordEvidence = (t: Translate, evidence: Evidence): string => {
  switch (evidence.kind) {
    case 'cause':
      return wordProblem(t, evidence.problem).what
    case 'node':
      return t('outage.evidence.node', {
        name: evidence.name,
        host: evidence.host,
        health: t(`outage.health.${evidence.health}`),
      })
    case 'colleagues':
      return evidence.lost === 0
        ? t('outage.evidence.noColleague', { of: evidence.of })
        : t('outage.evidence.colleagues', { count: evidence.lost, of: evidence.of })
  }
}

/** `47 s`, at least one, from two minutes on `02:05`. */
export const wordSpan = (t: Translate, ms: number): string => {
  const seconds = Math.max(1, Math.round(ms / 1000))
  return seconds < 120 ? t('outage.gap.seconds', { seconds }) : formatDuration(seconds * 1000)
}

const remoteOf = (t: Translate, remote: string | null): string => remote ?? t('call.hidden')

export const wordGapChange = (t: Translate, change: GapChange, deployment: Deployment): string => {
  switch (change.kind) {
    case 'state': {
      const { state, look, reason } = change.after
      const word = wordState(t, state, look)
      const why = reason ? wordReason(t, reason, deployment, categoryOf(look)) : null
      return t('outage.gap.announceState', { state: why ? `${word}, ${why}` : word })
    }
    case 'callEnded':
      return t('outage.gap.callEnded', { remote: remoteOf(t, change.remote) })
    case 'callArrived':
      return t('outage.gap.callArrived', { remote: remoteOf(t, change.remote) })
    case 'members':
      return t('outage.gap.members', { count: change.count })
  }
}

/** All of it in one sentence, to be read aloud once. */
export const wordGap = (t: Translate, gap: Gap, deployment: Deployment): string => {
  const changes = gap.changes.map((change) => wordGapChange(t, change, deployment))
  const [before, after] = gap.nodes
  const moved = before === after ? [] : [t('outage.gap.moved', { node: after })]
  const said = [...changes, ...moved]
  return said.length === 0 ? t('outage.gap.nothing') : t('outage.gap.announce', { changes: said.join('; ') })
}
