import { describe, test } from 'vitest'
import { watchInvariants } from '../../testing/invariants'
import { play, schedules } from '../testing/chaos'
import { faultDesk } from '../testing/faultDesk'

const DESKS = 6
const RUNS = 50
const seed = Number(process.env['SIDETONE_SEED'] ?? Date.now() % 1_000_000_000)

/**
 * Whatever goes wrong and in whatever order: once the world is whole again, the screen shows it. Every schedule is
 * played on the desk that the schedules before it have left, so that a history matters.
 */
describe(`random faults, SIDETONE_SEED=${String(seed)}`, () => {
  test.each(Array.from({ length: DESKS }, (_, index) => index))(
    `desk %i: ${String(RUNS)} schedules end with the truth on the screen`,
    { timeout: 240_000 },
    async (desk) => {
      const { broken, ...invariants } = watchInvariants({ stallMs: null })
      const undo: (() => unknown)[] = []
      const deployment = desk % 2 === 0 ? 'UCCE' : 'UCCX'
      try {
        const played = await faultDesk(
          { ...invariants, after: (last) => void undo.push(last) },
          { deployment, random: Math.random },
        )
        invariants.watch()
        await played.online()
        for (const [index, schedule] of schedules(seed + desk, RUNS).entries()) {
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
