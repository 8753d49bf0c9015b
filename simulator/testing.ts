import { request } from 'node:https'
import { WebSocket } from 'ws'
import {
  createSimulator,
  type AgentInfo,
  type NodeInfo,
  type Simulator,
  type SimulatorInfo,
  type SimulatorOptions,
} from './index'

/** For the simulator's own tests: the plainest client there is. */

export interface Running {
  readonly simulator: Simulator
  readonly info: SimulatorInfo
  readonly node: NodeInfo
  readonly other: NodeInfo
  readonly agent: AgentInfo
  stop(): Promise<void>
}

export async function run(options: SimulatorOptions = {}): Promise<Running> {
  const simulator = createSimulator({ eventDelayMs: [1, 5], ...options })
  const info = await simulator.start()
  const [node, other] = info.nodes
  const [agent] = info.agents
  if (node === undefined || other === undefined || agent === undefined)
    throw new Error('the simulator is empty')
  return { simulator, info, node, other, agent, stop: () => simulator.stop() }
}

export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface Ask {
  readonly method?: string
  readonly as?: { readonly id: string; readonly password: string }
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export function rest(running: Running, path: string, ask: Ask = {}, node = running.node): Promise<Answer> {
  const { as, body } = ask
  const basic = as === undefined ? null : Buffer.from(`${as.id}:${as.password}`, 'utf8').toString('base64')
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: node.host,
        port: node.port,
        path: `/finesse/api/${path}`,
        method: ask.method ?? 'GET',
        ca: running.info.ca,
        agent: false,
        headers: {
          ...(basic === null ? {} : { Authorization: `Basic ${basic}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/xml' }),
          ...ask.headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

export const putState = (
  running: Running,
  agent: AgentInfo,
  state: string,
  more = '',
  headers: Readonly<Record<string, string>> = {},
) =>
  rest(running, `User/${agent.id}`, {
    method: 'PUT',
    as: agent,
    body: `<User><state>${state}</state>${more}</User>`,
    headers,
  })

export const signIn = (running: Running, agent: AgentInfo) =>
  putState(running, agent, 'LOGIN', `<extension>${agent.extension}</extension>`)

/** A WebSocket that keeps every frame and can be asked for one. */
export class Wire {
  readonly frames: string[] = []
  readonly #waiting = new Set<() => void>()
  closeCode: number | null = null

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.frames.push(data.toString('utf8'))
      for (const look of this.#waiting) look()
    })
    socket.on('close', (code) => {
      this.closeCode = code
      for (const look of this.#waiting) look()
    })
    socket.on('error', () => undefined)
  }

  send(text: string): void {
    this.socket.send(text)
  }

  /** The first frame that contains `part`, from frame number `from` on. */
  async frame(part: string, from = 0, ms = 3000): Promise<string> {
    const found = await this.#until(
      () => this.frames.slice(from).find((one) => one.includes(part)) ?? null,
      ms,
    )
    if (found === null) throw new Error(`no frame with ${part}; got:\n${this.frames.slice(from).join('\n')}`)
    return found
  }

  async closed(ms = 3000): Promise<number> {
    const code = await this.#until(() => this.closeCode, ms)
    if (code === null) throw new Error('the socket stayed open')
    return code
  }

  #until<T>(find: () => T | null, ms: number): Promise<T | null> {
    const now = find()
    if (now !== null) return Promise.resolve(now)
    return new Promise((resolve) => {
      const end = (value: T | null) => {
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve(value)
      }
      const look = () => {
        const value = find()
        if (value !== null) end(value)
      }
      const timer = setTimeout(() => {
        end(null)
      }, ms)
      this.#waiting.add(look)
    })
  }
}

export async function dial(running: Running, node = running.node): Promise<Wire> {
  const socket = new WebSocket(`wss://${node.host}:${String(node.port)}/ws/`, 'xmpp', { ca: running.info.ca })
  const wire = new Wire(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return wire
}

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing'
export const openFrame = (to: string) => `<open xmlns="${FRAMING}" to="${to}" version="1.0"/>`

export const plain = (id: string, password: string, authzid = '') =>
  Buffer.from(`${authzid}\0${id}\0${password}`, 'utf8').toString('base64')

export const authFrame = (token: string, mechanism = 'PLAIN') =>
  `<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="${mechanism}">${token}</auth>`

export const bindFrame = (resource: string) =>
  `<iq xmlns="jabber:client" type="set" id="b1"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><resource>${resource}</resource></bind></iq>`

/** Open, authenticate, bind; with presence unless told otherwise. */
export async function online(
  running: Running,
  agent: AgentInfo,
  options: { readonly node?: NodeInfo; readonly resource?: string; readonly presence?: boolean } = {},
): Promise<Wire> {
  const node = options.node ?? running.node
  const wire = await dial(running, node)
  wire.send(openFrame(node.xmppDomain))
  await wire.frame('<mechanism>PLAIN')
  wire.send(authFrame(plain(agent.id, agent.password)))
  await wire.frame('<success')
  wire.send(openFrame(node.xmppDomain))
  await wire.frame('<bind')
  wire.send(bindFrame(options.resource ?? 'test'))
  await wire.frame('<jid>')
  if (options.presence === false) return wire
  wire.send('<presence xmlns="jabber:client"/>')
  await wire.frame('<presence')
  return wire
}
