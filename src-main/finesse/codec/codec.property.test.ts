import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDocument, anyUpdate } from './arbitraries'
import {
  decodeAny,
  decodeDocument,
  decodeNotificationPayload,
  decodeUpdate,
  encodeDocument,
  encodeUpdate,
  escapeText,
} from './index'

const golden = new URL('../golden/', import.meta.url)
const texts = readdirSync(golden)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => readFileSync(new URL(name, golden), 'utf8'))

/** Reads in every way there is. Throwing is the only way to fail. */
const readAll = (text: string): void => {
  for (const decode of [decodeAny, decodeDocument, decodeUpdate, decodeNotificationPayload]) {
    const result = decode(text)
    if (!result.ok) expect(result.error.problem).toMatch(/\S/)
  }
  expect(Object.keys(Object.prototype)).toEqual([])
}

describe('round trip', () => {
  it('a document survives both spellings', () => {
    fc.assert(
      fc.property(anyDocument, fc.constantFrom('rest' as const, 'event' as const), (document, spelling) => {
        expect(decodeDocument(encodeDocument(document, spelling))).toEqual({ ok: true, value: document })
      }),
      { numRuns: 2000 },
    )
  })

  it('an Update survives, plain and escaped once or twice', () => {
    fc.assert(
      fc.property(anyUpdate, fc.nat({ max: 2 }), (update, escapes) => {
        let text = encodeUpdate(update)
        expect(decodeUpdate(text)).toEqual({ ok: true, value: update })
        for (let round = 0; round < escapes; round += 1) text = escapeText(text)
        expect(decodeNotificationPayload(text)).toEqual({ ok: true, value: update })
      }),
      { numRuns: 1000 },
    )
  })
})

type Mutation = (text: string, at: number, to: number) => string

const mutations: Readonly<Record<string, Mutation>> = {
  cut: (text, at, to) => text.slice(0, Math.min(at, to)) + text.slice(Math.max(at, to)),
  truncate: (text, at) => text.slice(0, at),
  duplicate: (text, at, to) => text.slice(0, to) + text.slice(Math.min(at, to)),
  nest: (text, at) => {
    const depth = at % 60
    return '<user>'.repeat(depth) + text + '</user>'.repeat(depth)
  },
  nestInside: (text, at) => text.replaceAll(/<(\/?)(\w+)>/g, at % 2 === 0 ? '<$1$2>' : '<$1dialogs>'),
  rename: (text, at) =>
    text.replaceAll(/<(\/?)(\w)(\w*)/g, (_, slash: string, first: string, rest: string) =>
      at % 3 === 0
        ? `<${slash}${first.toUpperCase()}${rest}`
        : at % 3 === 1
          ? `<${slash}p:${first}${rest}`
          : `<${slash}__proto__`,
    ),
  renameOne: (text, at) => {
    const names = [...text.matchAll(/<(\w+)>/g)].map((match) => match[1] ?? '')
    const name = names[at % Math.max(names.length, 1)] ?? 'user'
    return text.replaceAll(`<${name}>`, '<constructor>').replaceAll(`</${name}>`, '</constructor>')
  },
  entity: (text, at) => `${text.slice(0, at)}&lol;${text.slice(at)}`,
  reference: (text, at) => `${text.slice(0, at)}&#x0;${text.slice(at)}`,
  empty: (text) => text.replaceAll(/>[^<]+</g, '><'),
  character: (text, at, to) => text.slice(0, at) + String.fromCharCode(to) + text.slice(at + 1),
  escape: (text) => escapeText(text),
}

describe('whatever arrives', () => {
  it('arbitrary text never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), readAll), { numRuns: 2000 })
  })

  it('mutated documents never throw', () => {
    const step = fc.tuple(
      fc.constantFrom(...Object.keys(mutations)),
      fc.nat({ max: 5000 }),
      fc.nat({ max: 5000 }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(step, { minLength: 1, maxLength: 3 }),
        (text, steps) => {
          let mutated = text
          for (const [name, at, to] of steps) {
            const mutate = mutations[name]
            if (mutate !== undefined && mutated.length > 0 && mutated.length < 200_000) {
              mutated = mutate(mutated, at % mutated.length, to % mutated.length)
            }
          }
          readAll(mutated)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('names of the language stay data', () => {
    const named = (name: string): string =>
      `<User><${name}><${name}>1</${name}></${name}><loginId>${name}</loginId><roles><${name}/></roles></User>`
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype']) {
      const user = decodeDocument(named(name))
      expect(user).toMatchObject({ ok: true, value: { kind: 'user', value: { loginId: name, roles: [] } } })
      expect(decodeDocument(`<${name}/>`)).toEqual({
        ok: true,
        value: { kind: 'unknown', value: { root: name } },
      })
    }
  })
})
