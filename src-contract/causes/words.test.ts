import { describe, expect, it, test } from 'vitest'
import { en } from './en'
import { CAUSE_IDS, CAUSE_PARAMS, type CauseId } from './ids'
import { nl } from './nl'
import type { CauseText } from './text'
import { wordCause } from './words'

const partsOf = (text: CauseText): readonly string[] => [
  text.title,
  text.agent,
  text.expected,
  text.came,
  ...text.reasons,
  ...text.checks,
]

const usedIn = (text: CauseText): readonly string[] => [
  ...new Set(partsOf(text).flatMap((part) => [...part.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))),
]

/** What stands for each parameter in the sentences that are read here. */
const sample = (id: CauseId): Record<string, string | number> => {
  const params: Record<string, string | number> = { host: 'fin-a.example.com', port: 8445 }
  for (const name of CAUSE_PARAMS[id])
    params[name] =
      name === 'validFrom' || name === 'validTo'
        ? 1_768_900_500_000
        : name === 'offset'
          ? -754_000
          : `<${name}>`
  return params
}

test('there are at least 40 causes', () => {
  expect(CAUSE_IDS.length).toBeGreaterThanOrEqual(40)
  expect(new Set(CAUSE_IDS).size).toBe(CAUSE_IDS.length)
})

test('every language has exactly the causes there are', () => {
  expect(Object.keys(en).sort()).toEqual([...CAUSE_IDS].sort())
  expect(Object.keys(nl).sort()).toEqual([...CAUSE_IDS].sort())
})

test('no two causes have the same title', () => {
  for (const catalogue of [en, nl]) {
    const titles = CAUSE_IDS.map((id) => catalogue[id].title)
    const repeated = titles.filter((title, at) => titles.indexOf(title) !== at)
    // The wrong port shows at two stages, and is the same to people.
    expect(repeated).toEqual([catalogue['upgrade.port7443'].title])
  }
})

describe.each([
  ['en', en],
  ['nl', nl],
] as const)('%s', (locale, catalogue) => {
  it.each(CAUSE_IDS)('%s has all its parts, and uses only its own parameters', (id) => {
    const text = catalogue[id]
    expect(text.reasons.length).toBeGreaterThanOrEqual(id === 'tls.expired' ? 2 : 1)
    expect(text.reasons.length).toBeLessThanOrEqual(5)
    expect(text.checks.length).toBeGreaterThanOrEqual(1)
    expect(text.checks.length).toBeLessThanOrEqual(4)
    expect(text.title.length).toBeLessThanOrEqual(100)
    expect(text.title).not.toMatch(/[.]$/)
    expect(usedIn(text).filter((name) => !['host', 'port', ...CAUSE_PARAMS[id]].includes(name))).toEqual([])
    for (const sentence of [text.agent, text.expected, ...text.reasons])
      expect(sentence).toMatch(/^\S.*[.?]$/)
    // Words of protocols are for the administrator's section.
    expect(text.agent).not.toMatch(/\b(TLS|XMPP|WebSocket|SASL|JID|DNS|HTTP|TCP|pubsub|stanza|resource)\b/)
  })

  it.each(CAUSE_IDS)('%s reads well, with all parameters and with none', (id) => {
    for (const params of [sample(id), { host: 'fin-a.example.com', port: 8445 }]) {
      for (const part of partsOf(wordCause(locale, { id, params }))) {
        expect(part).not.toMatch(/[{}]|undefined|NaN|\(\s*\)|\s{2}|\(\s*[:;]|[:;]\s*\)/)
      }
    }
    const whole = partsOf(wordCause(locale, { id, params: sample(id) })).join(' ')
    for (const name of usedIn(catalogue[id]).filter((used) => used !== 'host' && used !== 'port')) {
      if (!['validFrom', 'validTo', 'offset'].includes(name)) expect(whole).toContain(`<${name}>`)
    }
  })
})

test('the same parameters are used in both languages', () => {
  for (const id of CAUSE_IDS)
    expect([id, [...usedIn(nl[id])].sort()]).toEqual([id, [...usedIn(en[id])].sort()])
})

test('dates and differences are said, not counted', () => {
  const expired = {
    id: 'tls.expired',
    params: { host: 'a.example.com', port: 8445, validTo: 1_768_900_500_000 },
  }
  expect(wordCause('en', { ...expired, id: 'tls.expired' }).came).toContain('January 20, 2026')
  expect(wordCause('nl', { ...expired, id: 'tls.expired' }).came).toContain('20 januari 2026')
  const drift = {
    id: 'clock.drift',
    params: { host: 'a.example.com', port: 8445, offset: -7_300_000 },
  } as const
  expect(wordCause('en', drift).came).toBe('This computer is 2 hours ahead.')
  expect(wordCause('nl', { ...drift, params: { ...drift.params, offset: 754_000 } }).came).toBe(
    'Deze computer loopt 13 minuten achter.',
  )
})

test('an aside with nothing in it is left out, one with half of it is not', () => {
  const at = { host: 'a.example.com', port: 8445 }
  const came = (params: Record<string, string | number>) =>
    wordCause('en', { id: 'rest.forbidden', params: { ...at, ...params } }).came
  expect(came({ status: 403 })).toBe('A refusal (HTTP 403).')
  expect(came({ status: 403, type: 'Forbidden', message: '' })).toBe('A refusal (HTTP 403) (Forbidden).')
  expect(came({ status: 403, type: 'Forbidden', message: 'no' })).toBe(
    'A refusal (HTTP 403) (Forbidden: no).',
  )
})
