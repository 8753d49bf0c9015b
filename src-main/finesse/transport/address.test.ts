import { describe, expect, it } from 'vitest'
import { parseServerAddress } from './address'

describe('parseServerAddress', () => {
  it.each([
    ['fin-a.example.com', 'fin-a.example.com', 8445],
    ['Fin-A.Example.COM:443', 'fin-a.example.com', 443],
    ['  fin-a.example.com:8445\n', 'fin-a.example.com', 8445],
    ['fin-a.example.com.', 'fin-a.example.com', 8445],
    ['localhost:1', 'localhost', 1],
    ['10.0.0.7:65535', '10.0.0.7', 65535],
    ['[2001:DB8::1]:7443', '2001:db8::1', 7443],
    ['[::1]', '::1', 8445],
    ['bücher.example', 'xn--bcher-kva.example', 8445],
    // Cyrillic letters that look Latin become visible.
    ['fin\u0430.example.com', 'xn--fin-8cd.example.com', 8445],
  ])('accepts %j', (text, host, port) => {
    expect(parseServerAddress(text)).toEqual({ ok: true, value: { host, port } })
  })

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['https://fin-a.example.com', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['fin-a.example.com/desktop', 'path'],
    ['fin-a.example.com\\share', 'path'],
    ['fin-a.example.com?x=1', 'path'],
    ['fin-a.example.com#x', 'path'],
    ['fin-a.example.com@evil.example', 'credentials'],
    ['user:secret@fin-a.example.com', 'credentials'],
    ['fin a.example.com', 'blank'],
    ['fin-a.example.com :8445', 'blank'],
    ['fin\u0000a', 'blank'],
    ['fin-a.example.com:', 'port'],
    ['fin-a.example.com:0', 'port'],
    ['fin-a.example.com:65536', 'port'],
    ['fin-a.example.com:-1', 'port'],
    ['fin-a.example.com:84a', 'port'],
    ['fin-a.example.com:8445:1', 'port'],
    ['::1', 'brackets'],
    ['2001:db8::1', 'brackets'],
    ['[::1', 'host'],
    ['[fe80::1%eth0]', 'host'],
    ['[::1]x', 'host'],
    ['[10.0.0.7]', 'host'],
    ['10.0.0', 'host'],
    ['10.0.0.256', 'host'],
    ['0x7f.1', 'host'],
    ['2130706433', 'host'],
    ['.example.com', 'host'],
    ['a..b', 'host'],
    ['-a.example.com', 'host'],
    ['a_b.example.com', 'host'],
    ['%66in.example.com', 'host'],
    ['*.example.com', 'host'],
    [`${'a'.repeat(64)}.example.com`, 'host'],
    [`${'a.'.repeat(127)}com`, 'host'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parseServerAddress(text)).toEqual({ ok: false, error: problem })
  })
})
