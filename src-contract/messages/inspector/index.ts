import type { Locale } from '../../state'
import { createEngine, type Leaves } from '../engine'
import { en } from './en'
import { nl } from './nl'

/**
 * The words of the connection inspector: a catalogue of its own, loaded with its views. The first script of the
 * window does not carry it.
 */
export const inspectorCatalogues = { en, nl } as const

export type InspectorKey = Leaves<typeof en>

type TextAt<T, K extends string> = K extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? TextAt<T[Head], Rest>
    : never
  : K extends keyof T
    ? T[K]
    : never

type SlotsOf<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotsOf<Rest> : never

type Filled<S> = [SlotsOf<S>] extends [never]
  ? []
  : [params: Readonly<Record<SlotsOf<S>, string | number>> & { readonly count?: number }]

/** Like `Translate`, and what a sentence lacks does not compile. */
export interface InspectorTranslate {
  <K extends InspectorKey>(key: K, ...params: Filled<TextAt<typeof en, K>>): string
  readonly locale: Locale
}

export const createInspectorTranslator = (locale: Locale): InspectorTranslate => {
  const say = createEngine(locale, inspectorCatalogues[locale])
  const t: (key: string, params?: Readonly<Record<string, string | number>>) => string = (key, params) =>
    say(key, params)
  return Object.assign(t, { locale })
}
