import { createHash } from 'node:crypto'
import { escapeXml, join, leaf, raw, tag, type Markup } from '../wire/markup'

export const NS = {
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  stream: 'http://etherx.jabber.org/streams',
  streams: 'urn:ietf:params:xml:ns:xmpp-streams',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  client: 'jabber:client',
  pubsub: 'http://jabber.org/protocol/pubsub',
  pubsubEvent: 'http://jabber.org/protocol/pubsub#event',
  pubsubErrors: 'http://jabber.org/protocol/pubsub#errors',
  ping: 'urn:xmpp:ping',
  roster: 'jabber:iq:roster',
} as const

/** Both seen in recordings (5.4); clients go by the local name. */
export const NOTIFICATION_NAMESPACES = ['http://jabber.org/protocol/pubsub', 'urn:xmpp:push:0'] as const

export const open = (from: string, id: string): Markup =>
  tag('open', { xmlns: NS.framing, from, id, version: '1.0', 'xml:lang': 'en' })

export const close = (uri: string | null = null): Markup =>
  tag('close', { xmlns: NS.framing, 'see-other-uri': uri })

/** XEP-0115, 5.1: identities and features of the server, each ended by `<`, hashed. */
const CAPS_VERSION = createHash('sha1')
  .update(`server/im//Openfire Server<http://jabber.org/protocol/pubsub<${NS.ping}<`)
  .digest('base64')

/** With the entity capabilities that Openfire sends along. */
export const mechanisms = (offered: readonly string[]): Markup =>
  tag(
    'stream:features',
    { 'xmlns:stream': NS.stream },
    tag('mechanisms', { xmlns: NS.sasl }, ...offered.map((name) => leaf('mechanism', name))),
    tag('c', {
      xmlns: 'http://jabber.org/protocol/caps',
      hash: 'sha-1',
      node: 'http://www.igniterealtime.org/projects/openfire/',
      ver: CAPS_VERSION,
    }),
  )

/** `session` is offered as optional, as current Openfire does (18.4). */
export const bindFeatures = (): Markup =>
  tag(
    'stream:features',
    { 'xmlns:stream': NS.stream },
    tag('bind', { xmlns: NS.bind }),
    tag('session', { xmlns: NS.session }, tag('optional', {})),
  )

export const bindResult = (jid: string): Markup => tag('bind', { xmlns: NS.bind }, leaf('jid', jid))

export const success = (): Markup => tag('success', { xmlns: NS.sasl })

export const failure = (condition: string): Markup => tag('failure', { xmlns: NS.sasl }, tag(condition, {}))

export const streamError = (condition: string, text = ''): Markup =>
  tag(
    'stream:error',
    { 'xmlns:stream': NS.stream },
    tag(condition, { xmlns: NS.streams }, raw(escapeXml(text))),
  )

export interface Address {
  readonly id: string | null
  readonly from: string | null
  readonly to: string | null
}

export const result = ({ id, from, to }: Address, ...children: readonly Markup[]): Markup =>
  tag('iq', { xmlns: NS.client, type: 'result', id, from, to }, ...children)

export const error = (
  { id, from, to }: Address,
  type: string,
  condition: string,
  extra: Markup | null = null,
): Markup =>
  tag(
    'iq',
    { xmlns: NS.client, type: 'error', id, from, to },
    tag('error', { type }, tag(condition, { xmlns: NS.stanzas }), extra),
  )

export const presence = (from: string, to: string, type: string | null = null): Markup =>
  tag('presence', { xmlns: NS.client, from, to, type })

/** Section 5.4: the payload is text, that is XML escaped once more. */
export function eventMessage(event: {
  readonly from: string
  readonly to: string
  readonly id: string
  readonly node: string
  readonly itemId: string
  readonly namespace: string
  readonly payload: string
}): Markup {
  const notification = raw(
    `<notification xmlns="${event.namespace}">${escapeXml(event.payload)}</notification>`,
  )
  return tag(
    'message',
    { xmlns: NS.client, from: event.from, to: event.to, id: event.id },
    tag(
      'event',
      { xmlns: NS.pubsubEvent },
      tag('items', { node: event.node }, tag('item', { id: event.itemId }, notification)),
    ),
  )
}

export const subscription = (attributes: Readonly<Record<string, string | null>>): Markup =>
  tag('subscription', attributes)

export const pubsubAnswer = (...children: readonly Markup[]): Markup =>
  tag('pubsub', { xmlns: NS.pubsub }, join(children))
