import type { NodeName } from '../faults/table'
import type { Site } from '../site'
import type { Session } from './session'

/** 13.1: between losing the last presence of a user and the forced logout. World ms. */
const FORCED_LOGOUT_MS = 60_000
/** 13.1: a client that says nothing at all is noticed after this. A ping is expected every 20 s (4.6). World ms. */
const SILENCE_MS = 120_000

/** What one node does when clients vanish. Each node counts for itself: it knows nothing of sessions on the other. */
export class Absence {
  /** Agent -> when the forced logout is due, epoch ms, and how to call it off. */
  readonly #missing = new Map<string, { readonly due: number; readonly cancel: () => void }>()
  readonly #silence = new Map<Session, () => void>()

  constructor(
    private readonly site: Site,
    private readonly name: NodeName,
  ) {}

  /** A sign of life, the connection itself included. */
  heard(session: Session): void {
    this.#silence.get(session)?.()
    const cancel = this.site.engine.after(SILENCE_MS, () => {
      session.socket.terminate()
    })
    this.#silence.set(session, cancel)
  }

  left(session: Session): void {
    this.#silence.get(session)?.()
    this.#silence.delete(session)
  }

  /** `present`: has the agent any available session on this node? */
  presence(agentId: string, present: boolean): void {
    const running = this.#missing.get(agentId)
    if (present) {
      running?.cancel()
      this.#missing.delete(agentId)
    } else if (running === undefined) this.#count(agentId)
  }

  /** Forced logouts to come, earliest first. */
  due(): readonly { readonly agentId: string; readonly due: number }[] {
    return [...this.#missing].map(([agentId, { due }]) => ({ agentId, due })).sort((a, b) => a.due - b.due)
  }

  /** The node is dead: it forgets. */
  stop(): void {
    for (const { cancel } of this.#missing.values()) cancel()
    this.#missing.clear()
    for (const cancel of this.#silence.values()) cancel()
    this.#silence.clear()
  }

  #count(agentId: string): void {
    const { clock, engine, faults } = this.site
    const cancel = engine.after(FORCED_LOGOUT_MS, () => {
      this.#missing.delete(agentId)
      if (faults.has(this.name, 'noLateLogout') && isAvailable(this.site, agentId)) return
      engine.dispatch({ kind: 'connectionLost', agentId })
    })
    this.#missing.set(agentId, { due: clock.now() + FORCED_LOGOUT_MS / engine.timeScale, cancel })
  }
}

/** On any node. */
export const isAvailable = (site: Site, agentId: string): boolean =>
  site.nodes.some((node) =>
    node.xmpp.sessions().some((session) => session.agentId === agentId && session.available),
  )
