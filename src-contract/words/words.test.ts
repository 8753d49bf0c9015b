import { describe, expect, it } from 'vitest'
import { catalogues, createTranslator } from '../messages/translate'
import { en } from '../messages/en'
import { PROBLEM_CODES, problem } from '../problem'
import { formatDuration } from './duration'
import { wordFeed } from './feed'
import { wordProblem } from './problem'
import { wordReason, wordState } from './state'

const leaves = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('the catalogue', () => {
  it('has the same keys in both languages', () => {
    expect(
      leaves(catalogues.nl)
        .map(([key]) => key)
        .sort(),
    ).toEqual(
      leaves(catalogues.en)
        .map(([key]) => key)
        .sort(),
    )
  })

  it('has the same placeholders in both languages', () => {
    const dutch = new Map(leaves(catalogues.nl))
    for (const [key, text] of leaves(catalogues.en))
      expect([key, [...new Set(placeholders(dutch.get(key) ?? ''))]]).toEqual([
        key,
        [...new Set(placeholders(text))],
      ])
  })

  it.each(['en', 'nl'] as const)('compiles every message of %s', (locale) => {
    const t = createTranslator(locale)
    for (const [key, text] of leaves(catalogues[locale])) {
      const params = Object.fromEntries(placeholders(text).map((name) => [name, 'X']))
      const words = t(key as Parameters<typeof t>[0], params)
      if (!text.includes('|')) expect(words).toBe(text.replaceAll(/\{\w+\}/g, 'X'))
      expect([key, words.length > 0]).toEqual([key, true])
    }
  })

  it('says what happened, what it means and what to do for every problem', () => {
    expect(Object.keys(en.problem).sort()).toEqual([...PROBLEM_CODES].sort())
  })
})

describe('the translator', () => {
  const t = createTranslator('en')

  it('leaves a gap for a parameter that is missing, and takes none from the prototype', () => {
    expect(t('feed.callArrived')).toBe('Call from ')
    expect(t('feed.callArrived', { remote: '{name}' })).toBe('Call from {name}')
  })

  it('says a key it does not know, whatever its name', () => {
    for (const key of ['no.such.key', 'constructor', '__proto__.toString', 'feed'])
      expect(t(key as Parameters<typeof t>[0])).toBe(key)
  })
})

describe('words', () => {
  const t = createTranslator('en')

  it('names the step of a call in the language of the sentence', () => {
    const late = problem('stepTimeout', { host: 'fin-a', seconds: 10, stage: 'signIn' })
    expect(wordProblem(t, late).what).toContain('“sign-in”')
    expect(wordProblem(createTranslator('nl'), late).what).toContain('aanmelden')
  })

  it('says where a redirect points', () => {
    const moved = problem('redirected', {
      host: 'fin-a',
      path: 'https://elsewhere/',
      stage: 'user',
      status: 302,
    })
    for (const locale of ['en', 'nl'] as const)
      expect(wordProblem(createTranslator(locale), moved).what).toContain('https://elsewhere/')
  })

  it('fills in hosts and words the stage', () => {
    expect(wordProblem(t, problem('stepTimeout', { host: 'fin-a', seconds: 5, stage: 'tls' })).what).toBe(
      'fin-a did not answer within 5 s at the step “TLS”.',
    )
  })

  it('writes certificate dates as dates of the language', () => {
    const expired = problem('certificateExpired', { host: 'fin-a', validTo: Date.UTC(2026, 0, 20) })
    expect(wordProblem(t, expired).what).toContain('January 20, 2026')
    expect(wordProblem(createTranslator('nl'), expired).what).toContain('20 januari 2026')
  })

  it('tells the same code apart by deployment and category', () => {
    const reason = { id: null, code: 255, label: null, system: true }
    expect(wordReason(t, { ...reason, code: 32767 }, 'UCCE', 'notReady')).toBe('call not answered')
    expect(wordReason(t, { ...reason, code: 32767 }, 'UCCX', 'notReady')).toBe('signed in again')
    expect(wordReason(t, { ...reason, code: 4242 }, 'UCCE', 'notReady')).toBe('code 4242')
  })

  it('keeps a state that Finesse may invent', () => {
    expect(wordState(t, 'SIESTA', 'unknown')).toBe('SIESTA')
    expect(wordState(t, 'constructor', 'unknown')).toBe('constructor')
  })

  it('explains a forced change with its code', () => {
    const sentence = wordFeed(t, {
      kind: 'agentState',
      state: 'NOT_READY',
      look: 'notReady',
      reason: { id: null, code: 50002, label: null, system: true },
      deployment: 'UCCE',
    })
    expect(sentence).toBe('Not Ready: Finesse lost your connection for more than 60 s (code 50002)')
  })

  it('never shows a negative time', () => {
    expect([formatDuration(-5), formatDuration(192_000), formatDuration(3_792_000)]).toEqual([
      '00:00',
      '03:12',
      '1:03:12',
    ])
  })
})
