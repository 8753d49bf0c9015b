import path from 'node:path'
import { projectFolder } from '../runtime/paths.mjs'
import { readJson } from './counts.mjs'

/** @typedef {{ status: string, assertionResults: Array<{ status: string }>, name: string }} UnitFile */
/** @typedef {{ type: string, description?: string }} Annotation */
/** @typedef {{ title: string, tests: Array<{ status: string, annotations: Annotation[] }> }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */

/**
 * What a run left out, one line each: neither runner's own output gives the reasons.
 * @param {string} file vitest's JSON report
 * @returns {string[]} by file, as its own output says why
 */
export function unitSkips(file) {
  const report = readJson(file)
  /** @type {UnitFile[]} */
  const files = report?.testResults ?? []
  return files.flatMap(({ name, assertionResults }) => {
    const count = assertionResults.filter(({ status }) =>
      ['skipped', 'pending', 'todo'].includes(status),
    ).length
    return count === 0
      ? []
      : [`${path.relative(projectFolder, name)}: ${count} of ${assertionResults.length} tests`]
  })
}

/**
 * @param {string} file Playwright's JSON report
 * @returns {string[]} by test, with its reason
 */
export function endToEndSkips(file) {
  return specsIn(readJson(file) ?? {}).flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => {
        const reason = annotations.find(
          ({ type, description }) => type === 'skip' && description,
        )?.description
        return `${title}: ${reason ?? 'no reason given'}`
      }),
  )
}

/**
 * @param {Suite} suite
 * @returns {Spec[]}
 */
function specsIn({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsIn)]
}
