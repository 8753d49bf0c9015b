import type { RestCallView } from '../../src-contract/inspector'
import type { StageFacts, StageReport } from '../finesse/stages'
import { frameLine } from './frames'
import type { Trace } from './trace'
import type { WireListener } from './wireListener'

const word = (value: StageFacts[string] | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? value.join(' ') : String(value)

/** Of the failure, what fits in a line. */
const failureWord = (report: StageReport): string => {
  if (!('failure' in report)) return ''
  const { failure } = report
  if ('code' in failure) return `${failure.kind} ${String(failure.code)}`
  if ('condition' in failure) return `${failure.kind} ${failure.condition}`
  return failure.kind === 'upgrade' ? `upgrade ${String(failure.status)}` : failure.kind
}

const stageLine = (report: StageReport): string =>
  [
    report.stage,
    report.status,
    'ms' in report ? `${String(Math.round(report.ms))} ms` : '',
    failureWord(report),
  ]
    .filter((part) => part !== '')
    .join(' ')

const stageText = (facts: StageFacts): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${word(value)}`)
    .join('\n')

const callLine = ({ method, path, status, ms }: RestCallView): string =>
  [method, path, status === null ? '' : String(status), ms === null ? '' : `${String(Math.round(ms))} ms`]
    .filter((part) => part !== '')
    .join(' ')

/** Writes into the trace what the taps tell. */
export const createTraceListener = (
  trace: Trace,
): Pick<WireListener, 'frame' | 'upgrade' | 'stage' | 'requested' | 'answered' | 'callFailed'> => ({
  frame: (server, direction, shape, asked, text, at) => {
    const kind = asked?.kind === 'ping' ? 'ping' : shape.kind
    const line = frameLine(kind === shape.kind ? shape : { ...shape, kind }, asked)
    trace.add({ at, kind, direction, server, failed: shape.failed }, line, text)
  },
  upgrade: (server, direction, head, at) => {
    const [line = ''] = head.split('\r\n', 1)
    const failed = direction === 'received' && !/^HTTP\/\S+ 101\b/.test(line)
    trace.add({ at, kind: 'upgrade', direction, server, failed }, line, head)
  },
  stage: (server, report, facts, at) => {
    const failed = report.status === 'failed' || report.status === 'degraded'
    trace.add({ at, kind: 'stage', direction: 'none', server, failed }, stageLine(report), stageText(facts))
  },
  requested: (call, text) => {
    const { server, startedAt: at, method, path } = call
    trace.add({ at, kind: 'rest', direction: 'sent', server, failed: false }, `${method} ${path}`, text)
  },
  answered: (call, text, at) => {
    const failed = (call.status ?? 0) >= 400
    trace.add({ at, kind: 'rest', direction: 'received', server: call.server, failed }, callLine(call), text)
  },
  callFailed: (call, kind, at) => {
    const failed = kind !== 'cancelled'
    const line = `${callLine(call)} ${kind}`
    trace.add({ at, kind: 'rest', direction: 'none', server: call.server, failed }, line, '')
  },
})
