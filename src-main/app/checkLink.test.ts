import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLink } from './checkLink'

const HOSTS = ['crm.example.com']

describe('checkLink', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'file://host/share',
    'smb://host/share',
    'ms-msdt:/id PCWDiagnostic',
    'vbscript:msgbox(1)',
    'about:blank',
    'blob:https://crm.example.com/1',
    'chrome://settings',
    'view-source:https://crm.example.com/',
    'mailto:a@crm.example.com',
    'tel:+15550100',
    'ftp://crm.example.com/',
    'ws://crm.example.com/',
    'wss://crm.example.com/',
    'http://crm.example.com/',
    '\\\\host\\x',
    '//crm.example.com/',
    'https:\\\\crm.example.com\\',
    'https://user:pass@crm.example.com/',
    'https://user@crm.example.com/',
    'https://crm.example.com@evil.test/',
    'https://crm.example.com.evil.test/',
    'https://evil.test/crm.example.com',
    'https://evil.test#crm.example.com',
    'https://xn--crm-example.com/',
    'https://crm.example.com:8443/',
    'https://crm。example.com.evil.test/',
    'https://crm.example.com\u0000.evil.test/',
    'https://crm.example.com/a b',
    'https://crm.example.com/\r\nX: y',
    'https://[::1]/',
    'https://127.0.0.1/',
    'crm.example.com',
    '',
    `https://crm.example.com/${'a'.repeat(3000)}`,
  ])('refuses %s', (text) => {
    expect(checkLink(text, HOSTS).ok).toBe(false)
  })

  it('opens the URL as it was understood, not as it was written', () => {
    expect(checkLink('https://CRM.example.com/a/../b?x=%20#y', HOSTS)).toEqual({
      ok: true,
      value: 'https://crm.example.com/b?x=%20#y',
    })
  })

  it('opens nothing but https on the list, whatever comes in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const link = checkLink(text, HOSTS)
        if (link.ok) expect(link.value.startsWith('https://crm.example.com/')).toBe(true)
      }),
    )
  })
})
