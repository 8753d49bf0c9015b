import type { TraceEntry, TraceFilter, TraceKind, TracePage, TraceRow } from '../../../src-contract/inspector'

const SHAPES: readonly (readonly [TraceKind, TraceRow['direction'], string, number, boolean])[] = [
  ['event', 'received', 'event /finesse/api/User/1001', 1420, false],
  ['rest', 'sent', 'PUT /finesse/api/User/1001', 212, false],
  ['rest', 'received', 'PUT /finesse/api/User/1001 202 14 ms', 0, false],
  ['event', 'received', 'event /finesse/api/User/1001/Dialogs POST 16804381', 2318, false],
  ['ping', 'sent', 'ping p117', 92, false],
  ['ping', 'received', 'result p117 14 ms', 88, false],
  ['event', 'received', 'event /finesse/api/Team/5013/Users', 640, false],
  ['presence', 'received', 'presence finesse@fin-a.example.com/finesse', 130, false],
  ['iq', 'received', 'error s2 forbidden', 214, true],
  ['stage', 'none', 'subscribeTeam degraded 13 ms', 40, true],
  ['rest', 'received', 'PUT /finesse/api/User/1001 400 19 ms', 210, true],
  ['stream', 'received', 'stream features PLAIN', 301, false],
]

const rowAt = (seq: number, now: number, count: number): TraceRow => {
  const [kind, direction, line, bytes, failed] = SHAPES[seq % SHAPES.length] ?? ['note', 'none', '', 0, false]
  return {
    seq,
    at: now - (count - seq) * 137,
    direction,
    kind,
    server: 'fin-a.example.com:8445',
    line,
    bytes,
    failed,
  }
}

const matches = (row: TraceRow, filter: TraceFilter): boolean =>
  (filter.kinds.length === 0 || filter.kinds.includes(row.kind)) &&
  (!filter.failedOnly || row.failed) &&
  (filter.text === '' || row.line.toLowerCase().includes(filter.text.toLowerCase()))

/** `count` entries that follow a pattern; filtered ones by their positions, as main counts them. */
export const traceOf = (now: number, count: number) => {
  const period = SHAPES.length
  const page = (filter: TraceFilter, from: number | null, most: number): TracePage => {
    const hits = SHAPES.flatMap((_, seq) => (matches(rowAt(seq, now, count), filter) ? [seq] : []))
    const end = Math.floor(count / period) * hits.length + hits.filter((seq) => seq < count % period).length
    const start = Math.max(0, Math.min(from ?? end - most, end))
    const rows = Array.from({ length: Math.min(most, end - start) }, (_, n) => {
      const position = start + n
      return rowAt(
        Math.floor(position / hits.length) * period + (hits[position % hits.length] ?? 0),
        now,
        count,
      )
    })
    return { first: 0, end, from: start, rows }
  }
  const entry = (seq: number): TraceEntry => ({
    ...rowAt(seq, now, count),
    text: `<message from="pubsub.fin-a.example.com" to="1001@fin-a.example.com/desktop">\n  <event xmlns="http://jabber.org/protocol/pubsub#event">\n    <items node="/finesse/api/User/1001/Dialogs">\n      <item id="e-${seq}">\n        <notification>\n          <Update>\n            <data>\n              <dialog>\n                <fromAddress>[number 3]</fromAddress>\n                <mediaProperties>\n                  <callvariables>\n                    <CallVariable>\n                      <name>callVariable1</name>\n                      <value>[variable 2]</value>\n                    </CallVariable>\n                  </callvariables>\n                </mediaProperties>\n                <state>ALERTING</state>\n              </dialog>\n            </data>\n            <event>POST</event>\n            <requestId>[redacted]</requestId>\n          </Update>\n        </notification>\n      </item>\n    </items>\n  </event>\n</message>`,
  })
  return { page, entry }
}
