import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { kept, localLookup } from '../../transport/testing/attempt'
import type { TestAuthority, TestIdentity } from '../../transport/testing/certificates'
import { realClock } from '../../transport/testing/clocks'
import { httpsServer } from '../../transport/testing/servers'
import { createTrust } from '../../transport/trust'
import { createRestClient, type RestClientOptions } from '../restClient'

/** A request as it came over the wire. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Answer = (response: ServerResponse, request: IncomingMessage, count: number) => void

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** An https server on loopback that answers as told, and a client of it that trusts its authority. */
export const startNode = async (
  ca: TestAuthority,
  answer: Answer,
  options: Partial<RestClientOptions> = {},
  identity?: TestIdentity,
) => {
  const seen: Seen[] = []
  const server = await kept(
    httpsServer(identity ?? (await ca.issue()), (request, response) => {
      void bodyOf(request).then((body) => {
        seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
        answer(response, request, seen.length)
      })
    }),
  )
  const client = createRestClient({
    host: 'localhost',
    port: server.port,
    trust: createTrust({ extraCaPem: ca.cert, pins: [] }),
    credentials: () => ({ id: '1071', password: 'pässword' }),
    clock: realClock,
    lookup: localLookup,
    ...options,
  })
  await kept(client)
  return { client, seen, server }
}
