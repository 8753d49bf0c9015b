import type { ServerResponse } from 'node:http'
import type { Fault } from '../../../simulator/faults/table'
import type { Cause } from '../../../src-contract/causes/ids'
import type { RestClient, RestResult } from '../../finesse/rest/types'
import { kept } from '../../finesse/transport/testing/attempt'
import { manualClock } from '../../finesse/transport/testing/clocks'
import { httpsServer } from '../../finesse/transport/testing/servers'
import { outOfServiceProblem } from '../../session/problems'
import { causeOfApiError, causeOfProblem, causeOfSystemInfo } from '../causeOf'
import type { AskedCall } from '../rest'
import { bare, provocation, restAt, startSite, testCa, type Evidence, type Provocation } from './provoke'

type Ask = (client: RestClient, agentId: string) => Promise<RestResult<unknown>>

const systemInfo: Ask = (client) => client.systemInfo()
const user: Ask = (client, id) => client.user(id)

/** The simulator with a fault, asked once. */
const faulty = async (faults: readonly Fault[], call: AskedCall, ask: Ask): Promise<Cause> => {
  const { rest, agent } = await startSite({ faults })
  return rest.cause(await ask(rest.client, agent.id), call, { loginId: agent.id })
}

/** A server that answers everything in one way. */
const answering = async (answer: (response: ServerResponse) => void, call: AskedCall, ask: Ask) => {
  const ca = await testCa()
  const server = await kept(httpsServer(await ca.issue(), (_request, response) => answer(response)))
  const rest = await restAt(server.port, ca.cert)
  return rest.cause(await ask(rest.client, '1071'), call)
}

/** SystemInfo with these elements, and what it says of trouble. */
const informed = async (elements: string): Promise<Cause> => {
  const ca = await testCa()
  const server = await kept(
    httpsServer(await ca.issue(), (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' })
      response.end(`<SystemInfo>${elements}</SystemInfo>`)
    }),
  )
  return troubleOf((await restAt(server.port, ca.cert)).client)
}

const troubleOf = async (client: RestClient, evidence: Evidence = {}): Promise<Cause> => {
  const answer = await client.systemInfo()
  if (!answer.ok) throw new Error('SystemInfo was expected.')
  const cause = causeOfSystemInfo(answer.value.info, bare('localhost', 8445, evidence))
  if (cause === null) throw new Error('A cause was expected.')
  return cause
}

const html = (status: number) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Welcome</body></html>')

/** A sign-in that is accepted and then refused by event (5.5), in these words. */
const refusedSignIn = async (data: string, message: string, type: string): Promise<Cause> => {
  const site = await startSite({ faults: [{ name: 'asyncError', data, message, type }] })
  const link = await site.link()
  await link.desk.until('ready')
  const { id, extension } = site.agent
  await site.rest.client.signIn(id, extension, 'r1')
  const { update } = await link.desk.until('notified', (event) => event.update.data?.kind === 'apiErrors')
  const [error] = update.data?.kind === 'apiErrors' ? update.data.value : []
  if (error === undefined) throw new Error('An error was expected.')
  return causeOfApiError(error, 'signIn', bare('localhost', 8445, { loginId: id, extension }))
}

const signIn = (id: Provocation['id'], data: string, message: string, type: string): Provocation =>
  provocation(id, `CTI error ${data} by event`, () => refusedSignIn(data, message, type))

export const restCases: readonly Provocation[] = [
  provocation('rest.notFinesse', 'a web server that knows no SystemInfo', () =>
    answering(html(404), 'systemInfo', systemInfo),
  ),
  provocation('rest.notFinesse', 'a web page instead of SystemInfo', () =>
    answering(html(200), 'systemInfo', systemInfo),
  ),
  provocation('rest.outOfService', 'the simulator is out of service', async () =>
    troubleOf((await startSite({ faults: [{ name: 'outOfService' }] })).rest.client),
  ),
  provocation('rest.outOfService', 'the simulator answers 503', () =>
    faulty([{ name: 'outOfService' }], 'user', user),
  ),
  provocation('rest.ctiDown', 'the simulator’s CTI heartbeat fails', async () =>
    troubleOf((await startSite({ faults: [{ name: 'ctiHeartbeatFailure' }] })).rest.client),
  ),
  provocation('rest.ctiDown', 'the session finds the heartbeat failing', async () => {
    const site = await startSite({ faults: [{ name: 'ctiHeartbeatFailure' }] })
    const answer = await site.rest.client.systemInfo()
    if (!answer.ok) throw new Error('SystemInfo was expected.')
    const place = bare('localhost', site.node.port)
    return causeOfProblem(outOfServiceProblem(answer.value.info, { ...place, extension: '' }), place)
  }),
  provocation('rest.maintenance', 'SystemInfo names a maintenance mode', () =>
    informed(
      '<status>IN_SERVICE</status><finesseMMode>IN_PROGRESS</finesseMMode><xmppDomain>fin-a.example.com</xmppDomain>',
    ),
  ),
  provocation('rest.noXmppDomain', 'SystemInfo lacks xmppDomain', () =>
    informed('<status>IN_SERVICE</status>'),
  ),
  provocation('rest.proxyLogin', 'SystemInfo wants a password', () =>
    answering(html(401), 'systemInfo', (client) => client.systemInfo(undefined, true)),
  ),
  provocation('rest.loginPage', 'a web page instead of the user', () => answering(html(200), 'user', user)),
  provocation('rest.unreadable', 'the simulator sends half a document', () =>
    faulty([{ name: 'wrongBody', how: 'malformed' }], 'user', user),
  ),
  provocation('rest.unreadable', 'the simulator sends Latin-1', () =>
    faulty([{ name: 'wrongBody', how: 'charset' }], 'user', user),
  ),
  provocation('rest.compressed', 'the simulator compresses', () =>
    faulty([{ name: 'hugeReply', how: 'gzip' }], 'user', user),
  ),
  provocation('rest.tooLarge', 'the simulator sends 30 MB', () =>
    faulty([{ name: 'hugeReply', how: 'long' }], 'user', user),
  ),
  provocation('rest.redirected', 'the simulator redirects', () =>
    faulty([{ name: 'redirect' }], 'user', user),
  ),
  provocation('rest.notFound', 'a team that does not exist', () =>
    faulty([], 'team', (client) => client.team('99999')),
  ),
  provocation('rest.throttled', 'the simulator answers 429', () =>
    faulty([{ name: 'restStatus', status: 429, retryAfter: 7, body: 'empty' }], 'user', user),
  ),
  provocation('rest.serverError', 'the simulator answers 500', () =>
    faulty([{ name: 'restStatus', status: 500, body: 'finesse' }], 'user', user),
  ),
  ...[502, 503, 504].map((status) =>
    provocation('rest.gateway', `a page with ${String(status)}`, () =>
      faulty([{ name: 'restStatus', status, body: 'html' }], 'user', user),
    ),
  ),
  provocation('rest.timeout', 'the server never answers', async () => {
    const ca = await testCa()
    const clock = manualClock()
    let asked: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => (asked = resolve))
    const server = await kept(httpsServer(await ca.issue(), () => asked()))
    const rest = await restAt(server.port, ca.cert, { clock })
    const answer = rest.client.user('1071')
    await waiting
    clock.advance(10_000)
    return rest.cause(await answer, 'user')
  }),
  provocation('rest.cut', 'the simulator hangs up instead of answering', () =>
    faulty([{ name: 'replyLost' }], 'setState', (client, id) =>
      client.setState(id, { state: 'READY', reasonCodeId: null }, 'r1'),
    ),
  ),
  provocation('rest.forbidden', 'the simulator answers 403', () =>
    faulty([{ name: 'restStatus', status: 403, body: 'finesse' }], 'user', user),
  ),
  provocation('rest.userUnknown', 'the simulator answers 404 in Finesse’s words', () =>
    faulty([{ name: 'restStatus', status: 404, body: 'finesse' }], 'user', user),
  ),
  signIn('rest.extensionUnknown', '260', 'CF_INVALID_LOGON_DEVICE_SPECIFIED', 'Invalid Device'),
  signIn('rest.extensionInUse', '283', 'CF_SPECIFIED_EXTENSION_ALREADY_IN_USE', 'Invalid Device'),
  signIn('rest.alreadySignedOn', '259', 'CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON', 'Invalid State'),
  signIn('rest.deviceRefused', '287', 'CF_DEVICE_RESTRICTED', 'Invalid Device'),
  signIn('auth.locked', '289', 'CF_AGENT_ACCOUNT_LOCKED_OUT', 'Generic Error'),
  signIn('auth.wrongPassword', '257', 'CF_INVALID_PASSWORD_SPECIFIED', 'Generic Error'),
  provocation('rest.refused', 'a reason that does not exist', async () => {
    const site = await startSite()
    const { id, extension } = site.agent
    await site.rest.client.signIn(id, extension, 'r1')
    const answer = await site.rest.client.setState(id, { state: 'NOT_READY', reasonCodeId: '99999' }, 'r2')
    return site.rest.cause(answer, 'setState')
  }),
  provocation('app.cancelled', 'the client closes during a call', async () => {
    const ca = await testCa()
    let asked: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => (asked = resolve))
    const server = await kept(httpsServer(await ca.issue(), () => asked()))
    const rest = await restAt(server.port, ca.cert)
    const answer = rest.client.user('1071')
    await waiting
    await rest.client.close()
    return rest.cause(await answer, 'user')
  }),
]
