import type { EpochMs } from '../model'
import type { XmlElement } from './xml'

/*
 * Combinators over XmlElement. Names are given with a lower-case first letter (`XmlElement.key`).
 * None of them fails: absent, empty and unreadable all read as null.
 */

export const childOf = (element: XmlElement, key: string): XmlElement | null => {
  for (const child of element.children) if (child.key === key) return child
  return null
}

export const childrenOf = (element: XmlElement | null, key: string): readonly XmlElement[] =>
  element === null ? [] : element.children.filter((child) => child.key === key)

/** The child if it says anything: `<reasonCode></reasonCode>` is the same as none. */
export const filledChildOf = (element: XmlElement, key: string): XmlElement | null => {
  const child = childOf(element, key)
  return child === null || child.children.length === 0 ? null : child
}

export const ownText = (element: XmlElement): string | null => {
  const text = element.text.trim()
  return text === '' ? null : text
}

export const textOf = (element: XmlElement, key: string): string | null => {
  const child = childOf(element, key)
  return child === null ? null : ownText(child)
}

export const attributeOf = (element: XmlElement, name: string): string | null => {
  for (const [key, value] of element.attributes) if (key === name) return value.trim() || null
  return null
}

/** Texts of `<roles><role/>...</roles>`: the blank ones left out. */
export const textsOf = (list: XmlElement | null, key: string): readonly string[] => {
  if (list === null) return []
  const texts: string[] = []
  for (const child of list.children) {
    const text = child.key === key ? ownText(child) : null
    if (text !== null) texts.push(text)
  }
  return texts
}

const INTEGER = /^-?\d{1,15}$/

export const toInteger = (text: string | null): number | null => {
  // `+ 0` turns -0 into 0.
  return text !== null && INTEGER.test(text) ? Number(text) + 0 : null
}

export const integerOf = (element: XmlElement, key: string): number | null => toInteger(textOf(element, key))

export const booleanOf = (element: XmlElement, key: string): boolean | null => {
  const text = textOf(element, key)?.toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : null
}

/** Finesse writes "no reason code" as -1 or leaves the element out (section 8.1). */
export const idOf = (element: XmlElement, key: string): string | null => {
  const text = textOf(element, key)
  return text === '-1' ? null : text
}

const ISO_TIME = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/
const EPOCH = /^\d{11,16}$/

/** ISO with or without milliseconds, UTC unless it says otherwise, or epoch milliseconds (section 14). */
export const toTime = (text: string | null): EpochMs | null => {
  if (text === null) return null
  const iso = ISO_TIME.exec(text)
  if (iso === null) return EPOCH.test(text) ? Number(text) : null
  const time = Date.parse(iso[1] === undefined ? `${text}Z` : text)
  return Number.isNaN(time) ? null : time
}

export const timeOf = (element: XmlElement, key: string): EpochMs | null => toTime(textOf(element, key))

export const withoutTrailingSlashes = (path: string): string => {
  let end = path.length
  while (end > 0 && path.charCodeAt(end - 1) === 0x2f) end -= 1
  return path.slice(0, end)
}

const percentDecoded = (segment: string): string => {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The id in a resource's URI; some documents write a slash at the end (section 6). */
export const lastSegment = (uri: string | null): string | null => {
  if (uri === null) return null
  const path = withoutTrailingSlashes(uri)
  return percentDecoded(path.slice(path.lastIndexOf('/') + 1)).trim() || null
}
