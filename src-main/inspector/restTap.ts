import type { RestCallView, WireText } from '../../src-contract/inspector'
import type { RestTap } from '../finesse/tap'
import { readSystemInfo, type Verdict } from './evidence'
import { maskLong } from './longText'
import type { RecorderParts } from './recorderParts'
import { callKind, hostOf, keptCall, NO_TIMINGS, packed, portOf, type KeptCall } from './restCalls'
import { applyReport, keepChain, stageDetail, waitingStages, type StageWork } from './stageWork'
import { answerText, maskedFacts, maskedParams, requestText, wireText } from './wireText'

interface OpenCall {
  view: KeptCall['view']
  readonly kind: ReturnType<typeof callKind>
  exchange: WireText[]
  /** Our wall clock. */
  readonly sentAt: number
  readonly stages: readonly StageWork[]
}

const CONNECTING = ['dns', 'tcp', 'tls'] as const
const connectingStages = (): readonly StageWork[] =>
  waitingStages().filter(({ stage }) => (CONNECTING as readonly string[]).includes(stage))

/** A call that repeats itself keeps both requests, not more. */
const MOST_TEXTS = 4

/** The calls of one REST client. */
export const createRestTap = (parts: RecorderParts, server: string): RestTap => {
  const { mask, evidence, listener, calls } = parts
  const host = hostOf(server)
  const port = portOf(server)
  const open = new Map<number, OpenCall>()
  const ahead = connectingStages()

  const masked = ({ problem, cause }: Verdict): Verdict => ({
    problem: maskedParams(problem, mask.facts),
    cause: maskedParams(cause, mask.facts),
  })
  const viewOf = (call: OpenCall): RestCallView => ({ ...call.view, exchange: call.exchange })
  const stagesOf = (call: OpenCall) =>
    call.stages.filter(({ status }) => status !== 'waiting').map(stageDetail)
  /** Its beginning was put right meanwhile (`AttemptRecorder.rebase`): so are its parts. */
  const follow = (call: OpenCall): void => {
    const startedAt = calls.startOf(call.view.id) ?? call.view.startedAt
    const byMs = startedAt - call.view.startedAt
    if (byMs === 0) return
    call.view = { ...call.view, startedAt }
    call.exchange = call.exchange.map((text) => ({ ...text, at: text.at + byMs }))
    for (const work of call.stages) if (work.startedAt !== null) work.startedAt += byMs
  }
  const store = (call: OpenCall, isOver: boolean): void => {
    const exchange = isOver ? packed(call.exchange) : [...call.exchange]
    calls.change(keptCall(call.view, exchange, stagesOf(call)))
    parts.changed()
  }
  const workFor = (number: number | null, stage: string): StageWork | undefined => {
    const stages = (number === null ? undefined : open.get(number)?.stages) ?? ahead
    return stages.find((work) => work.stage === stage)
  }

  return {
    requested: (number, request, at) => {
      const time = at + parts.offset()
      const text = maskLong(requestText(request), mask.text)
      const again = open.get(number)
      if (again !== undefined) {
        if (again.exchange.length < MOST_TEXTS) again.exchange.push(wireText('sent', time, text))
        return
      }
      const { headers, method } = request
      const call: OpenCall = {
        sentAt: at,
        kind: callKind(method, request.path, request.body),
        view: {
          id: parts.nextId(),
          server,
          method,
          path: mask.text(request.path),
          requestId: headers.requestId ?? null,
          startedAt: time,
          ms: null,
          status: null,
          bytes: null,
          timings: NO_TIMINGS,
          problem: null,
          cause: null,
        },
        exchange: [wireText('sent', time, text)],
        stages: connectingStages(),
      }
      open.set(number, call)
      calls.add(keptCall(call.view, [...call.exchange], []))
      listener.requested(viewOf(call), text)
      parts.changed()
    },
    stage: (number, report) => {
      const offset = parts.offset()
      const work = workFor(number, report.stage)
      if (work === undefined) return
      const facts = maskedFacts(report.facts, mask.facts)
      const at = { host, port, now: parts.now(), facts, chain: work.certificates }
      const said = 'failure' in report ? masked(evidence.connection(report.failure, report.stage, at)) : null
      applyReport(work, report, facts, offset, said)
      if (report.stage === 'tls' && report.status === 'succeeded') evidence.trusted(host, port)
      const call = number === null ? undefined : open.get(number)
      if (call !== undefined && 'ms' in report)
        call.view = {
          ...call.view,
          timings: { ...call.view.timings, [`${report.stage}Ms`]: report.ms },
        }
      listener.stage(server, report, facts, report.at + offset)
    },
    chain: (number, certificates) => {
      const work = workFor(number, 'tls')
      if (work !== undefined) keepChain(work, certificates)
    },
    answered: (number, answer, at) => {
      const call = open.get(number)
      if (call === undefined) return
      follow(call)
      const time = at + parts.offset()
      const text = maskLong(answerText(answer), mask.text)
      if (call.exchange.length < MOST_TEXTS) call.exchange.push(wireText('received', time, text))
      call.view = {
        ...call.view,
        status: answer.status,
        bytes: answer.bytes,
        timings: { ...call.view.timings, waitMs: answer.roundTripMs },
      }
      if (call.kind === 'systemInfo' && answer.status === 200 && answer.body !== null) {
        const info = readSystemInfo(answer.body)
        if (info !== null) {
          // At the middle of the round trip (section 14).
          const middle = at - answer.roundTripMs / 2
          const drift = info.currentTimestamp === null ? null : Math.round(info.currentTimestamp - middle)
          evidence.systemInfo(host, info, drift)
          // The first answer tells how far the clocks are apart.
          const offset = parts.offset()
          if (drift !== null) listener.drift(drift, at + (Math.abs(offset) < 1 ? drift : offset))
          const cause = evidence.info(info, { host, port, now: parts.now() })
          call.view = { ...call.view, cause: cause === null ? null : maskedParams(cause, mask.facts) }
        }
      }
      if (call.kind !== 'systemInfo' && answer.status >= 200 && answer.status < 300) evidence.passwordWorked()
      call.view = { ...call.view, ms: at - call.sentAt }
      listener.answered(viewOf(call), text, time)
      store(call, false)
    },
    finished: (number, failure, at) => {
      const call = open.get(number)
      if (call === undefined) return
      open.delete(number)
      follow(call)
      const time = at + parts.offset()
      call.view = { ...call.view, ms: at - call.sentAt }
      // Nobody waits for it any more: no fault.
      if (failure !== null && failure.kind !== 'cancelled') {
        const said = evidence.rest(failure, call.kind, { host, port, now: parts.now() })
        call.view = { ...call.view, ...masked(said) }
      }
      if (failure !== null && (call.view.status === null || call.view.status < 400))
        listener.callFailed(
          viewOf(call),
          failure.kind === 'connection' ? failure.failure.kind : failure.kind,
          time,
        )
      store(call, true)
    },
  }
}
