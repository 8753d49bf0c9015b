import { join } from 'node:path'
import type { Page } from 'playwright'
import type { Bridge } from '../../src-contract/channels'
import { launch, launchSignedIn, newProfile } from '../sidetone'
import type { RunningSimulator } from '../simulator'

export interface OpenApp {
  readonly page: Page
  /** 100 updates a second for so long. */
  storm(seconds: number): Promise<void>
  /** Changed members that reach the page in so many seconds. */
  arrivals(seconds: number): Promise<number>
  close(): Promise<void>
}

export const openFloor = async (): Promise<OpenApp> => {
  const { page, close } = await launch(join(import.meta.dirname, 'floor-app'), newProfile())
  await page.waitForSelector('.row')
  return {
    page,
    storm: (seconds) =>
      page.evaluate(
        (length) =>
          (globalThis as unknown as { floor: { storm(n: number): Promise<void> } }).floor.storm(length),
        seconds,
      ),
    arrivals: (seconds) =>
      page.evaluate(
        (ms) =>
          new Promise<number>((resolve) => {
            let seen = 0
            const { floor } = globalThis as unknown as { floor: { onMember(listener: () => void): void } }
            floor.onMember(() => (seen += 1))
            setTimeout(() => resolve(seen), ms)
          }),
        seconds * 1000,
      ),
    close,
  }
}

/** Our app, signed in, with the team of the simulator in the roster and a filter on. */
export const openSidetone = async (simulator: RunningSimulator): Promise<OpenApp> => {
  const { page, close } = await launchSignedIn(simulator)
  try {
    await page.getByRole('searchbox').first().fill('e')
    await page.getByRole('grid').getByRole('row').nth(5).waitFor()
  } catch (error) {
    await close()
    throw error
  }
  return {
    page,
    storm: (seconds) => {
      // Answered when it is over.
      const storm = { updatesPerSecond: 100, seconds, except: [simulator.agent.id] }
      simulator.command('storm', storm).catch(() => undefined)
      return Promise.resolve()
    },
    arrivals: (seconds) =>
      page.evaluate(
        (ms) =>
          new Promise<number>((resolve) => {
            let seen = 0
            const { sidetone } = globalThis as unknown as { sidetone: Bridge }
            const stop = sidetone.onPatch(
              ({ collections }) => (seen += collections?.members?.set?.length ?? 0),
            )
            setTimeout(() => {
              stop()
              resolve(seen)
            }, ms)
          }),
        seconds * 1000,
      ),
    close,
  }
}
