import { DEFAULT_DEADLINES, type ConnectDeadlines } from '../transport/connect'

/** Milliseconds each step may take. stanza and `ws` know hardly any of them. */
export interface NotificationDeadlines extends ConnectDeadlines {
  /** From the request to `101 Switching Protocols`. */
  readonly upgradeMs: number
  /** From `<open>` to the stream features. */
  readonly openMs: number
  readonly authMs: number
  /** Re-open, bind and, where asked for, session. */
  readonly bindMs: number
  readonly subscribeMs: number
  /** One WebSocket message, from its first byte to its last. */
  readonly frameMs: number
  /** The whole way to `ready`, over all endpoints; the wait for presence comes on top. */
  readonly totalMs: number
}

/** Five seconds leave room for a round trip of four (fault N14). */
export const DEADLINES: NotificationDeadlines = {
  ...DEFAULT_DEADLINES,
  upgradeMs: 5_000,
  openMs: 5_000,
  authMs: 5_000,
  bindMs: 12_000,
  subscribeMs: 5_000,
  frameMs: 10_000,
  totalMs: 45_000,
}
