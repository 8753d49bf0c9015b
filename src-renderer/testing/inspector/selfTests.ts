import type { SelfTest, SelfTestCheck } from '../../../src-contract/inspector'
import { attemptOf, FAILURES } from './attempts'

const checksOf = (now: number, node: 'A' | 'B', first: number): SelfTestCheck[] => {
  const server = node === 'A' ? 'fin-a.example.com:8445' : 'fin-b.example.com:8445'
  const stages = attemptOf({ node, startedAt: now }).stages.slice(0, 4)
  const info: SelfTestCheck = {
    id: first + 3,
    stage: 'systemInfo',
    server,
    status: 'ok',
    ms: 18,
    facts: { status: 'IN_SERVICE', deployment: 'UCCE', xmppDomain: 'fin-a.example.com' },
    chain: [],
    problem: null,
    cause: null,
  }
  const checks = stages.map(({ stage, status, ms, facts, chain, problem, cause }, n) => ({
    id: first + (n < 3 ? n : 4),
    stage,
    server,
    status,
    ms,
    facts,
    chain,
    problem,
    cause,
  }))
  const clock: SelfTestCheck = {
    ...info,
    id: first + 5,
    stage: 'clock',
    ms: null,
    facts: { offsetMs: 38 },
  }
  return [...checks.slice(0, 3), info, ...checks.slice(3), ...(node === 'A' ? [clock] : [])]
}

export const selfTestOf = (now: number, shape: 'running' | 'ok' | 'failed'): SelfTest => {
  const base = { server: 'fin-a.example.com', withPassword: false, startedAt: now - 2000 }
  const a = checksOf(now, 'A', 0)
  const b = checksOf(now, 'B', 10)
  if (shape === 'running') {
    const [dns, tcp, ...rest] = b
    const half = [dns, tcp && { ...tcp, status: 'running' as const, ms: null, facts: {} }].filter(
      (each) => each !== undefined,
    )
    void rest
    return { ...base, status: 'running', result: null, checks: [...a, ...half] }
  }
  if (shape === 'ok') return { ...base, status: 'done', result: 'ok', checks: [...a, ...b] }
  const found = FAILURES('fin-a.example.com')
  const broken = a
    .slice(0, 3)
    .map((check) => (check.stage === 'tls' ? { ...check, status: 'failed' as const, ...found.tls } : check))
  const upgrade = b.map((check) =>
    check.stage === 'upgrade' ? { ...check, status: 'failed' as const, ...found.upgrade } : check,
  )
  return { ...base, status: 'done', result: 'failed', checks: [...broken, ...upgrade] }
}
