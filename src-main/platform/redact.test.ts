import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLine, MAX_LINE_BYTES } from './logLine'
import { createRedactor } from './redact'

/** Everything a protocol of ours may turn a password into. */
const renderings = (secret: string, id: string): readonly string[] => {
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
  const xml = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ p: secret }).toString().slice(2),
    xml,
    JSON.stringify(secret).slice(1, -1),
    base64(secret),
    base64(`${id}:${secret}`),
    base64(`\0${id}\0${secret}`),
    base64(`${id}@server\0${id}\0${secret}`),
    Buffer.from(`${id}:${secret}`, 'utf8').toString('base64url'),
  ]
}

const secretText = fc
  .string({ minLength: 6, maxLength: 40, unit: 'binary' })
  .filter((text) => Buffer.from(text, 'utf8').toString('utf8') === text)

describe('redactor', () => {
  it('finds a secret in every rendering, wherever it stands', () => {
    fc.assert(
      fc.property(secretText, fc.string({ maxLength: 12 }), fc.lorem(), (secret, id, around) => {
        const redactor = createRedactor()
        redactor.register(secret)
        const [plain, ...others] = renderings(secret, id)
        expect(redactor.redact(`${around} ${plain ?? ''} ${around}`)).not.toContain(secret)
        for (const rendering of renderings(secret, id)) expect(redactor.holds(`x=${rendering}&`)).toBe(true)
        for (const rendering of others) {
          const text = redactor.redact(`x=${rendering}&`)
          expect(text).toContain('[redacted]')
          expect(Buffer.from(text, 'base64').toString('utf8')).not.toContain(secret)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['Authorization: Basic MTAwMTpzZWNyZXQ=', 'MTAwMTpzZWNyZXQ='],
    ['{"authorization":"Basic MTAwMTpzZWNyZXQ="}', 'MTAwMTpzZWNyZXQ='],
    ["<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AHgAeQ==</auth>", 'AHgAeQ=='],
    ['<password>hush</password>', 'hush'],
  ])('hides credentials by their shape: %s', (text, secret) => {
    expect(createRedactor().redact(text)).not.toContain(secret)
  })

  it('leaves other text alone', () => {
    const redactor = createRedactor()
    redactor.register('Zx9!marker')
    expect(redactor.redact('Agent 1001 is Ready on finesse-a.example.com:8445')).toBe(
      'Agent 1001 is Ready on finesse-a.example.com:8445',
    )
  })
})

describe('formatLine', () => {
  const plain = (text: string): string => text

  it('is one line of at most 8 kB that parses, whatever comes in', () => {
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 12_000 }), fc.double(), fc.boolean())
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 5000 }),
        fc.dictionary(fc.string(), value, { maxKeys: 12 }),
        (event, fields) => {
          const line = formatLine({ at: 0, level: 'info', event, fields }, plain)
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MAX_LINE_BYTES)
          expect(line.indexOf('\n')).toBe(line.length - 1)
          // eslint-disable-next-line no-control-regex -- control characters are what must not be there
          expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/)
          expect(() => void JSON.parse(line)).not.toThrow()
        },
      ),
      { numRuns: 300 },
    )
  })

  it('redacts before it cuts', () => {
    const redactor = createRedactor()
    redactor.register('Zx9!marker')
    const text = `${'a'.repeat(1495)}Zx9!marker`
    const line = formatLine({ at: 0, level: 'info', event: 'e', fields: { text } }, (t) => redactor.redact(t))
    expect(line).not.toContain('Zx9!')
  })

  it('knows in which texts a secret may hide behind escapes nobody foresees', () => {
    const redactor = createRedactor()
    redactor.register('plainPass1')
    expect(redactor.mayHide('plainPass1')).toBe(false)
    redactor.register('Zx9!secret&<')
    expect(redactor.mayHide('Zx9!secret&#x26;&#60;')).toBe(true)
    expect(redactor.mayHide('&amp;amp;quot;other&amp;')).toBe(false)
    redactor.register('&<>')
    expect(redactor.mayHide('anything')).toBe(true)
  })
})
