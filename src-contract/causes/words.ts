import type { Locale } from '../state'
import { en } from './en'
import type { Cause } from './ids'
import { nl } from './nl'
import type { CauseText } from './text'

/** A cause in words, filled in. */
export type CauseWords = CauseText

const CATALOGUES = { en, nl } as const

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** The largest unit of which there are at least two: `90 seconds`, `26 hours`. */
const durationOf = (locale: Locale, ms: number): string => {
  const length = Math.abs(ms)
  const [unit, size] = UNITS.find(([, size]) => length >= 2 * size) ?? UNITS[3]
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(length / size)
}

/** Epoch ms beyond this cannot be a date. */
const MAX_TIME = 8_640_000_000_000_000

const valueOf = (locale: Locale, name: string, value: string | number | undefined): string => {
  if (value === undefined) return ''
  if (typeof value === 'number') {
    if (name === 'offset') return durationOf(locale, value)
    if ((name === 'validFrom' || name === 'validTo') && Math.abs(value) <= MAX_TIME)
      return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(value)
  }
  return String(value).trim()
}

/** An aside whose placeholders have nothing to say is left out. */
const ASIDE = /\s*\(([^()]*\{\w+\}[^()]*)\)/g
const PLACEHOLDER = /\{(\w+)\}/g
/** Server minus ours, so our clock is behind when it is positive: `{offset?behind|ahead}`. */
const DIRECTION = /\{offset\?([^|}]*)\|([^}]*)\}/g

const fill = (locale: Locale, text: string, params: Cause['params']): string => {
  const value = (name: string): string =>
    valueOf(locale, name, Object.hasOwn(params, name) ? params[name] : undefined)
  const isBehind = Number(params.offset ?? 0) >= 0
  const directed = text.replace(DIRECTION, (_, behind: string, ahead: string) => (isBehind ? behind : ahead))
  const asides = directed.replace(ASIDE, (aside, inside: string) =>
    [...inside.matchAll(PLACEHOLDER)].every(([, name = '']) => value(name) === '') ? '' : aside,
  )
  return asides
    .split(/(\([^()]*\{\w+\}[^()]*\))/)
    .map((part, index) => {
      // What is missing leaves a mark in a sentence, and nothing in an aside: `(: not found; )`.
      return index % 2 === 0
        ? part.replace(PLACEHOLDER, (_, name: string) => value(name) || '…')
        : part
            .replace(PLACEHOLDER, (_, name: string) => value(name))
            .replace(/^\([\s:;]+/, '(')
            .replace(/[\s:;]+\)$/, ')')
            .replace(/:\s*;/g, ';')
    })
    .join('')
    .trim()
}

/** Every part of a cause as a person reads it. The catalogue is large: load it with the view that shows it. */
export const wordCause = (locale: Locale, cause: Cause): CauseWords => {
  const text = CATALOGUES[locale][cause.id]
  const say = (one: string): string => fill(locale, one, cause.params)
  return {
    title: say(text.title),
    agent: say(text.agent),
    expected: say(text.expected),
    came: say(text.came),
    reasons: text.reasons.map(say),
    checks: text.checks.map(say),
  }
}
