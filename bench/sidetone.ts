import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { electronBinary, sandboxArguments } from './electron'
import type { RunningSimulator } from './simulator'

export interface LaunchedApp {
  readonly electron: ElectronApplication
  readonly page: Page
  /** Ends it and removes its profile. */
  close(): Promise<void>
}

const project = join(import.meta.dirname, '..')
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
export const launch = async (app: string, profile: string, again = true): Promise<LaunchedApp> => {
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
    return { electron: started, page, close }
  } catch (error) {
    electron?.process().kill('SIGKILL')
    if (!again) throw error
    return launch(app, profile, false)
  }
}

const COLLECTED = /promise was garbage collected/i
const TRIES = 3

/**
 * What is evaluated in a busy main process can get lost: the debugger's own promise is collected as garbage now and
 * then. Only for what may be done twice.
 */
export const insist = async <T>(evaluate: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await evaluate()
    } catch (error) {
      if (tries === TRIES || !COLLECTED.test(String(error))) throw error
    }
  }
}

export const newProfile = (): string => mkdtempSync(join(tmpdir(), 'sidetone-bench-'))

/** The built app with the simulator's agent signed in. */
export const launchSignedIn = async (simulator: RunningSimulator): Promise<LaunchedApp> => {
  const profile = newProfile()
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
  try {
    await app.page.getByLabel('Password').fill(simulator.agent.password)
    await app.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await app.page.getByRole('searchbox').first().waitFor()
  } catch (error) {
    await app.close()
    throw error
  }
  return app
}
