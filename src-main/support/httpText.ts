export interface HttpHeader {
  readonly name: string
  readonly value: string
}

/** An HTTP/1.1 message as text: start line, headers, an empty line, body. */
export interface HttpText {
  /** Up to three words: `GET /ws/ HTTP/1.1` or `HTTP/1.1 101 Switching Protocols`. */
  readonly start: readonly [string, string, string]
  readonly headers: readonly HttpHeader[]
  readonly body: string
  /** Bytes up to and with the empty line. */
  readonly headBytes: number
}

const HEAD_END = /\r?\n\r?\n/

const threeWords = (line: string): readonly [string, string, string] => {
  const [, first = '', second = '', rest = ''] = /^(\S*) ?(\S*) ?(.*)$/.exec(line) ?? []
  return [first, second, rest]
}

const headerOf = (line: string): HttpHeader => {
  const colon = line.indexOf(':')
  return colon < 0
    ? { name: line.trim(), value: '' }
    : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
}

/** Takes any text: what is not there is empty. */
export const parseHttpText = (text: string): HttpText => {
  const end = HEAD_END.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const body = end === null ? '' : text.slice(end.index + end[0].length)
  const [first = '', ...lines] = head.split(/\r?\n/)
  return {
    start: threeWords(first),
    headers: lines.filter((line) => line.trim() !== '').map(headerOf),
    body,
    headBytes: Buffer.byteLength(text) - Buffer.byteLength(body),
  }
}

/** The first value of a header, whatever the case of its name; empty when it is not there. */
export const headerIn = (message: HttpText, name: string): string =>
  message.headers.find((header) => header.name.toLowerCase() === name)?.value ?? ''
