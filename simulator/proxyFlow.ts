import type { Socket } from 'node:net'
import type { Clock } from './clock'
import type { FlowRule } from './proxyMode'

/** More than this is not held in memory: the source is paused and waits in the kernel's buffers. */
const MOST_HELD = 256 * 1024
/** A throttled flow writes about this many times a second. */
const SLICES_PER_SECOND = 50

/** `at`: when it came, ms. */
interface Item {
  readonly at: number
  what: Buffer | 'end' | 'reset'
}

export interface FlowHost {
  readonly clock: Clock
  /** Bytes went to the kernel of the other side. */
  passed(bytes: number): void
  /** The bytes of a `cut` rule are used up and written. */
  cut(): void
}

/** One direction of one connection: bytes in order, their end or reset behind them. */
export class Flow {
  #items: Item[] = []
  #held = 0
  #rule: FlowRule = { kind: 'open' }
  #draining = false
  #sourceOver = false
  #over = false
  #allowed = 0
  #nextAt = 0
  #cancel: (() => void) | null = null

  constructor(
    private readonly source: Socket,
    private readonly sink: Socket,
    private readonly host: FlowHost,
  ) {
    source.on('data', (chunk: Buffer) => {
      if (this.#over) return
      this.#items.push({ at: host.clock.now(), what: chunk })
      this.#held += chunk.length
      this.#pump()
      this.#regulate()
    })
    source.on('end', () => {
      this.#close('end')
    })
    // The reason comes with 'close'; without a listener it would be thrown.
    source.on('error', () => undefined)
    source.on('close', () => {
      this.#close('reset')
    })
    sink.on('drain', () => {
      this.#draining = false
      this.#pump()
      this.#regulate()
    })
  }

  /** The source ended or is gone, even when the other side has not been told yet. */
  get sourceOver(): boolean {
    return this.#sourceOver
  }

  /** Bytes waiting in this process. */
  get held(): number {
    return this.#held
  }

  obey(rule: FlowRule): void {
    this.#rule = rule
    this.#nextAt = 0
    this.#allowed = rule.kind === 'cut' ? rule.bytes : 0
    this.#pump()
    this.#regulate()
  }

  /** FIN to the sink now; whatever else comes is thrown away. */
  finish(): void {
    this.stop()
    this.sink.end()
    this.source.resume()
  }

  stop(): void {
    this.#over = true
    this.#items = []
    this.#held = 0
    this.#wake()
  }

  #close(how: 'end' | 'reset'): void {
    if (this.#sourceOver || this.#over) {
      this.#sourceOver = true
      return
    }
    this.#sourceOver = true
    this.#items.push({ at: this.host.clock.now(), what: how })
    this.#pump()
  }

  #wake(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #sleep(ms: number): void {
    this.#cancel = this.host.clock.after(ms, () => {
      this.#cancel = null
      this.#pump()
      this.#regulate()
    })
  }

  #regulate(): void {
    const full = this.#held >= MOST_HELD || this.#draining
    const unread = this.#rule.kind === 'shut' && !this.#rule.read
    if (!this.#over && (full || unread)) this.source.pause()
    else this.source.resume()
  }

  #pump(): void {
    this.#wake()
    for (let item = this.#items[0]; item !== undefined && !this.#draining; item = this.#items[0]) {
      const rule = this.#rule
      if (rule.kind === 'shut') return
      const now = this.host.clock.now()
      const due = rule.kind === 'delay' ? item.at + rule.ms : rule.kind === 'throttle' ? this.#nextAt : now
      if (due > now) return this.#sleep(due - now)
      if (item.what === 'end' || item.what === 'reset') return this.#pass(item.what)
      if (rule.kind === 'cut' && this.#allowed <= item.what.length)
        return this.#cut(item.what.subarray(0, this.#allowed))
      this.#write(this.#take(item, item.what, rule, now))
    }
  }

  #pass(how: 'end' | 'reset'): void {
    this.stop()
    if (how === 'end') this.sink.end()
    else this.sink.resetAndDestroy()
  }

  /** The next bytes to write; what is left of a chunk stays first in line. */
  #take(item: Item, chunk: Buffer, rule: FlowRule, now: number): Buffer {
    const most =
      rule.kind === 'throttle'
        ? Math.max(1, Math.floor(rule.bytesPerSecond / SLICES_PER_SECOND))
        : chunk.length
    const part = chunk.subarray(0, most)
    if (part.length < chunk.length) item.what = chunk.subarray(part.length)
    else this.#items.shift()
    if (rule.kind === 'throttle')
      this.#nextAt = Math.max(now, this.#nextAt) + (part.length * 1000) / rule.bytesPerSecond
    if (rule.kind === 'cut') this.#allowed -= part.length
    return part
  }

  #write(chunk: Buffer): void {
    this.#held -= chunk.length
    this.host.passed(chunk.length)
    if (!this.sink.destroyed && this.sink.writable && !this.sink.write(chunk)) this.#draining = true
  }

  #cut(last: Buffer): void {
    this.stop()
    this.host.passed(last.length)
    const done = () => {
      this.host.cut()
    }
    if (last.length === 0 || this.sink.destroyed) done()
    else this.sink.write(last, done)
  }
}
