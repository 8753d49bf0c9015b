import type { Locale } from '../state'

/** Every path to a text: `outage.pill.early`. */
export type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>
}[keyof T & string]

export type Params = Readonly<Record<string, string | number>>

/** Text and names of parameters in turn: `Call from {remote}` is ['Call from ', 'remote', '']. */
type Template = readonly string[]

const PLACEHOLDER = /\{(\w+)\}/
const FORMS = ' | '

const textAt = (catalogue: object, key: string): string | null => {
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
 * Words of any catalogue: `{name}` is a parameter. In `one | other` the parameter `count` chooses the form by the
 * rules of the language. Messages are interpreted, not compiled to code: the windows run under a CSP without
 * unsafe-eval. Each is taken apart once, when it is first said.
 */
export const createEngine = (
  locale: Locale,
  catalogue: object,
): ((key: string, params?: Params) => string) => {
  const known = new Map<string, readonly Template[]>()
  const formsOf = (key: string): readonly Template[] => {
    const forms =
      known.get(key) ?? (textAt(catalogue, key) ?? key).split(FORMS).map((form) => form.split(PLACEHOLDER))
    known.set(key, forms)
    return forms
  }
  return (key, params = {}) => {
    const [one = [], other] = formsOf(key)
    const isOne =
      typeof params.count !== 'number' || new Intl.PluralRules(locale).select(params.count) === 'one'
    return fill(isOne ? one : (other ?? one), params)
  }
}
