import { BODY_LIMITS, parseXml } from '../finesse/codec'
import { decodeEntitiesOnce } from './entities'

type Formatter = (xml: string) => string

/** Beyond this a text is shown as it is: it would take longer than a person wants to wait. */
const MOST_CHARACTERS = 200_000
const TEXT = />([^<>]+)</g
const HEAD_END = '\r\n\r\n'

let loaded: Promise<Formatter> | null = null

const load = async (): Promise<Formatter> => {
  const { default: format } = await import('xml-formatter')
  return (xml) =>
    format(xml, { indentation: '  ', collapseContent: true, lineSeparator: '\n', throwOnFailure: true })
}

/** The formatter would close what nobody closed: only what is well-formed is shown in another layout. */
const tryFormat = (format: Formatter, xml: string): string | null => {
  if (!parseXml(xml, BODY_LIMITS).ok) return null
  try {
    return format(xml)
  } catch {
    return null
  }
}

/** The payload of an event is XML that was escaped into text (5.4): shown as what it is, where it is well-formed. */
const withPayloads = (format: Formatter, xml: string): string =>
  xml.replace(TEXT, (whole: string, escaped: string) => {
    if (!escaped.includes('&lt;')) return whole
    const payload = decodeEntitiesOnce(escaped).trim()
    return tryFormat(format, payload) === null ? whole : `>${payload}<`
  })

const prettyXml = (format: Formatter, xml: string): string => {
  const shown = tryFormat(format, withPayloads(format, xml)) ?? tryFormat(format, xml)
  return shown ?? xml
}

/** A frame, or an HTTP head with a body, laid out to be read. What is not XML stays as it is. Never fails. */
export const prettyText = async (text: string): Promise<string> => {
  if (text.length > MOST_CHARACTERS) return text
  const headEnd = text.startsWith('<') ? -1 : text.indexOf(HEAD_END)
  const body = headEnd < 0 ? text : text.slice(headEnd + HEAD_END.length)
  if (!body.trimStart().startsWith('<')) return text
  loaded ??= load()
  const format = await loaded
  return text.slice(0, text.length - body.length) + prettyXml(format, body.trim())
}
