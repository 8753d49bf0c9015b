import type { CertificateKind } from './certificates'
import { ctiFailover } from './ctiFailover'
import { fire } from './faults/fire'
import type { RequestMatch, RingRequest, SessionFacts, Truth } from './controlTypes'
import type { Fault, FaultName, NodeName } from './faults/table'
import { sendEvent, userPayload, type EventRequest } from './forgery'
import type { RequestEntry, UpgradeEntry, XmppEntry } from './log'
import type { NodeStatus, SimulatedNode } from './node'
import { pick } from './random'
import { setReasonCodes, type ReasonEntry } from './reasonLists'
import type { Site } from './site'
import { callerNumber } from './world/seed'
import { supervisorReason } from './world/reasons'
import type { Agent, CallVariable, Reason } from './world/types'
import { raw } from './wire/markup'
import type { ProxyModeLike, TcpProxy } from './proxy'
import { storm, type StormReport, type StormRequest } from './storm'
import { truthOf, type ClientTruth } from './truth'
import { isAvailable } from './xmpp/absence'
import { ControlProblem, DEFAULT_WAIT_MS, matches, until } from './waiting'

export type { RequestMatch, RingRequest, SessionFacts, Truth } from './controlTypes'
export { ControlProblem } from './waiting'

const SAMPLE_VARIABLES: readonly CallVariable[] = [
  { name: 'callVariable1', value: 'Gold' },
  { name: 'callVariable2', value: 'Acme & Sons <Logistics>' },
  { name: 'callVariable3', value: '153020000202886' },
  { name: 'callVariable4', value: 'English____________' },
  { name: 'user.account[0]', value: '004711' },
]

/** What a test, a person or the demo may do to the simulated world. */
export class Control {
  constructor(private readonly site: Site) {}

  /** Offers a call. The answer is its dialog id, or null when the agent could not be offered one. */
  ringAgent(agentId: string, request: RingRequest = {}): string | null {
    const { world } = this.site.engine
    const agent = this.#agent(agentId)
    const queue =
      request.queue === undefined
        ? (pick(
            this.site.random,
            [...world.queues.values()].filter(({ teamIds }) => teamIds.includes(agent.teamId)),
          ) ?? world.queues.values().next().value)
        : [...world.queues.values()].find(({ id, name }) => id === request.queue || name === request.queue)
    if (request.queue !== undefined && request.queue !== null && queue === undefined)
      throw new ControlProblem(`there is no queue ${JSON.stringify(request.queue)}`)
    const outcome = this.site.engine.dispatch({
      kind: 'ring',
      agentId: agent.id,
      from: request.from ?? callerNumber(this.site.random),
      queueId: request.queue === null ? null : (queue?.id ?? null),
      variables: request.variables ?? SAMPLE_VARIABLES,
    })
    return outcome.calls[0]?.[0] ?? null
  }

  /** By dialog id or by agent; of several calls the latest. */
  customerHangsUp(dialogOrAgentId: string): boolean {
    const id = this.#callId(dialogOrAgentId)
    if (id === null) return false
    return this.site.engine.dispatch({ kind: 'farEndHangsUp', callId: id }).effects.length > 0
  }

  /** The far end of an outbound call answers now. */
  customerAnswers(dialogOrAgentId: string): boolean {
    const id = this.#callId(dialogOrAgentId)
    if (id === null) return false
    return this.site.engine.dispatch({ kind: 'farEndAnswers', callId: id }).effects.length > 0
  }

  /** The agent lifts the handset, without any client. */
  answer(agentId: string): boolean {
    return this.act(agentId, 'ANSWER')
  }

  /** Any action of 9.4 on the agent's latest call, as if done on the phone. */
  act(agentId: string, action: string): boolean {
    const callId = this.#agent(agentId).callIds.at(-1)
    if (callId === undefined) return false
    const command = { kind: 'act', agentId, callId, action, variables: [], wrapUpReason: null } as const
    return this.site.engine.dispatch({ ...command, requestId: null }).effects.length > 0
  }

  /** Section 8.5: a supervisor acts on a team member; the reason is the system's (999; UCCX 33 and 22). */
  supervisorForces(agentId: string, state: 'READY' | 'NOT_READY' | 'LOGOUT'): void {
    const { deployment } = this.site.options
    const reason = state === 'READY' ? null : supervisorReason(deployment, state)
    this.site.engine.dispatch({ kind: 'setState', agentId: this.#agent(agentId).id, state, reason })
  }

  /** A colleague moves by choice. `reason`: id or label from the lists. */
  setAgentState(agentId: string, state: 'READY' | 'NOT_READY' | 'LOGOUT', reason?: string): void {
    const category = state === 'LOGOUT' ? 'LOGOUT' : 'NOT_READY'
    this.site.engine.dispatch({
      kind: 'setState',
      agentId: this.#agent(agentId).id,
      state,
      reason: reason === undefined ? null : this.#reason(reason, category),
    })
  }

  setFault(fault: Fault): void {
    fire(this.site, fault)
  }

  /** Without a name: all of them. */
  clearFault(name?: FaultName, node?: NodeName): void {
    const wasOut = this.site.nodes.filter((one) => one.status !== 'IN_SERVICE')
    this.site.faults.clear(name, node)
    for (const one of wasOut) if (one.status === 'IN_SERVICE') one.announceStatus()
  }

  faults(): readonly Fault[] {
    return this.site.faults.list()
  }

  state(): Truth {
    const { world } = this.site.engine
    return {
      deployment: world.deployment,
      agents: [...world.agents.values()],
      calls: [...world.calls.values()],
      nodes: this.site.nodes.map(({ name, running, status }) => ({ name, running, status })),
      faults: this.site.faults.list(),
    }
  }

  agent(agentId: string): Agent {
    return this.#agent(agentId)
  }

  requests(): readonly RequestEntry[] {
    return this.site.log.requests()
  }

  xmppLog(): readonly XmppEntry[] {
    return this.site.log.stanzas()
  }

  sessions(): readonly SessionFacts[] {
    return this.site.nodes.flatMap((node) =>
      node.xmpp.sessions().map(({ number, agentId, jid, available }) => ({
        node: node.name,
        number,
        agentId,
        jid,
        available,
      })),
    )
  }

  subscriptions(): readonly { readonly node: NodeName; readonly path: string; readonly jid: string }[] {
    return this.site.nodes.flatMap((node) =>
      node.xmpp.subscriptions.all().map((one) => ({ node: node.name, path: one.node, jid: one.jid })),
    )
  }

  /** Resolves with the last of the requests waited for. Real time. */
  waitForRequest(match: RequestMatch, timeoutMs = DEFAULT_WAIT_MS): Promise<RequestEntry> {
    return until(
      this.site.log,
      () => this.site.log.requests().filter((entry) => matches(entry, match))[(match.count ?? 1) - 1] ?? null,
      timeoutMs,
      `request ${JSON.stringify(match)}`,
    )
  }

  /** Waits until somebody would receive an event of this pubsub node. Real time. */
  waitForSubscriber(path: string, timeoutMs = DEFAULT_WAIT_MS): Promise<SessionFacts> {
    return until(
      this.site.log,
      () => {
        for (const node of this.site.nodes) {
          const [first] = node.xmpp.recipients(path)
          if (first === undefined) continue
          const [{ number, agentId, jid, available }] = first
          return { node: node.name, number, agentId, jid, available }
        }
        return null
      },
      timeoutMs,
      `a subscriber of ${path}`,
    )
  }

  /** Its agents feel it at once (13.5), those excepted who are available on the other node too. */
  async killNode(name: NodeName): Promise<void> {
    const node = this.#node(name)
    const orphans = node.xmpp.availableAgents()
    await node.kill()
    for (const agentId of orphans)
      if (!isAvailable(this.site, agentId)) this.site.engine.dispatch({ kind: 'serverLost', agentId })
  }

  /** Forced logouts that are being counted down: which node will do it, to whom, when (epoch ms). */
  forcedLogouts(): readonly { readonly node: NodeName; readonly agentId: string; readonly due: number }[] {
    return this.site.nodes.flatMap((node) =>
      node.xmpp.absence.due().map((one) => ({ node: node.name, ...one })),
    )
  }

  async startNode(name: NodeName): Promise<void> {
    await this.#node(name).start()
  }

  /** Both nodes out of service for so many world seconds while calls go on. Resolves when they are back. */
  ctiFailover({ seconds }: { readonly seconds: number }): Promise<void> {
    return ctiFailover(this.site, seconds * 1000)
  }

  /** What a right client of this agent, reading from that node, must show. */
  truth(agentId: string, node: NodeName): ClientTruth {
    return truthOf(this.site, this.#agent(agentId), this.#node(node).shift)
  }

  /** Scripts the proxy in front of a node (`proxied: true`). Living connections are dealt with before it returns. */
  async proxy(name: NodeName, mode: ProxyModeLike): Promise<void> {
    await this.proxyOf(name).set(mode)
  }

  /** The proxy itself: counters and mode. */
  proxyOf(name: NodeName): TcpProxy {
    const { proxy } = this.#node(name)
    if (proxy === null) throw new ControlProblem('the simulator was not started with proxied')
    return proxy
  }

  setSystemStatus(name: NodeName, status: NodeStatus): void {
    this.#node(name).setStatus(status)
  }

  /** The presence of the user `finesse` (4.5, 13.2). */
  setFinessePresence(name: NodeName, available: boolean): void {
    this.#node(name).xmpp.announceFinesse(available)
  }

  /** The clocks of both nodes against ours, ms. */
  setClockOffset(ms: number, name?: NodeName): void {
    for (const node of this.site.nodes) if (name === undefined || node.name === name) node.shift = ms
  }

  changePassword(agentId: string, password: string): boolean {
    return this.site.accounts.changePassword(agentId, password)
  }

  /** Publishes any text as the payload of a pubsub node, on both nodes or one. For hostile tests. */
  publish(path: string, payload: string, name?: NodeName): void {
    for (const node of this.site.nodes)
      if (name === undefined || node.name === name)
        node.xmpp.publish(path, raw(payload), node.xmpp.newItemId())
  }

  /** Writes any text as one frame to every bound session of an agent. For hostile tests. */
  sendFrame(agentId: string, frame: string, name?: NodeName): void {
    for (const node of this.site.nodes)
      if (name === undefined || node.name === name)
        for (const session of node.xmpp.sessions())
          if (session.agentId === agentId) node.xmpp.write(session, frame)
  }

  /** State changes of first-team colleagues at a steady rate, for benchmarks. */
  storm(request: StormRequest): Promise<StormReport> {
    return storm(this.site, request)
  }

  /** One event as if from pubsub, with any sender, addressee and pubsub node. For hostile tests (X11). */
  sendEvent(agentId: string, event: EventRequest): void {
    for (const node of this.site.nodes)
      if (event.node === undefined || event.node === node.name) sendEvent(node, agentId, event)
  }

  /** The payload of a User event that says what the world does not. For `publish` and `sendEvent`. */
  userPayload(agentId: string, change: Partial<Agent>, name: NodeName = 'A'): string {
    return userPayload(this.site, { ...this.#agent(agentId), ...change }, this.#node(name))
  }

  /** Changes the reason code lists in mid-shift (R18), or on one node only (F9). */
  setReasonCodes(entries: readonly ReasonEntry[], node?: NodeName): void {
    setReasonCodes(this.site, entries, node)
  }

  /** For connections to come. The throw-away CA signs all kinds but `selfSigned`. */
  async setCertificate(name: NodeName, kind: CertificateKind): Promise<void> {
    this.#node(name).setCertificate(await this.site.issue(name, kind))
  }

  /** Requests to become a WebSocket, granted or not. */
  upgrades(): readonly UpgradeEntry[] {
    return this.site.log.upgrades()
  }

  /** Switches the stanza log; long benchmarks do without. */
  keepXmppLog(keep: boolean): void {
    this.site.log.keepXmpp(keep)
  }

  #agent(id: string): Agent {
    const agent = this.site.engine.world.agents.get(id)
    if (agent === undefined) throw new ControlProblem(`there is no agent ${JSON.stringify(id)}`)
    return agent
  }

  #node(name: NodeName): SimulatedNode {
    const node = this.site.nodes.find((one) => one.name === name)
    if (node === undefined) throw new ControlProblem(`there is no node ${JSON.stringify(name)}`)
    return node
  }

  #reason(text: string, category: Reason['category']): Reason {
    const found = this.site.engine.world.reasons.find(
      (one) => one.category === category && (one.id === text || one.label === text),
    )
    if (found === undefined)
      throw new ControlProblem(`there is no ${category} reason ${JSON.stringify(text)}`)
    return found
  }

  #callId(id: string): string | null {
    if (this.site.engine.world.calls.has(id)) return id
    return this.site.engine.world.agents.get(id)?.callIds.at(-1) ?? null
  }
}
