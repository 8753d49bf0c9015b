/**
 * `npm run -s probe -- --server HOST[:PORT] ...`: tests a connection to Finesse stage by stage. See docs/probe.md.
 * Exit status 0: live, or reachable without a password; 1: failed; 2: wrong arguments.
 */
import { probeInProcess } from '../src-main/compose/probe'

await probeInProcess(process.argv.slice(2), 'npm run -s probe --')
