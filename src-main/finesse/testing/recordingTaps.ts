import type { LinkTap, RestTap } from '../tap'

interface Recorded<T> {
  readonly tap: T
  /** Each call in a few words, in order. */
  readonly lines: readonly string[]
  /** All that was told, as text. */
  text(): string
}

/** `<name attributes>` or what else the frame begins with. */
const rootOf = (frame: string): string => /^<([^\s/>]+)/.exec(frame)?.[1] ?? frame.slice(0, 20)

const firstLine = (head: string): string => head.split('\r\n')[0] ?? ''

/** A tap that writes down what it is told. */
export const recordingLinkTap = (): Recorded<LinkTap> => {
  const lines: string[] = []
  const all: unknown[] = []
  const note = (line: string, ...told: unknown[]): void => {
    lines.push(line)
    all.push(told)
  }
  const tap: LinkTap = {
    stage: (report, endpoint) => note(`${report.stage} ${report.status}`, report, endpoint),
    chain: (certificates) => note(`chain of ${String(certificates.length)}`, certificates),
    upgrade: (direction, head, at) => note(`${direction} ${firstLine(head)}`, head, at),
    frame: (direction, text, at) => note(`${direction} ${rootOf(text)}`, text, at),
    ready: (jid, at) => note(`ready ${jid}`, at),
    ping: (roundTripMs, at) => note('ping', roundTripMs, at),
    pingLost: (at) => note('ping lost', at),
    ended: (failure, at) => note(`ended ${failure.kind}`, failure, at),
  }
  return { tap, lines, text: () => JSON.stringify(all) }
}

export const recordingRestTap = (): Recorded<RestTap> => {
  const lines: string[] = []
  const all: unknown[] = []
  const note = (call: number | null, line: string, ...told: unknown[]): void => {
    lines.push(`${String(call)} ${line}`)
    all.push(told)
  }
  const tap: RestTap = {
    requested: (call, request, at) => note(call, `${request.method} ${request.path}`, request, at),
    stage: (call, report) => note(call, `${report.stage} ${report.status}`, report),
    chain: (call, certificates) => note(call, `chain of ${String(certificates.length)}`, certificates),
    answered: (call, answer, at) => note(call, `${String(answer.status)} ${answer.statusText}`, answer, at),
    finished: (call, failure, at) => note(call, `finished ${failure?.kind ?? 'well'}`, failure, at),
  }
  return { tap, lines, text: () => JSON.stringify(all) }
}
