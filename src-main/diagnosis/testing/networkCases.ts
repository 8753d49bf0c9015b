import { kept } from '../../finesse/transport/testing/attempt'
import { manualClock } from '../../finesse/transport/testing/clocks'
import { blackhole } from '../../finesse/transport/testing/servers'
import { answers, closedPort, httpProxy } from './places'
import { openLink, provocation, restAt, testCa, type Provocation } from './provoke'

const resolver = (code: string) => ({
  lookup: () => Promise.reject(Object.assign(new Error('resolver'), { code })),
})

const unresolved = async (host: string, code: string) => {
  const rest = await restAt(8445, (await testCa()).cert, { host, ...resolver(code) })
  return rest.cause(await rest.client.systemInfo(), 'systemInfo')
}

/** Another address of this machine, where nobody listens on Finesse's own ports. */
const QUIET = '127.77.0.1'

const at = (host: string, port: number) => ({ endpoints: [{ host, port, path: '/ws/' }] })

export const networkCases: readonly Provocation[] = [
  provocation('dns.notFound', 'the resolver knows no such name', () =>
    unresolved('fin-a.example.com', 'ENOTFOUND'),
  ),
  provocation('dns.shortName', 'the resolver knows no such short name', () =>
    unresolved('fin-a', 'ENOTFOUND'),
  ),
  provocation('dns.noAnswer', 'no name server answers', () => unresolved('fin-a.example.com', 'EAI_AGAIN')),
  provocation('dns.timeout', 'the resolver never comes back', async () => {
    const clock = manualClock()
    const lookup = () => new Promise<never>(() => undefined)
    const rest = await restAt(8445, (await testCa()).cert, { host: 'fin-a.example.com', clock, lookup })
    const answer = rest.client.systemInfo()
    await new Promise(setImmediate)
    clock.advance(5_000)
    return rest.cause(await answer, 'systemInfo')
  }),

  provocation('proxy.unreachable', 'nobody listens at the proxy’s port', async () => {
    const port = await closedPort()
    const proxyFor = () => Promise.resolve(`PROXY 127.0.0.1:${String(port)}`)
    return (await openLink(8445, {}, { proxyFor })).ended()
  }),
  provocation('proxy.unreachable', 'the proxy takes the connection and hangs up', async () =>
    (await openLink(8445, {}, await httpProxy((client) => client.destroy()))).ended(),
  ),
  provocation('proxy.unreachable', 'the proxy never answers', async () =>
    (await openLink(8445, {}, await httpProxy(() => undefined))).ended(),
  ),
  provocation('proxy.auth', 'the proxy answers 407', async () =>
    (await openLink(8445, {}, await httpProxy(answers('407 Proxy Authentication Required')))).ended(),
  ),
  provocation('proxy.refused', 'the proxy answers 403', async () =>
    (await openLink(8445, {}, await httpProxy(answers('403 Forbidden')))).ended(),
  ),
  provocation('proxy.refused', 'the proxy is none', async () =>
    (await openLink(8445, {}, await httpProxy((client) => client.end('220 mail ready\r\n\r\n')))).ended(),
  ),
  provocation('proxy.unsupported', 'the system names SOCKS', async () =>
    (await openLink(8445, {}, { proxyFor: () => Promise.resolve('SOCKS5 127.0.0.1:1080') })).ended(),
  ),

  provocation('tcp.refused', 'a closed port', async () => (await openLink(await closedPort())).ended()),
  provocation('tcp.refused', '8445 where the release says 8445', async () =>
    (await openLink(8445, at(QUIET, 8445))).ended({ version: '12.6+' }),
  ),
  provocation('tcp.refused', '7443 of a release that does not show', async () =>
    (await openLink(7443, at(QUIET, 7443))).ended(),
  ),
  provocation('tcp.refused', 'REST does not move: 7443 refused', async () => {
    const rest = await restAt(7443, (await testCa()).cert, { host: QUIET })
    return rest.cause(await rest.client.systemInfo(), 'systemInfo', { version: '12.6+' })
  }),
  provocation('tcp.port8445', '7443 refused, the release is 12.6 or later', async () =>
    (await openLink(7443, at(QUIET, 7443))).ended({ version: '12.6+' }),
  ),
  provocation('tcp.port7443', '8445 refused, the release is 12.5', async () =>
    (await openLink(8445, at(QUIET, 8445))).ended({ version: '12.5' }),
  ),
  provocation('tcp.timeout', 'packets are dropped', async () => {
    const hole = await kept(blackhole('127.0.0.1'))
    return (await openLink(hole.port, at('127.0.0.1', hole.port))).ended()
  }),
  provocation('tcp.unreachable', 'an address no connection leads to', async () =>
    (await openLink(8445, at('224.0.0.1', 8445))).ended(),
  ),
]
