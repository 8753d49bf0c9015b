import type { Cause, CauseId } from '../../../src-contract/causes/ids'
import type { Stage } from '../../../src-contract/connection'
import { createSimulator, type AgentInfo, type NodeInfo, type SimulatorOptions } from '../../../simulator'
import type { CertificateFacts, ConnectionFailure } from '../../finesse/failures'
import { openDesk, optionsFor, trusting, type Desk } from '../../finesse/notifications/testing/desk'
import type { NotificationDeps } from '../../finesse/notifications/openNotifications'
import type { NotificationOptions } from '../../finesse/notifications/types'
import { createRestClient, type RestClientOptions } from '../../finesse/rest/restClient'
import type { RestResult } from '../../finesse/rest/types'
import type { StageFacts } from '../../finesse/stages'
import type { LinkTap } from '../../finesse/tap'
import { kept, localLookup } from '../../finesse/transport/testing/attempt'
import { authority, type TestAuthority } from '../../finesse/transport/testing/certificates'
import { realClock } from '../../finesse/transport/testing/clocks'
import type { Trust } from '../../finesse/transport/trust'
import { jumpClock, type JumpClock } from '../../testing/jumpClock'
import { causeOfConnection, causeOfRest, type CauseContext } from '../causeOf'
import type { AskedCall } from '../rest'

/** A way to bring a cause about, with the real library over real sockets, and what the diagnosis then says. */
export interface Provocation {
  readonly id: CauseId
  readonly how: string
  readonly provoke: () => Promise<Cause>
}

export const provocation = (id: CauseId, how: string, provoke: () => Promise<Cause>): Provocation => ({
  id,
  how,
  provoke,
})

let ca: Promise<TestAuthority> | undefined
/** One for all tests of a file. */
export const testCa = (): Promise<TestAuthority> => (ca ??= authority())

export type Evidence = Partial<CauseContext>

export const bare = (host: string, port: number, evidence: Evidence = {}): CauseContext => ({
  host,
  port,
  loginId: '1071',
  version: null,
  clockOffsetMs: null,
  facts: {},
  ...evidence,
})

const silentTap: LinkTap = {
  stage: () => undefined,
  chain: () => undefined,
  upgrade: () => undefined,
  frame: () => undefined,
  ready: () => undefined,
  ping: () => undefined,
  pingLost: () => undefined,
  ended: () => undefined,
}

export interface Link {
  readonly desk: Desk
  readonly clock: JumpClock
  /** What the diagnosis says of the end, wherever it stood. Time moves on by itself until then. */
  ended(evidence?: Evidence): Promise<Cause>
  /** Of a stage that failed without ending the connection. */
  degraded(stage: Stage, evidence?: Evidence): Promise<Cause>
  diagnose(failure: ConnectionFailure, stage: Stage, evidence?: Evidence): Cause
}

/** A notification client on a clock that jumps; it trusts the test authority unless told otherwise. */
export const openLink = async (
  port: number,
  changes: Partial<NotificationOptions> = {},
  deps: Partial<NotificationDeps> & { readonly trust?: Trust } = {},
): Promise<Link> => {
  const clock = jumpClock()
  const chain: CertificateFacts[] = []
  const options = optionsFor(port, changes)
  const tap: LinkTap = { ...silentTap, chain: (shown) => void chain.splice(0, chain.length, ...shown) }
  const desk = openDesk(options, { trust: trusting((await testCa()).cert), clock, tap, ...deps })
  await kept({ close: () => desk.client.terminate() })
  const [endpoint] = options.endpoints
  const diagnose: Link['diagnose'] = (failure, stage, evidence) =>
    causeOfConnection(
      failure,
      stage,
      bare(endpoint?.host ?? '', endpoint?.port ?? port, {
        loginId: options.loginId,
        xmppDomain: options.xmppDomain,
        facts: factsAt(desk, stage),
        chain,
        ...evidence,
      }),
    )
  const until = async (done: () => boolean): Promise<void> => {
    await clock.jumpUntil(done, 200_000)
  }
  return {
    desk,
    clock,
    diagnose,
    ended: async (evidence) => {
      await until(() => desk.events.some(({ type }) => type === 'ended'))
      const { failure } = await desk.until('ended')
      return diagnose(failure, failedStage(desk), evidence)
    },
    degraded: async (stage, evidence) => {
      const isIt = (event: (typeof desk.events)[number]): boolean =>
        event.type === 'stage' && event.report.stage === stage && event.report.status === 'degraded'
      await until(() => desk.events.some(isIt))
      const { report } = await desk.until('stage', isIt)
      if (report.status !== 'degraded') throw new Error('unreachable')
      return diagnose(report.failure, stage, evidence)
    },
  }
}

const reportsOf = (desk: Desk) =>
  desk.events.flatMap((event) => (event.type === 'stage' ? [event.report] : []))

/** Where it stood when it ended; `live` once every stage was done. */
const failedStage = (desk: Desk): Stage =>
  reportsOf(desk).find(({ status }) => status === 'failed')?.stage ?? 'live'

const factsAt = (desk: Desk, stage: Stage): StageFacts => {
  const reports = reportsOf(desk).filter((report) => report.stage === stage)
  return Object.assign({}, ...reports.map(({ facts }) => facts)) as StageFacts
}

export interface Rest {
  readonly client: ReturnType<typeof createRestClient>
  /** The cause of an answer that has to be a failure. */
  cause(answer: RestResult<unknown>, call: AskedCall, evidence?: Evidence): Cause
}

export const restAt = async (
  port: number,
  caPem: string,
  options: Partial<RestClientOptions> = {},
): Promise<Rest> => {
  const host = options.host ?? 'localhost'
  const client = createRestClient({
    host,
    port,
    trust: trusting(caPem),
    clock: realClock,
    lookup: localLookup,
    credentials: () => ({ id: '1071', password: 'pässword' }),
    ...options,
  })
  await kept(client)
  return {
    client,
    cause: (answer, call, evidence) => {
      if (answer.ok) throw new Error('The call was expected to fail.')
      return causeOfRest(answer.error, call, bare(host, port, { facts: {}, ...evidence }))
    },
  }
}

export interface Site {
  readonly simulator: ReturnType<typeof createSimulator>
  readonly control: ReturnType<typeof createSimulator>['control']
  readonly node: NodeInfo
  readonly agent: AgentInfo
  readonly rest: Rest
  /** A notification client of the agent at node A. */
  link(changes?: Partial<NotificationOptions>): Promise<Link>
}

/** A simulated Finesse with one agent's clients. */
export const startSite = async (options: SimulatorOptions = {}): Promise<Site> => {
  const simulator = createSimulator({ eventDelayMs: [1, 5], agents: 4, ...options })
  const info = await simulator.start()
  await kept({ close: () => simulator.stop() })
  const [node] = info.nodes
  const [agent] = info.agents
  if (node === undefined || agent === undefined) throw new Error('The simulator is empty.')
  const credentials = () => ({ id: agent.id, password: agent.password })
  return {
    simulator,
    control: simulator.control,
    node,
    agent,
    rest: await restAt(node.port, info.ca, { credentials, host: node.host }),
    link: (changes) =>
      openLink(
        node.port,
        {
          endpoints: [{ host: node.host, port: node.port, path: '/ws/' }],
          xmppDomain: node.xmppDomain,
          pubsubDomain: node.pubsubDomain,
          loginId: agent.id,
          password: agent.password,
          userNodes: [`/finesse/api/User/${agent.id}`],
          ...changes,
        },
        { trust: trusting(info.ca) },
      ),
  }
}
