/**
 * `npx jiti scripts/faults.ts`: writes docs/faults.md from the fault matrix and the titles of all tests.
 * With `--check` it writes nothing and fails when the file is out of date. Either way it fails when a row that must
 * be is neither tested nor explained.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { FAULT_NOTES, MISSING } from './faults/notes'
import { faultProblems, faultTable, type FaultTest } from './faults/table'
import { faultTitles } from './faults/titles'

const projectFolder = join(import.meta.dirname, '..')
const target = join(projectFolder, 'docs', 'faults.md')
const folders = ['src-main', 'src-contract', 'src-renderer', 'simulator', 'scripts', 'bench', 'e2e']
/** These test the tests: their ids prove nothing about the app. */
const ownTests = /^(src-main\/testing|scripts\/faults)\//

const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(test|spec)\.ts$/.test(name))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .sort()

const unreadable: string[] = []

const testsIn = (file: string): readonly FaultTest[] => {
  try {
    return faultTitles(file, readFileSync(join(projectFolder, file), 'utf8')).map((title) => ({
      file,
      ...title,
    }))
  } catch (error) {
    unreadable.push(`${file}: ${error instanceof Error ? error.message : String(error)}`)
    return []
  }
}

const tests = folders
  .flatMap(filesOf)
  .filter((file) => !ownTests.test(file))
  .flatMap(testsIn)
const coverage = { tests, notes: FAULT_NOTES, missing: MISSING }

const main = async (): Promise<void> => {
  const config = await resolveConfig(target)
  const text = await format(faultTable(coverage), { ...config, parser: 'markdown' })
  const problems = [...unreadable, ...faultProblems(coverage)]
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text)
    problems.push('docs/faults.md is out of date: run `npx jiti scripts/faults.ts` and commit it.')
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

await main()
