import type { Server as HttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { RequestListener } from 'node:http'
import * as net from 'node:net'
import * as tls from 'node:tls'
import { Worker } from 'node:worker_threads'
import type { TestIdentity } from './certificates'

export interface TestServer {
  readonly port: number
  /** Connections accepted so far. */
  readonly connections: () => number
  /** Cuts every connection with a reset, as a firewall does. */
  readonly resetAll: () => void
  readonly close: () => Promise<void>
}

const listening = (server: net.Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

const started = async (server: net.Server | HttpServer, host: string, port: number): Promise<TestServer> => {
  const sockets = new Set<net.Socket>()
  let count = 0
  server.on('connection', (socket: net.Socket) => {
    count += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  return {
    port: await listening(server, host, port),
    connections: () => count,
    resetAll: () => {
      for (const socket of sockets) socket.resetAndDestroy()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A TLS server that keeps what it reads: proof of what a client sent after the handshake. */
export const tlsServer = async (
  identity: Pick<TestIdentity, 'cert' | 'key'>,
  options: tls.TlsOptions = {},
  host = '127.0.0.1',
): Promise<TestServer & { readonly received: () => string }> => {
  let received = ''
  const server = tls.createServer({ ...options, cert: identity.cert, key: identity.key }, (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1')
    })
  })
  server.on('tlsClientError', () => undefined)
  return { ...(await started(server, host, 0)), received: () => received }
}

export const tcpServer = (
  onConnection: (socket: net.Socket) => void,
  host = '127.0.0.1',
  port = 0,
): Promise<TestServer> => started(net.createServer(onConnection), host, port)

export const httpsServer = (
  identity: Pick<TestIdentity, 'cert' | 'key'>,
  onRequest: RequestListener,
): Promise<TestServer> => {
  const server = createHttpsServer({ cert: identity.cert, key: identity.key }, onRequest)
  server.on('tlsClientError', () => undefined)
  return started(server, '127.0.0.1', 0)
}

const BLOCKED_LISTENER = `
  const { parentPort, workerData } = require('node:worker_threads')
  const server = require('node:net').createServer()
  server.listen({ host: workerData.host, port: workerData.port, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    Atomics.wait(new Int32Array(workerData.gate), 0, 0)
  })
`

/**
 * An address where TCP connects hang: a listener that accepts nothing and whose queue is full
 * (the kernel then drops SYN packets, like a firewall that says nothing).
 */
export const blackhole = async (host: string, port = 0): Promise<TestServer> => {
  const gate = new SharedArrayBuffer(4)
  const worker = new Worker(BLOCKED_LISTENER, { eval: true, workerData: { host, port, gate } })
  const listeningPort = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  const fillers = Array.from({ length: 8 }, () => net.connect({ host, port: listeningPort }))
  for (const filler of fillers) filler.on('error', () => undefined)
  await new Promise((resolve) => setTimeout(resolve, 100))
  return {
    port: listeningPort,
    connections: () => 0,
    resetAll: () => undefined,
    close: async () => {
      for (const filler of fillers) filler.destroy()
      Atomics.notify(new Int32Array(gate), 0)
      await worker.terminate()
    },
  }
}
