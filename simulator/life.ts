import type { LifeOptions } from './options'
import { pick, type Random } from './random'
import type { Site } from './site'
import { callerNumber } from './world/seed'
import { supervisorReason } from './world/reasons'
import type { Agent, CallVariable, Command } from './world/types'

/** World ms between two things happening among 20 people. A calm afternoon. */
const PACE_MS = 4_000
/** A signed-in person who is READY gets a call about this often. World ms. */
const OWN_CALL_MS = 25_000
const AGENTS_PER_PACE = 20
/** However large the team, not more often than this. Real ms: `storm` is for load. */
const FASTEST_MS = 200

/** Calls come, colleagues answer, hold, hang up, take breaks and return. Ends with the answer's call. */
export function startLife(site: Site, options: LifeOptions): () => void {
  let ended = false
  const cancels = new Map<string, () => void>()
  const count = site.engine.world.agents.size
  const pace = Math.max((options.paceMs ?? PACE_MS) / Math.max(1, count / AGENTS_PER_PACE), FASTEST_MS)
  const loop = (name: string, meanMs: number, action: () => void) => {
    const wait = meanMs * (0.5 + site.random())
    cancels.set(
      name,
      site.engine.after(wait, () => {
        if (ended) return
        action()
        loop(name, meanMs, action)
      }),
    )
  }
  loop('colleagues', pace, () => {
    const command = nextStep(site)
    if (command !== null) site.engine.dispatch(command)
  })
  if (options.ringSignedIn !== false)
    loop('own calls', OWN_CALL_MS, () => {
      const guest = pick(
        site.random,
        guests(site).filter((agent) => agent.state === 'READY'),
      )
      if (guest !== undefined) site.engine.dispatch(queueCall(site, guest))
      hangUpOnGuest(site)
    })
  return () => {
    ended = true
    for (const cancel of cancels.values()) cancel()
  }
}

/** People behind a client: life offers them calls and otherwise keeps its hands off. */
const guests = (site: Site): readonly Agent[] => {
  const ids = new Set(site.nodes.flatMap((node) => node.xmpp.sessions().map(({ agentId }) => agentId)))
  return [...ids].flatMap((id) => site.engine.world.agents.get(id) ?? [])
}

/** Customers of long calls say good-bye now and then, so that a call in the demo comes to an end by itself. */
function hangUpOnGuest(site: Site): void {
  const { world } = site.engine
  for (const guest of guests(site))
    for (const callId of guest.callIds) {
      const call = world.calls.get(callId)
      const since = call?.parties[0]?.stateChangeTime ?? 0
      const long = site.clock.now() - since > (3 * 60_000) / site.engine.timeScale
      if (call?.state === 'ACTIVE' && long && site.random() < 0.5)
        site.engine.dispatch({ kind: 'farEndHangsUp', callId })
    }
}

const COMPANIES = ['Acme Logistics', 'Fjord & Søn', 'Ümlaut GmbH', '日本橋商店', 'Tulip BV']

function queueCall(site: Site, agent: Agent): Command {
  const { random } = site
  const queues = [...site.engine.world.queues.values()].filter(({ teamIds }) =>
    teamIds.includes(agent.teamId),
  )
  const variables: readonly CallVariable[] = [
    { name: 'callVariable1', value: pick(random, ['Gold', 'Silver', 'New customer']) ?? '' },
    { name: 'callVariable2', value: pick(random, COMPANIES) ?? '' },
    { name: 'callVariable3', value: '153020000202886' },
  ]
  return {
    kind: 'ring',
    agentId: agent.id,
    from: callerNumber(random),
    queueId: pick(random, queues)?.id ?? null,
    variables,
  }
}

/** One step of one colleague, chosen by state; null when the one chosen stays as is. */
function nextStep(site: Site): Command | null {
  const { world } = site.engine
  const { random } = site
  const ids = [...world.agents.keys()]
  const here = new Set(guests(site).map(({ id }) => id))
  // The first three and the leads are kept free for people who sign in.
  const colleagues = ids.slice(3).filter((id) => !here.has(id))
  const agent = world.agents.get(pick(random, colleagues) ?? '')
  if (agent === undefined || agent.roles.includes('Supervisor')) return null
  return stepOf(site, agent)
}

function stepOf(site: Site, agent: Agent): Command | null {
  const { random } = site
  const callId = agent.callIds.at(-1)
  switch (agent.state) {
    case 'LOGOUT':
      return random() < 0.4 ? moved(site, agent, 'READY') : null
    case 'NOT_READY':
      return random() < 0.05 ? moved(site, agent, 'LOGOUT') : moved(site, agent, 'READY')
    case 'READY':
      if (random() < 0.7) return queueCall(site, agent)
      if (random() < 0.15) {
        const reason = supervisorReason(site.options.deployment, 'NOT_READY')
        return { kind: 'setState', agentId: agent.id, state: 'NOT_READY', reason }
      }
      return moved(site, agent, 'NOT_READY')
    case 'RESERVED':
      return callId === undefined || random() < 0.1 ? null : phone(agent, callId, 'ANSWER')
    case 'TALKING':
      if (callId === undefined) return null
      if (random() < 0.2) return phone(agent, callId, 'HOLD')
      if (random() < 0.4) return askWrapUp(agent)
      return { kind: 'farEndHangsUp', callId }
    case 'HOLD':
      return callId === undefined ? null : phone(agent, callId, 'RETRIEVE')
    case 'WORK':
    case 'WORK_READY':
      return { kind: 'wrapUpEnds', agentId: agent.id }
  }
}

function moved(site: Site, agent: Agent, state: 'READY' | 'NOT_READY' | 'LOGOUT'): Command {
  return { kind: 'setState', agentId: agent.id, state, reason: reasonFor(site, state, site.random) }
}

function reasonFor(site: Site, state: 'READY' | 'NOT_READY' | 'LOGOUT', random: Random) {
  if (state === 'READY') return null
  return (
    pick(
      random,
      site.engine.world.reasons.filter(({ category }) => category === state),
    ) ?? null
  )
}

const phone = (agent: Agent, callId: string, action: string): Command => ({
  kind: 'act',
  agentId: agent.id,
  callId,
  action,
  variables: [],
  wrapUpReason: null,
  requestId: null,
})

const askWrapUp = (agent: Agent): Command => ({
  kind: 'requestState',
  agentId: agent.id,
  state: 'WORK',
  reasonCodeId: null,
  extension: null,
  bySupervisor: false,
  requestId: null,
})
