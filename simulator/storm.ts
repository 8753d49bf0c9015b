import { pick } from './random'
import type { Site } from './site'
import { CallScript, STEPS_OF_A_CALL } from './stormCalls'
import { FIRST_TEAM_ID } from './world/seed'

export interface StormRequest {
  /** State changes in the team. 0: none. */
  readonly updatesPerSecond: number
  /** Seconds of the simulator's clock. */
  readonly seconds: number
  /** Default: the first team. */
  readonly teamId?: string
  /** Who stays as they are: the agents under test. */
  readonly except?: readonly string[]
  /** Calls over the whole time, evenly spread: ring, answer, hold, retrieve, end, done without a client. Default 0. */
  readonly calls?: number
  /** Whose calls, in turn. Default: everybody with a session when the storm begins. */
  readonly callsFor?: readonly string[]
}

export interface StormReport {
  readonly updates: number
  /** Calls that rang; the rest found their agent signed out or on a call. */
  readonly calls: number
  readonly elapsedMs: number
}

const SHORTEST_TICK_MS = 10
const LONGEST_TICK_MS = 1_000
/** However rare the calls: ringing must not time out before the answer. */
const LONGEST_STEP_MS = 4_000

/** Evenly spread: every tick does what is due since the start, so a late timer does not lower the rate. */
export function storm(site: Site, request: StormRequest): Promise<StormReport> {
  const { clock, engine } = site
  const lengthMs = request.seconds * 1000
  const change = stateChanges(site, request)
  const total = change === null ? 0 : Math.round(request.updatesPerSecond * request.seconds)
  const script = new CallScript(site, request.callsFor ?? guests(site))
  const steps = script.idle ? 0 : (request.calls ?? 0) * STEPS_OF_A_CALL
  const callMs = lengthMs / Math.max(1, request.calls ?? 0)
  const stepMs = Math.min(LONGEST_STEP_MS, callMs / STEPS_OF_A_CALL)
  const stepAt = (step: number) =>
    Math.floor(step / STEPS_OF_A_CALL) * callMs + (step % STEPS_OF_A_CALL) * stepMs
  const rate = Math.max(request.updatesPerSecond, steps === 0 ? 0 : 1000 / stepMs)
  const tickMs = Math.min(LONGEST_TICK_MS, Math.max(SHORTEST_TICK_MS, 1000 / rate))
  const start = clock.now()
  let sent = 0
  let stepped = 0
  return new Promise((resolve) => {
    const tick = () => {
      const elapsedMs = clock.now() - start
      const due = Math.min(total, Math.floor((elapsedMs / 1000) * request.updatesPerSecond))
      for (; sent < due; sent += 1) change?.(sent)
      for (; stepped < steps && stepAt(stepped) <= elapsedMs; stepped += 1) script.step(stepped)
      if (engine.stopped || (sent >= total && stepped >= steps))
        return resolve({ updates: sent, calls: script.begun, elapsedMs })
      clock.after(tickMs, tick)
    }
    tick()
  })
}

/** One change of one colleague, in turn; null when there is nobody to change. */
function stateChanges(site: Site, request: StormRequest): ((number: number) => void) | null {
  const { world } = site.engine
  const spared = new Set([...(request.except ?? []), ...(request.callsFor ?? []), ...guests(site)])
  const team = world.teams.get(request.teamId ?? FIRST_TEAM_ID)
  const members = (team?.memberIds ?? []).filter((id) => !spared.has(id))
  if (members.length === 0) return null
  return (number) => {
    const id = members[number % members.length] ?? ''
    const ready = world.agents.get(id)?.state === 'READY'
    const away = world.reasons.filter(({ category }) => category === 'NOT_READY')
    const reason = ready ? (pick(site.random, away) ?? null) : null
    site.engine.dispatch({ kind: 'setState', agentId: id, state: ready ? 'NOT_READY' : 'READY', reason })
  }
}

const guests = (site: Site): readonly string[] => [
  ...new Set(site.nodes.flatMap((node) => node.xmpp.sessions().map(({ agentId }) => agentId))),
]
