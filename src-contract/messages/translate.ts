import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base'
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

/** Looks up a sentence and fills it in. `count` chooses the plural form of messages with `|`. */
export interface Translate {
  (key: MessageKey, params?: Params): string
  readonly locale: Locale
}

// Messages are interpreted, not compiled to code: the windows run under a CSP without unsafe-eval.
// Most are plain text, and reading forty of them by character is felt in front of the first paint.
const SYNTAX = /[{}@|%\\]/
const compileUnlessPlain = (message: unknown, context: Parameters<typeof compile>[1]): unknown =>
  typeof message !== 'string' || SYNTAX.test(message) ? compile(message, context) : () => message
registerMessageCompiler(compileUnlessPlain as typeof compile)
registerMessageResolver(resolveValue)

/** The same message syntax as vue-i18n uses in the windows, for everything main says itself. */
export const createTranslator = (locale: Locale): Translate => {
  const context = createCoreContext({
    locale,
    messages: catalogues as unknown as Record<string, Record<string, string>>,
    missingWarn: false,
    fallbackWarn: false,
  })
  const t = (key: MessageKey, params: Params = {}): string => {
    const text =
      typeof params.count === 'number'
        ? translate(context, key, params, { plural: params.count })
        : translate(context, key, params)
    return typeof text === 'string' ? text : key
  }
  return Object.assign(t, { locale })
}
