import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { kept } from '../../finesse/transport/testing/attempt'
import { tcpServer } from '../../finesse/transport/testing/servers'

/** A port of this machine at which nobody listens. */
export const closedPort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

type Answer = (client: Socket) => void

/** An HTTP proxy that answers CONNECT as told; in the words of the system. */
export const httpProxy = async (answer: Answer) => {
  const server = await kept(
    tcpServer((client) => {
      client.on('error', () => undefined)
      client.once('data', () => answer(client))
    }),
  )
  return { proxyFor: () => Promise.resolve(`PROXY 127.0.0.1:${String(server.port)}`) }
}

export const answers =
  (status: string): Answer =>
  (client) =>
    client.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`)

/** Whatever was asked for, the way leads here: so that a server may seem to be on a port that is taken or reserved. */
export const tunnelTo =
  (port: number): Answer =>
  (client) => {
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
  }
