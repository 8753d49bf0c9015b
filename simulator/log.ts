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

/** What clients did, for tests and for people. Never holds a password or an Authorization header. */
export class Log {
  readonly #requests: RequestEntry[] = []
  readonly #xmpp: XmppEntry[] = []
  readonly #watchers = new Set<() => void>()
  #keepXmpp = true

  request(entry: RequestEntry): void {
    this.#requests.push(entry)
    if (this.#requests.length > KEPT) this.#requests.splice(0, KEPT / 10)
    this.changed()
  }

  xmpp(entry: XmppEntry): void {
    if (!this.#keepXmpp) return
    this.#xmpp.push({ ...entry, text: entry.text.slice(0, LONGEST) })
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
