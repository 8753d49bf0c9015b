import fs from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} file vitest's JSON report
 * @returns {Counts | null} null when the runner left no report
 */
export function unitCounts(file) {
  const report = readJson(file)
  if (report === null) return null
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report
  // A file that could not even be loaded has failed without a test of its own to count.
  const brokenFiles = testResults.filter(
    (/** @type {{ status: string, assertionResults: Array<{ status: string }> }} */ one) =>
      one.status === 'failed' && !one.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  return {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles,
    skipped: numPendingTests + numTodoTests,
  }
}

/**
 * @param {string} file Playwright's JSON report
 * @returns {Counts | null} null when the runner left no report
 */
export function endToEndCounts(file) {
  const report = readJson(file)
  if (report === null) return null
  const { expected, unexpected, flaky, skipped } = report.stats
  // Errors outside any test (a file that does not load) have no other place in the figures.
  const outside = unexpected === 0 && report.errors.length > 0 ? 1 : 0
  return { passed: expected + flaky, failed: unexpected + outside, skipped }
}

/**
 * @param {ReadonlyArray<Counts | null>} all
 * @returns {Counts}
 */
export function addUp(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, one) => total + (one?.[key] ?? 0), 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** @param {Counts} counts */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** @param {Counts | null} counts */
export function executedNothing(counts) {
  return counts === null || counts.passed + counts.failed === 0
}

/** @param {string} file */
export function readJson(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null
}
