import type { ConnectionFailure } from '../failures'

/** A stream error of RFC 6120, 4.9. The text is the server's and only for people. */
export const streamFailure = (condition: string, text: string): ConnectionFailure =>
  // Another session took our full JID. A cause of its own: nobody may reconnect by himself after it (section 4.4).
  condition === 'conflict'
    ? { kind: 'conflict' }
    : { kind: 'streamError', condition: condition.slice(0, 64), text }
