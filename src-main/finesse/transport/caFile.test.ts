import { describe, expect, it } from 'vitest'
import { parseCaFile } from './caFile'
import { authority } from './testing/certificates'

describe('parseCaFile', () => {
  it('reads several certificates with text between them and Windows line ends', async () => {
    const [one, two] = [await authority('One'), await authority('Two')]
    const text = `# Corporate roots\r\n${one.cert.replaceAll('\n', '\r\n')}\r\nSubject: Two\r\n${two.cert}`
    const parsed = parseCaFile(text)
    expect(parsed.ok && parsed.value.map((pem) => pem.trim())).toEqual([one.cert.trim(), two.cert.trim()])
  })

  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['\u0030\u0082\u0005', 'notPem'],
    ['<html></html>', 'notPem'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'unreadableCertificate'],
    ['-----BEGIN CERTIFICATE-----\nMIIB', 'unreadableCertificate'],
    ['-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----', 'unreadableCertificate'],
    ['-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', 'privateKey'],
    ['x'.repeat(5_000_000), 'tooLarge'],
  ])('N22: %.40j is refused: %s', (text, problem) => {
    expect(parseCaFile(text)).toEqual({ ok: false, error: problem })
  })

  it('N22: a bundle is refused when one of its certificates is broken', async () => {
    const { cert } = await authority()
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    expect(parseCaFile(`${cert}\n${broken}`)).toEqual({ ok: false, error: 'unreadableCertificate' })
  })
})
