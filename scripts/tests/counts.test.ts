import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addUp, countsLine, endToEndCounts, executedNothing, unitCounts } from './counts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sidetone-counts-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function report(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

describe('counts', () => {
  it('counts a unit test file that did not load as one failure', () => {
    const file = report('unit.json', {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    })
    expect(unitCounts(file)).toEqual({ passed: 5, failed: 2, skipped: 3 })
  })

  it('counts a Playwright run that broke before its first test as one failure', () => {
    const file = report('e2e.json', {
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
      errors: [{ message: 'cannot load' }],
    })
    expect(endToEndCounts(file)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('adds up in the one line that closes a run', () => {
    const all = [{ passed: 5, failed: 0, skipped: 1 }, null, { passed: 3, failed: 1, skipped: 0 }]
    expect(countsLine(addUp(all))).toBe('8 passed, 1 failed, 1 skipped')
  })

  it('tells a run without any executed test', () => {
    expect(executedNothing(unitCounts(join(folder, 'missing.json')))).toBe(true)
    expect(executedNothing({ passed: 0, failed: 0, skipped: 4 })).toBe(true)
    expect(executedNothing({ passed: 0, failed: 1, skipped: 0 })).toBe(false)
  })
})
