import { setImmediate } from 'node:timers/promises'
import type { InspectorState, MaskCounts, RestCallView, TraceEntry } from '../../src-contract/inspector'
import type { FinesseClock } from '../finesse/notifications/types'
import type { LinkTap, RestTap } from '../finesse/tap'
import type { SessionView } from '../session/view'
import type { LinkInfo } from './attemptWork'
import { createConsent } from './consent'
import type { Who } from './evidence'
import { createBatch } from './batch'
import { createHealth } from './health'
import { createMask } from './mask'
import { createAttemptRecorder } from './recorder'
import { createRing, type RingCodec } from './ring'
import { createSessionWatch } from './sessionWatch'
import type { InspectorSource } from './source'
import { createTrace } from './trace'
import { createTraceListener } from './traceListener'
import { zlibCodec } from './zlibCodec'

export type { LinkInfo } from './attemptWork'

export interface InspectorOptions {
  readonly clock: FinesseClock
  /** Server time, epoch ms. */
  readonly serverNow: () => number
  readonly view: () => SessionView
  /** Takes the registered secrets out of a text. */
  readonly redact: (text: string) => string
  /** Whether one of them may be there in a spelling that `redact` does not foresee; without it, that is assumed. */
  readonly mayHide?: (text: string) => boolean
  /** Of the trace, its index included. */
  readonly maxBytes?: number
  readonly codec?: RingCodec
  /** Told of what went wrong within; nothing of it may reach the connection. */
  readonly failed?: (error: unknown) => void
  /** Lets other work run. */
  readonly breathe?: () => Promise<void>
}

export interface Inspector {
  linkTap(info: LinkInfo): LinkTap
  /** `server`: host:port */
  restTap(server: string): RestTap
  sessionChanged(previous: SessionView, next: SessionView): void
  state(): Pick<InspectorState, 'revision' | 'disconnects' | 'trace'>
  /** Something to show has changed; at most four times a second. Returns the function that stops it. */
  onChange(listener: () => void): () => void
  readonly source: InspectorSource
  /** The last REST calls, oldest first. */
  calls(): readonly RestCallView[]
  /** Entries as captured, not laid out, at most `count` from `seq` on: for bundles. */
  rawTrace(seq: number, count: number): Promise<readonly TraceEntry[]>
  setPaused(paused: boolean): void
  /** Until the shift ends, or another agent comes. */
  setPlain(plain: boolean): void
  /** Whether what is kept may hold numbers and variables, because there was consent when it was captured. */
  holdsPlain(): boolean
  masked(): MaskCounts
  close(): void
}

const TRACE_BYTES = 16 * 1024 * 1024
const SHOW_EVERY_MS = 250

/** Remembers what crossed the wire and how the shift went, masked as it is captured and bounded in every direction. */
export const createInspector = (options: InspectorOptions): Inspector => {
  const { clock, serverNow, view } = options
  const { redact, mayHide } = options
  const mask = createMask({ redact, ...(mayHide === undefined ? {} : { mayHide }) })
  const ring = createRing({ maxBytes: options.maxBytes ?? TRACE_BYTES, codec: options.codec ?? zlibCodec })
  const trace = createTrace({ ring, breathe: options.breathe ?? (() => setImmediate()) })
  const health = createHealth()
  const listeners = new Set<() => void>()
  let revision = 0
  let isStale = false
  let cancel: (() => void) | null = null
  let shownAt = Number.NEGATIVE_INFINITY
  let closed = false

  const show = (): void => {
    cancel = null
    shownAt = clock.monotonic()
    if (isStale) revision += 1
    isStale = false
    for (const listener of [...listeners]) listener()
  }
  /** `stale`: attempts, calls or health have changed, not the trace alone. */
  const changed = (stale: boolean): void => {
    isStale ||= stale
    if (cancel !== null || closed) return
    cancel = clock.after(Math.max(0, shownAt + SHOW_EVERY_MS - clock.monotonic()), show)
  }
  const who = (): Who => {
    const { session } = view().slices
    return 'identity' in session ? session.identity : { loginId: '', extension: '' }
  }
  const traced = createTraceListener(trace)
  const recorder = createAttemptRecorder({
    offset: () => serverNow() - clock.now(),
    mask,
    who,
    now: clock.now,
    changed: () => changed(true),
    listener: {
      ...traced,
      frame: (...told) => {
        traced.frame(...told)
        changed(false)
      },
      ping: (ms, at) => {
        health.ping(ms, at)
        changed(true)
      },
      pingLost: (at) => {
        health.pingLost(at)
        changed(true)
      },
      drift: health.drift,
    },
  })
  const watch = createSessionWatch({ recorder, health, mask, serverNow, now: clock.now })
  const consent = createConsent({
    setPlain: (plain) => {
      mask.setPlain(plain)
      trace.setPlain(plain, serverNow())
      changed(false)
    },
    forget: () => {
      ring.clear()
      recorder.forget()
      changed(true)
    },
  })

  const batch = createBatch(clock, options.failed ?? (() => undefined))
  const { first } = batch

  return {
    linkTap: (info) => batch.linkTap(recorder.linkTap(info)),
    restTap: (server) => batch.restTap(recorder.restTap(server)),
    sessionChanged: (previous, next) => {
      if (previous.slices.session !== next.slices.session) batch.flush()
      consent.sessionChanged(previous.slices.session, next.slices.session)
      watch.changed(previous, next)
      changed(true)
    },
    state: first(() => ({ revision, disconnects: health.disconnects(), trace: trace.state() })),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    source: {
      attempts: first(recorder.attempts),
      attempt: first(recorder.attempt),
      health: first((lastMs: number | null) => health.view(lastMs, serverNow())),
      tracePage: first(trace.page),
      traceEntry: first(trace.entry),
    },
    calls: first(recorder.calls),
    rawTrace: first(trace.raw),
    setPaused: first((paused: boolean) => {
      trace.setPaused(paused, serverNow())
      changed(false)
    }),
    setPlain: first(consent.give),
    holdsPlain: first(consent.holdsPlain),
    masked: first(mask.counts),
    close: () => {
      batch.flush()
      closed = true
      cancel?.()
      listeners.clear()
    },
  }
}
