import { describe, expect, test } from 'vitest'
import type { SelfTestCheck } from '../../src-contract/inspector'
import { createChecks } from './checks'
import { createInOrder } from './inOrder'
import { proxyFromEnvironment } from './proxyFromEnvironment'
import { createStageTrack } from './stageTrack'

const FIRST = { host: 'fin', port: 8445 }
const SECOND = { host: 'fin', port: 7443 }

const track = () => {
  const seen: SelfTestCheck[] = []
  const checks = createChecks(
    (check) => seen.push(check),
    (text) => text,
  )
  const stages = createStageTrack({
    checks,
    evidence: { loginId: '', version: null, clockOffsetMs: null },
    now: () => 0,
    causeOf: () => ({ id: 'unknown', params: {} }),
    isKnown: (stage, server) => stage === 'dns' && server === 'fin:8445',
  })
  return { stages, seen, checks }
}

const times = { at: 0, ms: 1, facts: {} }
const refused = { kind: 'upgrade', status: 404, retryAfterMs: null, location: null } as const

describe('the stages of one connection', () => {
  test('a port that does not offer it is only a lack when the next one does', () => {
    const { stages, checks } = track()
    stages.report({ stage: 'upgrade', status: 'started', at: 0, facts: { path: '/ws/' } }, FIRST)
    stages.report({ stage: 'upgrade', status: 'failed', failure: refused, ...times }, FIRST)
    expect(checks.list()[0]?.status).toBe('running')
    stages.report({ stage: 'upgrade', status: 'started', at: 0, facts: {} }, SECOND)
    stages.report({ stage: 'upgrade', status: 'succeeded', ...times }, SECOND)
    expect(stages.settle()).toBeNull()
    expect(checks.list().map(({ server, status }) => [server, status])).toEqual([
      ['fin:8445', 'degraded'],
      ['fin:7443', 'ok'],
    ])
    expect(checks.list()[0]?.facts).toEqual({ path: '/ws/' })
  })

  test('the last one is the failure', () => {
    const { stages, checks } = track()
    stages.report({ stage: 'upgrade', status: 'started', at: 0, facts: {} }, FIRST)
    stages.report({ stage: 'upgrade', status: 'failed', failure: refused, ...times }, FIRST)
    expect(stages.settle()).toMatchObject({
      stage: 'upgrade',
      status: 'failed',
      problem: { code: 'upgradeRefused' },
    })
    expect(checks.list()).toHaveLength(1)
  })

  test('what was seen before is told only when it fails', () => {
    const good = track()
    good.stages.report({ stage: 'dns', status: 'started', at: 0, facts: {} }, FIRST)
    good.stages.report({ stage: 'dns', status: 'succeeded', ...times }, FIRST)
    expect(good.seen).toEqual([])
    const bad = track()
    bad.stages.report({ stage: 'dns', status: 'started', at: 0, facts: {} }, FIRST)
    bad.stages.report(
      { stage: 'dns', status: 'failed', failure: { kind: 'dns', host: 'fin', code: 'ENOTFOUND' }, ...times },
      FIRST,
    )
    expect(bad.stages.settle()).toMatchObject({ stage: 'dns', status: 'failed' })
  })
})

test('what a server repeats of the password is masked', () => {
  const seen: SelfTestCheck[] = []
  const checks = createChecks(
    (check) => seen.push(check),
    (text) => text.replaceAll('hunter22', '***'),
  )
  checks.open('auth', 'a', {
    facts: { message: 'no hunter22', list: ['hunter22'], port: 1 },
    problem: { code: 'passwordWrong', params: { message: 'hunter22' } },
    cause: { id: 'auth.refused', params: { condition: 'hunter22' } },
  })
  expect(seen[0]?.facts).toEqual({ message: 'no ***', list: ['***'], port: 1 })
  expect(JSON.stringify(seen)).not.toContain('hunter22')
})

test('lines come in the order in which the checks began', () => {
  const printed: string[] = []
  const order = createInOrder(({ stage }) => printed.push(stage))
  const checks = createChecks(order.on, (text) => text)
  const [one, two, three] = [checks.open('dns', 'a'), checks.open('tcp', 'a'), checks.open('tls', 'a')]
  two.put({ status: 'ok' })
  expect(printed).toEqual([])
  one.put({ status: 'ok' })
  expect(printed).toEqual(['dns', 'tcp'])
  one.put({ status: 'ok' })
  order.flush()
  expect(printed).toEqual(['dns', 'tcp'])
  three.put({ status: 'failed' })
  expect(printed).toEqual(['dns', 'tcp', 'tls'])
})

test.each([
  [{}, 'DIRECT'],
  [{ https_proxy: 'http://proxy:3128' }, 'PROXY proxy:3128'],
  [{ HTTPS_PROXY: 'proxy:3128' }, 'PROXY proxy:3128'],
  [{ all_proxy: 'http://proxy' }, 'PROXY proxy:80'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: 'other, example.com' }, 'DIRECT'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: '.example.com' }, 'DIRECT'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: '*' }, 'DIRECT'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: 'fin.example.com:443' }, 'PROXY proxy:3128'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: 'ample.com' }, 'PROXY proxy:3128'],
  [{ https_proxy: 'socks5://proxy:1080' }, 'UNKNOWN'],
])('%j: fin.example.com:8445 by %s', async (env, way) => {
  const proxyFor = proxyFromEnvironment(env)
  expect(await proxyFor('fin.example.com', 8445)).toBe(way)
  expect(await proxyFor('localhost', 8445)).toBe('DIRECT')
})

test('a redirect is told without its ticket', () => {
  const checks = createChecks(
    () => undefined,
    (text) => text,
  )
  const params = { host: 'fin', port: 8445, path: 'https://idp/login?ticket=ST-4711' }
  const check = checks.open('systemInfo', 'fin:8445', {
    problem: { code: 'redirected', params },
    cause: { id: 'rest.redirected', params: { location: params.path } },
  })
  expect(JSON.stringify(check.get())).toContain('https://idp/login')
  expect(JSON.stringify(check.get())).not.toContain('ST-4711')
})
