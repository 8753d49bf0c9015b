/**
 * Every cause the inspector can name, by the stage at which it shows. What was expected, what came, the usual reasons
 * and what to check are in the catalogue of causes.
 */
export const CAUSE_IDS = ['unknown'] as const

export type CauseId = (typeof CAUSE_IDS)[number]

/** A cause with the facts its sentences need: hosts, ports, statuses, conditions. Never a secret. */
export interface Cause {
  readonly id: CauseId
  readonly params: Readonly<Record<string, string | number>>
}
