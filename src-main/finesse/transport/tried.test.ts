import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Lookup, OpenTlsOptions } from './connect'
import { attempt, closeKept, kept } from './testing/attempt'
import { authority, type TestAuthority, type TestIdentity } from './testing/certificates'
import { blackhole, tcpServer, tlsServer } from './testing/servers'

let ca: TestAuthority
let leaf: TestIdentity

beforeAll(async () => {
  ca = await authority()
  leaf = await ca.issue()
})

afterEach(closeKept)

const resolvingTo =
  (...addresses: readonly string[]): Lookup =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))

/** What stage `tcp` ended with, the times left out. */
const triedAt = async (port: number, lookup: Lookup, options: Partial<OpenTlsOptions> = {}) => {
  const { reports } = await attempt(port, ca.cert, { lookup, ...options })
  const end = reports.find(({ stage, status }) => stage === 'tcp' && status !== 'started')
  const tried = end?.facts['tried']
  const texts = Array.isArray(tried) ? (tried as readonly string[]) : []
  for (const text of texts) expect(text).toMatch(/ \d+ ms$/)
  return { status: end?.status, facts: end?.facts, tried: texts.map((text) => text.replace(/ \d+ ms$/, '')) }
}

const DEADLINES = { dnsMs: 1_000, tcpMs: 400, tlsMs: 1_000 }

describe('what became of each address', () => {
  it('is told with a success: refused, then accepted', async () => {
    const server = await kept(tlsServer(leaf))
    const { status, tried } = await triedAt(server.port, resolvingTo('127.0.0.8', '127.0.0.1'))
    expect(status).toBe('succeeded')
    expect(tried).toEqual(['127.0.0.8 ECONNREFUSED', '127.0.0.1 ok'])
  })

  it('is told of both families, also of the one that did not answer', async () => {
    const server = await kept(tlsServer(leaf))
    await kept(blackhole('::1', server.port))
    const { facts, tried } = await triedAt(server.port, resolvingTo('::1', '127.0.0.1'))
    expect(facts).toMatchObject({ address: '127.0.0.1', family: 'IPv4', addresses: ['::1', '127.0.0.1'] })
    expect(tried).toEqual(['::1 NO_ANSWER', '127.0.0.1 ok'])
  })

  it('is told when none accepts', async () => {
    const server = await tcpServer(() => undefined)
    await server.close()
    const { status, tried } = await triedAt(server.port, resolvingTo('127.0.0.1', '127.0.0.2'))
    expect(status).toBe('failed')
    expect(tried).toEqual(['127.0.0.1 ECONNREFUSED', '127.0.0.2 ECONNREFUSED'])
  })

  it('is told when time runs out', async () => {
    const hole = await kept(blackhole('127.0.0.2'))
    const { status, tried } = await triedAt(hole.port, resolvingTo('127.0.0.2'), { deadlines: DEADLINES })
    expect(status).toBe('failed')
    expect(tried).toEqual(['127.0.0.2 NO_ANSWER'])
  })

  it('is bounded like the race itself', async () => {
    const many = Array.from({ length: 200 }, (_, at) => `127.0.1.${String(at + 1)}`)
    const { facts, tried } = await triedAt(9, resolvingTo(...many))
    expect(tried).toHaveLength(8)
    expect(facts?.['addresses']).toHaveLength(20)
  })
})
