import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

interface Announcement {
  readonly nodes: readonly { readonly host: string; readonly port: number }[]
  readonly ca: string
  readonly agents: readonly { readonly id: string; readonly password: string; readonly extension: string }[]
  readonly control: string
}

export interface RunningSimulator {
  readonly server: string
  readonly caFile: string
  readonly agent: { readonly id: string; readonly password: string; readonly extension: string }
  /** Returns when the storm has begun. */
  storm(updatesPerSecond: number, seconds: number): void
  stop(): void
}

const project = join(import.meta.dirname, '..', '..')

/** The simulator in a process of its own, so that its work is not counted as ours. */
export const startSimulator = async (agents: number): Promise<RunningSimulator> => {
  const cli = join(project, 'node_modules', 'jiti', 'lib', 'jiti-cli.mjs')
  const args = [
    cli,
    join(project, 'simulator', 'cli.ts'),
    '--json',
    '--agents',
    String(agents),
    '--life',
    'off',
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', () => reject(new Error('The simulator ended before it was up.')))
  })
  const up = JSON.parse(line) as Announcement
  const [node, agent] = [up.nodes[0], up.agents[0]]
  if (!node || !agent) throw new Error('The simulator announced no node or no agent.')
  return {
    server: `${node.host}:${node.port}`,
    caFile: up.ca,
    agent,
    storm: (updatesPerSecond, seconds) => {
      const body = JSON.stringify({
        command: 'storm',
        arguments: { updatesPerSecond, seconds, except: [agent.id] },
      })
      void fetch(up.control, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(
        () => undefined,
      )
    },
    stop: () => child.kill('SIGTERM'),
  }
}
