import type { SelfTest, SelfTestCheck } from '../../src-contract/inspector'
import type { ServerMs } from '../../src-contract/model'
import { problem, type Problem } from '../../src-contract/problem'
import { err, ok, type Result } from '../../src-contract/result'
import type { FinesseClock } from '../finesse/notifications/types'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import type { Trust } from '../finesse/transport/trust'
import { parseServerAddress } from '../session/serverAddress'
import type { ProbeOutcome, ProbePorts, ProbeTarget } from './types'

/** Whatever the stages allow themselves together: longer than a minute nobody waits. */
const LIMIT_MS = 60_000

/** Why it was broken off: by a person, not by the limit. */
const STOPPED = 'stopped'

export interface SelfTestRequest {
  /** As typed. */
  readonly server: string
  /** Its password is with the redactor already. Null: as far as one gets without. */
  readonly account: ProbeTarget['account']
  /** Text of the extra certificate authorities; null: none. */
  readonly caPem: string | null
}

export interface SelfTestPorts {
  readonly clock: FinesseClock
  readonly serverNow: () => ServerMs
  /** The session's decision about certificates with these authorities: pins count, too. */
  readonly trust: (caPem: string | null) => Trust
  readonly redact: (text: string) => string
  readonly proxyFor?: ProxyFor | undefined
  readonly newResource: () => string
  /** A bug: the test ended by an exception, which is nobody else's business than the log's. */
  readonly crashed?: (error: unknown) => void
}

export interface SelfTestService {
  /** Starts over when one is running. An error: the address is none. */
  start(request: SelfTestRequest): Result<null, Problem>
  /** Ends it soon and politely, without a result; nothing when none is running. */
  stop(): void
  /** The latest; null before the first. */
  state(): SelfTest | null
  /** Returns what ends it. */
  onChange(listener: (state: SelfTest) => void): () => void
}

const resultOf = ({ result, missing }: ProbeOutcome): NonNullable<SelfTest['result']> =>
  result === 'failed' ? 'failed' : missing.length > 0 ? 'partly' : 'ok'

const over = (check: SelfTestCheck): SelfTestCheck =>
  check.status === 'running' || check.status === 'waiting' ? { ...check, status: 'skipped' } : check

/** Ids count from 0 in the order in which checks begin. */
const withCheck = (checks: readonly SelfTestCheck[], check: SelfTestCheck): readonly SelfTestCheck[] =>
  check.id < checks.length ? checks.with(check.id, check) : [...checks, check]

/** The test behind the sign-in page and the Connection view. One at a time; never more than a minute. */
export const createSelfTest = (ports: SelfTestPorts): SelfTestService => {
  const { clock } = ports
  const listeners = new Set<(state: SelfTest) => void>()
  let state: SelfTest | null = null
  let abort: AbortController | null = null

  const put = (next: SelfTest): void => {
    state = next
    for (const listener of [...listeners]) listener(next)
  }

  const change = (mine: AbortController, changes: (now: SelfTest) => Partial<SelfTest>): void => {
    if (abort === mine && state !== null) put({ ...state, ...changes(state) })
  }
  const end = (mine: AbortController, result: SelfTest['result']): void => {
    change(mine, ({ checks }) => ({ status: 'done', checks: checks.map(over), result }))
    if (abort === mine) abort = null
  }
  const run = async (target: ProbeTarget, probe: ProbePorts, mine: AbortController): Promise<void> => {
    // The XMPP code is large, and most people never test.
    const { runProbe } = await import('./runProbe')
    const outcome = await runProbe(target, probe, (check) =>
      change(mine, ({ checks }) => ({ checks: withCheck(checks, check) })),
    )
    end(mine, mine.signal.reason === STOPPED ? null : resultOf(outcome))
  }
  /** Never rejects: an error nobody catches is answered by new connections, and a test must not cost the session's. */
  const runSafely = async (target: ProbeTarget, probe: ProbePorts, mine: AbortController): Promise<void> => {
    try {
      await run(target, probe, mine)
    } catch (error) {
      ports.crashed?.(error)
      end(mine, 'failed')
    }
  }

  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: () => abort?.abort(STOPPED),
    start: ({ server, account, caPem }) => {
      const node = parseServerAddress(server)
      if (node === null) return err(problem('serverAddressInvalid', { server }))
      abort?.abort()
      const mine = new AbortController()
      abort = mine
      const cancel = clock.after(LIMIT_MS, () => mine.abort())
      put({
        status: 'running',
        server: server.trim(),
        withPassword: account !== null,
        startedAt: ports.serverNow(),
        checks: [],
        result: null,
      })
      const target: ProbeTarget = {
        node,
        account,
        xmppDomain: null,
        wsPath: null,
        resource: ports.newResource(),
        nodes: [],
        noRest: false,
      }
      const { redact, proxyFor } = ports
      const probe = { clock, redact, proxyFor, trust: ports.trust(caPem), signal: mine.signal }
      void runSafely(target, probe, mine).finally(cancel)
      return ok(null)
    },
  }
}
