import { setImmediate } from 'node:timers/promises'
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
 * Every attempt of the source as far as it tells when and where it failed, as long as `maxBytes` of JSON are not full;
 * the newest ones with all that was seen, as far as there is room left.
 */
export const gatherAttempts = async (
  source: InspectorSource,
  maxBytes: number,
): Promise<GatheredAttempts> => {
  const ids = source
    .attempts()
    .map(({ id }) => id)
    .reverse()
  const gathered: { readonly kept: AttemptDetail; readonly bytes: number }[] = []
  let room = maxBytes
  for (const id of ids) {
    const attempt = source.attempt(id)
    if (attempt === null) continue
    const kept = shorten(attempt)
    const bytes = bytesOf(kept)
    if (bytes > room) break
    room -= bytes
    gathered.push({ kept, bytes })
    await setImmediate()
  }
  let whole = 0
  for (const { kept, bytes } of gathered) {
    const attempt = source.attempt(kept.id)
    const more = attempt === null ? Infinity : bytesOf(attempt) - bytes
    if (attempt === null || more > room) break
    room -= more
    gathered[whole] = { kept: attempt, bytes }
    whole += 1
    // Some are megabytes: the main loop has other things to do in between.
    await setImmediate()
  }
  return { attempts: gathered.map(({ kept }) => kept).reverse(), shortened: gathered.length - whole }
}
