import type { Locale } from '../state'
import { createEngine, type Leaves, type Params } from './engine'
import { en } from './en'
import { nl } from './nl'
import type { Words } from './words'

export type { Params } from './engine'

/** The catalogue. English decides the keys; another language that lacks one does not compile. */
export type Catalogue = Words<typeof en>
export const catalogues: Readonly<Record<Locale, Catalogue>> = { en, nl }

export type MessageKey = Leaves<typeof en>

/** Looks up a sentence and fills it in. */
export interface Translate {
  (key: MessageKey, params?: Params): string
  readonly locale: Locale
}

export const createTranslator = (locale: Locale): Translate => {
  const say = createEngine(locale, catalogues[locale])
  const t = (key: MessageKey, params?: Params): string => say(key, params)
  return Object.assign(t, { locale })
}
