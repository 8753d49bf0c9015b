import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatServerAddress, parseServerAddress } from './serverAddress'

describe('server address', () => {
  it.each([
    ['fin-a.example.com', 'fin-a.example.com:8445'],
    ['  FIN-A.example.com:443 ', 'fin-a.example.com:443'],
    ['https://fin-a.example.com:8445/', 'fin-a.example.com:8445'],
    ['localhost:40111', 'localhost:40111'],
    ['10.0.0.7', '10.0.0.7:8445'],
    ['[FE80::1]:8445', '[fe80::1]:8445'],
    ['fin_a.example.com.', 'fin_a.example.com:8445'],
  ])('%s is %s', (text, expected) => {
    const address = parseServerAddress(text)
    expect(address && formatServerAddress(address)).toBe(expected)
  })

  it.each([
    '',
    ':8445',
    'http://fin-a.example.com',
    'ws://fin-a.example.com',
    'fin-a.example.com:',
    'fin-a.example.com:0',
    'fin-a.example.com:65536',
    'fin-a.example.com:84a5',
    'fin-a.example.com/desktop',
    'user@fin-a.example.com',
    'user:pw@fin-a.example.com',
    'fin a.example.com',
    '-fin.example.com',
    'fin..example.com',
    '300.1.1.1',
    '1.2.3',
    '[fe80::1',
    'fe80::1',
    '[not-ip]:1',
    'fin-a.example.com?x',
    'fin-a.example.com#x',
    'a\nb',
    '\u0000',
  ])('refuses %j', (text) => {
    expect(parseServerAddress(text)).toBeNull()
  })

  it('never throws and gives only what it can show again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const address = parseServerAddress(text)
        if (address !== null) expect(parseServerAddress(formatServerAddress(address))).toEqual(address)
      }),
    )
  })
})
