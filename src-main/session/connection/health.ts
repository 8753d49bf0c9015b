import type { NodeHealth } from '../../../src-contract/connection'
import type { SystemInfo } from '../../finesse/model'
import type { RestResult, SystemInfoAnswer } from '../../finesse/rest/types'
import type { Effect, Env } from '../events'
import { outOfServiceProblem, restProblem } from '../problems'
import { contextAt, nodeOf, serverNow } from '../step'
import type { Node, NodeName, NodeReport, ServerFacts, SessionState } from '../state'
import { certificateQuestion, connectionOf } from './causes'

/** 13.3: in service by its own word and its link to the phone system alive. Older versions do not tell the latter. */
export function healthOf(info: SystemInfo): NodeHealth {
  if (info.status !== 'IN_SERVICE') return 'outOfService'
  const heartbeat = info.lastCtiHeartbeatStatus?.toLowerCase() ?? 'success'
  return heartbeat === 'success' ? 'inService' : 'ctiDown'
}

/** Null: this node does not say where its notifications are. */
export const factsIn = (info: SystemInfo): ServerFacts | null =>
  info.xmppDomain === null || info.xmppPubSubDomain === null
    ? null
    : {
        xmppDomain: info.xmppDomain,
        pubsubDomain: info.xmppPubSubDomain,
        deployment: info.deploymentType,
      }

/** SystemInfo needs no password (section 7), so a node may be asked that is not trusted with one. */
function reportOf(
  state: SessionState,
  node: Node,
  result: RestResult<SystemInfoAnswer>,
  at: number,
): NodeReport {
  const context = contextAt(state, node)
  if (result.ok) {
    const health = healthOf(result.value.info)
    return {
      health,
      checkedAt: at,
      problem: health === 'inService' ? null : outOfServiceProblem(result.value.info, context),
      certificate: null,
    }
  }
  const problem = restProblem(result.error, 'systemInfo', context)
  const connection = connectionOf(result.error)
  if (connection?.kind === 'tls')
    return { health: 'untrusted', checkedAt: at, problem, certificate: certificateQuestion(connection) }
  const health = problem.code === 'outOfService' ? 'outOfService' : 'unreachable'
  return { health, checkedAt: at, problem, certificate: null }
}

export const withHealth = (state: SessionState, name: NodeName, report: NodeReport): SessionState => ({
  ...state,
  health: { ...state.health, [name]: report },
})

/** Notes what a node said about itself. */
export function noteHealth(
  state: SessionState,
  env: Env,
  name: NodeName,
  result: RestResult<SystemInfoAnswer>,
): SessionState {
  const node = state.nodes.find((each) => each.name === name)
  if (node === undefined || (!result.ok && result.error.kind === 'cancelled')) return state
  const facts = result.ok ? factsIn(result.value.info) : null
  const known = facts === null ? state : { ...state, factsOf: { ...state.factsOf, [name]: facts } }
  return withHealth(known, name, reportOf(state, node, result, serverNow(state, env)))
}

export const otherNode = (state: SessionState): Node | null =>
  state.nodes.find((node) => node.name !== nodeOf(state)?.name) ?? null

export const probeOther = (state: SessionState): readonly Effect[] => {
  const other = otherNode(state)
  return other === null ? [] : [{ type: 'probeNode', gen: state.gen, node: other.address, name: other.name }]
}

export const isHealthy = (state: SessionState, name: NodeName | undefined): boolean =>
  name !== undefined && state.health[name]?.health === 'inService'
