import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type Page } from 'playwright'
import { electronBinary, sandboxArguments } from '../electron'
import type { RunningSimulator } from './simulator'

export interface OpenApp {
  readonly page: Page
  /** 100 updates a second for so long. */
  storm(seconds: number): Promise<void>
  close(): Promise<void>
}

const project = join(import.meta.dirname, '..', '..')

const launch = async (app: string, profile: string) =>
  _electron.launch({
    executablePath: electronBinary(),
    args: [...sandboxArguments(), `--user-data-dir=${profile}`, app],
    env: {
      ...(process.env as Record<string, string>),
      SIDETONE_PROFILE: profile,
      SIDETONE_NO_SIMULATOR: '1',
    },
  })

export const openFloor = async (): Promise<OpenApp> => {
  const profile = mkdtempSync(join(tmpdir(), 'sidetone-floor-'))
  const app = await launch(join(import.meta.dirname, 'floor-app'), profile)
  const page = await app.firstWindow()
  await page.waitForSelector('.row')
  return {
    page,
    storm: (seconds) =>
      page.evaluate(
        (length) =>
          (globalThis as unknown as { floor: { storm(n: number): Promise<void> } }).floor.storm(length),
        seconds,
      ),
    close: async () => {
      await app.close()
      rmSync(profile, { recursive: true, force: true })
    },
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
  const app = await launch(project, profile)
  const page = await app.firstWindow()
  await page.getByLabel('Password').fill(simulator.agent.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const filter = page.getByRole('searchbox').first()
  await filter.fill('e', { timeout: 30_000 })
  return {
    page,
    storm: (seconds) => {
      simulator.storm(100, seconds)
      return Promise.resolve()
    },
    close: async () => {
      await app.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
