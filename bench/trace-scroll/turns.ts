import { MEANS, scrollThrough, type List, type Seen } from './scroll'

const THROUGH_MS = 5_000
const ROUNDS = 2
const MOST_PAIRS = 28
/** Without others the machine has more than this left over; with less, frames are missed that nobody here missed. */
const QUIET = 0.5

export interface Turns {
  readonly floor: readonly Seen[]
  readonly ours: readonly Seen[]
  /** Pairs of turns that others disturbed: not counted, made again. */
  readonly disturbed: number
  /** As many as were wanted. */
  readonly complete: boolean
}

/** Both lists from end to end by all means, turn by turn, until each pair was measured undisturbed so many times. */
export const takeTurns = async (floor: List, ours: List): Promise<Turns> => {
  const seen: { floor: Seen[]; ours: Seen[] } = { floor: [], ours: [] }
  let pairs = 0
  const lacking = () =>
    MEANS.filter((means) => seen.ours.filter((each) => each.means === means).length < ROUNDS)
  while (lacking().length > 0 && pairs < MOST_PAIRS)
    // All four each time: the way up is the way back down.
    for (const means of MEANS) {
      const theirs = await scrollThrough(floor, means, THROUGH_MS)
      const mine = await scrollThrough(ours, means, THROUGH_MS)
      pairs += 1
      if (theirs.idle < QUIET || mine.idle < QUIET) continue
      seen.floor.push(theirs)
      seen.ours.push(mine)
    }
  return { ...seen, disturbed: pairs - seen.ours.length, complete: lacking().length === 0 }
}
