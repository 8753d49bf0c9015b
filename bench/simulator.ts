import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import type { AgentInfo, NodeInfo } from '../simulator'

interface Announcement {
  readonly nodes: readonly NodeInfo[]
  readonly ca: string
  readonly agents: readonly AgentInfo[]
  readonly control: string
}

type Arguments = Readonly<Record<string, unknown>>

export interface RunningSimulator {
  /** host:port of node A, as a person types it. */
  readonly server: string
  readonly node: NodeInfo
  readonly caFile: string
  readonly agent: AgentInfo
  /** Address of the control. */
  readonly control: string
  /** One command of docs/simulator.md; answers when it is done, throws when it cannot be. */
  command(name: string, given?: Arguments): Promise<Readonly<Record<string, unknown>>>
  stop(): void
}

/** Over a connection of its own: whoever counts handles finds none of ours afterwards. */
export const askControl = (
  url: string,
  command: string,
  given: Arguments = {},
): Promise<Readonly<Record<string, unknown>>> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request(url, { method: 'POST', agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const answer = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>
        if (answer['ok'] === true) resolve(answer)
        else reject(new Error(`${command}: ${JSON.stringify(answer['problem'])}`))
      })
    })
      .once('error', reject)
      .end(JSON.stringify({ command, arguments: given }))
  })

const cli = join(import.meta.dirname, '..', 'node_modules', 'jiti', 'lib', 'jiti-cli.mjs')

/** The simulator in a process of its own, so that its work is not counted as ours. */
export const startSimulator = async (
  agents: number,
  more: readonly string[] = [],
): Promise<RunningSimulator> => {
  const entry = join(import.meta.dirname, '..', 'simulator', 'cli.ts')
  const args = [cli, entry, '--json', '--agents', String(agents), '--life', 'off', ...more]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = (): void => void child.kill('SIGTERM')
  process.once('exit', stop)
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', () => reject(new Error('The simulator ended before it was up.')))
  })
  const up = JSON.parse(line) as Announcement
  const [node, agent] = [up.nodes[0], up.agents[0]]
  if (!node || !agent) throw new Error('The simulator announced no node or no agent.')
  return {
    server: `${node.host}:${String(node.port)}`,
    node,
    caFile: up.ca,
    agent,
    control: up.control,
    command: (name, given) => askControl(up.control, name, given),
    stop,
  }
}
