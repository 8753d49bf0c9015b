import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright'
import type { Bridge } from '../../src-contract/channels'
import type { RunningSimulator } from '../simulator'
import { insist, launch, launchSignedIn, newProfile } from '../sidetone'
import type { List } from './scroll'

export interface OpenApp extends List {
  close(): Promise<void>
}
export interface OpenSidetone extends OpenApp {
  readonly electron: ElectronApplication
}

export const openFloor = async (): Promise<OpenApp> => {
  const { page, close } = await launch(join(import.meta.dirname, 'floor-app'), newProfile())
  await page.waitForSelector('.row')
  return { page, close, scroller: '#list', row: '.row', waiting: '.none' }
}

/** Our app, signed in, at the live trace. */
export const openSidetone = async (simulator: RunningSimulator): Promise<OpenSidetone> => {
  const { electron, page, close } = await launchSignedIn(simulator)
  try {
    await page.getByTestId('nav-connection').click()
    await page.getByTestId('inspector-tab-trace').click()
    await page.getByTestId('trace-row').first().waitFor()
  } catch (error) {
    await close()
    throw error
  }
  return {
    electron,
    page,
    close,
    scroller: '[data-testid=trace-list]',
    row: '[data-testid=trace-row]',
    waiting: '.wait',
  }
}

/** The question what to open is answered with this file. */
export const answerWith = (electron: ElectronApplication, path: string): Promise<void> =>
  insist(() =>
    electron.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
    }, path),
  )

const ask = (page: Page, source: 'live' | 'bundle') =>
  page.evaluate(async (name) => {
    const { sidetone } = globalThis as unknown as { sidetone: Bridge }
    const filter = { kinds: [], text: '', failedOnly: false }
    const answer = await sidetone.command('trace.page', { source: name, filter, from: null, count: 1 })
    if (!answer.ok) throw new Error(answer.error.code)
    return answer.value
  }, source)

/** Entries the list has. */
export const entriesOf = async (page: Page): Promise<number> => {
  const { first, end } = await ask(page, 'bundle')
  return end - first
}

/** Entries ever captured of the living session. */
export const captured = async (page: Page): Promise<number> =>
  ((await ask(page, 'live')).rows[0]?.seq ?? -1) + 1
