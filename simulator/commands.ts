import { CERTIFICATE_KINDS } from './certificates'
import { ControlProblem, type Control, type RequestMatch } from './control'
import { faultFromJson } from './faults/parse'
import { isFaultName, type NodeName } from './faults/table'
import type { NodeStatus } from './node'
import { proxyModeFromJson } from './proxyMode'
import type { ReasonEntry } from './reasonLists'
import type { CallVariable } from './world/types'

/*
 * The control as commands with JSON arguments, for other processes: the HTTP port of the command line and the
 * messages of the embedded simulator speak the same language.
 */

type Arguments = Readonly<Record<string, unknown>>

interface CommandEntry {
  readonly text: string
  run(control: Control, given: Arguments): unknown
}

const wrong = (name: string, what: string) => new ControlProblem(`argument ${name} must be ${what}`)

function text(given: Arguments, name: string): string {
  const value = given[name]
  if (typeof value !== 'string') throw wrong(name, 'text')
  return value
}

const optionalText = (given: Arguments, name: string): string | undefined =>
  given[name] === undefined ? undefined : text(given, name)

function number(given: Arguments, name: string, fallback?: number): number {
  const value = given[name] ?? fallback
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(name, 'a number')
  return value
}

function flag(given: Arguments, name: string): boolean {
  const value = given[name]
  if (typeof value !== 'boolean') throw wrong(name, 'true or false')
  return value
}

function nodeName(given: Arguments, name = 'node'): NodeName {
  const value = given[name]
  if (value !== 'A' && value !== 'B') throw wrong(name, 'A or B')
  return value
}

const optionalNode = (given: Arguments): NodeName | undefined =>
  given['node'] === undefined ? undefined : nodeName(given)

function agentState(given: Arguments): 'READY' | 'NOT_READY' | 'LOGOUT' {
  const value = given['state']
  if (value !== 'READY' && value !== 'NOT_READY' && value !== 'LOGOUT')
    throw wrong('state', 'READY, NOT_READY or LOGOUT')
  return value
}

function status(given: Arguments): NodeStatus {
  const value = given['status']
  if (value !== 'IN_SERVICE' && value !== 'OUT_OF_SERVICE' && value !== 'PARTIAL_SERVICE')
    throw wrong('status', 'IN_SERVICE, OUT_OF_SERVICE or PARTIAL_SERVICE')
  return value
}

function variables(given: Arguments): readonly CallVariable[] | undefined {
  const value = given['variables']
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('variables', 'an object')
  return Object.entries(value).map(([name, content]) => ({ name, value: String(content) }))
}

function ring(control: Control, given: Arguments) {
  const from = optionalText(given, 'from')
  const queue = given['queue'] === null ? null : optionalText(given, 'queue')
  const own = variables(given)
  const dialogId = control.ringAgent(text(given, 'agentId'), {
    ...(from === undefined ? {} : { from }),
    ...(queue === undefined ? {} : { queue }),
    ...(own === undefined ? {} : { variables: own }),
  })
  if (dialogId === null) throw new ControlProblem('the agent is not READY (or not signed in)')
  return { dialogId }
}

function match(given: Arguments): RequestMatch {
  const picked = ['method', 'path', 'body'].flatMap((name) => {
    const value = optionalText(given, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const count = given['count'] === undefined ? {} : { count: number(given, 'count') }
  const node = optionalNode(given)
  return { ...Object.fromEntries(picked), ...count, ...(node === undefined ? {} : { node }) }
}

const done = (result: boolean, problem: string) => {
  if (!result) throw new ControlProblem(problem)
  return {}
}

function clear(control: Control, given: Arguments) {
  const name = optionalText(given, 'name')
  if (name !== undefined && !isFaultName(name)) throw new ControlProblem(`there is no fault "${name}"`)
  control.clearFault(name, optionalNode(given))
  return { faults: control.faults() }
}

function set(control: Control, given: Arguments) {
  const parsed = faultFromJson(given)
  if (!parsed.ok) throw new ControlProblem(parsed.problem)
  control.setFault(parsed.value)
  return { faults: control.faults() }
}

function reasons(given: Arguments): readonly ReasonEntry[] {
  const value = given['reasons']
  if (!Array.isArray(value)) throw wrong('reasons', 'a list')
  return value.map((one: unknown) => {
    const fields = (typeof one === 'object' ? one : null) ?? {}
    const entry = fields as Arguments
    const category = entry['category']
    if (category !== 'NOT_READY' && category !== 'LOGOUT') throw wrong('category', 'NOT_READY or LOGOUT')
    return { id: text(entry, 'id'), category, code: number(entry, 'code'), label: text(entry, 'label') }
  })
}

function proxyFacts(control: Control, node: NodeName) {
  const proxy = control.proxyOf(node)
  return {
    connections: proxy.connections(),
    accepted: proxy.accepted(),
    bytes: proxy.bytes,
    mode: proxy.mode,
  }
}

const entry = (words: string, run: CommandEntry['run']): CommandEntry => ({ text: words, run })

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  ringAgent: entry(
    'agentId, from?, queue? (name, id or null for a direct call), variables? -> dialogId',
    ring,
  ),
  customerHangsUp: entry('id (of a dialog or an agent)', (control, given) =>
    done(control.customerHangsUp(text(given, 'id')), 'there is no such call'),
  ),
  customerAnswers: entry('id (of a dialog or an agent): the far end of an outbound call', (control, given) =>
    done(control.customerAnswers(text(given, 'id')), 'there is no such call'),
  ),
  answer: entry('agentId: the handset is lifted', (control, given) =>
    done(control.answer(text(given, 'agentId')), 'there is no call to answer'),
  ),
  act: entry('agentId, action: ANSWER, HOLD, RETRIEVE, DROP on the phone', (control, given) =>
    done(control.act(text(given, 'agentId'), text(given, 'action')), 'there is no call'),
  ),
  supervisorForces: entry('agentId, state', (control, given) => {
    control.supervisorForces(text(given, 'agentId'), agentState(given))
    return {}
  }),
  setAgentState: entry('agentId, state, reason? (id or label)', (control, given) => {
    control.setAgentState(text(given, 'agentId'), agentState(given), optionalText(given, 'reason'))
    return {}
  }),
  setFault: entry('name, node?, parameters of the fault', set),
  clearFault: entry('name?, node?; nothing: all', clear),
  clearFaults: entry('all of them', (control) => clear(control, {})),
  state: entry('the whole truth', (control) => control.state()),
  requests: entry('log of REST requests', (control) => ({ requests: control.requests() })),
  xmppLog: entry('log of stanzas', (control) => ({ stanzas: control.xmppLog() })),
  sessions: entry('notification sessions', (control) => ({ sessions: control.sessions() })),
  subscriptions: entry('explicit subscriptions', (control) => ({ subscriptions: control.subscriptions() })),
  waitForRequest: entry('node?, method?, path?, body?, count?, timeoutMs?', async (control, given) => ({
    request: await control.waitForRequest(match(given), number(given, 'timeoutMs', 10_000)),
  })),
  waitForSubscriber: entry('path (pubsub node), timeoutMs?', async (control, given) => ({
    session: await control.waitForSubscriber(text(given, 'path'), number(given, 'timeoutMs', 10_000)),
  })),
  killNode: entry('node', async (control, given) => {
    await control.killNode(nodeName(given))
    return {}
  }),
  startNode: entry('node', async (control, given) => {
    await control.startNode(nodeName(given))
    return {}
  }),
  forcedLogouts: entry('forced logouts being counted down', (control) => ({
    forcedLogouts: control.forcedLogouts(),
  })),
  ctiFailover: entry('seconds: both nodes out of service; answers at once', (control, given) => {
    void control.ctiFailover({ seconds: number(given, 'seconds') })
    return {}
  }),
  truth: entry('agentId, node -> what a right client must show', (control, given) => ({
    truth: control.truth(text(given, 'agentId'), nodeName(given)),
  })),
  upgrades: entry('log of requests to become a WebSocket', (control) => ({ upgrades: control.upgrades() })),
  setCertificate: entry(
    'node, kind: good, expired, notYetValid, wrongHost, selfSigned',
    async (control, given) => {
      const kind = CERTIFICATE_KINDS.find((one) => one === given['kind'])
      if (kind === undefined) throw wrong('kind', `one of ${CERTIFICATE_KINDS.join(', ')}`)
      await control.setCertificate(nodeName(given), kind)
      return {}
    },
  ),
  setReasonCodes: entry('reasons (id, category, code, label, forAll?), node?', (control, given) => {
    control.setReasonCodes(reasons(given), optionalNode(given))
    return {}
  }),
  setProxy: entry('node, mode (a name, or an object with kind and parameters)', async (control, given) => {
    const mode = proxyModeFromJson(given['mode'])
    if (!mode.ok) throw new ControlProblem(mode.problem)
    await control.proxy(nodeName(given), mode.value)
    return proxyFacts(control, nodeName(given))
  }),
  proxyFacts: entry('node -> connections, accepted, bytes', (control, given) =>
    proxyFacts(control, nodeName(given)),
  ),
  setSystemStatus: entry('node, status', (control, given) => {
    control.setSystemStatus(nodeName(given), status(given))
    return {}
  }),
  setFinessePresence: entry('node, available', (control, given) => {
    control.setFinessePresence(nodeName(given), flag(given, 'available'))
    return {}
  }),
  setClockOffset: entry('ms, node?', (control, given) => {
    control.setClockOffset(number(given, 'ms'), optionalNode(given))
    return {}
  }),
  changePassword: entry('agentId, password', (control, given) =>
    done(control.changePassword(text(given, 'agentId'), text(given, 'password')), 'there is no such agent'),
  ),
  publish: entry('path, payload (raw), node?', (control, given) => {
    control.publish(text(given, 'path'), text(given, 'payload'), optionalNode(given))
    return {}
  }),
  sendFrame: entry('agentId, frame (raw), node?', (control, given) => {
    control.sendFrame(text(given, 'agentId'), text(given, 'frame'), optionalNode(given))
    return {}
  }),
  keepXmppLog: entry('keep', (control, given) => {
    control.keepXmppLog(flag(given, 'keep'))
    return {}
  }),
  storm: entry(
    'updatesPerSecond, seconds, except? (ids), calls?, callsFor? (ids)',
    async (control, given) => {
      const ids = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
      const callsFor = given['callsFor'] === undefined ? {} : { callsFor: ids(given['callsFor']) }
      return control.storm({
        updatesPerSecond: number(given, 'updatesPerSecond'),
        seconds: number(given, 'seconds'),
        except: ids(given['except']),
        calls: number(given, 'calls', 0),
        ...callsFor,
      })
    },
  ),
}

export type CommandAnswer =
  { readonly ok: true; readonly [key: string]: unknown } | { readonly ok: false; readonly problem: string }

/** Carries out one command. Never throws. */
export async function runCommand(control: Control, command: unknown, given: unknown): Promise<CommandAnswer> {
  if (typeof command !== 'string' || !Object.hasOwn(COMMANDS, command))
    return { ok: false, problem: `there is no command ${JSON.stringify(command)}` }
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  if (given !== undefined && !isObject) return { ok: false, problem: 'arguments must be an object' }
  try {
    const value: unknown = await COMMANDS[command]?.run(control, (given ?? {}) as Arguments)
    return { ok: true, ...(typeof value === 'object' ? value : {}) }
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) }
  }
}
