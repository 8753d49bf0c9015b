import type { Locale } from '../../state'
import { createEngine, type Leaves, type Params } from '../engine'
import { en } from './en'
import { nl } from './nl'

export type ProbeKey = Leaves<typeof en>

export interface ProbeWords {
  (key: ProbeKey, params?: Params): string
  readonly locale: Locale
}

/** The words of the probe. A catalogue of its own: no window needs it. */
export const createProbeWords = (locale: Locale): ProbeWords => {
  const say = createEngine(locale, locale === 'nl' ? nl : en)
  return Object.assign((key: ProbeKey, params?: Params) => say(key, params), { locale })
}
