import { describe, expect, it } from 'vitest'
import { createInspectorTranslator, inspectorCatalogues } from '.'

const leaves = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))

const placeholders = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()),
]
const forms = (text: string): number => text.split(' | ').length

describe('the catalogue of the inspector', () => {
  const english = leaves(inspectorCatalogues.en)
  const dutch = new Map(leaves(inspectorCatalogues.nl))

  it('has the same keys, placeholders and plural forms in both languages', () => {
    const shape = ([key, text]: [string, string]) => [key, placeholders(text), forms(text)]
    expect([...dutch].map(shape)).toEqual(english.map(shape))
  })

  it('leaves no sentence empty', () => {
    for (const [key, text] of [...english, ...dutch])
      expect([key, text.trim().length > 0]).toEqual([key, true])
  })
})

describe('its translator', () => {
  it('fills in and counts by the rules of the language', () => {
    const t = createInspectorTranslator('nl')
    expect(t('stages.chain.daysLeft', { count: 1 })).toBe('nog 1 dag')
    expect(t('stages.chain.daysLeft', { count: 212 })).toBe('nog 212 dagen')
    expect(t('trace.count', { amount: '4.000', count: 4000 })).toBe('4.000 regels')
  })

  it('does not compile without what a sentence needs', () => {
    const t = createInspectorTranslator('en')
    // @ts-expect-error the time is missing
    expect(t('stages.ms')).toBe(' ms')
    // @ts-expect-error there is no such sentence
    expect(t('stages.nothing')).toBe('stages.nothing')
  })
})
