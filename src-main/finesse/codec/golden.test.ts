import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { decodeAny, decodeDocument, decodeUpdate, encodeDocument, encodeUpdate } from './index'

const golden = new URL('../golden/', import.meta.url)
const recordings = new URL('../../../../shared/finesse-samples/', import.meta.url)

const xmlFilesIn = (folder: URL): readonly string[] =>
  existsSync(fileURLToPath(folder)) ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : []

const textOf = (folder: URL, name: string): string => readFileSync(new URL(name, folder), 'utf8')

const checkRoundTrip = (text: string): void => {
  const decoded = decodeAny(text)
  if (!decoded.ok) throw new Error(decoded.error.problem)
  if (decoded.value.form === 'document') {
    const { document } = decoded.value
    expect(decodeDocument(encodeDocument(document, 'rest'))).toEqual({ ok: true, value: document })
    expect(decodeDocument(encodeDocument(document, 'event'))).toEqual({ ok: true, value: document })
    return
  }
  for (const update of decoded.value.updates) {
    if (update.ok) expect(decodeUpdate(encodeUpdate(update.value))).toEqual(update)
  }
}

describe('golden pairs', () => {
  const names = xmlFilesIn(golden)

  it('cover the folder', () => {
    expect(names.length).toBeGreaterThan(20)
  })

  it.each(names)('%s decodes to its JSON, and encoding loses nothing', (name) => {
    const text = textOf(golden, name)
    const expected: unknown = JSON.parse(textOf(golden, name.replace(/\.xml$/, '.json')))
    expect(decodeAny(text)).toEqual({ ok: true, value: expected })
    checkRoundTrip(text)
  })
})

// Recordings of real servers are not part of the project; where they lie beside it, all of them must decode.
describe.skipIf(xmlFilesIn(recordings).length === 0)('recordings', () => {
  it.each(xmlFilesIn(recordings))('%s decodes to something we know', (name) => {
    const text = textOf(recordings, name)
    const decoded = decodeAny(text)
    if (!decoded.ok) throw new Error(decoded.error.problem)
    const { value } = decoded
    const kinds =
      value.form === 'document'
        ? [value.document.kind]
        : value.updates.map((update) => (update.ok ? update.value.data?.kind : update.error.problem))
    expect(kinds).toHaveLength(1)
    expect(['user', 'dialog', 'dialogs', 'reasonCodes', 'queue', 'apiErrors']).toContain(kinds[0])
    checkRoundTrip(text)
  })
})
