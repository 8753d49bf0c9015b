import type { TracePage, TraceRow } from '../../../../src-contract/inspector'

/** What a window shows and little more: each row of an answer costs time between main and the page, seen or not. */
export const PAGE = 60
/** Pages kept; the rows of one are about 20 kB. */
const MOST_PAGES = 40
/** Rows asked for before they are seen, the way the list is going. */
const AHEAD = PAGE

/** Asks for a page; null when it could not be had. `from`: null for the newest. */
export type AskPage = (from: number | null, count: number) => Promise<TracePage | null>

export interface TracePages {
  /** Lowest and next position of the filtered list. */
  readonly first: number
  readonly end: number
  /** Null: not here yet. */
  rowAt(position: number): TraceRow | null
  /** These are seen: what is missing of them is asked for. */
  want(from: number, to: number): void
  /** More was captured: asks for the newest. */
  refresh(): void
  /** Pages kept at present. */
  readonly size: number
}

/**
 * A window on a list that grows at its end and shrinks at its beginning. Positions of rows stay (`TracePage`), so a
 * page that was full never changes. One question is under way at a time, and what was wanted last is asked next:
 * rows that were scrolled past are never asked for. When all that is seen is here, what comes next is asked for,
 * unless the list is leapt through.
 */
export const createTracePages = (ask: AskPage, changed: () => void): TracePages => {
  const pages = new Map<number, readonly TraceRow[]>()
  let first = 0
  let end = 0
  let asking = false
  let stale = false
  let seen = { from: 0, to: 0 }
  /** Rows that come into sight next lie this way; 0 while leaping, when nobody knows. */
  let going: -1 | 0 | 1 = 0
  /** Asked for and not had: not asked again until something new was captured. */
  const missing = new Set<number>()

  const keep = (number: number, rows: readonly TraceRow[]): void => {
    pages.delete(number)
    pages.set(number, rows)
    for (const oldest of pages.keys()) {
      if (pages.size <= MOST_PAGES) break
      pages.delete(oldest)
    }
  }
  const put = (page: TracePage): void => {
    first = page.first
    end = page.end
    const byPage = new Map<number, TraceRow[]>()
    page.rows.forEach((row, index) => {
      const number = Math.floor((page.from + index) / PAGE)
      const rows = byPage.get(number) ?? [...(pages.get(number) ?? [])]
      rows[(page.from + index) % PAGE] = row
      byPage.set(number, rows)
    })
    for (const [number, rows] of byPage) keep(number, rows)
  }
  const has = (position: number): boolean =>
    pages.get(Math.floor(position / PAGE))?.[position % PAGE] !== undefined
  /** The first page of a stretch that lacks a row. */
  const lackingIn = (from: number, to: number): number | null => {
    for (let at = Math.max(first, from); at < Math.min(end, to); at++) {
      const number = Math.floor(at / PAGE)
      if (!has(at) && !missing.has(number)) return number
    }
    return null
  }
  const lacking = (): number | null => {
    const lacks = lackingIn(seen.from, seen.to)
    if (lacks !== null || going === 0) return lacks
    return going < 0 ? lackingIn(seen.from - AHEAD, seen.from) : lackingIn(seen.to, seen.to + AHEAD)
  }
  const run = async (): Promise<void> => {
    if (asking) return
    asking = true
    for (;;) {
      const newest = stale
      const number = newest ? null : lacking()
      if (!newest && number === null) break
      stale = false
      const answer = await ask(number === null ? null : Math.max(first, number * PAGE), PAGE)
      if (answer) put(answer)
      if (number !== null && lacking() === number) missing.add(number)
      changed()
      if (!answer) break
    }
    asking = false
  }
  return {
    get first() {
      return first
    },
    get end() {
      return end
    },
    get size() {
      return pages.size
    },
    rowAt: (position) => pages.get(Math.floor(position / PAGE))?.[position % PAGE] ?? null,
    want: (from, to) => {
      const by = from - seen.from
      if (by !== 0) going = Math.abs(by) > AHEAD ? 0 : by < 0 ? -1 : 1
      seen = { from, to }
      void run()
    },
    refresh: () => {
      stale = true
      missing.clear()
      void run()
    },
  }
}
