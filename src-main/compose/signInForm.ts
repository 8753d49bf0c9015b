import type { SignInForm } from '../../src-contract/state'
import type { SimulatorInfo } from '../platform/simulatorProcess'
import type { StoredSettings } from '../settings/schema'

export const nodeAddress = (node: SimulatorInfo['nodes'][number]): string =>
  `${node.host}:${String(node.port)}`

/** As the last sign-in left it. No password outlives the process. */
export const rememberedForm = (settings: StoredSettings): SignInForm => ({
  ...settings.signIn,
  passwordHeld: false,
  simulator: 'off',
  simulatorAgents: [],
})

/** The simulator's first agent filled in: one click and the desk lives. */
export const simulatorForm = (form: SignInForm, info: SimulatorInfo): SignInForm => {
  const [node] = info.nodes
  const [agent] = info.agents
  if (!node || !agent) return { ...form, simulator: 'failed' }
  return {
    server: nodeAddress(node),
    loginId: agent.id,
    extension: agent.extension,
    mode: 'replace',
    caFile: null,
    passwordHeld: true,
    simulator: 'running',
    simulatorAgents: info.agents.slice(0, 50).map((entry) => ({
      id: entry.id,
      name: `${entry.firstName} ${entry.lastName}`.trim(),
      extension: entry.extension,
      supervisor: entry.roles.some((role) => role.toLowerCase() === 'supervisor'),
    })),
  }
}
