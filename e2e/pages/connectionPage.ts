import type { Locator, Page } from 'playwright/test'
import type { Stage } from '../../src-contract/connection'
import { createInspectorTranslator, type InspectorTranslate } from '../../src-contract/messages/inspector'
import type { Translate } from '../../src-contract/messages/translate'

export const TABS = ['stages', 'health', 'trace', 'selfTest'] as const
export type Tab = (typeof TABS)[number]

export interface ConnectionPage {
  /** The words of these views. */
  readonly words: InspectorTranslate
  readonly view: Locator
  readonly tab: (tab: Tab) => Locator
  /** From the desk, by its rail. */
  readonly open: (tab?: Tab) => Promise<void>
  /** Back to the form, where it was opened beside the sign-in page. */
  readonly back: Locator
  /** Newest first. */
  readonly attempts: Locator
  readonly stage: (stage: Stage) => Locator
  readonly calls: Locator
  readonly detail: Locator
  /** What the chosen line is, or what broke it. */
  readonly title: Locator
  readonly admin: Locator
  readonly chain: Locator
  readonly sent: Locator
  readonly received: Locator
  readonly disconnects: Locator
  readonly traceRows: Locator
  readonly traceDetail: Locator
  readonly selfTest: Locator
  readonly checks: Locator
  readonly result: Locator
  readonly bundle: Locator
  readonly bundleFiles: Locator
  readonly bundleBar: Locator
}

export const connectionPage = (page: Page, t: Translate): ConnectionPage => {
  const view = page.getByTestId('connection-page')
  const tab = (name: Tab) => view.getByTestId(`inspector-tab-${name}`)
  const detail = view.getByTestId('line-detail')
  const bundle = page.getByTestId('bundle-dialog')
  const selfTest = view.getByTestId('self-test')
  return {
    words: createInspectorTranslator(t.locale),
    view,
    tab,
    open: async (name = 'stages') => {
      await page.getByTestId('nav-connection').click()
      await tab(name).click()
    },
    back: view.getByTestId('connection-back'),
    attempts: view.getByTestId('attempt'),
    stage: (stage) => view.getByTestId(`stage-${stage}`),
    calls: view.getByTestId('rest-call'),
    detail,
    title: detail.getByTestId('stage-title'),
    admin: detail.getByTestId('cause-admin'),
    chain: detail.getByTestId('chain'),
    sent: detail.getByTestId('wire-sent'),
    received: detail.getByTestId('wire-received'),
    disconnects: view.getByTestId('disconnect'),
    traceRows: view.getByTestId('trace-row'),
    traceDetail: view.getByTestId('trace-detail'),
    selfTest,
    checks: selfTest.getByTestId('self-test-check'),
    result: selfTest.getByTestId('self-test-result'),
    bundle,
    bundleFiles: bundle.getByTestId('bundle-file'),
    bundleBar: view.getByTestId('bundle-bar'),
  }
}
