import type { Settings, SignInForm } from '../../src-contract/state'
import { defaultSettings } from '../settings/schema'
import type { EffectiveSetting } from '../support/bundle/write'
import type { Environment } from './environment'

/** The settings as they work now, for support: each with its value and where that comes from. */
export const settingsReport = (
  settings: Settings,
  form: SignInForm,
  environment: Environment,
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
    {
      name: 'simulatorAtStart',
      value: environment.simulatorAtStart,
      source: environment.simulatorAtStart ? 'default' : 'commandLine',
    },
  ]
}
