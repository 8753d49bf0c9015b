import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { projectFolder } from '../runtime/paths.mjs'
import { endToEndSkips, unitSkips } from './skips.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sidetone-skips-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function report(content: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

describe('skips', () => {
  it('names the unit test files that left something out', () => {
    const file = report({
      testResults: [
        { name: join(projectFolder, 'a.test.ts'), assertionResults: [{ status: 'passed' }] },
        {
          name: join(projectFolder, 'b', 'c.test.ts'),
          assertionResults: [{ status: 'skipped' }, { status: 'pending' }, { status: 'passed' }],
        },
      ],
    })
    expect(unitSkips(file)).toEqual([`${join('b', 'c.test.ts')}: 2 of 3 tests`])
  })

  it('gives the reason of an end-to-end test', () => {
    const skipped = { status: 'skipped', annotations: [{ type: 'skip', description: 'no namespaces' }] }
    const file = report({
      suites: [
        {
          specs: [{ title: 'runs', tests: [{ status: 'expected', annotations: [] }] }],
          suites: [{ specs: [{ title: 'is sandboxed', tests: [skipped] }] }],
        },
      ],
    })
    expect(endToEndSkips(file)).toEqual(['is sandboxed: no namespaces'])
  })

  it('says nothing without a report', () => {
    expect([...unitSkips(join(folder, 'none')), ...endToEndSkips(join(folder, 'none'))]).toEqual([])
  })
})
