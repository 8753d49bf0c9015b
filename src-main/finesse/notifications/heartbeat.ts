import { isLate } from '../timeLimit'
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
  /** Pings at once; without its answer within `limitMs` beyond the measured round trip the link is dead. */
  check(limitMs: number): void
  stop(): void
}

interface HeartbeatPorts {
  readonly clock: FinesseClock
  readonly times: PingTimes
  /** Sends one ping; calls back when it is answered, by a result or by an error, however late. */
  readonly ping: (answered: () => void) => void
  readonly answered: (roundTripMs: number) => void
  /** Not answered in time; a late answer may still come. */
  readonly lost: () => void
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
 *
 * A time-out that fires late proves nothing (fault T5: sleep, debugger, starved machine, blocked loop), because timers
 * run before sockets are read. One more ping goes out first. One is enough: before it can time out, everything that
 * has come is read, and an answer to any of our pings clears the account.
 */
export const startHeartbeat = ({
  clock,
  times,
  ping,
  answered,
  lost,
  tolerated,
  dead,
}: HeartbeatPorts): Heartbeat => {
  const startedAt = clock.monotonic()
  let stopped = false
  let everAnswered = false
  let roundTrip = 0
  let unanswered = 0
  let forgiven = false
  let stoodStillUntil = startedAt
  let lastHeard = startedAt
  let lastProof = startedAt
  let roundStart = startedAt
  let cancel: () => void = () => undefined
  let checking: { readonly cancel: () => void } | undefined

  const longestTimeout = (times.noticedWithinMs - times.intervalMs) / times.limit
  const timeout = (): number => Math.min(times.timeoutMs + roundTrip, longestTimeout)

  /** Notes it too: a round trip measured across it would be wrong. */
  const isFoundLate = (sentAt: number, limitMs: number): boolean => {
    const now = clock.monotonic()
    const late = isLate(now - sentAt - limitMs, limitMs)
    if (late) stoodStillUntil = now
    return late
  }

  const proven = (sentAt: number): void => {
    const now = clock.monotonic()
    everAnswered = true
    // Otherwise it was mostly our own standing still.
    if (sentAt >= stoodStillUntil) roundTrip = now - sentAt
    lastProof = now
    unanswered = 0
    forgiven = false
    cancel()
    cancel = clock.after(Math.max(0, roundStart + times.intervalMs - now), begin)
    answered(roundTrip)
  }

  const end = (): void => {
    stopped = true
    cancel()
    checking?.cancel()
    dead(clock.monotonic() - Math.max(lastProof, everAnswered ? 0 : lastHeard))
  }

  const send = (): void => {
    const sentAt = clock.monotonic()
    const limitMs = timeout()
    let timedOut = false
    cancel = clock.after(limitMs, () => {
      timedOut = true
      missed(isFoundLate(sentAt, limitMs))
    })
    ping(() => {
      if (stopped) return
      // Read before the timer could run.
      if (!timedOut) isFoundLate(sentAt, limitMs)
      proven(sentAt)
    })
  }

  const begin = (): void => {
    unanswered = 0
    roundStart = clock.monotonic()
    send()
  }

  const missed = (late: boolean): void => {
    if (stopped) return
    if (late && !forgiven) {
      forgiven = true
      return send()
    }
    unanswered += 1
    lost()
    if (unanswered < times.limit) {
      send()
    } else if (!everAnswered && lastHeard > roundStart) {
      tolerated()
      cancel = clock.after(times.intervalMs, begin)
    } else {
      end()
    }
  }

  /** Only the answer to this very ping counts: older answers may have waited in the socket since before the sleep. */
  const ask = (limitMs: number, mayForgive: boolean): void => {
    const sentAt = clock.monotonic()
    const allowed = limitMs + Math.min(roundTrip, longestTimeout)
    const cancelLimit = clock.after(allowed, () => {
      if (stopped) return
      checking = undefined
      if (mayForgive && isFoundLate(sentAt, allowed)) return ask(limitMs, false)
      lost()
      if (everAnswered || lastHeard <= sentAt) return end()
      tolerated()
    })
    const mine = { cancel: cancelLimit }
    checking = mine
    ping(() => {
      if (stopped) return
      if (checking === mine) {
        checking = undefined
        isFoundLate(sentAt, allowed)
      }
      cancelLimit()
      proven(sentAt)
    })
  }

  begin()
  return {
    heard: () => {
      lastHeard = clock.monotonic()
    },
    check: (limitMs) => {
      if (!stopped && checking === undefined) ask(limitMs, true)
    },
    stop: () => {
      stopped = true
      cancel()
      checking?.cancel()
    },
  }
}
