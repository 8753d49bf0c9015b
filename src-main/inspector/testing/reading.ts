import type { AttemptDetail, StageDetail } from '../../../src-contract/inspector'
import type { InspectedDesk } from './inspectedDesk'

/** Oldest first, whole. */
export const attemptsOf = (desk: InspectedDesk): readonly AttemptDetail[] =>
  desk.inspector.source.attempts().flatMap(({ id }) => desk.inspector.source.attempt(id) ?? [])

export const stageOf = (attempt: AttemptDetail | undefined, stage: string): StageDetail | undefined =>
  attempt?.stages.find((one) => one.stage === stage)
