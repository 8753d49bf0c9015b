import type { ConnectionFailure } from '../../src-main/finesse/failures'
import { err, ok } from '../../src-main/finesse/result'
import { DEFAULT_REST_LIMITS } from '../../src-main/finesse/rest/restClient'
import type { RestClient, RestFailure, RestResult } from '../../src-main/finesse/rest/types'
import { DEFAULT_DEADLINES } from '../../src-main/finesse/transport/connect'
import { team, user } from '../../src-main/session/testing/samples'
import type { Kind, VirtualNode, World } from './world'

const PORT = 8445
/** Tomcat closes a connection nobody used for so long. */
const KEPT_MS = 20_000
const UNAVAILABLE: RestFailure = { kind: 'status', status: 503, retryAfterMs: null, errors: [], body: 'html' }

const connection = (failure: ConnectionFailure): RestFailure => ({ kind: 'connection', failure })

export const refusedBy = (node: VirtualNode): ConnectionFailure => ({
  kind: 'tcp',
  host: node.host,
  port: PORT,
  code: 'ECONNREFUSED',
})
export const NO_CONNECTION: ConnectionFailure = {
  kind: 'timeout',
  stage: 'tcp',
  ms: DEFAULT_DEADLINES.tcpMs,
}

/** The REST of one node as one client sees it: round trips, refusals, deadlines; a connection is kept while it works. */
export const createVirtualRest = (world: World, node: VirtualNode): RestClient => {
  const { clock, roundTripMs } = world
  let lastUsed = -Infinity
  const isKept = (): boolean => clock.monotonic() - lastUsed < KEPT_MS

  const call = <T>(
    kind: Kind,
    value: () => T,
    signal: AbortSignal | undefined,
    limitMs: number = DEFAULT_REST_LIMITS.callMs,
  ): Promise<RestResult<T>> =>
    new Promise((resolve) => {
      const cancels: (() => void)[] = []
      const settle = (result: RestResult<T>): void => {
        for (const cancel of cancels) cancel()
        signal?.removeEventListener('abort', cancelled)
        resolve(result)
      }
      const later = (ms: number, run: () => void): void => void cancels.push(clock.after(ms, run))
      const fail = (failure: RestFailure): void => {
        lastUsed = -Infinity
        settle(err(failure))
      }
      const answer = (): void => {
        // It may have gone while the answer was on its way.
        if (node.mode !== 'up' && node.mode !== 'outOfService') return
        lastUsed = clock.monotonic()
        if (node.mode === 'outOfService' && kind !== 'systemInfo') return settle(err(UNAVAILABLE))
        settle(ok(value()))
      }
      const cancelled = (): void => fail({ kind: 'cancelled' })
      signal?.addEventListener('abort', cancelled)
      if (signal?.aborted === true) return cancelled()
      later(limitMs, () => fail({ kind: 'timeout', ms: limitMs }))
      if (node.mode === 'refused') {
        world.count(node, 'refused')
        return later(roundTripMs, () => fail(connection(refusedBy(node))))
      }
      if (node.mode === 'swallowed' || node.mode === 'deaf') {
        if (!isKept()) later(DEFAULT_DEADLINES.tcpMs, () => fail(connection(NO_CONNECTION)))
        return
      }
      world.count(node, kind)
      // TCP and TLS come first.
      later((isKept() ? 1 : 3) * roundTripMs, answer)
    })

  const accepted = (requestId: string) => ({ status: 202, requestId })
  const me = () => user('NOT_READY', { stateChangeTime: clock.now() })
  return {
    systemInfo: (signal) =>
      call('systemInfo', () => ({ info: world.info(node), clockOffsetMs: 0, roundTripMs }), signal),
    warm: () => undefined,
    user: (_id, signal) => call('read', me, signal),
    signIn: (_id, _extension, requestId, signal) => call('write', () => accepted(requestId), signal),
    signOut: (_id, _reason, requestId, signal) => call('write', () => accepted(requestId), signal),
    setState: (_id, _request, requestId, signal) => call('write', () => accepted(requestId), signal),
    reasonCodes: (_user, _team, category, signal) =>
      call('read', () => ({ category, codes: [] }), signal, DEFAULT_REST_LIMITS.listMs),
    team: (_id, signal) => call('read', () => team([me()]), signal, DEFAULT_REST_LIMITS.listMs),
    dialogs: (_id, signal) => call('read', () => [], signal),
    close: () => Promise.resolve(),
  }
}
