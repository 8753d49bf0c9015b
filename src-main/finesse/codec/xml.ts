import { SaxesParser } from 'saxes'
import { err, ok, type Result } from '../result'
import type { XmlProblem } from './problem'

/** Attributes are pairs, not properties: names come from the server (`__proto__` is only a name). */
export type XmlAttribute = readonly [name: string, value: string]

export interface XmlElement {
  /** As sent, with its prefix. */
  readonly name: string
  /** Without the prefix. Namespaces are not interpreted: Finesse's differ by version (section 5.4). */
  readonly local: string
  /** `local` with a lower-case first letter: REST and events differ in it (section 1, rule 7). */
  readonly key: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** The element's own character data, joined, untrimmed. */
  readonly text: string
}

export interface XmlLimits {
  /** UTF-8 bytes. */
  readonly bytes: number
  readonly depth: number
  readonly elements: number
  /** How many `<`, how many `&` and how many carriage returns: each is a step of its own for the parser. */
  readonly pieces: number
}

const MIB = 1024 * 1024
const MAX_ATTRIBUTES = 64
const MAX_NAME_LENGTH = 256
const MAX_CACHED_NAMES = 1000

/** UTF-16 units: below this nothing can cost much, so nothing is counted. */
const COUNTED_FROM = 64 * 1024

/** Each keeps the parser busy for 40 ns and 30 bytes when it stands in a CDATA section, of which it ends two. */
const MAX_CDATA_BRACKETS = 100_000

/** XMPP frames and event payloads. The tags of 5,000 escaped elements are 20,000 pieces. */
export const FRAME_LIMITS: XmlLimits = { bytes: MIB, depth: 48, elements: 5_000, pieces: 25_000 }

/** REST bodies: a team of 2,000 members or phone books of 6,000 contacts must fit. */
export const BODY_LIMITS: XmlLimits = { bytes: 16 * MIB, depth: 48, elements: 500_000, pieces: 2_000_000 }

interface OpenElement {
  name: string
  local: string
  key: string
  attributes: readonly XmlAttribute[]
  children: readonly XmlElement[]
  text: string
}

interface Names {
  readonly local: string
  readonly key: string
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = Object.freeze<XmlAttribute[]>([])
const NO_CHILDREN: readonly XmlElement[] = Object.freeze<XmlElement[]>([])

/** Thrown inside saxes handlers only: it is the one way to make the parser stop at once. */
class Stop {
  constructor(readonly problem: XmlProblem) {}
}

const stop = (kind: XmlProblem['kind'], problem: string): never => {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a signal, not an error; no stack wanted
  throw new Stop({ kind, problem })
}

// Bounded, so that a peer inventing names cannot make it grow; a full cache is only slower.
const cachedNames = new Map<string, Names>()

const namesOf = (name: string): Names => {
  const known = cachedNames.get(name)
  if (known !== undefined) return known
  const local = name.slice(name.lastIndexOf(':') + 1)
  const names = { local, key: local.charAt(0).toLowerCase() + local.slice(1) }
  if (cachedNames.size < MAX_CACHED_NAMES) cachedNames.set(name, names)
  return names
}

/** One element, parsed or about to be written. */
export const xmlElement = (
  name: string,
  children: readonly XmlElement[],
  text = '',
  attributes: readonly XmlAttribute[] = NO_ATTRIBUTES,
): XmlElement => ({ name, ...namesOf(name), attributes, children, text })

const exceedsBytes = (text: string, bytes: number): boolean =>
  // A UTF-16 unit is at most three bytes: most texts need no counting.
  text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes)

/** Stops counting at the limit: 1 MiB is gone through in a fraction of a millisecond. */
const hasMoreThan = (limit: number, character: string, text: string): boolean => {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    count += 1
    if (count > limit) return true
  }
  return false
}

/** What would cost the parser far more than its length, told by a look at the text. */
const findCostly = (text: string, limits: XmlLimits): XmlProblem | null => {
  if (text.length < COUNTED_FROM) return null
  const { pieces } = limits
  if (hasMoreThan(pieces, '<', text) || hasMoreThan(pieces, '\r', text)) {
    return { kind: 'tooLarge', problem: `The text has more than ${String(pieces)} tags or lines.` }
  }
  if (hasMoreThan(pieces, '&', text)) {
    return { kind: 'tooManyReferences', problem: `The text has more than ${String(pieces)} references.` }
  }
  if (text.includes('<![CDATA[') && hasMoreThan(MAX_CDATA_BRACKETS, ']', text)) {
    return { kind: 'tooLarge', problem: 'The text has an unreasonable number of brackets in CDATA.' }
  }
  return null
}

/** Recorded bodies have blank lines before `<?xml`, which XML forbids; a BOM may stand before those. */
const startOf = (text: string): number => {
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0xfeff) break
    at += 1
  }
  return at
}

/**
 * Parses one document strictly. Total: it never throws, and it stops at the first thing that is not allowed,
 * so a hostile text costs no more than its length up to that point.
 * Refused: DOCTYPE, processing instructions, entities other than the five of XML and numeric ones.
 */
export const parseXml = (text: string, limits: XmlLimits): Result<XmlElement, XmlProblem> => {
  if (exceedsBytes(text, limits.bytes)) {
    return err({ kind: 'tooLarge', problem: `The text is larger than ${String(limits.bytes)} bytes.` })
  }
  const costly = findCostly(text, limits)
  if (costly !== null) return err(costly)
  const start = startOf(text)
  if (start === text.length) return err({ kind: 'notXml', problem: 'The text is empty.' })
  try {
    return ok(buildTree(start === 0 ? text : text.slice(start), limits))
  } catch (reason) {
    if (reason instanceof Stop) return err(reason.problem)
    return err({ kind: 'notXml', problem: wordsOf(reason) })
  }
}

const wordsOf = (reason: unknown): string => {
  const message = (reason instanceof Error ? reason.message : String(reason)).slice(0, 160)
  const at = /^(\d+):(\d+): ([^]*)$/.exec(message)
  if (at === null) return `The text is not well-formed XML: ${message}`
  const [, line, column, what] = at
  return `The text is not well-formed XML (line ${line ?? '?'}, column ${column ?? '?'}): ${what ?? ''}`
}

const buildTree = (text: string, limits: XmlLimits): XmlElement => {
  // 1.0 rules whatever the declaration claims: 1.1 would let control characters in.
  const parser = new SaxesParser({ defaultXMLVersion: '1.0', forceXMLVersion: true })
  // Seven handlers is the most saxes can carry before V8 makes its object slow (five times slower).
  const open: OpenElement[] = []
  let root: OpenElement | undefined
  let current: OpenElement | undefined
  let elements = 0

  parser.on('opentagstart', (tag) => {
    const { name } = tag
    if (name.length > MAX_NAME_LENGTH) stop('tooLarge', 'An element has an unreasonably long name.')
    elements += 1
    if (elements > limits.elements) {
      stop('tooManyElements', `The text has more than ${String(limits.elements)} elements.`)
    }
    if (open.length >= limits.depth) {
      stop('tooDeep', `The elements are nested more than ${String(limits.depth)} deep.`)
    }
    const names = namesOf(name)
    const element: OpenElement = {
      name,
      local: names.local,
      key: names.key,
      attributes: NO_ATTRIBUTES,
      children: NO_CHILDREN,
      text: '',
    }
    if (current === undefined) root ??= element
    else if (current.children === NO_CHILDREN) current.children = [element]
    else (current.children as XmlElement[]).push(element)
    open.push(element)
    current = element
  })
  parser.on('attribute', ({ name, value }) => {
    if (current === undefined) return
    if (name.length > MAX_NAME_LENGTH) stop('tooLarge', 'An attribute has an unreasonably long name.')
    if (current.attributes.length >= MAX_ATTRIBUTES) {
      stop('tooLarge', `An element has more than ${String(MAX_ATTRIBUTES)} attributes.`)
    }
    if (current.attributes === NO_ATTRIBUTES) current.attributes = [[name, value]]
    else (current.attributes as XmlAttribute[]).push([name, value])
  })
  const append = (data: string): void => {
    if (current !== undefined) current.text += data
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    open.pop()
    current = open[open.length - 1]
  })
  parser.on('doctype', () =>
    stop('doctype', 'The text has a DOCTYPE, which Finesse never sends (an HTML page?).'),
  )
  parser.on('processinginstruction', () => stop('notXml', 'The text has a processing instruction.'))

  parser.write(text).close()
  return root ?? stop('notXml', 'The text has no element.')
}
