import type { FinesseClock } from './types'

/** Milliseconds. Section 4.6: Cisco's own client pings every 10 s; the service expects one every 20 s. */
export interface PingTimes {
  readonly intervalMs: number
  readonly timeoutMs: number
  /** Unanswered pings in a row that end the connection. */
  readonly limit: number
  /** A dead link is noticed within this time, whatever the round trip. */
  readonly noticedWithinMs: number
}

export const PING_TIMES: PingTimes = {
  intervalMs: 10_000,
  timeoutMs: 5_000,
  limit: 3,
  noticedWithinMs: 30_000,
}

export interface Heartbeat {
  /** Any frame came in. */
  heard(): void
  stop(): void
}

interface HeartbeatPorts {
  readonly clock: FinesseClock
  readonly times: PingTimes
  /** Sends one ping; calls back when it is answered, by a result or by an error, however late. */
  readonly ping: (answered: () => void) => void
  readonly answered: (roundTripMs: number) => void
  readonly tolerated: () => void
  readonly dead: (silentMs: number) => void
}

/**
 * Proves the link. First ping at once, then one per interval; an unanswered one is repeated at once, three in a row
 * end the connection. The time-out grows with the measured round trip (fault N14), yet never so far that a dead link
 * would go unnoticed for 30 s. Late answers count.
 *
 * Inbound frames while pings go unanswered can mean two things, which look the same on the wire:
 * - the server does not answer pings at all (fault X25): inbound frames are life enough;
 * - our frames no longer arrive, theirs do (fault N4): the connection is lost.
 * What tells them apart is the past of this connection: a server that has answered a ping before can answer pings,
 * so its silence is a loss. Only where no ping was ever answered do inbound frames count instead.
 */
export const startHeartbeat = ({
  clock,
  times,
  ping,
  answered,
  tolerated,
  dead,
}: HeartbeatPorts): Heartbeat => {
  const startedAt = clock.monotonic()
  let stopped = false
  let everAnswered = false
  let roundTrip = 0
  let unanswered = 0
  let lastHeard = startedAt
  let lastProof = startedAt
  let roundStart = startedAt
  let cancel: () => void = () => undefined

  const longestTimeout = (times.noticedWithinMs - times.intervalMs) / times.limit
  const timeout = (): number => Math.min(times.timeoutMs + roundTrip, longestTimeout)

  const send = (): void => {
    const sentAt = clock.monotonic()
    cancel = clock.after(timeout(), missed)
    ping(() => {
      if (stopped) return
      const now = clock.monotonic()
      everAnswered = true
      roundTrip = now - sentAt
      lastProof = now
      unanswered = 0
      cancel()
      cancel = clock.after(Math.max(0, roundStart + times.intervalMs - now), begin)
      answered(roundTrip)
    })
  }

  const begin = (): void => {
    unanswered = 0
    roundStart = clock.monotonic()
    send()
  }

  const missed = (): void => {
    if (stopped) return
    unanswered += 1
    if (unanswered < times.limit) {
      send()
    } else if (!everAnswered && lastHeard > roundStart) {
      tolerated()
      cancel = clock.after(times.intervalMs, begin)
    } else {
      stopped = true
      dead(clock.monotonic() - Math.max(lastProof, everAnswered ? 0 : lastHeard))
    }
  }

  begin()
  return {
    heard: () => {
      lastHeard = clock.monotonic()
    },
    stop: () => {
      stopped = true
      cancel()
    },
  }
}
