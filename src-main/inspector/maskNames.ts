/**
 * What the values of elements, attributes, query parameters and JSON members mean to the mask.
 *
 * number: a telephone number; masked unless it is the extension of an agent. variable: data of the customer's call.
 * contact: masked inside of a phone book's contact only, elsewhere the same names mean agents. agent: ids and
 * extensions of agents, kept and remembered, because they are what support needs. keep: technical; only numbers
 * already known as a customer's and numbers with a `+` are masked in it. Everything else is searched for numbers.
 */
export type NameMeaning = 'number' | 'variable' | 'contact' | 'agent' | 'keep'

/** `to` is a JID as an attribute, a telephone number as a query parameter. */
export type NamePlace = 'element' | 'attribute' | 'key' | 'header'

const NUMBERS = [
  ...['dialednumber', 'dnis', 'fromaddress', 'toaddress', 'mediaaddress', 'targetmediaaddress'],
  ...['ani', 'callbacknumber', 'phonenumber', 'phone', 'dialnumber', 'bacustomernumber', 'callerid'],
  ...['callingnumber', 'callednumber', 'customernumber', 'mobile', 'telephone', 'participantaddress'],
]

const VARIABLES = [
  ...Array.from({ length: 10 }, (_, index) => `callvariable${String(index + 1)}`),
  // Of a CallVariable or of an ActionParam: the digits a customer's PIN is typed with are one, too (9.4).
  ...['value', 'wrapupreason', 'wrapupitem', 'dtmfstring', 'dtmfdigits'],
  ...['baaccountnumber', 'babuddyname'],
]

const CONTACT = ['firstname', 'lastname', 'description']
const AGENTS = ['extension', 'loginid']

/** Sections 7 to 11. */
const FINESSE = [
  ...['id', 'uri', 'dialogs', 'source', 'requestid', 'secondaryid', 'associateddialoguri', 'peripheralid'],
  ...['statechangetime', 'starttime', 'currenttimestamp', 'lastsuccessctiheartbeattime', 'callbacktime'],
  ...['skilltargetid', 'activedeviceid', 'deviceid', 'teamid', 'reasoncodeid', 'code', 'state', 'status'],
  ...['callkeycallid', 'callkeyprefix', 'callkeysequencenum', 'mediaid', 'queuenumber', 'callguid'],
  ...['timezoneoffset', 'wrapuptimer', 'connectedduration', 'ctiversion', 'host', 'httpsport', 'xmppport'],
  ...['xmppsecureport', 'xmppdomain', 'xmpppubsubdomain', 'starttimeoflongestcallinqueue', 'loginname'],
  // Of XMPP, as elements.
  ...['jid', 'resource', 'mechanism', 'priority'],
]

const ATTRIBUTES = [
  ...['id', 'to', 'from', 'jid', 'node', 'subid', 'ver', 'hash', 'xmlns', 'type', 'version', 'stamp'],
  ...['subscription', 'mechanism', 'name', 'category', 'code'],
]

const KEYS = [
  ...['id', 'requestid', 'teamid', 'dialogid', 'reasoncodeid', 'nocache', 'timestamp', 'streamid'],
]

const HEADERS = [
  ...[
    'host',
    'date',
    'content-length',
    'etag',
    'last-modified',
    'expires',
    'age',
    'x-request-id',
    'requestid',
  ],
  ...['sec-websocket-key', 'sec-websocket-accept', 'if-none-match', 'if-modified-since', 'server'],
  ...['cache-control', 'strict-transport-security', 'keep-alive', 'user-agent'],
]

const table = (keep: readonly string[]): ReadonlyMap<string, NameMeaning> => {
  const of = (names: readonly string[], meaning: NameMeaning) =>
    names.map((name): [string, NameMeaning] => [name, meaning])
  return new Map([
    ...of(keep, 'keep'),
    ...of(AGENTS, 'agent'),
    ...of(CONTACT, 'contact'),
    ...of(VARIABLES, 'variable'),
    ...of(NUMBERS, 'number'),
  ])
}

const MEANINGS: Readonly<Record<NamePlace, ReadonlyMap<string, NameMeaning>>> = {
  element: table(FINESSE),
  attribute: table(ATTRIBUTES),
  key: table(KEYS),
  header: table(HEADERS),
}

/** ECC variables have names of their own, `user.account[0]` (9.1). */
const isEcc = (name: string): boolean => name.startsWith('user.') && name.length > 5

/** Names as they are spelled, so that a name seen before costs one look-up. Servers send the same few. */
const SPELLED: Readonly<Record<NamePlace, Map<string, NameMeaning | null>>> = {
  element: new Map(),
  attribute: new Map(),
  key: new Map(),
  header: new Map(),
}
const MOST_SPELLED = 2_000

export const meaningOf = (name: string, place: NamePlace): NameMeaning | undefined => {
  const spelled = SPELLED[place]
  const seen = spelled.get(name)
  if (seen !== undefined) return seen ?? undefined
  const meaning = MEANINGS[place].get(name.toLowerCase()) ?? (isEcc(name) ? 'variable' : undefined)
  if (spelled.size < MOST_SPELLED && name.length <= 64)
    spelled.set(Buffer.from(name).toString(), meaning ?? null)
  return meaning
}

interface Known {
  readonly name: string
  readonly meaning: NameMeaning | undefined
}

const SLOTS = 4_096
const known: (Known | undefined)[] = Array.from({ length: SLOTS }, () => undefined)

/**
 * The meaning of the element whose name lies between `from` and `to`. Frames have a hundred tags, and making a string
 * of each name to look it up took longer than all else: `hash`, any number made of its characters, finds it without.
 */
export const elementMeaning = (
  text: string,
  from: number,
  to: number,
  hash: number,
): NameMeaning | undefined => {
  const slot = hash & (SLOTS - 1)
  const found = known[slot]
  if (found !== undefined && found.name.length === to - from && text.startsWith(found.name, from))
    return found.meaning
  const name = text.slice(from, to)
  const meaning = meaningOf(name, 'element')
  // A copy: a slice would keep the whole frame.
  if (name.length <= 64) known[slot] = { name: Buffer.from(name).toString(), meaning }
  return meaning
}
