import { createRequire } from 'node:module'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright/test'

/** With the built app in `out`. */
export const appFolder = join(import.meta.dirname, '..', '..')
export const electronExecutable = createRequire(import.meta.url)('electron') as string

/** SIGTERM is a shutdown to the app: a second for its good-bye, then it has to be gone. */
const LEAVE_MS = 5_000
const ATTACH_MS = 12_000

export interface LaunchOptions {
  readonly profile: string
  /** Let the app start its own simulator and fill in its first agent. */
  readonly embeddedSimulator?: boolean
  readonly env?: Readonly<Record<string, string>>
}

export interface LaunchedApp {
  readonly electron: ElectronApplication
  readonly page: Page
  /** Everything the processes of the app printed. */
  readonly output: () => string
  /** Errors of the page: uncaught ones, and what it wrote to the console as an error. */
  readonly pageErrors: string[]
  readonly exited: Promise<number | null>
  /** Ends the app as a shutdown of the machine does. Does nothing when it has ended. */
  readonly stop: () => Promise<void>
}

export const environment = (options: LaunchOptions): Record<string, string> => {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('npm_') ? [] : [[name, value] as const],
  )
  return {
    ...Object.fromEntries(inherited),
    SIDETONE_PROFILE: options.profile,
    ...(options.embeddedSimulator === true ? {} : { SIDETONE_NO_SIMULATOR: '1' }),
    ...options.env,
  }
}

const start = (options: LaunchOptions): Promise<ElectronApplication> =>
  _electron.launch({
    executablePath: electronExecutable,
    args: [appFolder],
    cwd: appFolder,
    env: environment(options),
    timeout: ATTACH_MS,
  })

/**
 * Playwright attaches to a running app here (it holds one back only when it may choose the executable), and on a busy
 * machine it now and then misses the start. That is no failure of the app: one more try, said aloud.
 */
async function startAttached(options: LaunchOptions): Promise<readonly [ElectronApplication, Page]> {
  for (let again = false; ; again = true) {
    let electron: ElectronApplication | null = null
    try {
      electron = await start(options)
      return [electron, await electron.firstWindow({ timeout: ATTACH_MS })]
    } catch (error) {
      electron?.process().kill('SIGKILL')
      if (again) throw error
      console.warn('Playwright did not attach to the app; starting it again')
    }
  }
}

export async function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  const [electron, page] = await startAttached(options)
  const child = electron.process()
  const killed = () => child.signalCode === 'SIGKILL'
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  const pageErrors: string[] = []
  page.on('pageerror', (error) => pageErrors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text())
  })
  await page.waitForLoadState('domcontentloaded')
  return {
    electron,
    page,
    output: () => output,
    pageErrors,
    exited,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS)
      await exited
      clearTimeout(late)
      if (killed()) throw new Error(`The app did not leave within ${LEAVE_MS} ms`)
    },
  }
}
