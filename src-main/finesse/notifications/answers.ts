import type { XmlElement } from '../codec/index'
import { timeLimit } from '../timeLimit'
import { attributeOf, childOf, conditionOf } from './frame'
import { normalJid } from './jid'
import type { FinesseClock } from './types'

export type Answer =
  | { readonly kind: 'result'; readonly element: XmlElement }
  | { readonly kind: 'error'; readonly condition: string }
  | { readonly kind: 'timeout'; readonly ms: number }

export interface Answers {
  /** `from`: who may answer. `ms`: null waits until `forget` or `clear`. `done` is called at most once. */
  expect(id: string, from: readonly string[], ms: number | null, done: (answer: Answer) => void): void
  forget(id: string): void
  /** True when somebody waited for it. */
  take(iq: XmlElement): boolean
  clear(): void
  readonly size: number
}

interface Waiting {
  readonly from: ReadonlySet<string>
  readonly done: (answer: Answer) => void
  readonly cancel: () => void
}

/**
 * Requests under way. Replaces stanza's own book-keeping, which keeps a listener for ever after a time-out and runs on
 * the wall clock. An answer counts only from the entity asked (fault X27); no `from` at all means our own server,
 * which stamps everything it relays for others (RFC 6120, 8.1.2.1).
 */
export const createAnswers = (clock: FinesseClock): Answers => {
  const waiting = new Map<string, Waiting>()

  const settle = (id: string, answer: Answer): void => {
    const entry = waiting.get(id)
    if (entry === undefined) return
    waiting.delete(id)
    entry.cancel()
    entry.done(answer)
  }

  return {
    expect: (id, from, ms, done) => {
      const cancel =
        ms === null ? () => undefined : timeLimit(clock, ms, () => settle(id, { kind: 'timeout', ms }))
      waiting.set(id, { from: new Set(from.map(normalJid)), done, cancel })
    },
    forget: (id) => {
      waiting.get(id)?.cancel()
      waiting.delete(id)
    },
    take: (iq) => {
      const id = attributeOf(iq, 'id') ?? ''
      const entry = waiting.get(id)
      if (entry === undefined) return false
      const from = attributeOf(iq, 'from') ?? ''
      if (from !== '' && !entry.from.has(normalJid(from))) return false
      settle(
        id,
        attributeOf(iq, 'type') === 'result'
          ? { kind: 'result', element: iq }
          : { kind: 'error', condition: conditionOf(childOf(iq, 'error')) },
      )
      return true
    },
    clear: () => {
      for (const entry of waiting.values()) entry.cancel()
      waiting.clear()
    },
    get size() {
      return waiting.size
    },
  }
}
