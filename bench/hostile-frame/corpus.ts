import { escapeText } from '../../src-main/finesse/codec/index'
import { frames } from '../decode-rate/frames'
import { generator } from '../statistics'

export interface HostileFrame {
  readonly name: string
  readonly text: string
}

const MIB = 1024 * 1024

const message = (items: string): string =>
  `<message xmlns="jabber:client" from="pubsub.fin-a.example.com" to="1001@fin-a.example.com" id="m"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/User/1001/Dialogs">${items}</items></event></message>`
let ids = 0
const item = (inside: string): string =>
  `<item id="i${String((ids += 1))}"><notification xmlns="http://jabber.org/protocol/pubsub">${inside}</notification></item>`
const event = (inside: string): string => message(item(inside))

/** `piece` as often as it fits into `bytes`. */
const fill = (piece: string, bytes: number): string =>
  piece.repeat(Math.max(0, Math.floor(bytes / Buffer.byteLength(piece))))
/** The part that costs, as often as it is allowed, and harmless text up to `bytes`. */
const filled = (costly: string, bytes: number): string =>
  costly.slice(0, bytes) + fill('x', Math.max(0, bytes - costly.length))
const numbered = (piece: (index: number) => string, bytes: number): string => {
  const parts: string[] = []
  for (let [size, index] = [0, 0]; size < bytes; index += 1) {
    const next = piece(index)
    parts.push(next)
    size += next.length
  }
  return parts.slice(0, -1).join('')
}
const nested = (name: string, depth: number): string => `<${name}>`.repeat(depth) + `</${name}>`.repeat(depth)

const LAUGHS = `<!DOCTYPE l [<!ENTITY a "lollollol">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`).join('')}]><l>&j;</l>`

/** One attack of each kind, as the inside of an element, `bytes` large. */
const attacks: Readonly<Record<string, (bytes: number) => string>> = {
  text: (bytes) => fill('x', bytes),
  blanks: (bytes) => fill(' ', bytes),
  lines: (bytes) => fill('\r\n', bytes),
  emoji: (bytes) => fill('\u{1F600}', bytes),
  accents: (bytes) => fill('e\u0301', bytes),
  ampersands: (bytes) => fill('&amp;', bytes),
  references: (bytes) => fill('&#x1F600;', bytes),
  allowedReferences: (bytes) => filled('&lt;'.repeat(24_900), bytes),
  allowedAttributeReferences: (bytes) => `<a b="${filled('&lt;'.repeat(24_900), bytes - 20)}"/>`,
  allowedLines: (bytes) => filled('x\r\n'.repeat(24_900), bytes),
  allowedComments: (bytes) => filled('<!--x-->'.repeat(24_900), bytes),
  unknownEntities: (bytes) => fill('&lol;', bytes),
  endlessEntity: (bytes) => `&${fill('x', bytes)}`,
  controls: (bytes) => fill('\u0001', bytes),
  cdata: (bytes) => `<![CDATA[${fill(']', bytes - 20)}]]>`,
  cdataBrackets: (bytes) => `<![CDATA[${fill(']x', bytes - 20)}]]>`,
  allowedCdataBrackets: (bytes) => filled(`<![CDATA[${']x'.repeat(99_990)}`, bytes - 20) + ']]>',
  cdataSections: (bytes) => fill('<![CDATA[x]]>', bytes),
  comment: (bytes) => `<!--${fill('x', bytes)}-->`,
  comments: (bytes) => fill('<!--x-->', bytes),
  instructions: (bytes) => fill('<?x y?>', bytes),
  emptyElements: (bytes) => fill('<a/>', bytes),
  fewElements: (bytes) => `<a>${fill('x', Math.floor(bytes / 4_900))}</a>`.repeat(4_900).slice(0, bytes),
  mostElements: () => '<a/>'.repeat(4_900),
  namedElements: (bytes) => numbered((index) => `<a${String(index)}/>`, bytes),
  depth: (bytes) => nested('a', Math.floor(bytes / 7)),
  allowedDepth: () => nested('a', 30),
  longName: (bytes) => `<${fill('n', bytes)}/>`,
  prefixes: (bytes) => `<${fill('a:', bytes)}b/>`,
  attributes: (bytes) => `<a ${numbered((index) => `b${String(index)}="" `, bytes)}/>`,
  allowedAttributes: () =>
    `<a ${numbered((index) => `b${String(index)}="${'x'.repeat(200)}" `, 64 * 208)}/>`.repeat(75),
  sameAttribute: (bytes) => `<a ${fill('b="" ', bytes)}/>`,
  largeAttribute: (bytes) => `<a b="${fill('x', bytes)}"/>`,
  attributeEntities: (bytes) => `<a b="${fill('&lt;', bytes)}"/>`,
  attributeName: (bytes) => `<a ${fill('x', bytes)}=""/>`,
  openTags: (bytes) => fill('<a>', bytes),
  closeTags: (bytes) => fill('</a>', bytes),
  brackets: (bytes) => fill('<', bytes),
  endings: (bytes) => fill(']]>', bytes),
  unclosed: (bytes) => `<a b="${fill('x', bytes)}`,
  laughs: () => LAUGHS,
  quadratic: (bytes) =>
    `<!DOCTYPE l [<!ENTITY a "${fill('x', bytes / 2)}">]><l>${fill('&a;', bytes / 2)}</l>`,
  external: () => '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>',
  prototype: (bytes) => fill('<__proto__ constructor="x" __proto__="y"><toString/></__proto__>', bytes),
}

const update = (data: string): string =>
  `<Update><event>PUT</event><source>/finesse/api/Dialog/1</source><data>${data}</data></Update>`
const VARIABLE = '<CallVariable><name>callVariable1</name><value>v</value></CallVariable>'
const LEG =
  '<Participant><actions><action>HOLD</action></actions><mediaAddress>1</mediaAddress><state>ACTIVE</state><stateChangeTime>2026-01-20T09:00:00.000Z</stateChangeTime></Participant>'
const MEMBER =
  '<User><loginId>1</loginId><state>READY</state><stateChangeTime>2026-01-20T09:00:00.000Z</stateChangeTime></User>'

/** Well-formed payloads of the right kind, with far too much in them. */
const plenty: Readonly<Record<string, string>> = {
  variables: update(
    `<dialog><id>1</id><mediaProperties><callvariables>${VARIABLE.repeat(1_600)}</callvariables></mediaProperties></dialog>`,
  ),
  legs: update(`<dialog><id>1</id><participants>${LEG.repeat(800)}</participants></dialog>`),
  calls: update(`<dialogs>${'<Dialog><id>1</id></Dialog>'.repeat(2_400)}</dialogs>`),
  members: update(`<team><id>1</id><users>${MEMBER.repeat(1_200)}</users></team>`),
  errors: update(
    `<apiErrors>${'<apiError><errorType>x</errorType><errorData>1</errorData></apiError>'.repeat(1_600)}</apiErrors>`,
  ),
  dates: update(
    `<user><loginId>1001</loginId><stateChangeTime>${fill('2026-01-20T', 200_000)}</stateChangeTime></user>`,
  ),
  digits: update(`<dialog><id>${fill('9', 500_000)}</id></dialog>`),
}

const spoil = (text: string, random: () => number): string => {
  const at = Math.floor(random() * text.length)
  const piece = text.slice(at, at + Math.floor(random() * 400))
  switch (Math.floor(random() * 6)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + piece.repeat(1 + Math.floor(random() * 200)) + text.slice(at)
    case 2:
      return text.slice(0, at) + text.slice(at + piece.length)
    case 3:
      return text.slice(0, at) + '&lol;' + text.slice(at)
    case 4:
      return text.slice(0, at) + nested('x', Math.floor(random() * 100)) + text.slice(at)
    default:
      return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0xffff)) + text.slice(at + 1)
  }
}

const spoilt = (count: number): readonly HostileFrame[] => {
  const random = generator(20_260_120)
  return frames(count).map((frame, index) => ({
    name: `spoilt ${String(index)}`,
    text: spoil(random() < 0.5 ? spoil(frame, random) : frame, random),
  }))
}

const manyItems = (count: number, payload: string): string =>
  Array.from({ length: count }, () => item(escapeText(payload))).join('')

/** Room for what stands around the attack. */
const AROUND = 1_000

/** Every attack bare, as an event's payload, and as an escaped payload; what is too large; spoilt frames of a call. */
export const corpus = (spoiltFrames: number): readonly HostileFrame[] => {
  const built = Object.entries(attacks).flatMap(([name, attack]): readonly HostileFrame[] => {
    const escaped = (share: number): string => escapeText(update(attack((MIB - AROUND) * share)))
    // Escaping makes some attacks five times as large: the largest that still fits.
    const inside = [1, 0.7, 0.45, 0.24, 0.19].map(escaped).find((text) => text.length < MIB - AROUND) ?? ''
    return [
      { name, text: attack(MIB) },
      { name: `${name} in an element`, text: `<a>${attack(MIB - AROUND)}</a>` },
      { name: `${name} in an item`, text: event(attack(MIB - AROUND)) },
      { name: `${name} escaped`, text: event(inside) },
      { name: `${name} escaped twice`, text: event(escapeText(escapeText(update(attack(MIB / 30))))) },
    ]
  })
  const small = escapeText(update('<user><loginId>1001</loginId><state>READY</state></user>'))
  return [
    ...built,
    ...Object.entries(plenty).flatMap(([name, text]): readonly HostileFrame[] => [
      { name: `too many ${name}`, text: event(escapeText(text)) },
      { name: `too many ${name}, unescaped`, text: event(text) },
    ]),
    { name: 'many items', text: message(Array.from({ length: 2_400 }, () => item(small)).join('')) },
    {
      name: 'many items of no size',
      text: message(Array.from({ length: 2_400 }, () => item('&lt;a/&gt;')).join('')),
    },
    { name: 'as many items as allowed', text: message(manyItems(100, update(fill('x', 8_000)))) },
    {
      name: 'as many items as allowed, full of elements',
      text: message(manyItems(100, update(`<user>${'<a/>'.repeat(300)}</user>`))),
    },
    {
      name: 'as many items as allowed, full of references',
      text: message(manyItems(100, update(`<user>${'&gt;'.repeat(400)}</user>`))),
    },
    { name: 'one byte too many', text: `<a>${fill('x', MIB + 1 - 7)}</a>` },
    { name: 'one byte too many, of wide characters', text: `<a>${fill('\u20AC', MIB - 6)}x</a>` },
    ...spoilt(spoiltFrames),
  ]
}
