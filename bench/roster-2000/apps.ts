import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import type { Bridge } from '../../src-contract/channels'
import { electronBinary, sandboxArguments } from '../electron'
import type { RunningSimulator } from '../simulator'

export interface OpenApp {
  readonly page: Page
  /** 100 updates a second for so long. */
  storm(seconds: number): Promise<void>
  /** Changed members that reach the page in so many seconds. */
  arrivals(seconds: number): Promise<number>
  close(): Promise<void>
}

const project = join(import.meta.dirname, '..', '..')
const ATTACH_MS = 12_000
/** SIGTERM is a shutdown to our app: it says good-bye and leaves without asking. */
const LEAVE_MS = 3_000

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS)
  await gone
  clearTimeout(late)
}

/** Playwright now and then misses the start of an app; once more, then. */
const open = async (
  app: string,
  profile: string,
  again = true,
): Promise<readonly [Page, () => Promise<void>]> => {
  let electron: ElectronApplication | null = null
  try {
    const started = await _electron.launch({
      executablePath: electronBinary(),
      args: [...sandboxArguments(), `--user-data-dir=${profile}`, app],
      env: {
        ...(process.env as Record<string, string>),
        SIDETONE_PROFILE: profile,
        SIDETONE_NO_SIMULATOR: '1',
      },
      timeout: ATTACH_MS,
    })
    electron = started
    const page = await started.firstWindow({ timeout: ATTACH_MS })
    const close = async (): Promise<void> => {
      await end(started.process())
      rmSync(profile, { recursive: true, force: true })
    }
    return [page, close]
  } catch (error) {
    electron?.process().kill('SIGKILL')
    if (!again) throw error
    return open(app, profile, false)
  }
}

export const openFloor = async (): Promise<OpenApp> => {
  const [page, close] = await open(
    join(import.meta.dirname, 'floor-app'),
    mkdtempSync(join(tmpdir(), 'sidetone-floor-')),
  )
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
  const profile = mkdtempSync(join(tmpdir(), 'sidetone-roster-'))
  writeFileSync(
    join(profile, 'settings.json'),
    JSON.stringify({
      version: 1,
      theme: 'light',
      locale: 'en',
      notifications: false,
      signIn: {
        server: simulator.server,
        loginId: simulator.agent.id,
        extension: simulator.agent.extension,
        mode: 'replace',
        caFile: simulator.caFile,
      },
      windows: [],
      favourites: [],
      pins: [],
      besideResource: 'sidetone-beef',
    }),
  )
  const [page, close] = await open(project, profile)
  try {
    await page.getByLabel('Password').fill(simulator.agent.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
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
