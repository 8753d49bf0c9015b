import { createSimulator, type SimulatorOptions } from '../../../simulator'
import type { FaultRun } from '../../testing/faultTest'
import { jumpClock, type JumpClock } from '../../testing/jumpClock'
import { faultDesk, type FaultDeskOptions } from './faultDesk'

export interface ClientClock extends JumpClock {
  /**
   * The machine sleeps: the world goes on, this clock's timers and its monotonic time stand still, its wall clock has
   * moved on afterwards. That is how Linux and macOS do it.
   */
  sleep(ms: number): Promise<void>
}

interface Held {
  readonly due: number
  readonly run: () => void
  cancel: () => void
}

/** The clock of the agent's machine in a world with another one: it can be wrong, and asleep. */
export const clientClock = (world: JumpClock): ClientClock => {
  let wallShift = 0
  let asleep = 0
  const timers = new Set<Held>()
  const monotonic = (): number => world.monotonic() - asleep
  const start = (timer: Held): void => {
    timer.cancel = world.after(timer.due - monotonic(), () => {
      timers.delete(timer)
      timer.run()
    })
  }
  return {
    ...world,
    now: () => world.now() + wallShift,
    monotonic,
    after: (ms, run) => {
      const timer: Held = { due: monotonic() + Math.max(0, ms), run, cancel: () => undefined }
      timers.add(timer)
      start(timer)
      return () => {
        timers.delete(timer)
        timer.cancel()
      }
    },
    setWall: (byMs) => {
      wallShift += byMs
    },
    sleep: async (ms) => {
      for (const timer of timers) timer.cancel()
      const before = world.monotonic()
      await world.jump(ms)
      asleep += world.monotonic() - before
      for (const timer of timers) start(timer)
    },
  }
}

/** A desk on a machine whose clock is its own. */
export async function deskApart(
  t: FaultRun,
  { simulator: asked, ...options }: Omit<FaultDeskOptions, 'beside'> = {},
) {
  const world = jumpClock()
  const clock = clientClock(world)
  const simulator = createSimulator({
    eventDelayMs: [1, 5],
    proxied: true,
    clock: world,
    ...(options.deployment === undefined ? {} : { deployment: options.deployment }),
    ...(asked satisfies SimulatorOptions | undefined),
  })
  const info = await simulator.start()
  t.after(() => simulator.stop())
  const desk = await faultDesk(t, { ...options, beside: { clock, simulator, info } })
  await desk.online()
  return { desk, world, clock }
}
