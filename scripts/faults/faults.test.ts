import { describe, expect, it } from 'vitest'
import { FAULT_MATRIX } from './matrix'
import { type Coverage, faultProblems, faultTable, isMandatory } from './table'
import { faultTitles } from './titles'

const ids = FAULT_MATRIX.flatMap(({ rows }) => rows.map(({ id }) => id))
const mandatory = ids.filter(isMandatory)

const coverage = (part: Partial<Coverage> = {}): Coverage => ({
  tests: [{ ids: mandatory, title: 'all of it', file: 'a.test.ts' }],
  notes: {},
  missing: [],
  ...part,
})

describe('the matrix', () => {
  it('has 151 rows, each with an id of its section, numbered without a gap, and both texts', () => {
    expect(ids).toHaveLength(151)
    for (const { letter, rows } of FAULT_MATRIX) {
      expect(rows.map(({ id }) => id)).toEqual(rows.map((_, at) => `${letter}${String(at + 1)}`))
      for (const { fault, required } of rows) expect(`${fault}: ${required}`).toMatch(/^[^|:]{4,}: [^|]{4,}$/)
    }
  })

  it('must prove or explain 101 of them', () => {
    expect(mandatory).toHaveLength(27 + 29 + 18 + 12 + 9 + 6)
    expect(isMandatory('P7')).toBe(false)
  })
})

describe('titles', () => {
  const titles = (source: string) =>
    faultTitles('x.test.ts', source).map(({ ids: found, title }) => `${found.join('+')} ${title}`)

  it('begin with their ids', () => {
    expect(
      titles(`it('N3: a title', () => {}); test("T5, P7: another", f); it(\`X1: \${name} ends\`, f)`),
    ).toEqual(['N3 a title', 'T5+P7 another', 'X1 … ends'])
  })

  it('are found behind tables, conditions and in fault tests', () => {
    expect(
      titles(`
        it.each([1, 2])('N8: answered by %i', f)
        it.runIf(linux).each\`a\`('N9: $a waits', f)
        for (const x of y) faultTest('N27', \`close code \${x}\`, f)
      `),
    ).toEqual(['N8 answered by …', 'N9 … waits', 'N27 close code …'])
  })

  it('count only where a test runs', () => {
    expect(
      titles(`
        it.skip('N1: no', f); it.todo('N2: no'); test.describe('N3: no', f); describe('N4: no', f)
        it('about N5', f); it('Q1: no', f); expect('N6: no'); test.step('N7: no', f)
      `),
    ).toEqual([])
  })

  it('may take their id from the rows of a loop', () => {
    expect(
      titles(`
        for (const [id, mode] of [['N1', 'rst'], ['N2', 'fin']] as const) faultTest(id, \`\${mode} while live\`, f)
        for (const id of ['X1', 'X2'] as const) { faultTest(id, 'both', f) }
      `),
    ).toEqual(['N1+N2 … while live', 'X1+X2 both'])
    expect(
      titles(`
        const rows: readonly Row[] = [['X1', a], ['X1', b], ['X3', c]]
        for (const [id, name] of rows) faultTest(id, 'no crash', f)
      `),
    ).toEqual(['X1+X3 no crash'])
  })

  it('say their id where it can be read', () => {
    expect(() => titles(`faultTest(id, 'x', f)`)).toThrow('not written out')
  })
})

describe('the table', () => {
  it('has no problem when everything mandatory is tested', () => {
    expect(faultProblems(coverage())).toEqual([])
  })

  it('misses a row that is neither tested nor explained', () => {
    const tests = [{ ids: mandatory.filter((id) => id !== 'X13'), title: 't', file: 'a.test.ts' }]
    expect(faultProblems(coverage({ tests }))).toEqual(['X13 is neither tested nor explained.'])
    expect(faultProblems(coverage({ tests, notes: { X13: 'Because.' } }))).toEqual([])
    expect(faultProblems(coverage({ tests, missing: ['X13'] }))).toEqual([])
  })

  it('knows its rows', () => {
    const tests = [...coverage().tests, { ids: ['X99'], title: 't', file: 'b.test.ts' }]
    expect(faultProblems(coverage({ tests, notes: { Q1: 'x' } }))).toEqual([
      'b.test.ts names X99, which is no row of the matrix.',
      'notes.ts names Q1, which is no row of the matrix.',
    ])
  })

  it('shows tests, reasons and what is open, and lets no title become markup', () => {
    const text = faultTable(
      coverage({
        tests: [
          { ids: ['N1'], title: 'a <b>`title`</b>', file: 'a.test.ts' },
          { ids: ['N1'], title: 'a <b>`title`</b>', file: 'a.test.ts' },
        ],
        notes: { N2: 'Because.', N1: 'In part.' },
      }),
    )
    expect(text.split('a \\<b\\>\\`title\\`').length).toBe(2)
    expect(text).toContain('  - Besides: In part.')
    expect(text).toContain('  - Not tested here: Because.')
    expect(text).toMatch(/\*\*N3\*\*.*\n {2}- \*\*Open\.\*\*/)
    expect(text).toMatch(/\*\*S1\*\*.*\n {2}- Not yet\./)
    expect(text).toContain('| N | Network and TLS | 27 | 1 | 1 | 25 |')
  })
})
