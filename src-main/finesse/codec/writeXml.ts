import type { XmlAttribute, XmlElement } from './xml'

// Everything outside the Char production of XML 1.0, lone surrogates included (`u` reads pairs as one).
const UNCARRIED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const NAME = /^[\p{L}_][\p{L}\p{N}._-]*(?::[\p{L}_][\p{L}\p{N}._-]*)?$/u
const TEXT_SPECIAL = /[&<>\r]/g
const ATTRIBUTE_SPECIAL = /[&<>"'\r\n\t]/g

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  // Parsers turn a bare carriage return into a line feed, and white space in attributes into blanks.
  ['\r', '&#13;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
])

const refer = (character: string): string => REFERENCES.get(character) ?? character

const carried = (text: string): string => text.replace(UNCARRIED, '\uFFFD')

/** Character data; what XML cannot carry becomes U+FFFD. */
export const escapeText = (text: string): string => carried(text).replace(TEXT_SPECIAL, refer)

/** The value of an attribute in double quotes. */
export const escapeAttribute = (text: string): string => carried(text).replace(ATTRIBUTE_SPECIAL, refer)

const safeName = (name: string): string => (NAME.test(name) ? name : 'unnamed')

const writeAttribute = ([name, value]: XmlAttribute): string =>
  ` ${safeName(name)}="${escapeAttribute(value)}"`

/** Compact XML without declaration. Empty elements are written in two tags, as Finesse does. */
export const writeXml = (element: XmlElement): string => {
  const name = safeName(element.name)
  const attributes = element.attributes.map(writeAttribute).join('')
  return `<${name}${attributes}>${escapeText(element.text)}${element.children.map(writeXml).join('')}</${name}>`
}
