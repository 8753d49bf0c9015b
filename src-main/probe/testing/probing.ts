import type { SelfTestCheck } from '../../../src-contract/inspector'
import { run, type Running } from '../../../simulator/testing'
import type { SimulatorOptions } from '../../../simulator/index'
import type { FinesseClock } from '../../finesse/notifications/types'
import { createTrust } from '../../finesse/transport/trust'
import type { Locale } from '../../../src-contract/state'
import { systemClock } from '../../platform/clock'
import { createRedactor } from '../../platform/redact'
import { probeCli } from '../cli'
import { runProbe } from '../runProbe'
import type { ProbeOutcome, ProbePorts, ProbeTarget } from '../types'

/** Time limits in a tenth of the time; what is measured still adds up. */
export const quickClock: FinesseClock = {
  now: systemClock.now,
  monotonic: () => systemClock.monotonic() * 10,
  after: (ms, then) => systemClock.after(ms / 10, then),
}

export interface Probed extends ProbeOutcome {
  /** As they were at the end. */
  readonly checks: readonly SelfTestCheck[]
  /** `stage status` of the node asked for, in order. */
  readonly lines: readonly string[]
}

export const startSimulator = (options: SimulatorOptions = {}): Promise<Running> => run(options)

export const targetOf = (running: Running, changes: Partial<ProbeTarget> = {}): ProbeTarget => ({
  node: { host: running.node.host, port: running.node.port },
  account: { loginId: running.agent.id, password: running.agent.password },
  xmppDomain: null,
  wsPath: null,
  resource: 'sidetone-check-0000',
  nodes: [],
  noRest: false,
  ...changes,
})

export const probe = async (
  target: ProbeTarget,
  ca: string | null,
  changes: Partial<ProbePorts> = {},
): Promise<Probed> => {
  const checks: SelfTestCheck[] = []
  const trust = createTrust({ extraCaPem: ca, pins: [] })
  const redactor = createRedactor()
  redactor.register(target.account?.password ?? '')
  const outcome = await runProbe(
    target,
    { clock: systemClock, trust, redact: redactor.redact, ...changes },
    (check) => {
      checks[check.id] = check
    },
  )
  const server = `${target.node.host}:${String(target.node.port)}`
  const lines = checks
    .filter((check) => check.server === server)
    .map(({ stage, status }) => `${stage} ${status}`)
  return { ...outcome, checks, lines }
}

export interface Said {
  readonly code: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

/** The whole program in this process. */
export const say = async (
  argv: readonly string[],
  options: { readonly stdin?: string; readonly locale?: Locale } = {},
): Promise<Said> => {
  const out: string[] = []
  const err: string[] = []
  const stdin = (async function* () {
    yield options.stdin ?? ''
  })()
  const code = await probeCli({
    argv,
    locale: options.locale ?? 'en',
    command: 'probe',
    stdin,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    clock: systemClock,
    redactor: createRedactor(),
    signal: new AbortController().signal,
  })
  return { code, out, err }
}
