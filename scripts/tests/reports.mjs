import path from 'node:path'
import { projectFolder } from '../runtime/paths.mjs'

const folder = path.join(projectFolder, 'test-results')

/** Where the two runners leave their figures; playwright.config.ts names the second one too. */
export const reports = { unit: path.join(folder, 'unit.json'), endToEnd: path.join(folder, 'e2e.json') }
