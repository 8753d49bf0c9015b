import type { CauseId } from './ids'

/** The words of one cause. `{name}` is a parameter, `{offset?behind|ahead}` a choice by its sign; an aside in
 * brackets with nothing in it is left out. */
export interface CauseText {
  /** One line. */
  readonly title: string
  /** For the agent: what it means and what to do, in plain words. */
  readonly agent: string
  /** For the administrator. */
  readonly expected: string
  readonly came: string
  /** The likeliest first. */
  readonly reasons: readonly string[]
  /** What to look at or to run. */
  readonly checks: readonly string[]
}

/** All causes whose id begins with one of these. */
export type CauseTexts<Group extends string> = {
  readonly [Id in Extract<CauseId, Group | `${Group}.${string}`>]: CauseText
}
