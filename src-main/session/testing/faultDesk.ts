import { connect } from 'node:tls'
import {
  createSimulator,
  type AgentInfo,
  type NodeInfo,
  type Simulator,
  type SimulatorInfo,
  type SimulatorOptions,
} from '../../../simulator'
import { openNotifications } from '../../finesse/notifications'
import { createRestClient } from '../../finesse/rest/restClient'
import { createTrust, type Pin } from '../../finesse/transport/trust'
import type { FaultRun } from '../../testing/faultTest'
import { jumpClock, type JumpClock } from '../../testing/jumpClock'
import { createSessionCommands } from '../commands'
import { keyedValues } from '../keyed'
import type { LogValue, NodeAddress, PartnerNode, SessionPorts } from '../ports'
import { createSessionRuntime } from '../runtime'
import type { SessionView } from '../view'

export interface FaultDeskOptions {
  readonly simulator?: SimulatorOptions
  /** Uniform in [0, 1): every spread and back-off. Default 0.5. */
  readonly random?: () => number
  readonly deployment?: 'UCCE' | 'UCCX'
  /** Text of the CA file. Default: the simulator's CA. */
  readonly extraCaPem?: string | null
  /** The certificate node A shows now is pinned. */
  readonly pinned?: boolean
  /** Where another desk is already, for a second client. */
  readonly beside?: Place
}

interface Place {
  readonly clock: JumpClock
  readonly simulator: Simulator
  readonly info: SimulatorInfo
}

async function openPlace(t: FaultRun, options: FaultDeskOptions): Promise<Place> {
  const clock = jumpClock()
  const simulator = createSimulator({
    eventDelayMs: [1, 5],
    proxied: true,
    clock,
    deployment: options.deployment ?? 'UCCE',
    ...options.simulator,
  })
  const info = await simulator.start()
  t.after(() => simulator.stop())
  return { clock, simulator, info }
}

const pinOf = ({ host, port }: NodeAddress, ca: string): Promise<Pin> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, ca, servername: host })
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      const leaf = socket.getPeerX509Certificate()
      socket.destroy()
      if (leaf === undefined) reject(new Error('no certificate'))
      else resolve({ host, port, fingerprint256: leaf.fingerprint256, pem: leaf.toString() })
    })
  })

/**
 * The real session with the real clients at a simulated Finesse of two nodes, each behind a scriptable proxy, over
 * real sockets; all of them live by one clock that can be pushed forward. Nothing sleeps.
 */
export async function faultDesk(t: FaultRun, options: FaultDeskOptions = {}) {
  const { clock, simulator, info } = options.beside ?? (await openPlace(t, options))
  const [nodeA, nodeB] = info.nodes as readonly [NodeInfo, NodeInfo]
  const [agent] = info.agents as readonly [AgentInfo]

  const logged: string[] = []
  t.log(logged)
  t.secrets(agent.password)
  const note = (event: string, fields?: Readonly<Record<string, LogValue>>) =>
    void logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
  const opened: NodeAddress[] = []
  const partners = new Map<string, PartnerNode | null>()
  const extraCaPem = options.extraCaPem === undefined ? info.ca : options.extraCaPem
  const pins = options.pinned === true ? [await pinOf(nodeA, info.ca)] : []
  const trust = createTrust({ extraCaPem, pins })
  let held: { readonly id: string; readonly password: string } | null = null
  let ids = 0
  const ports: SessionPorts = {
    clock,
    random: options.random ?? (() => 0.5),
    newId: () => `r${String((ids += 1))}`,
    vault: {
      hold: (id, password) => {
        t.secrets(password)
        held = { id, password }
      },
      read: () => held,
      forget: () => {
        held = null
      },
    },
    log: { debug: note, info: note, warn: note, error: note },
    createRest: ({ host, port }) => createRestClient({ host, port, trust, clock, credentials: () => held }),
    openNotifications: (asked, on) => {
      const [endpoint] = asked.endpoints
      if (endpoint !== undefined) opened.push(endpoint)
      return Promise.resolve(openNotifications(asked, { trust, clock }, on))
    },
    memory: {
      favourites: () => [],
      rememberFavourites: () => undefined,
      besideResource: () => 'sidetone-test',
      pins: () => [],
      partner: (server) => partners.get(server) ?? null,
      rememberPartner: (server, partner) => void partners.set(server, partner),
    },
  }
  const runtime = createSessionRuntime(ports)
  t.after(() => runtime.stop(200))
  const commands = createSessionCommands(runtime, ports)
  const view = (): SessionView => runtime.view()

  /** Lets time pass until the view is so; answers with the ms it took. Throws with the session when it is not. */
  const until = async (done: (view: SessionView) => boolean, limitMs = 60_000): Promise<number> => {
    try {
      return await clock.jumpUntil(() => done(view()), limitMs)
    } catch (error) {
      const { session, connection, agent: shown } = view().slices
      throw new Error(
        `not within ${String(limitMs)} ms; ${JSON.stringify({ session, nodes: connection.nodes, shown })}`,
        { cause: error },
      )
    }
  }
  const signIn = (part: { password?: string; mode?: 'replace' | 'beside' } = {}) =>
    commands['session.signIn']({
      server: `${nodeA.host}:${String(nodeA.port)}`,
      loginId: agent.id,
      password: agent.password,
      extension: agent.extension,
      mode: 'replace',
      caFile: null,
      ...part,
    })
  /** Signed in, live and with team and lists. */
  const online = async () => {
    await signIn()
    await until(
      ({ slices }) =>
        slices.session.phase === 'online' &&
        slices.team.status === 'ready' &&
        slices.team.live &&
        slices.reasons.status === 'ready',
    )
  }
  const setState = async (state: 'READY' | 'NOT_READY', reasonCodeId: string | null = null) => {
    const taken = await commands['agent.setState']({ state, reasonCodeId })
    if (!taken.ok) throw new Error(`not taken: ${taken.error.code}`)
    await until(({ slices }) => slices.agent?.state === state)
  }
  return {
    clock,
    simulator,
    control: simulator.control,
    info,
    nodeA,
    nodeB,
    agent,
    runtime,
    commands,
    logged,
    /** Connections that were opened, in order. */
    opened,
    view,
    slices: () => view().slices,
    until,
    signIn,
    online,
    setState,
    /** What the feed tells, oldest first, without what changed nothing. */
    feed: () =>
      [...keyedValues(view().collections.feed)]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ what }) => what)
        .filter(({ kind }) => kind !== 'noted' && kind !== 'other'),
  }
}

export type FaultDesk = Awaited<ReturnType<typeof faultDesk>>

export const isOnline = ({ slices }: SessionView): boolean => slices.session.phase === 'online'
export const isRecovering = ({ slices }: SessionView): boolean => slices.session.phase === 'recovering'
/** A or B: the node the session is on. */
export const nodeOf = ({ slices }: SessionView): string | undefined =>
  slices.connection.nodes.find((node) => node.current)?.name

interface Shown {
  readonly state: string | undefined
  readonly calls: readonly string[]
  readonly team: readonly string[]
}

/** What is on the screen, to be compared with `truthShown`. */
export const shown = (view: SessionView): Shown => ({
  state: view.slices.agent?.state,
  calls: [...keyedValues(view.collections.calls)].map(({ id, ownState }) => `${id} ${ownState ?? ''}`).sort(),
  team: [...keyedValues(view.collections.members)].map(({ id, state }) => `${id} ${state}`).sort(),
})

/** What the simulator's world says should be on the screen. */
export const truthShown = (desk: FaultDesk, node: 'A' | 'B' = 'A'): Shown => {
  const truth = desk.control.truth(desk.agent.id, node)
  return {
    state: truth.me.state,
    calls: truth.calls
      .map(({ id, participants }) => `${id} ${participants.find(({ own }) => own)?.state ?? ''}`)
      .sort(),
    team: (truth.team?.members ?? []).map(({ id, state }) => `${id} ${state}`).sort(),
  }
}

export const isTrue = (desk: FaultDesk, node: 'A' | 'B' = 'A') => {
  const wanted = truthShown(desk, node)
  return JSON.stringify(shown(desk.view())) === JSON.stringify(wanted)
}
