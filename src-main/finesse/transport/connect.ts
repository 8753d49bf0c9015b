import { lookup as resolve } from 'node:dns/promises'
import * as net from 'node:net'
import * as tls from 'node:tls'
import type { CertificateFacts, ConnectionFailure } from '../failures'
import type { FinesseClock } from '../notifications/types'
import { err, ok, type Result } from '../result'
import type { StageReport } from '../stages'
import { timeLimit } from '../timeLimit'
import { certificateFacts } from './certificate'
import { classifyConnectionError } from './classify'
import { peerChain } from './peerChain'
import { DIRECT, openTunnel, parseProxyList, type ProxyFor, type Route } from './proxyRoute'
import { type Address, type Connected, ignoreLateErrors, raceToConnect } from './race'
import { runStage, type Settle, type StageContext } from './runStage'
import { createTried } from './tried'
import type { Trust } from './trust'

export interface ConnectDeadlines {
  readonly dnsMs: number
  readonly tcpMs: number
  readonly tlsMs: number
}

export const DEFAULT_DEADLINES: ConnectDeadlines = { dnsMs: 5_000, tcpMs: 5_000, tlsMs: 5_000 }

/** A name may have any number of addresses. */
const MAX_TOLD = 20

/** All addresses of a name, in the order of preference; rejects with a coded error. */
export type Lookup = (host: string) => Promise<readonly Address[]>

export interface OpenTlsOptions {
  /** A name in ASCII or an address without brackets; its case does not matter. */
  readonly host: string
  readonly port: number
  readonly trust: Trust
  readonly clock: FinesseClock
  /** Aborting ends the attempt with `closedByUs`; it does nothing to a socket already handed over. */
  readonly signal?: AbortSignal | undefined
  readonly deadlines?: ConnectDeadlines
  readonly lookup?: Lookup
  /** Which way to the server; without it, directly. */
  readonly proxyFor?: ProxyFor | undefined
  readonly report?: (report: StageReport) => void
  /** What the server showed, leaf first, accepted or not; before the outcome of stage `tls`. */
  readonly onChain?: ((chain: readonly CertificateFacts[]) => void) | undefined
}

const systemLookup: Lookup = async (host) => {
  const found = await resolve(host, { all: true, verbatim: true })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/** Probes find a peer that vanished while a connection is kept for the next request. */
const KEEP_ALIVE_AFTER_MS = 30_000

/**
 * Stages 1 to 3: resolves the name, connects, verifies the certificate. Nothing but the handshake is sent, so a
 * refused certificate means that no secret has left this machine. The socket is paused, has a listener for late
 * errors and is the caller's to destroy. Through a proxy, stages 1 and 2 are about the proxy.
 */
export const openTls = async (options: OpenTlsOptions): Promise<Result<tls.TLSSocket, ConnectionFailure>> => {
  const host = options.host.toLowerCase()
  const { port, trust, clock, signal } = options
  const deadlines = options.deadlines ?? DEFAULT_DEADLINES
  const context: StageContext = { clock, signal, report: options.report ?? (() => undefined) }
  if (signal?.aborted === true) return err({ kind: 'closedByUs' })

  const connected = await connectByRoute(host, port, options, deadlines, context)
  if (!connected.ok) return connected
  const { socket } = connected.value
  const secured = await startTls(host, port, trust, socket, deadlines.tlsMs, context, options.onChain)
  // Also when the attempt was given up between the two stages.
  if (!secured.ok) socket.destroy()
  return secured
}

/** The ways in the order in which the system names them, until one leads to an open connection. */
const connectByRoute = async (
  host: string,
  port: number,
  options: OpenTlsOptions,
  deadlines: ConnectDeadlines,
  context: StageContext,
): Promise<Result<Connected, ConnectionFailure>> => {
  const { proxyFor } = options
  const routes =
    proxyFor === undefined ? ok([DIRECT]) : await routesTo(host, port, proxyFor, deadlines.dnsMs, context)
  if (!routes.ok) return routes
  let failure: ConnectionFailure = { kind: 'tcp', host, port, code: 'PROXY_UNSUPPORTED' }
  for (const route of routes.value) {
    const hop = route.kind === 'proxy' ? route : { host, port }
    const addresses = await resolveHost(hop.host, options.lookup ?? systemLookup, deadlines.dnsMs, context)
    const connected = addresses.ok
      ? await connectTcp(
          hop,
          addresses.value,
          route.kind === 'proxy' ? { host, port } : null,
          deadlines.tcpMs,
          context,
        )
      : addresses
    if (connected.ok || context.signal?.aborted === true) return connected
    failure = connected.error
    // A proxy that answers no has decided; one that is not there has not.
    if (failure.kind === 'tcp' && failure.code.startsWith('PROXY_')) break
  }
  return err(failure)
}

const routesTo = (
  host: string,
  port: number,
  proxyFor: ProxyFor,
  limitMs: number,
  { clock }: StageContext,
): Promise<Result<readonly Route[], ConnectionFailure>> =>
  new Promise((resolve) => {
    // A proxy configuration file may have to be fetched first.
    const cancel = timeLimit(clock, limitMs, () => {
      resolve(err({ kind: 'timeout', stage: 'dns', ms: limitMs }))
    })
    proxyFor(host, port).then(
      (text) => {
        cancel()
        resolve(ok(parseProxyList(text)))
      },
      () => {
        cancel()
        resolve(err({ kind: 'tcp', host, port, code: 'PROXY_UNKNOWN' }))
      },
    )
  })

const resolveHost = async (
  host: string,
  lookup: Lookup,
  limitMs: number,
  context: StageContext,
): Promise<Result<readonly Address[], ConnectionFailure>> => {
  const family = net.isIP(host)
  if (family !== 0) {
    const facts = { host, addresses: [host] }
    context.report({ stage: 'dns', status: 'skipped', at: context.clock.now(), facts })
    return ok([{ address: host, family: family === 6 ? 6 : 4 }])
  }
  return runStage('dns', limitMs, context, { host }, (settle) => {
    lookup(host).then(
      (found) => {
        if (found.length > 0) settle(ok({ value: found, facts: { addresses: textOf(found) } }))
        else settle(err(classifyConnectionError({ code: 'ENOTFOUND' }, { stage: 'dns', host })))
      },
      (error: unknown) => {
        settle(err(classifyConnectionError(error, { stage: 'dns', host })))
      },
    )
    // The resolver cannot be called back; its answer is ignored.
    return () => undefined
  })
}

const textOf = (addresses: readonly Address[]): readonly string[] =>
  addresses.slice(0, MAX_TOLD).map(({ address }) => address)

interface HostAndPort {
  readonly host: string
  readonly port: number
}

/** `target`: what the proxy at `hop` is asked for; null when there is no proxy. */
const connectTcp = (
  { host, port }: HostAndPort,
  addresses: readonly Address[],
  target: HostAndPort | null,
  limitMs: number,
  context: StageContext,
): Promise<Result<Connected, ConnectionFailure>> => {
  const through = target === null ? {} : { proxy: `${host}:${String(port)}` }
  const known = { port, addresses: textOf(addresses), ...through }
  const tried = createTried(context.clock)
  const seen = () => ({ tried: tried.told() })
  const work = (settle: Settle<Connected>) => {
    let abandonTunnel: () => void = () => undefined
    const raced = (outcome: Result<Connected, unknown>): void => {
      if (!outcome.ok) {
        settle(err(classifyConnectionError(outcome.error, { stage: 'tcp', host, port })))
        return
      }
      const { socket, address, family } = outcome.value
      socket.setNoDelay(true)
      socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS)
      const facts = { address, port, family: family === 6 ? 'IPv6' : 'IPv4' }
      if (target === null) return settle(ok({ value: outcome.value, facts }))
      abandonTunnel = openTunnel(socket, target.host, target.port, (code) => {
        if (code === null) settle(ok({ value: outcome.value, facts }))
        else settle(err({ kind: 'tcp', host, port, code }))
      })
    }
    const abandonRace = raceToConnect(addresses, port, context.clock, raced, tried)
    return () => {
      abandonRace()
      abandonTunnel()
    }
  }
  return runStage('tcp', limitMs, context, known, work, seen)
}

const startTls = (
  host: string,
  port: number,
  trust: Trust,
  tcp: net.Socket,
  limitMs: number,
  context: StageContext,
  onChain: OpenTlsOptions['onChain'],
): Promise<Result<tls.TLSSocket, ConnectionFailure>> =>
  // An address is not a server name (RFC 6066); the certificate is still compared with it through `host`.
  runStage('tls', limitMs, context, { serverName: net.isIP(host) === 0 ? host : '' }, (settle) => {
    const socket = tls.connect({
      socket: tcp,
      host,
      servername: net.isIP(host) === 0 ? host : '',
      ALPNProtocols: ['http/1.1'],
      ...trust.tlsOptions(host, port),
    })
    ignoreLateErrors(socket)
    let certificate: CertificateFacts | null = null
    const failed = (error: unknown): void => {
      const pinnedFingerprint = trust.pinnedFingerprint(host, port)
      settle(
        err(classifyConnectionError(error, { stage: 'tls', host, port, certificate, pinnedFingerprint })),
      )
    }
    const closed = (): void => {
      failed({ code: 'ECONNRESET' })
    }
    // Before Node's own listener, which destroys the socket, and the certificate with it, when it refuses.
    socket.prependOnceListener('secure', () => {
      const chain = peerChain(socket)
      const leaf = chain[0]
      certificate = leaf === undefined ? null : certificateFacts(leaf)
      if (certificate !== null) onChain?.([certificate, ...chain.slice(1).map(certificateFacts)])
    })
    socket.once('error', failed)
    socket.once('close', closed)
    socket.once('secureConnect', () => {
      socket.off('error', failed)
      socket.off('close', closed)
      const authorizedBy = trust.authorizedBy(host, port, peerChain(socket))
      settle(ok({ value: socket, facts: { ...secureFacts(socket, certificate), authorizedBy } }))
    })
    return () => {
      socket.destroy()
    }
  })

const secureFacts = (socket: tls.TLSSocket, certificate: CertificateFacts | null) => ({
  version: socket.getProtocol() ?? '',
  cipher: socket.getCipher().name,
  ...(certificate === null
    ? {}
    : { subject: certificate.subject, issuer: certificate.issuer, validTo: certificate.validTo }),
})
