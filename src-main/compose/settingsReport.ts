import type { Settings, SignInForm } from '../../src-contract/state'
import { defaultSettings, type StoredSettings } from '../settings/schema'
import type { EffectiveSetting } from '../support/bundle/write'
import type { Environment } from './environment'

/** The settings as they work now, for support: each with its value and where that comes from. */
export const settingsReport = (
  settings: Settings,
  form: SignInForm,
  stored: Pick<StoredSettings, 'besideResource' | 'pins'>,
  environment: Pick<Environment, 'simulatorAtStart'>,
  packaged: boolean,
): readonly EffectiveSetting[] => {
  const defaults = defaultSettings('')
  const chosen = {
    theme: settings.theme,
    locale: settings.locale,
    notifications: settings.notifications,
    signInAfterFailover: settings.signInAfterFailover,
    restoreReady: settings.restoreReady,
  }
  const typed = { server: form.server, mode: form.mode, caFile: form.caFile }
  const report = (name: string, value: EffectiveSetting['value'], usual: unknown): EffectiveSetting => ({
    name,
    value,
    source: value === usual ? 'default' : 'file',
  })
  return [
    ...Object.entries(chosen).map(([name, value]) =>
      report(name, value, defaults[name as keyof typeof chosen]),
    ),
    ...Object.entries(typed).map(([name, value]) =>
      report(`signIn.${name}`, value, defaults.signIn[name as keyof typeof typed]),
    ),
    { name: 'effectiveLocale', value: settings.effectiveLocale, source: 'default' },
    { name: 'besideResource', value: stored.besideResource, source: 'file' },
    // Certificates that a person has trusted: by whom a node was let in matters more than which one it was.
    report('pins', stored.pins.map(({ host, port }) => `${host}:${String(port)}`).join(', '), ''),
    {
      name: 'simulatorAtStart',
      value: environment.simulatorAtStart,
      // Never in a packaged app, always in development, unless it was asked for otherwise.
      source: environment.simulatorAtStart === !packaged ? 'default' : 'commandLine',
    },
  ]
}
