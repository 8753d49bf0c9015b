import { problem } from '../../src-contract/problem'
import type { CommandResult } from '../../src-contract/commands'
import { err, ok } from '../../src-contract/result'
import type { SimulatorInfo, SimulatorProcess } from '../platform/simulatorProcess'
import type { TrustBook } from '../platform/trustBook'
import type { HeldPasswords } from '../platform/vault'
import type { ShellState } from './shellState'
import { nodeAddress, simulatorForm } from './signInForm'

export interface EmbeddedSimulator {
  start(): Promise<CommandResult<'simulator.start'>>
  /** Is this the address of one of its nodes? Such sign-ins are not remembered: its ports change. */
  serves(server: string): boolean
  exited(): void
  stop(): void
}

/** What the running simulator means to the rest: its agents' passwords, its authority, the filled-in form. */
export const createEmbeddedSimulator = (options: {
  readonly process: () => SimulatorProcess
  readonly shell: ShellState
  readonly held: HeldPasswords
  readonly trust: TrustBook
}): EmbeddedSimulator => {
  const { shell, held, trust } = options
  let servers: readonly string[] = []

  const adopt = (info: SimulatorInfo): void => {
    servers = info.nodes.map(nodeAddress)
    for (const server of servers) for (const agent of info.agents) held.hold(server, agent.id, agent.password)
    trust.useSimulator(info.ca, info.nodes)
    shell.set({ signIn: simulatorForm(shell.get().signIn, info) })
  }

  const setStatus = (status: 'starting' | 'failed'): void =>
    shell.set({ signIn: { ...shell.get().signIn, simulator: status } })

  return {
    start: async () => {
      if (shell.get().signIn.simulator === 'running') return ok(null)
      setStatus('starting')
      const started = await options.process().start()
      if (started.ok) {
        adopt(started.value)
        return ok(null)
      }
      setStatus('failed')
      return err(problem('simulatorFailed', { detail: started.error }))
    },
    serves: (server) => servers.includes(server.trim().toLowerCase()),
    exited: () => {
      for (const server of servers) held.forgetServer(server)
      servers = []
      trust.useSimulator(null, [])
      shell.set({
        signIn: { ...shell.get().signIn, simulator: 'failed', passwordHeld: false, simulatorAgents: [] },
      })
    },
    stop: () => options.process().stop(),
  }
}
