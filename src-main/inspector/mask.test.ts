import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../platform/redact'
import { createMask, type Mask } from './mask'

const GOLDEN = join(import.meta.dirname, '../finesse/golden')
const golden = (name: string): string => readFileSync(join(GOLDEN, name), 'utf8')

const plainMask = (): Mask => createMask({ redact: (text) => text })

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const inEvent = (payload: string): string =>
  `<message xmlns="jabber:client" from="pubsub.h" to="1001@h" id="m1"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/User/1001/Dialogs"><item id="2f1c0b9e-53f7-4b0e-9a0d-0d9e5a3a7c11530"><notification xmlns="http://jabber.org/protocol/pubsub">${escapeXml(payload)}</notification></item></items></event></message>`

/** One customer's number each, with what of it must never be found. */
const SPELLINGS: readonly (readonly [spelled: string, digits: string])[] = [
  ['0205550100', '205550100'],
  ['+31205550101', '205550101'],
  ['0031205550102', '205550102'],
  ['+31 20 555 0103', '5550103'],
  ['020-555 01 04', '0104'],
  ['(020) 555-0105', '555-0105'],
  ['020.555.0106', '555.0106'],
  ['020/5550107', '5550107'],
  ['+1 (212) 555-0108', '555-0108'],
  ['1-212-555-0109', '555-0109'],
  ['2125550110', '2125550110'],
  ['06 12 34 51 11', '34 51 11'],
  ['06.12.34.51.12', '34.51.12'],
  ['12.34.51.13', '34.51.13'],
  ['%2B31205550114', '205550114'],
  ['%2b31%2020%20555%200115', '555%200115'],
  ['&#43;31205550116', '205550116'],
  ['+31\u00a020\u00a0555\u00a00117', '555\u00a00117'],
  ['+31 (0)20 555 0118', '555 0118'],
  ['tel:+31205550119', '205550119'],
  ['sip:0205550120@pbx', '0205550120'],
  ['5550121', '5550121'],
]

describe('telephone numbers', () => {
  for (const [spelled, digits] of SPELLINGS)
    test(`${spelled} is masked in free text, in JSON, in a query and in XML`, () => {
      for (const text of [
        `The call from ${spelled} was refused.`,
        `{"note":"${spelled}"}`,
        `GET /finesse/api/Dialogs?note=${spelled.replaceAll(' ', '+')}&x=1 HTTP/1.1`,
        `<errorMessage>No route to ${spelled}</errorMessage>`,
        inEvent(`<apiError><errorMessage>No route to ${spelled}</errorMessage></apiError>`),
      ]) {
        const masked = plainMask().text(text)
        expect(masked).toMatch(/\[number 1\]/)
        expect(masked).not.toContain(digits)
        expect(masked).not.toContain(digits.replaceAll(' ', '+'))
      }
    })

  const fields = [
    ...['dialedNumber', 'DNIS', 'fromAddress', 'toAddress', 'mediaAddress', 'ani', 'callbackNumber'],
    ...['phoneNumber', 'dialNumber', 'targetMediaAddress'],
  ]
  for (const field of fields)
    test(`whatever ${field} holds is masked, however often it is escaped`, () => {
      for (const value of ['801048', '12', 'Private', 'sip:jan@example.com', '+31 20 555 0100'])
        for (const wrap of [(xml: string) => xml, inEvent, (xml: string) => inEvent(escapeXml(xml))]) {
          const masked = plainMask().text(wrap(`<a><${field}>${value}</${field}><${field}/></a>`))
          expect(masked).toContain('[number 1]')
          expect(masked).not.toContain(`;${value}&`)
          expect(masked).not.toContain(`>${value}<`)
        }
    })

  test('keep their name in every spelling, in every text that follows', () => {
    const mask = plainMask()
    const first = mask.text('<fromAddress>+31205550100</fromAddress><toAddress>801048</toAddress>')
    expect(first).toBe('<fromAddress>[number 1]</fromAddress><toAddress>[number 2]</toAddress>')
    expect(mask.text('call 020 555 0100 or 0031-20-5550100, dialled 801048')).toBe(
      'call [number 1] or [number 1], dialled [number 2]',
    )
    // Once it is known, it is masked where other digits would stay.
    expect(mask.text('<id>0205550100</id>')).toBe('<id>[number 1]</id>')
    expect(mask.text('/finesse/api/Dialog/31205550100?x=y')).toBe('/finesse/api/Dialog/[number 1]?x=y')
  })

  test('are found nowhere in a frame when they are in one field of it', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^0[1-9]\d{8}$/),
        fc.constantFrom(
          (text: string) => text,
          escapeXml,
          (text: string) => escapeXml(escapeXml(text)),
        ),
        (number, escape) => {
          const xml = `<dialog><id>2144292811</id><fromAddress>${number}</fromAddress><x>${number}</x><stateCause>to ${number}!</stateCause><uri>/finesse/api/Dialog/${number}</uri><CallVariable><name>callVariable1</name><value>n ${number}</value></CallVariable></dialog>`
          const masked = plainMask().text(escape(xml))
          expect(masked).not.toContain(number)
          expect(masked).toContain('2144292811')
        },
      ),
    )
  })
})

describe('what stays, because support needs it', () => {
  const technical = [
    '<id>2144292811</id><uri>/finesse/api/Dialog/2144292811</uri>',
    '<item id="2f1c0b9e-53f7-4b0e-9a0d-0d9e5a3a7c11530">',
    '<item id="12345678-1234-4321-9876-123456789012530">',
    '<iq id="a2345678-1234-4321-9876-123456789012" to="800000123@fin-a.example.com/desktop">',
    '<startTime>2026-03-02T03:31:28.130Z</startTime> at 2026-03-02T03:31:28.130Z',
    '<lastSuccessCTIHeartbeatTime>1768900500123</lastSuccessCTIHeartbeatTime>',
    '/finesse/api/User/800000123/Dialogs',
    'GET /finesse/api/SystemInfo?nocache=1768900500123 HTTP/1.1\r\nHost: 10.20.30.40:8445\r\nContent-Length: 12345678\r\n\r\n',
    '<requestId>1234567890</requestId><callKeyCallId>1234567</callKeyCallId>',
    '<address>192.168.100.200</address> wss://10.255.1.30:8445/ws/',
    '<extension>1001001</extension><loginId>800000123</loginId><mediaAddress>1001001</mediaAddress>',
    '<firstName>Ada</firstName><lastName>Nord</lastName><teamName>Blue</teamName>',
  ]
  for (const text of technical) test(text, () => expect(plainMask().text(text)).toBe(text))

  test('an extension of an agent, told by the session, wherever it is', () => {
    const mask = plainMask()
    mask.learnAgent('+31205550199')
    const text = '<toAddress>+31205550199</toAddress>'
    expect(mask.text(text)).toBe(text)
    expect(mask.text('<toAddress>+31205550198</toAddress>')).toBe('<toAddress>[number 1]</toAddress>')
  })
})

describe('call variables and contacts', () => {
  test('of recorded dialogs: no value is left, the names are', () => {
    for (const wrap of [(xml: string) => xml, inEvent, (xml: string) => inEvent(escapeXml(xml))]) {
      const mask = plainMask()
      const masked = mask.text(wrap(golden('update-dialogs-post-alerting.xml')))
      for (const value of ['Gold____0001', 'crm.example', 'polluted', '0207000414', '801048'])
        expect(masked).not.toContain(value)
      for (const name of ['callVariable1', 'user.link[0]', '__proto__', '2144292811', 'PREROUTE_ACD_IN'])
        expect(masked).toContain(name)
      expect(mask.counts()).toEqual({ secrets: 0, numbers: 6, callVariables: 3 })
      const done = mask.text(wrap(golden('update-dialog-put-wrap-up.xml')))
      for (const value of ['Sale', 'Call back', '0201234567', 'Private']) expect(done).not.toContain(value)
    }
  })

  test('of a phone book', () => {
    const masked = plainMask().text(golden('get-phone-books.xml'))
    for (const value of ['Ann', 'Leeuw', '0100', 'Lead', '0012']) expect(masked).not.toContain(value)
    expect(masked).toContain('<name>Helpdesk</name>')
    expect(masked).toContain('/finesse/api/PhoneBook/1/Contact/7')
  })

  test('as members of JSON and as parameters', () => {
    const masked = plainMask().text(
      '{"callVariable1":"Go\\"ld","user.iban" : "NL00","wrapUpReason":"x"} ?callVariable2=Silver&id=7',
    )
    expect(masked).toBe(
      '{"callVariable1":"[variable 1]","user.iban" : "[variable 2]","wrapUpReason":"[variable 3]"} ?callVariable2=[variable 4]&id=7',
    )
  })

  test('in CDATA, in a broken element, and with elements inside', () => {
    const mask = plainMask()
    expect(mask.text('<value><![CDATA[Gold]]></value><b/>')).toBe('<value>[variable 1]</value><b/>')
    expect(mask.text('<value>Gold <b>x</b> y</value><c/>')).toBe('<value>[variable 2]</value><c/>')
    expect(mask.text('<value>Gold, and then nothing')).toBe('<value>[variable 3]')
  })

  test('the same value has the same name, at whatever depth', () => {
    const mask = plainMask()
    mask.text('<value>a &lt; b</value>')
    expect(mask.text(escapeXml('<value>a &lt; b</value>'))).toContain('[variable 1]')
  })
})

describe('secrets', () => {
  const PASSWORD = 'p4ss w<o>rd&"é'
  const redactor = createRedactor()
  redactor.register(PASSWORD)
  const forms = [
    PASSWORD,
    encodeURIComponent(PASSWORD),
    escapeXml(PASSWORD),
    escapeXml(escapeXml(PASSWORD)),
    JSON.stringify(PASSWORD),
    Buffer.from(`1001:${PASSWORD}`).toString('base64'),
    Buffer.from(`\u00001001\u0000${PASSWORD}`).toString('base64'),
  ]
  for (const form of forms)
    test(`never: ${form}`, () => {
      for (const plain of [false, true]) {
        const mask = createMask({ redact: redactor.redact })
        mask.setPlain(plain)
        for (const text of [`x ${form} y`, `<value>${form}</value>`, inEvent(`<a>${form}</a>`)]) {
          const masked = mask.text(text)
          expect(masked).not.toContain(form)
          expect(masked).not.toContain('rd&')
        }
        expect(mask.counts().secrets).toBeGreaterThan(plain ? 2 : 1)
      }
    })

  test('cookies and tokens that nobody registered', () => {
    const mask = plainMask()
    mask.setPlain(true)
    const masked = mask.text(
      'HTTP/1.1 200 OK\r\nSet-Cookie: JSESSIONID=7A6B5C; Path=/\r\nX: 1\r\n\r\n{"access_token":"eyJhbGci"} /desktop;jsessionid=99FF?token=abc',
    )
    for (const secret of ['7A6B5C', 'eyJhbGci', '99FF', 'abc']) expect(masked).not.toContain(secret)
    expect(masked).toContain('X: 1\r\n')
  })

  test('tokens of single sign-on, in every place a server or a browser puts them (3.4)', () => {
    const mask = plainMask()
    mask.setPlain(true)
    const jwt = `eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIiOiIxMDAxIn0'.repeat(3)}.c2ln-bmF0_dXJl`
    const masked = mask.text(
      [
        `<form action="https://idp/?SAMLRequest=fVLLT-one&RelayState=x">`,
        `{"token":"one-1","refresh_token":"two-2","accessToken":"three-3"}`,
        `/desktop/sso/token?refresh-token=four-4`,
        `<accessToken>five-5</accessToken>&lt;ssoToken&gt;six-6&lt;/ssoToken&gt;`,
        `<value>${jwt}</value> eyJ is no token`,
      ].join('\r\n'),
    )
    for (const secret of ['fVLL', 'one-1', 'two-2', 'three-3', 'four-4', 'five-5', 'six-6', 'c2ln', 'eyJz'])
      expect(masked).not.toContain(secret)
    expect(masked).toContain('RelayState=x')
    expect(masked).toContain('eyJ is no token')
  })
})

describe('the mask', () => {
  test('by consent keeps numbers and variables, and only from then on', () => {
    const mask = plainMask()
    const text = '<fromAddress>0205550100</fromAddress><value>Gold</value>'
    mask.setPlain(true)
    expect(mask.text(text)).toBe(text)
    mask.setPlain(false)
    expect(mask.text(text)).toBe('<fromAddress>[number 1]</fromAddress><value>[variable 1]</value>')
  })

  test('forgets the oldest names when it knows too many, and goes on counting', () => {
    const mask = createMask({ redact: (text) => text, mostNames: 2 })
    for (const value of ['a', 'b', 'c']) mask.text(`<value>${value}</value>`)
    expect(mask.text('<value>c</value>')).toBe('<value>[variable 3]</value>')
    expect(mask.text('<value>a</value>')).toBe('<value>[variable 4]</value>')
  })

  test('takes any text, and does not touch recorded user and system objects', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => typeof plainMask().text(text) === 'string',
      ),
    )
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<',
            '&lt;',
            '>',
            '/',
            'value',
            'Contact',
            '"',
            '=',
            ':',
            '020',
            '+',
            '-',
            ' ',
            '%2B',
          ),
        ),
        (parts) => typeof plainMask().text(parts.join('')) === 'string',
      ),
    )
    // A mobile agent's own telephone is one person's number, too.
    const mobile = /(<dialNumber>)[^<]+/g
    for (const name of readdirSync(GOLDEN)) {
      if (!/user|system-info|reason-code|team/.test(name) || !name.endsWith('.xml')) continue
      expect(plainMask().text(golden(name))).toBe(golden(name).replaceAll(mobile, '$1[number 1]'))
    }
  })
})
