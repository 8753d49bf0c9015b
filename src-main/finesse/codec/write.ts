import type { EpochMs } from '../model'
import { xmlElement, type XmlAttribute, type XmlElement } from './xml'

/** REST bodies start with a capital, events with a small letter (section 1, rule 7). */
export type Spelling = 'rest' | 'event'

/** A list of children in which `null` stands for "leave it out". */
export type Parts = ReadonlyArray<XmlElement | null>

export const element = (name: string, parts: Parts, attributes?: readonly XmlAttribute[]): XmlElement =>
  xmlElement(
    name,
    parts.filter((part) => part !== null),
    '',
    attributes,
  )

export const spelled = (name: string, spelling: Spelling): string =>
  (spelling === 'rest' ? name.charAt(0).toUpperCase() : name.charAt(0).toLowerCase()) + name.slice(1)

/** Always written: null as an empty element. */
export const leaf = (name: string, value: string | number | boolean | null): XmlElement =>
  xmlElement(name, [], value === null ? '' : String(value))

/** Left out when null. */
export const optionalLeaf = (name: string, value: string | number | boolean | null): XmlElement | null =>
  value === null ? null : leaf(name, value)

/** Null leaves the element out, an empty list writes an empty element. */
export const optionalList = <T>(
  name: string,
  items: readonly T[] | null,
  write: (item: T) => XmlElement,
): XmlElement | null => (items === null ? null : element(name, items.map(write)))

/** Largest instant a Date can hold. */
const MAX_TIME = 8.64e15

/** `YYYY-MM-DDThh:mm:ss.SSSZ`; null and what no Date can hold as nothing. */
export const isoTime = (time: EpochMs | null): string | null =>
  time === null || !(Math.abs(time) <= MAX_TIME) ? null : new Date(time).toISOString()
