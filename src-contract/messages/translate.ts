import type { Locale } from '../state'
import { en } from './en'
import { nl } from './nl'
import type { Words } from './words'

/** The catalogue. English decides the keys; another language that lacks one does not compile. */
export type Catalogue = Words<typeof en>
export const catalogues: Readonly<Record<Locale, Catalogue>> = { en, nl }

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>
}[keyof T & string]

export type MessageKey = Leaves<typeof en>

export type Params = Readonly<Record<string, string | number>>

/**
 * Looks up a sentence and fills it in: `{name}` is a parameter. In `one | other` the parameter `count` chooses the
 * form by the rules of the language.
 */
export interface Translate {
  (key: MessageKey, params?: Params): string
  readonly locale: Locale
}

/** Text and names of parameters in turn: `Call from {remote}` is ['Call from ', 'remote', '']. */
type Template = readonly string[]

const PLACEHOLDER = /\{(\w+)\}/
const FORMS = ' | '

const textAt = (catalogue: Catalogue, key: string): string | null => {
  let at: unknown = catalogue
  for (const name of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return null
    at = (at as Readonly<Record<string, unknown>>)[name]
  }
  return typeof at === 'string' ? at : null
}

const fill = (template: Template, params: Params): string => {
  let text = ''
  for (const [index, part] of template.entries()) text += index % 2 === 0 ? part : String(params[part] ?? '')
  return text
}

/**
 * Messages are interpreted, not compiled to code: the windows run under a CSP without unsafe-eval. Each is taken
 * apart once, when it is first said.
 */
export const createTranslator = (locale: Locale): Translate => {
  const known = new Map<string, readonly Template[]>()
  const formsOf = (key: string): readonly Template[] => {
    const forms =
      known.get(key) ??
      (textAt(catalogues[locale], key) ?? key).split(FORMS).map((form) => form.split(PLACEHOLDER))
    known.set(key, forms)
    return forms
  }
  const t = (key: MessageKey, params: Params = {}): string => {
    const [one = [], other] = formsOf(key)
    const isOne =
      typeof params.count !== 'number' || new Intl.PluralRules(locale).select(params.count) === 'one'
    return fill(isOne ? one : (other ?? one), params)
  }
  return Object.assign(t, { locale })
}
