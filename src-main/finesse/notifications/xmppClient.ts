import { randomUUID } from 'node:crypto'
import { Client, type Stanzas, type Transport } from 'stanza'
import type { NotificationOptions } from './types'

type IQ = Stanzas.IQ

export interface XmppClientPorts {
  /** `told`: the frame without the password, for whoever listens. */
  readonly write: (frame: string, told: string) => void
  /** Settles only for results: whoever answers the port ends the connection on an error. */
  readonly ask: (id: string, iq: IQ, frame: string) => Promise<IQ>
  readonly started: () => void
  /** stanza gave up; anything expected was caught before it reached stanza. */
  readonly gaveUp: (problem: string) => void
}

/** stanza's part: SASL, stream restart, bind, session, and JSON to XML. It sees nothing else of the stream. */
export interface XmppClient {
  /** Sends `<open>`. */
  start(): void
  /** The server offers PLAIN: `<auth>` is sent. */
  authenticate(): void
  /** `<success>` came: the stream is re-opened. */
  authenticated(): void
  /** The server offers bind and perhaps a session: both are asked for. */
  bind(session: 'needed' | 'notNeeded'): void
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
    const element = client.stanzas.export(kind, stanza)
    if (element === undefined) return ports.gaveUp(`stanza cannot write a ${kind}`)
    const frame = element.toString()
    // `<auth>` and `<response>` hold the password and nothing else.
    if (kind === 'sasl') element.children = ['[redacted]']
    ports.write(frame, kind === 'sasl' ? element.toString() : frame)
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

  // stanza never sees the server's own words: a feature it did not expect would throw inside one of its promises.
  const hand = (kind: 'features' | 'sasl', stanza: object): void => {
    client.emit('stream:data', stanza, kind)
  }

  return {
    start: () => {
      void client.connect()
    },
    authenticate: () => hand('features', { sasl: { mechanisms: ['PLAIN'] } }),
    authenticated: () => hand('sasl', { type: 'success' }),
    bind: (session) => hand('features', { bind: true, legacySession: { optional: session === 'notNeeded' } }),
    frameOf,
    forgetPassword: () => {
      client.config.credentials = {}
    },
  }
}
