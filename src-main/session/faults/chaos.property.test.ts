import { describe, test } from 'vitest'
import { seededRandom } from '../../../simulator/random'
import { watchInvariants } from '../../testing/invariants'
import { testSeed } from '../../testing/seed'
import { play, schedules } from '../testing/chaos'
import { faultDesk } from '../testing/faultDesk'

const DESKS = 6
const RUNS = 50
const first = testSeed()

/**
 * Whatever goes wrong and in whatever order: once the world is whole again, the screen shows it. Every schedule is
 * played on the desk that the schedules before it have left, so that a history matters.
 */
describe(`random faults, SIDETONE_SEED=${String(first)}`, () => {
  test.each(Array.from({ length: DESKS }, (_, index) => first + index))(
    `seed %i: ${String(RUNS)} schedules end with the truth on the screen`,
    { timeout: 240_000 },
    async (seed) => {
      const { broken, ...invariants } = watchInvariants({ stallMs: null })
      const undo: (() => unknown)[] = []
      const deployment = seed % 2 === 0 ? 'UCCE' : 'UCCX'
      try {
        const played = await faultDesk(
          { ...invariants, after: (last) => void undo.push(last) },
          { deployment, random: seededRandom(seed), simulator: { random: seededRandom(~seed) } },
        )
        invariants.watch()
        await played.online()
        for (const [index, schedule] of schedules(seed, RUNS).entries()) {
          try {
            await play(played, schedule)
          } catch (error) {
            throw new Error(`schedule ${String(index)}: ${JSON.stringify(schedule)}`, { cause: error })
          }
        }
      } finally {
        for (const last of undo.reverse()) await last()
      }
      const violations = await broken()
      if (violations.length > 0) throw new Error(violations.join('\n'))
    },
  )
})
