import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright/test'
import { windowFacts } from '../support/shell'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'images')

/** What the window shows, once its fonts are there and nothing moves. */
export const take = async (
  app: ElectronApplication,
  page: Page,
  name: string,
  /** Where nothing reacts to the mouse. */
  quiet: readonly [x: number, y: number] = [300, 630],
): Promise<void> => {
  if (!(await windowFacts(app)).visible) throw new Error('The window is hidden')
  await page.mouse.move(...quiet)
  await page.evaluate('document.fonts.ready')
  await page.waitForTimeout(250)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.png`), await page.screenshot({ animations: 'disabled' }))
}
