import { utilityProcess } from 'electron'
import * as z from 'zod/mini'
import type { Log } from '../session/ports'
import type { Result } from '../../src-contract/result'
import { err, ok } from '../../src-contract/result'

const nodeInfo = z.object({
  name: z.string(),
  host: z.string(),
  port: z.int().check(z.minimum(1), z.maximum(65535)),
})
const agentInfo = z.object({
  id: z.string(),
  password: z.string(),
  extension: z.string(),
  firstName: z._default(z.string(), ''),
  lastName: z._default(z.string(), ''),
  roles: z._default(z.array(z.string()), []),
})
const ready = z.object({
  type: z.literal('ready'),
  info: z.object({
    nodes: z.array(nodeInfo).check(z.minLength(1)),
    ca: z.string(),
    agents: z.array(agentInfo).check(z.minLength(1)),
  }),
})

const failed = z.object({ type: z.literal('failed'), problem: z.string() })

export type SimulatorInfo = z.output<typeof ready>['info']

export interface SimulatorProcess {
  /** Starts it once; later calls get the same answer. */
  start(): Promise<Result<SimulatorInfo, string>>
  stop(): void
}

const START_LIMIT_MS = 20_000

/** The embedded simulator, in a process of its own: its load and its faults stay away from the session. */
export const createSimulatorProcess = (options: {
  readonly entry: string
  readonly log: Log
  readonly onExit: () => void
}): SimulatorProcess => {
  let child: Electron.UtilityProcess | null = null
  let started: Promise<Result<SimulatorInfo, string>> | null = null

  const launch = (): Promise<Result<SimulatorInfo, string>> =>
    new Promise((resolve) => {
      const process = utilityProcess.fork(options.entry, [], {
        serviceName: 'Sidetone simulator',
        stdio: 'ignore',
      })
      child = process
      let answered = false
      const answer = (result: Result<SimulatorInfo, string>): void => {
        if (answered) return
        answered = true
        clearTimeout(limit)
        if (!result.ok) {
          started = null
          process.kill()
        }
        resolve(result)
      }
      const limit = setTimeout(() => answer(err('no answer')), START_LIMIT_MS)
      process.on('message', (message: unknown) => {
        const read = ready.safeParse(message)
        if (read.success) return answer(ok(read.data.info))
        const problem = failed.safeParse(message)
        if (problem.success) answer(err(problem.data.problem.slice(0, 200)))
      })
      process.once('exit', (code) => {
        options.log.info('simulatorExited', { code })
        answer(err(`exit ${String(code)}`))
        if (child !== process) return
        child = null
        started = null
        options.onExit()
      })
    })

  return {
    start: () => (started ??= launch()),
    stop: () => {
      const process = child
      child = null
      started = null
      process?.kill()
    },
  }
}
