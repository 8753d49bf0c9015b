import type { CallTimings, RestCallView, StageDetail, WireText } from '../../src-contract/inspector'
import type { RestCall } from '../session/problems'

/** A call as it is kept: its texts as bytes off the heap once it is over. */
export interface KeptCall {
  readonly view: Omit<RestCallView, 'exchange'>
  readonly exchange: readonly WireText[] | Buffer
  /** DNS, TCP and TLS of its own connection. */
  readonly stages: readonly StageDetail[]
  readonly bytes: number
}

export interface RestCalls {
  add(call: KeptCall): void
  /** The same call, further. */
  change(call: KeptCall): void
  /** Oldest first. Of this host; of this very port, where REST and notifications share one. */
  between(at: { readonly host: string; readonly port: number }, from: number, to: number): readonly KeptCall[]
  clear(): void
  /** All began that much later than was thought. */
  shift(byMs: number): void
  startOf(id: number): number | undefined
  /** Oldest first. */
  all(): readonly KeptCall[]
  last(matching: (call: KeptCall) => boolean): KeptCall | null
  size(): number
  bytes(): number
}

/** An object takes this much beside its texts. */
const OBJECT_BYTES = 600

export const packed = (value: unknown): Buffer => {
  const text = JSON.stringify(value)
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text, 'utf8')
  return bytes
}

const unpackTexts = (exchange: KeptCall['exchange']): readonly WireText[] =>
  Buffer.isBuffer(exchange) ? (JSON.parse(exchange.toString('utf8')) as readonly WireText[]) : exchange

export const callView = (call: KeptCall): RestCallView => ({
  ...call.view,
  exchange: unpackTexts(call.exchange),
})

export const bytesOfTexts = (exchange: KeptCall['exchange']): number =>
  Buffer.isBuffer(exchange) ? exchange.length : exchange.reduce((sum, { text }) => sum + text.length * 2, 0)

export const keptCall = (
  view: KeptCall['view'],
  exchange: KeptCall['exchange'],
  stages: KeptCall['stages'],
): KeptCall => ({ view, exchange, stages, bytes: OBJECT_BYTES + bytesOfTexts(exchange) })

/** Bounded by number and by bytes; the oldest leave first. */
export const createRestCalls = (mostCalls: number, mostBytes: number): RestCalls => {
  // By id, in the order of their beginning.
  const calls = new Map<number, KeptCall>()
  let bytes = 0
  const trim = (): void => {
    for (const [id, call] of calls) {
      if (calls.size <= mostCalls && bytes <= mostBytes) return
      calls.delete(id)
      bytes -= call.bytes
    }
  }
  return {
    add: (call) => {
      calls.set(call.view.id, call)
      bytes += call.bytes
      trim()
    },
    change: (call) => {
      const before = calls.get(call.view.id)
      if (before === undefined) return
      calls.set(call.view.id, call)
      bytes += call.bytes - before.bytes
      trim()
    },
    between: ({ host, port }, from, to) => {
      const found = [...calls.values()].filter(
        ({ view }) => hostOf(view.server) === host && view.startedAt >= from && view.startedAt <= to,
      )
      const exact = found.filter(({ view }) => portOf(view.server) === port)
      return exact.length > 0 ? exact : found
    },
    clear: () => {
      calls.clear()
      bytes = 0
    },
    shift: (byMs) => {
      for (const [id, call] of calls) {
        const view = { ...call.view, startedAt: call.view.startedAt + byMs }
        const texts = unpackTexts(call.exchange).map((text) => ({ ...text, at: text.at + byMs }))
        const stages = call.stages.map((stage) => ({
          ...stage,
          startedAt: stage.startedAt === null ? null : stage.startedAt + byMs,
        }))
        calls.set(id, {
          ...call,
          view,
          stages,
          exchange: Buffer.isBuffer(call.exchange) ? packed(texts) : texts,
        })
      }
    },
    startOf: (id) => calls.get(id)?.view.startedAt,
    all: () => [...calls.values()],
    last: (matching) => {
      let found: KeptCall | null = null
      for (const call of calls.values()) if (matching(call)) found = call
      return found
    },
    size: () => calls.size,
    bytes: () => bytes,
  }
}

export const hostOf = (server: string): string => server.replace(/:\d+$/, '').toLowerCase()
export const portOf = (server: string): number => Number(/:(\d+)$/.exec(server)?.[1] ?? 0)

export const NO_TIMINGS: CallTimings = { dnsMs: null, tcpMs: null, tlsMs: null, waitMs: null }

/** What a call was for, by its method and path. */
export const callKind = (method: string, path: string, body: string | null): RestCall | 'other' => {
  const [, object = '', , below = ''] = /\/finesse\/api\/(\w+)(?:\/([^/?]*))?(?:\/(\w+))?/.exec(path) ?? []
  if (object === 'SystemInfo') return 'systemInfo'
  if (below === 'ReasonCodes') return 'reasonCodes'
  if (object === 'Team') return 'team'
  if (below === 'Dialogs') return 'dialogs'
  if (object !== 'User' || below !== '') return 'other'
  if (method === 'GET') return 'user'
  if (method !== 'PUT') return 'other'
  if (body?.includes('<state>LOGIN<') === true) return 'signIn'
  return body?.includes('<state>LOGOUT<') === true ? 'signOut' : 'setState'
}
