import type { NodeName } from './faults/table'

export interface RequestEntry {
  readonly node: NodeName
  /** Epoch ms. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly status: number
  readonly hasAuthorization: boolean
  readonly authorized: boolean
  readonly requestId: string | null
  readonly bodyBytes: number
  /** What a state or call request said; null for other bodies. */
  readonly body: string | null
}

/** A request to become a WebSocket, granted or not. */
export interface UpgradeEntry {
  readonly node: NodeName
  readonly at: number
  readonly path: string
  readonly protocol: string | null
  readonly extensions: string | null
  readonly origin: string | null
  readonly hasAuthorization: boolean
}

export interface XmppEntry {
  readonly node: NodeName
  readonly at: number
  readonly direction: 'in' | 'out' | 'info'
  readonly session: number
  /** The stanza; of `<auth>` only the name. */
  readonly text: string
}

const KEPT = 5_000
const LONGEST = 4_000

/** A slice keeps the whole of a long string alive; a copy does not. */
const shortened = (text: string) =>
  text.length <= LONGEST ? text : Buffer.from(text.slice(0, LONGEST), 'utf8').toString('utf8')

/** What clients did, for tests and for people. Never holds a password or an Authorization header. */
export class Log {
  readonly #requests: RequestEntry[] = []
  readonly #upgrades: UpgradeEntry[] = []
  readonly #xmpp: XmppEntry[] = []
  readonly #watchers = new Set<() => void>()
  #keepXmpp = true

  request(entry: RequestEntry): void {
    this.#requests.push(entry)
    if (this.#requests.length > KEPT) this.#requests.splice(0, KEPT / 10)
    this.changed()
  }

  upgrade(entry: UpgradeEntry): void {
    this.#upgrades.push(entry)
    if (this.#upgrades.length > KEPT) this.#upgrades.splice(0, KEPT / 10)
    this.changed()
  }

  upgrades(): readonly UpgradeEntry[] {
    return [...this.#upgrades]
  }

  xmpp(entry: XmppEntry): void {
    if (!this.#keepXmpp) return
    this.#xmpp.push({ ...entry, text: shortened(entry.text) })
    if (this.#xmpp.length > KEPT) this.#xmpp.splice(0, KEPT / 10)
  }

  /** Benchmarks switch the stanza log off. */
  keepXmpp(keep: boolean): void {
    this.#keepXmpp = keep
  }

  requests(): readonly RequestEntry[] {
    return [...this.#requests]
  }

  stanzas(): readonly XmppEntry[] {
    return [...this.#xmpp]
  }

  changed(): void {
    for (const watcher of this.#watchers) watcher()
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => {
      this.#watchers.delete(watcher)
    }
  }
}
