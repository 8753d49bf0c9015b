import { createSimulator, type AgentInfo, type NodeInfo, type SimulatorOptions } from '../../../simulator'
import { openNotifications } from '../../finesse/notifications'
import { createRestClient } from '../../finesse/rest/restClient'
import { createTrust } from '../../finesse/transport/trust'
import { createRedactor } from '../../platform/redact'
import { createSessionCommands } from '../../session/commands'
import type { PartnerNode, SessionPorts } from '../../session/ports'
import { createSessionRuntime } from '../../session/runtime'
import type { SessionView } from '../../session/view'
import { jumpClock } from '../../testing/jumpClock'
import { createInspector } from '../index'

export interface InspectedDeskOptions {
  readonly simulator?: SimulatorOptions
  /** Text of the CA file. Default: the simulator's CA. */
  readonly extraCaPem?: string | null
  readonly maxBytes?: number
}

/** The real session with the real clients at a simulated Finesse, watched by an inspector as in the application. */
export async function inspectedDesk(
  after: (undo: () => Promise<void> | void) => void,
  options: InspectedDeskOptions = {},
) {
  const clock = jumpClock()
  const simulator = createSimulator({ eventDelayMs: [1, 5], proxied: true, clock, ...options.simulator })
  const info = await simulator.start()
  after(() => simulator.stop())
  const [nodeA, nodeB] = info.nodes as readonly [NodeInfo, NodeInfo]
  const [agent] = info.agents as readonly [AgentInfo]
  const trust = createTrust({
    extraCaPem: options.extraCaPem === undefined ? info.ca : options.extraCaPem,
    pins: [],
  })
  const redactor = createRedactor()
  const partners = new Map<string, PartnerNode | null>()
  let held: { readonly id: string; readonly password: string } | null = null
  let ids = 0
  const nothing = () => undefined
  const ports: SessionPorts = {
    clock,
    random: () => 0.5,
    newId: () => `r${String((ids += 1))}`,
    vault: {
      hold: (id, password) => {
        redactor.register(password)
        held = { id, password }
      },
      read: () => held,
      forget: () => {
        held = null
      },
    },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    createRest: ({ host, port }) =>
      createRestClient({
        host,
        port,
        trust,
        clock,
        credentials: () => held,
        tap: inspector.restTap(`${host}:${String(port)}`),
      }),
    openNotifications: (asked, on) => {
      const { connection, session } = runtime.view().slices
      const [first] = asked.endpoints
      const node = connection.nodes.find(({ port }) => port === first?.port)?.name ?? null
      const mode = 'identity' in session ? session.identity.mode : null
      const tap = inspector.linkTap({ node, mode, resource: asked.resource })
      return Promise.resolve(openNotifications(asked, { trust, clock, tap }, on))
    },
    memory: {
      favourites: () => [],
      rememberFavourites: nothing,
      besideResource: () => 'sidetone-test',
      pins: () => [],
      partner: (server) => partners.get(server) ?? null,
      rememberPartner: (server, partner) => void partners.set(server, partner),
    },
  }
  const runtime = createSessionRuntime(ports)
  const inspector = createInspector({
    clock,
    serverNow: runtime.serverNow,
    view: runtime.view,
    redact: redactor.redact,
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
  })
  runtime.onChange(inspector.sessionChanged)
  after(() => runtime.stop(200))
  after(() => inspector.close())
  const commands = createSessionCommands(runtime, ports)
  const until = async (done: (view: SessionView) => boolean, limitMs = 60_000): Promise<number> => {
    try {
      return await clock.jumpUntil(() => done(runtime.view()), limitMs)
    } catch (error) {
      const { session, connection } = runtime.view().slices
      throw new Error(`not within ${String(limitMs)} ms; ${JSON.stringify({ session, connection })}`, {
        cause: error,
      })
    }
  }
  const signIn = (part: { password?: string; server?: string } = {}) =>
    commands['session.signIn']({
      server: `${nodeA.host}:${String(nodeA.port)}`,
      loginId: agent.id,
      password: agent.password,
      extension: agent.extension,
      mode: 'replace',
      caFile: null,
      ...part,
    })
  return {
    clock,
    control: simulator.control,
    info,
    nodeA,
    nodeB,
    agent,
    runtime,
    commands,
    inspector,
    redactor,
    until,
    signIn,
    /** Signed in, with team and lists, and a first ping answered. */
    online: async () => {
      await signIn()
      await until(
        ({ slices }) =>
          slices.session.phase === 'online' && slices.team.live && slices.reasons.status === 'ready',
      )
      await until(({ slices }) => slices.connection.roundTripMs !== null)
      await clock.jump(1_000)
    },
  }
}

export type InspectedDesk = Awaited<ReturnType<typeof inspectedDesk>>
