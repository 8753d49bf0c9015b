export type PseudonymKind = 'number' | 'variable' | 'contact'

/** Real values and the names they go by. In memory only, and bounded: of what was not seen for long, the name is lost. */
export interface Pseudonyms {
  /** The same value gets the same name, for example `[number 3]`. */
  nameOf(kind: PseudonymKind, value: string): string
  /** A telephone number, however it is written; at least five digits, else it is only its text. */
  nameOfNumber(text: string): string
  /** Digits of a number that was told to be a customer's. Seven and more: matched by their end, as the country code may be there or not. */
  isCustomers(digits: string): boolean
  /** An agent's id or extension: never masked. */
  learnAgent(id: string): void
  isAgents(text: string): boolean
}

/** National and international spelling of one number end alike in these. */
const TAIL = 8
const SHORTEST_LEARNED = 5

export const digitsOf = (text: string): string => text.replace(/\D+/g, '')

const keyOf = (digits: string): string => (digits.length > TAIL ? digits.slice(-TAIL) : digits)

export const createPseudonyms = (most: number): Pseudonyms => {
  const named: Readonly<Record<PseudonymKind, Map<string, string>>> = {
    number: new Map(),
    variable: new Map(),
    contact: new Map(),
  }
  const given: Record<PseudonymKind, number> = { number: 0, variable: 0, contact: 0 }
  const agents = new Set<string>()

  const nameOf = (kind: PseudonymKind, value: string): string => {
    const names = named[kind]
    const known = names.get(value)
    if (known !== undefined) return known
    given[kind] += 1
    const name = `[${kind} ${String(given[kind])}]`
    if (names.size >= most)
      for (const oldest of names.keys()) {
        names.delete(oldest)
        break
      }
    names.set(value, name)
    return name
  }

  return {
    nameOf,
    nameOfNumber: (text) => {
      const digits = digitsOf(text)
      return nameOf('number', digits.length >= SHORTEST_LEARNED ? keyOf(digits) : text)
    },
    isCustomers: (digits) => digits.length >= SHORTEST_LEARNED && named.number.has(keyOf(digits)),
    learnAgent: (id) => {
      if (id.length > 64 || agents.size >= most) return
      agents.add(id)
    },
    isAgents: (text) => agents.has(text),
  }
}
