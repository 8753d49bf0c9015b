/*
 * The simulator writes its XML itself. It shares the client's parser, not its encoders: a misreading made
 * once in the codec would otherwise be written here and read back there without anybody noticing.
 */

declare const markup: unique symbol
/** Text that is already XML. */
export type Markup = string & { readonly [markup]: true }

export const raw = (xml: string): Markup => xml as Markup

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

// Everything XML 1.0 cannot carry, lone surrogates included.
const UNCARRIED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

export const escapeXml = (text: string): string =>
  text.replace(UNCARRIED, '\uFFFD').replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character)

/** Always written, empty as `<a></a>`: Finesse does not use the short form (15.6). */
export const leaf = (name: string, value: string | number | boolean | null): Markup =>
  raw(`<${name}>${value === null ? '' : escapeXml(String(value))}</${name}>`)

/** null stands for "left out". */
export const el = (name: string, ...children: readonly (Markup | null)[]): Markup =>
  raw(`<${name}>${children.filter((child) => child !== null).join('')}</${name}>`)

/** An element with attributes. A null attribute is left out. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | null>>,
  ...children: readonly (Markup | null)[]
): Markup {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === null ? [] : [` ${key}="${escapeXml(value)}"`]))
    .join('')
  const content = children.filter((child) => child !== null).join('')
  return raw(content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`)
}

export const join = (parts: readonly Markup[]): Markup => raw(parts.join(''))

export const isoTime = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString())
