import type { MaskCounts } from '../../src-contract/inspector'
import { elementMeaning, meaningOf, type NameMeaning, type NamePlace } from './maskNames'
import { dateLength, ipLength, isAlnum, isDigit, numberAt, uuidLength } from './phoneNumber'
import {
  BRACKET_LENGTH,
  bracketAt,
  MEANS_NOTHING,
  bracketBefore,
  endOf,
  entityStart,
  isNamePart,
  isHexDigitLetter,
  isPath,
  plusEntity,
  quoteBefore,
  quoteAt,
  valueEnd,
} from './maskMarks'
import { createPseudonyms, type Pseudonyms } from './pseudonyms'
import { maskSecrets } from './secretShapes'
import { decodeEntities } from './entities'

export interface Mask {
  /** A frame, a body, a path, anything said by the server. */
  text(text: string): string
  /** Names, hosts and addresses of ours: only numbers known as a customer's, numbers with `+` and secrets go. */
  facts(text: string): string
  /** An agent's id or extension, from the session: stays readable. */
  learnAgent(id: string): void
  /** Consent of the user: numbers and variables are kept from now on, secrets never. */
  setPlain(plain: boolean): void
  isPlain(): boolean
  counts(): MaskCounts
}

export interface MaskOptions {
  /** Takes the registered secrets out. */
  readonly redact: (text: string) => string
  /** Whether one of them may be there, escaped once more than `redact` foresees. */
  readonly mayHide?: (text: string) => boolean
  /** Names remembered per kind. */
  readonly mostNames?: number
}

const MOST_NAMES = 20_000
const SHORTEST_NUMBER = 7
const SHORTEST_LEARNED = 5
const CONTACT_LENGTH = 'contact'.length

const ESCAPED_AGAIN = /&(?:amp|quot|apos|#)/

type Counts = { -readonly [K in keyof MaskCounts]: number }

/** Masks when something is captured, so that nothing of a customer is ever kept; bounded, in memory only. */
export const createMask = ({ redact, mayHide = () => true, mostNames = MOST_NAMES }: MaskOptions): Mask => {
  const names = createPseudonyms(mostNames)
  const counts: Counts = { secrets: 0, numbers: 0, callVariables: 0 }
  let plain = false
  /** A secret with an `&` or a quote looks different each time it is escaped: the layout of the text is given up then. */
  const redactDeep = (text: string): string => {
    const shallow = redact(text)
    if (!mayHide(shallow) || !ESCAPED_AGAIN.test(shallow)) return shallow
    const decoded = decodeEntities(shallow)
    const deep = redact(decoded)
    return deep === decoded ? shallow : deep
  }
  const withoutSecrets = (text: string): string => {
    const masked = maskSecrets(redactDeep(text))
    for (let at = masked.indexOf('[redacted]'); at >= 0; at = masked.indexOf('[redacted]', at + 10))
      counts.secrets += 1
    return masked
  }
  const run = (text: string, keep: boolean): string => {
    const safe = withoutSecrets(text)
    return plain || safe.length === 0 ? safe : new Scan(safe, names, counts, keep).run()
  }
  return {
    text: (text) => run(text, false),
    facts: (text) => run(text, true),
    learnAgent: (id) => {
      if (id !== '') names.learnAgent(id)
    },
    setPlain: (next) => {
      plain = next
    },
    isPlain: () => plain,
    counts: () => ({ ...counts }),
  }
}

/** One pass over one text. Looks at each character once; elements are recognised however often they are escaped. */
class Scan {
  #out = ''
  /** Everything before is in `#out`. */
  #copied = 0
  #at = 0
  /** Technical up to here. */
  #keepUntil = 0
  #keepElement = false
  #inContact = false
  /** Of the tag that was opened last. */
  #isInTag = false
  #meaning: NameMeaning | undefined = undefined
  #opened = 0
  #bracket = 0
  #nameEnd = 0

  constructor(
    private readonly text: string,
    private readonly names: Pseudonyms,
    private readonly counts: Counts,
    private readonly keep: boolean,
  ) {}

  run(): string {
    const { text } = this
    const { length } = text
    while (this.#at < length) {
      // Most characters are letters, and of no interest.
      let at = this.#at
      let code = text.charCodeAt(at)
      while (code > 62 || MEANS_NOTHING[code] === 1) {
        at += 1
        code = text.charCodeAt(at)
      }
      this.#at = at
      if (at >= length) break
      if (code === 38) {
        const bracket = bracketAt(text, at)
        if (bracket !== 0) this.#at = at + BRACKET_LENGTH - 1
        if (bracket === 60) this.#tagStart(at)
        else if (bracket === 62) this.#tagEnd()
        else this.#plus(code)
      } else if (code === 59) this.#semicolon()
      else if (isDigit(code)) this.#digit()
      else if (code === 60) this.#tagStart(at)
      else if (code === 62) this.#tagEnd()
      else if (code === 61) this.#key()
      else if (code === 58 && !this.#isInTag) this.#key()
      else if (code === 43 || code === 37) this.#plus(code)
      else if (code === 45) this.#at += this.#uuidEnd()
      else this.#at += 1
    }
    return this.#copied === 0 ? text : this.#out + text.slice(this.#copied)
  }

  /** At the first hyphen of a UUID that began with a letter: its length from here on; else 1. */
  #uuidEnd(): number {
    const { text } = this
    const at = this.#at
    if (text.charCodeAt(at + 5) !== 45 || text.charCodeAt(at + 10) !== 45) return 1
    return Math.max(1, uuidLength(text, at - 8) - 8)
  }

  /** Ends of `&lt;`, `&amp;lt;`, `&#60;` begin a tag as `<` does; those of `&gt;` end one. */
  #semicolon(): void {
    const { text } = this
    const at = this.#at
    const sign = bracketBefore(text.charCodeAt(at - 2), text.charCodeAt(at - 1))
    if (sign === '<') {
      const start = text.charCodeAt(at - 3) === 38 ? at - 3 : entityStart(text, at)
      if (start >= 0) return this.#tagStart(start)
    }
    if (sign === '>') return this.#tagEnd()
    this.#at += 1
  }

  /** `opened`: where the bracket begins, in whatever spelling; `#at` is at its last character. */
  #tagStart(opened: number): void {
    const { text } = this
    this.#at += 1
    const bracket = this.#at
    const first = text.charCodeAt(this.#at)
    const closing = first === 47
    if (closing) this.#at += 1
    else if (!isAlnum(first) && first !== 95) return
    const start = this.#at
    let local = start
    let hash = 0
    let end = start
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end)
      if (code === 58) {
        local = end + 1
        hash = 0
      } else if (isAlnum(code) || code === 95 || code === 45 || code === 46)
        hash = (Math.imul(hash, 31) + code) | 0
      else break
    }
    this.#at = end
    this.#keepElement = false
    if (end - local === CONTACT_LENGTH && text.slice(local, end).toLowerCase() === 'contact')
      this.#inContact = !closing
    // Half of all tags: nothing to be known of them.
    if (closing) return
    this.#isInTag = true
    this.#meaning = elementMeaning(text, local, end, hash)
    this.#opened = opened
    this.#bracket = bracket
    this.#nameEnd = this.#at
  }

  #tagEnd(): void {
    const { text } = this
    const meaning = this.#isInTag && !this.#isSelfClosed() ? this.#meaning : undefined
    this.#isInTag = false
    this.#at += 1
    if (meaning === undefined || this.#isNothing(meaning)) return
    if (meaning === 'keep') {
      this.#keepElement = true
      return
    }
    const name = text.slice(this.#bracket, this.#nameEnd)
    const close = `${text.slice(this.#opened, this.#bracket)}/${name}`
    const end = endOf(meaning, text, this.#at, (rest, from) => rest.indexOf(close, from))
    this.#value(meaning, end, true)
  }

  #isNothing(meaning: NameMeaning): boolean {
    return meaning === 'contact' && !this.#inContact
  }

  #isSelfClosed(): boolean {
    const { text } = this
    const end = this.#at
    const at =
      text.charCodeAt(end) === 62 ? end : text.charCodeAt(end - 3) === 38 ? end - 3 : entityStart(text, end)
    return text.charCodeAt(at - 1) === 47
  }

  /** What lies between here and `end` is one value with this meaning. */
  #value(meaning: NameMeaning, end: number, learns: boolean): void {
    const { text, names } = this
    if (meaning === 'keep') {
      this.#keepUntil = end
      return
    }
    const raw = text.slice(this.#at, end)
    const shown = raw.trim()
    if (meaning === 'agent') {
      if (learns && shown.length <= 64 && !shown.includes('<')) names.learnAgent(decodeEntities(shown))
      this.#keepUntil = end
      return
    }
    if (shown === '') return
    const value = decodeEntities(shown)
    if (meaning === 'number' && names.isAgents(value)) {
      this.#at = end
      return
    }
    const start = this.#at + raw.indexOf(shown)
    if (meaning === 'number') this.#replace(start, start + shown.length, names.nameOfNumber(value), 'numbers')
    else this.#replace(start, start + shown.length, names.nameOf(meaning, value), 'callVariables')
    this.#at = end
  }

  #replace(start: number, end: number, name: string, count: 'numbers' | 'callVariables'): void {
    this.#out += this.text.slice(this.#copied, start) + name
    this.#copied = end
    this.#at = end
    this.counts[count] += 1
  }

  /** `name=`, `name:`, `"name": ` in attributes, query strings, headers and JSON. */
  #key(): void {
    const { text } = this
    const sign = this.#at
    this.#at += 1
    let end = sign
    if (text.charCodeAt(end - 1) === 32) end -= 1
    // Most are `name=` at once.
    if (!isAlnum(text.charCodeAt(end - 1)) || text.charCodeAt(end - 3) === 37) end -= quoteBefore(text, end)
    let start = end
    while (start > 0 && end - start < 64 && isNamePart(text.charCodeAt(start - 1))) start -= 1
    if (start === end) return
    const isHeader = text.charCodeAt(sign) === 58 && (start === 0 || text.charCodeAt(start - 1) === 10)
    const place: NamePlace = this.#isInTag ? 'attribute' : isHeader ? 'header' : 'key'
    const name = text.slice(start, end)
    const meaning = meaningOf(name, place)
    if (meaning === undefined || this.#isNothing(meaning)) return
    while (text.charCodeAt(this.#at) === 32) this.#at += 1
    const quote = quoteAt(text, this.#at)
    this.#at += quote.length
    const until = endOf(meaning, text, this.#at, (rest, from) => valueEnd(rest, from, quote, isHeader))
    this.#value(meaning, until, false)
  }

  #plus(code: number): void {
    const { text } = this
    const at = this.#at
    const length =
      code === 43 ? 1 : code === 37 ? (/^%2b/i.test(text.slice(at, at + 3)) ? 3 : 0) : plusEntity(text, at)
    const before = at === 0 ? 32 : text.charCodeAt(at - 1)
    if (length > 0 && !(code === 43 && isAlnum(before))) {
      const found = numberAt(text, at + length, true)
      if (found !== null && found.digits.length >= SHORTEST_NUMBER && !this.names.isAgents(found.digits))
        return this.#replace(at, found.end, this.names.nameOfNumber(found.digits), 'numbers')
    }
    this.#at += Math.max(1, length)
  }

  #digit(): void {
    const { text, names } = this
    const at = this.#at
    const skipped = uuidLength(text, at) || dateLength(text, at) || this.#ipLength()
    if (skipped > 0) {
      this.#at += skipped
      return
    }
    const found = numberAt(text, at, false)
    if (found === null) {
      this.#at += 1
      return
    }
    let end = at
    while (isDigit(text.charCodeAt(end))) end += 1
    const run = found.plain ? found.digits : text.slice(at, end)
    if (names.isAgents(run)) this.#at = end
    else if (this.#isNumber(found.digits, at, found.end))
      this.#replace(at, found.end, names.nameOfNumber(found.digits), 'numbers')
    else if (!found.plain && this.#isNumber(run, at, end))
      this.#replace(at, end, names.nameOfNumber(run), 'numbers')
    else this.#at = end
  }

  #ipLength(): number {
    const before = this.#at === 0 ? 32 : this.text.charCodeAt(this.#at - 1)
    return isAlnum(before) || before === 46 ? 0 : ipLength(this.text, this.#at)
  }

  #isNumber(digits: string, at: number, end: number): boolean {
    if (digits.length < SHORTEST_LEARNED) return false
    const { text, names } = this
    const before = at === 0 ? 32 : text.charCodeAt(at - 1)
    const escaped = at > 2 && text.charCodeAt(at - 3) === 37
    const isWhole = (!isAlnum(before) && before !== 95) || escaped
    const technical =
      this.keep ||
      this.#keepElement ||
      at < this.#keepUntil ||
      !isWhole ||
      isPath(text, at) ||
      isHexDigitLetter(text.charCodeAt(end))
    if (digits.length >= SHORTEST_NUMBER && names.isCustomers(digits)) return true
    if (technical) return false
    if (digits.length < SHORTEST_NUMBER) return names.isCustomers(digits)
    return true
  }
}
