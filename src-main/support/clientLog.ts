import type { AttemptDetail, AttemptSummary, HealthView, TraceEntry } from '../../src-contract/inspector'
import { err, ok, type Result } from '../../src-contract/result'
import { CLIENT_LOG_BYTES, clientLogBytes } from '../finesse/rest/clientLog'
import { holdsBesideMarks, type Masks } from './bundle/masks'
import type { SecretFound } from './bundle/pack'
import { newestFirst } from './bundle/segments'
import type { BundleContents } from './bundle/write'
import { harTime } from './harValues'

/** Characters of one entry of the trace: many short ones tell more than a few long ones. */
const MOST_OF_ENTRY = 4_000
const MOST_ATTEMPTS = 100
const OVERHEAD = clientLogBytes('')

const paramsOf = (params: Readonly<Record<string, string | number>>): string =>
  Object.entries(params)
    .map(([name, value]) => ` ${name}=${String(value)}`)
    .join('')

const said = (what: {
  readonly cause: AttemptSummary['cause']
  readonly problem: AttemptSummary['problem']
}): string =>
  (what.cause === null ? '' : ` cause ${what.cause.id}${paramsOf(what.cause.params)}`) +
  (what.problem === null ? '' : ` problem ${what.problem.code}${paramsOf(what.problem.params)}`)

const lasted = (ms: number | null): string => (ms === null ? '' : ` ${Math.round(ms)} ms`)

const headOf = (contents: BundleContents, createdAt: number): string =>
  [
    `Sidetone ${contents.version} ${contents.platform} ${contents.server} ${harTime(createdAt)}`,
    Object.entries(contents.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(' '),
    ...contents.settings.map(({ name, value, source }) => `${name}=${String(value)} (${source})`),
    '',
  ].join('\n')

/** How often each cause was met. */
const causesOf = (attempts: readonly AttemptSummary[]): string => {
  const counts = new Map<string, number>()
  for (const { cause } of attempts) if (cause !== null) counts.set(cause.id, (counts.get(cause.id) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([id, count]) => `cause ${id} ${count} times\n`)
    .join('')
}

const disconnectsOf = ({ disconnects }: HealthView): string =>
  [...disconnects]
    .reverse()
    .map(
      (one) =>
        `disconnect ${harTime(one.from)}${lasted(one.to === null ? null : one.to - one.from)} ` +
        `${one.fromNode} to ${one.toNode ?? 'none'} tries ${one.tries}${said(one)}\n`,
    )
    .join('')

type Redact = Masks['redact']

/** Redacted before it is cut: half a secret would not be found any more. */
const begin = (text: string, redact: Redact): string => redact(text).slice(0, MOST_OF_ENTRY)

const attemptText = (attempt: AttemptDetail, redact: Redact): string => {
  const stages = attempt.stages
    .filter(({ status }) => status !== 'waiting')
    .map((stage) => {
      const texts =
        stage.status === 'failed'
          ? stage.exchange.map(({ direction, text }) => `    ${direction} ${begin(text, redact)}\n`)
          : []
      return `  ${stage.stage} ${stage.status}${lasted(stage.ms)}${said(stage)}\n${texts.join('')}`
    })
  const { id, endpoint, startedAt, outcome, failedAt } = attempt
  const at = failedAt === null ? '' : ` at ${failedAt}`
  return `attempt ${id} ${harTime(startedAt)} ${endpoint} ${outcome}${at}${said(attempt)}\n${stages.join('')}`
}

const entryText = (entry: TraceEntry, redact: Redact): string => {
  const { at, kind, direction, server, line, text } = entry
  const begun = text === '' ? '' : `${begin(text, redact)}\n`
  return `${harTime(at)} ${kind} ${direction} ${server} ${line}\n${begun}`
}

/** The most telling first: what went wrong how often, when, at which stage; then the last that crossed the wire. */
async function* pieces(contents: BundleContents, redact: Redact, createdAt: number): AsyncGenerator<string> {
  const { source } = contents
  yield headOf(contents, createdAt)
  const attempts = [...source.attempts()].reverse()
  yield causesOf(attempts)
  yield disconnectsOf(source.health(null))
  const failed = attempts.filter(({ outcome }) => outcome === 'failed')
  for (const { id } of failed.slice(0, MOST_ATTEMPTS)) {
    const attempt = source.attempt(id)
    if (attempt !== null) yield attemptText(attempt, redact)
  }
  const { first, next } = contents.trace
  for await (const entry of newestFirst({ first, next, read: contents.rawTrace }))
    yield entryText(entry, redact)
}

/** What goes to Finesse: a text whose request stays below the server's limit, redacted once more. */
export const clientLogOf = async (
  contents: BundleContents,
  masks: Masks,
  createdAt: number,
  maxBytes = CLIENT_LOG_BYTES,
): Promise<Result<string, SecretFound>> => {
  const redact = (text: string): string => masks.redact(text)
  let room = maxBytes - OVERHEAD
  const kept: string[] = []
  for await (const piece of pieces(contents, redact, createdAt)) {
    const redacted = redact(piece)
    room -= clientLogBytes(redacted) - OVERHEAD
    if (room < 0) break
    kept.push(redacted)
  }
  const text = kept.join('')
  return holdsBesideMarks(masks)(text) ? err({ code: 'secretFound', file: 'ClientLog' }) : ok(text)
}
