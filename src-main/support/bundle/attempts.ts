import type { AttemptDetail } from '../../../src-contract/inspector'
import type { InspectorSource } from '../../inspector/source'

export interface GatheredAttempts {
  /** Newest last. */
  readonly attempts: readonly AttemptDetail[]
  /** How many of the oldest stand there without their REST calls and texts. */
  readonly shortened: number
}

const shorten = (attempt: AttemptDetail): AttemptDetail => ({
  ...attempt,
  calls: [],
  stages: attempt.stages.map((stage) => ({ ...stage, exchange: [] })),
})

const bytesOf = (attempt: AttemptDetail): number => Buffer.byteLength(JSON.stringify(attempt))

/**
 * Every attempt of the source; the newest with all that was seen until `maxBytes` of JSON are full, the others as far
 * as they tell when and where it failed, and none at all when even that does not fit.
 */
export const gatherAttempts = (source: InspectorSource, maxBytes: number): GatheredAttempts => {
  const gathered: AttemptDetail[] = []
  let room = maxBytes
  let shortened = 0
  for (const { id } of [...source.attempts()].reverse()) {
    const attempt = source.attempt(id)
    if (attempt === null) continue
    const whole = shortened === 0 ? bytesOf(attempt) : Infinity
    const kept = whole <= room ? attempt : shorten(attempt)
    const bytes = whole <= room ? whole : bytesOf(kept)
    if (bytes > room) break
    if (kept !== attempt) shortened += 1
    room -= bytes
    gathered.push(kept)
  }
  return { attempts: gathered.reverse(), shortened }
}
