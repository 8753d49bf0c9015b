// The one line that closes .ci/run: what both runners of the last `npm test` counted together.
import { addUp, countsLine, endToEndCounts, unitCounts } from './tests/counts.mjs'
import { reports } from './tests/reports.mjs'

console.log(countsLine(addUp([unitCounts(reports.unit), endToEndCounts(reports.endToEnd)])))
