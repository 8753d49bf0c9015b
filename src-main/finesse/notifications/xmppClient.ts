import { randomUUID } from 'node:crypto'
import { Client, JXT, type Stanzas, type Transport } from 'stanza'
import type { XmlElement } from '../codec/index'
import type { NotificationOptions } from './types'

type IQ = Stanzas.IQ

export interface XmppClientPorts {
  readonly write: (frame: string) => void
  /** Settles only for results: whoever answers the port ends the connection on an error. */
  readonly ask: (id: string, iq: IQ, frame: string) => Promise<IQ>
  readonly started: () => void
  /** stanza gave up; anything expected was caught before it reached stanza. */
  readonly gaveUp: (problem: string) => void
}

/** stanza's part: feature negotiation, SASL, bind, session, and JSON to XML. It sees nothing else of the stream. */
export interface XmppClient {
  /** Sends `<open>`. */
  start(): void
  /** Hands over a frame of the negotiation. */
  feed(element: XmlElement): void
  readonly frameOf: (kind: 'iq' | 'presence', stanza: object) => string
  forgetPassword(): void
}

const OTHER_MECHANISMS = [
  'EXTERNAL',
  'SCRAM-SHA-256-PLUS',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-1',
  'DIGEST-MD5',
  'OAUTHBEARER',
  'X-OAUTH2',
  'ANONYMOUS',
]

const toJxt = (element: XmlElement): JXT.XMLElement => {
  const copy = new JXT.XMLElement(element.name, Object.fromEntries(element.attributes))
  for (const child of element.children) copy.appendChild(toJxt(child))
  if (element.text !== '') copy.appendChild(element.text)
  return copy
}

/**
 * One client, one connection, never reused: stanza's time-outs and listeners outlive a connection and would act on the
 * next one. Its own transport is replaced (it neither limits, nor verifies, nor survives a malformed frame), and so is
 * its `sendIQ` (its time-outs run on the wall clock and end in `console.error`).
 */
export const createXmppClient = (
  options: NotificationOptions,
  jid: { readonly local: string; readonly bare: string },

  ports: XmppClientPorts,
): XmppClient => {
  const client = new Client({
    jid: jid.bare,
    server: options.xmppDomain,
    resource: options.resource,
    credentials: {
      username: jid.local,
      password: options.password,
      ...(options.authzid === 'bareJid' ? { authzid: jid.bare } : {}),
    },
    // Disabled by Cisco (section 4.1).
    useStreamManagement: false,
    allowResumption: false,
    autoReconnect: false,
    // A string, because stanza insists on one; our transport is connected already.
    transports: { websocket: 'wss://', bosh: false },
  })
  for (const mechanism of OTHER_MECHANISMS) client.sasl.disable(mechanism)

  const write = (kind: string, stanza: object): void => {
    const frame = client.stanzas.export(kind, stanza)?.toString()
    if (frame === undefined) ports.gaveUp(`stanza cannot write a ${kind}`)
    else ports.write(frame)
  }
  const open = (): void => write('stream', { action: 'open', to: options.xmppDomain, version: '1.0' })

  class OwnTransport implements Transport {
    hasStream = false
    connect(): void {
      open()
    }
    restart(): void {
      this.hasStream = false
      open()
    }
    disconnect(): void {
      ports.gaveUp('stanza ended the negotiation')
    }
    send(kind: string, stanza?: object): Promise<void> {
      if (stanza !== undefined) write(kind, stanza)
      return Promise.resolve()
    }
  }
  const frameOf = (kind: 'iq' | 'presence', stanza: object): string =>
    client.stanzas.export(kind, stanza)?.toString() ?? ''

  client.transports = { websocket: OwnTransport }
  const ask = (request: IQ): Promise<IQ> => {
    const id = randomUUID()
    return ports.ask(id, request, frameOf('iq', { ...request, id }))
  }
  client.sendIQ = ask as typeof client.sendIQ
  client.on('session:started', ports.started)

  return {
    start: () => {
      void client.connect()
    },
    feed: (element) => {
      const copy = toJxt(element)
      const kind = client.stanzas.getImportKey(copy)
      const stanza = client.stanzas.import(copy)
      if (kind === undefined || stanza === undefined) return
      if (kind === 'stream') client.emit('stream:start', stanza)
      else client.emit('stream:data', stanza, kind)
    },
    frameOf,
    forgetPassword: () => {
      client.config.credentials = {}
    },
  }
}
