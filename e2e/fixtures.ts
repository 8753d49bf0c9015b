import * as fs from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type ElectronApplication, type Page } from 'playwright/test'
import {
  createSimulator,
  type AgentInfo,
  type Control,
  type NodeInfo,
  type SimulatorInfo,
  type SimulatorOptions,
} from '../simulator'
import { createTranslator, type Translate } from '../src-contract/messages/translate'
import type { Locale } from '../src-contract/state'
import type { StoredSettings } from '../src-main/settings/schema'
import { startDesktop, type Desktop } from './desktop/desktop'
import { desk, type Desk } from './pages/desk'
import { signInPage, type SignInPage } from './pages/signInPage'
import { launchApp, type LaunchedApp } from './support/launch'
import { pinOf } from './support/pin'
import { createProfile, errorLines, type Profile } from './support/profile'

export interface RunningSimulator {
  readonly info: SimulatorInfo
  readonly control: Control
  /** host:port of the first node, as a person types it. */
  readonly address: string
  readonly nodes: readonly [NodeInfo, NodeInfo]
  /** Free to sign in. */
  readonly agent: AgentInfo
}

interface Options {
  readonly simulatorOptions: SimulatorOptions
  readonly language: Locale
  /**
   * How the app comes to trust the simulator: its authority as the extra CA file, as if an administrator had set it;
   * both nodes' certificates as if accepted before; not at all.
   */
  readonly trustSimulator: 'authority' | 'pins' | 'no'
  readonly settings: Partial<StoredSettings>
  readonly embeddedSimulator: boolean
  /** Set for the app on top of the ordinary environment. */
  readonly appEnvironment: Readonly<Record<string, string>>
}

interface Fixtures {
  readonly t: Translate
  readonly simulator: RunningSimulator
  readonly profile: Profile
  readonly launched: LaunchedApp
  readonly app: ElectronApplication
  readonly page: Page
  readonly form: SignInPage
  /** The first agent's desk, signed in by typing. */
  readonly desk: Desk
  /** What may go wrong in this test without failing it: errors of the page and error lines of the log. */
  readonly forgive: RegExp[]
}

export const test = base.extend<Options & Fixtures, { readonly desktop: Desktop }>({
  simulatorOptions: [{}, { option: true }],
  language: ['en', { option: true }],
  trustSimulator: ['authority', { option: true }],
  settings: [{}, { option: true }],
  embeddedSimulator: [false, { option: true }],
  appEnvironment: [{}, { option: true }],

  // One for all tests of a worker: its names on the bus can be owned once only, and apps look for them at start.
  desktop: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const desktop = await startDesktop()
      await use(desktop)
      desktop.stop()
    },
    { scope: 'worker' },
  ],

  t: async ({ language }, use) => {
    await use(createTranslator(language))
  },

  simulator: async ({ simulatorOptions }, use) => {
    const simulator = createSimulator(simulatorOptions)
    const info = await simulator.start()
    const [a, b] = info.nodes
    const [agent] = info.agents
    if (!a || !b || !agent) throw new Error('The simulator is empty')
    await use({ info, control: simulator.control, address: `${a.host}:${a.port}`, nodes: [a, b], agent })
    await simulator.stop()
  },

  profile: async ({ simulator, language, trustSimulator, settings }, use) => {
    const profile = createProfile({ locale: language, ...settings })
    const caFile = join(profile.folder, 'ca.pem')
    fs.writeFileSync(caFile, simulator.info.ca)
    if (trustSimulator === 'authority') profile.write({ signIn: { ...profile.settings().signIn, caFile } })
    if (trustSimulator === 'pins')
      profile.write({
        pins: await Promise.all(simulator.nodes.map((node) => pinOf(node, simulator.info.ca))),
      })
    await use(profile)
    profile.remove()
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  forgive: async ({}, use) => {
    await use([])
  },

  launched: async ({ desktop, profile, embeddedSimulator, appEnvironment, forgive }, use) => {
    desktop.forgetNotifications()
    const launched = await launchApp({
      profile: profile.folder,
      embeddedSimulator,
      env: appEnvironment,
    })
    try {
      await use(launched)
    } finally {
      await launched.stop()
    }
    const unforgiven = [...launched.pageErrors, ...errorLines(profile.log())].filter(
      (line) => !forgive.some((pattern) => pattern.test(line)),
    )
    expect(unforgiven, 'errors of the page and of main').toEqual([])
  },

  app: async ({ launched }, use) => {
    await use(launched.electron)
  },

  page: async ({ launched }, use) => {
    await use(launched.page)
  },

  form: async ({ page, t }, use) => {
    await use(signInPage(page, t))
  },

  desk: async ({ page, t, form, simulator }, use) => {
    const { agent, address } = simulator
    await form.signIn({
      server: address,
      loginId: agent.id,
      extension: agent.extension,
      password: agent.password,
    })
    const signedIn = desk(page, t)
    await signedIn.shows('state.NOT_READY', 15_000)
    await use(signedIn)
  },
})

export { expect }
