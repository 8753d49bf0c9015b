import { pick } from './random'
import type { Site } from './site'
import { FIRST_TEAM_ID } from './world/seed'

export interface StormRequest {
  readonly updatesPerSecond: number
  /** Real seconds. */
  readonly seconds: number
  /** Default: the first team. */
  readonly teamId?: string
  /** Who stays as they are: the agents under test. */
  readonly except?: readonly string[]
}

export interface StormReport {
  readonly updates: number
  readonly elapsedMs: number
}

const TICK_MS = 10

/** Evenly spread: every tick sends what is due since the start, so a late timer does not lower the rate. */
export function storm(site: Site, request: StormRequest): Promise<StormReport> {
  const { world } = site.engine
  const except = new Set(request.except ?? [])
  const team = world.teams.get(request.teamId ?? FIRST_TEAM_ID)
  const members = (team?.memberIds ?? []).filter((id) => !except.has(id) && !hasSession(site, id))
  const lunch = world.reasons.filter(({ category }) => category === 'NOT_READY')
  const total = Math.round(request.updatesPerSecond * request.seconds)
  const start = site.clock.now()
  let sent = 0
  const change = (id: string) => {
    const ready = world.agents.get(id)?.state === 'READY'
    const reason = ready ? (pick(site.random, lunch) ?? null) : null
    site.engine.dispatch({ kind: 'setState', agentId: id, state: ready ? 'NOT_READY' : 'READY', reason })
  }
  return new Promise((resolve) => {
    const tick = () => {
      const elapsedMs = site.clock.now() - start
      const due = Math.min(total, Math.floor((elapsedMs / 1000) * request.updatesPerSecond))
      for (; sent < due; sent += 1) {
        const id = members[sent % members.length]
        if (id !== undefined) change(id)
      }
      if (sent >= total || members.length === 0) return resolve({ updates: sent, elapsedMs })
      site.clock.after(TICK_MS, tick)
    }
    tick()
  })
}

const hasSession = (site: Site, agentId: string) =>
  site.nodes.some((node) => node.xmpp.sessions().some((session) => session.agentId === agentId))
