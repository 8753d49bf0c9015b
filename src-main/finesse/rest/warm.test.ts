import { beforeAll, afterEach, expect, it } from 'vitest'
import { connect } from 'node:net'
import { once } from 'node:events'
import { closeKept } from '../transport/testing/attempt'
import { authority, type TestAuthority } from '../transport/testing/certificates'
import { startNode } from './testing/node'

let ca: TestAuthority
beforeAll(async () => {
  ca = await authority()
})
afterEach(closeKept)

const USER = '<User><loginId>1071</loginId><state>READY</state></User>'
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** A node that tells which connection each request came by. */
const counting = async () => {
  const ports: (number | undefined)[] = []
  const node = await startNode(ca, (response, request) => {
    ports.push(request.socket.remotePort)
    response.writeHead(200, { 'content-type': 'application/xml' }).end(USER)
  })
  return { ...node, ports }
}

it('has a second connection ready for reads that go out together, and no third', async () => {
  const { client, ports } = await counting()
  await client.user('1')
  client.warm()
  client.warm()
  await turns()
  expect(ports).toHaveLength(1)
  await Promise.all([client.user('1'), client.user('2')])
  await client.user('3')
  expect(new Set(ports).size).toBe(2)
})

it('opens another one when the prepared one is gone', async () => {
  const { client, server, ports } = await counting()
  client.warm()
  await turns()
  await server.close()
  const port = connect(server.port, '127.0.0.1')
  const [refused] = (await once(port, 'error')) as [NodeJS.ErrnoException]
  expect(refused.code).toBe('ECONNREFUSED')
  expect(await client.user('1')).toMatchObject({
    ok: false,
    error: { kind: 'connection', failure: { kind: 'tcp', code: 'ECONNREFUSED' } },
  })
  expect(ports).toEqual([])
})
