import { startResponder } from '../../src-main/finesse/notifications/testing/responder'
import { authority } from '../../src-main/finesse/transport/testing/certificates'
import { eventSource } from './events'

// A process of its own, so that its work is not counted as the client's. Prints one JSON line, then pours until ended.
export interface Announced {
  readonly port: number
  readonly ca: string
}

const TICK_MS = 5
const perSecond = Number(process.argv[2])

const ca = await authority()
const responder = await startResponder(await ca.issue())
const next = eventSource()
let sent = 0
const begun = performance.now()
// What a late timer left out is made up for at once: the rate is that of the clock.
setInterval(() => {
  const due = Math.floor(((performance.now() - begun) * perSecond) / 1000)
  for (; sent < due; sent += 1) responder.send(next())
}, TICK_MS)
const announced: Announced = { port: responder.port, ca: ca.cert }
process.stdout.write(`${JSON.stringify(announced)}\n`)
