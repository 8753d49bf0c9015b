import { describe, expect, it } from 'vitest'
import { traceOf } from '../../../testing/inspector/traceOf'
import { createTracePages, PAGE } from './tracePages'

const ALL = { kinds: [], text: '', failedOnly: false } as const

const start = (count: number) => {
  const asked: (number | null)[] = []
  let first = 0
  let rows = count
  const pages = createTracePages(
    (from, most) => {
      asked.push(from)
      const page = traceOf(0, rows).page(ALL, from === null ? null : Math.max(from, first), most)
      return Promise.resolve({ ...page, first })
    },
    () => undefined,
  )
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  return {
    pages,
    asked,
    settle,
    grow: (more: number) => (rows += more),
    forget: (lowest: number) => (first = lowest),
  }
}

describe('pages of the trace', () => {
  it('asks for the newest first, then only for what is seen and lacking', async () => {
    const { pages, asked, settle } = start(100_000)
    pages.refresh()
    await settle()
    expect([pages.first, pages.end]).toEqual([0, 100_000])
    pages.want(99_980, 100_000)
    await settle()
    expect(asked).toEqual([null])
    pages.want(50_010, 50_035)
    await settle()
    const page = Math.floor(50_010 / PAGE) * PAGE
    expect(asked).toEqual([null, page])
    expect(pages.rowAt(50_020)?.seq).toBe(50_020)
    expect(pages.rowAt(10)).toBeNull()
  })

  it('never asks for rows that were scrolled past while an answer was on its way', async () => {
    const { pages, asked, settle } = start(100_000)
    pages.refresh()
    await settle()
    for (let at = 0; at < 90_000; at += 500) pages.want(at, at + 30)
    await settle()
    const last = Math.floor(89_500 / PAGE) * PAGE
    expect(asked).toEqual([null, 0, last, last + PAGE])
  })

  it('has what comes next when a list is scrolled steadily, in either direction', async () => {
    const { pages, settle } = start(100_000)
    pages.refresh()
    pages.want(50_000, 50_025)
    await settle()
    const lacking: number[] = []
    const look = async (at: number) => {
      pages.want(at, at + 25)
      for (let row = at; row < at + 25; row++) if (!pages.rowAt(row)) lacking.push(row)
      await settle()
    }
    for (let at = 50_005; at < 50_600; at += 5) await look(at)
    for (let at = 50_600; at > 49_000; at -= 5) await look(at)
    expect(lacking).toEqual([])
  })

  it('keeps a bounded number of pages, however far one scrolls', async () => {
    const { pages, settle } = start(100_000)
    pages.refresh()
    await settle()
    for (let at = 0; at < 60_000; at += PAGE) {
      pages.want(at, at + 30)
      await settle()
    }
    expect(pages.size).toBeLessThanOrEqual(40)
    expect(pages.rowAt(0)).toBeNull()
  })

  it('follows what is captured and forgets what has left', async () => {
    const { pages, settle, grow, forget } = start(1000)
    pages.refresh()
    await settle()
    grow(7)
    forget(300)
    pages.refresh()
    await settle()
    expect([pages.first, pages.end]).toEqual([300, 1007])
    expect(pages.rowAt(1006)?.seq).toBe(1006)
  })

  it('does not ask for ever for rows it cannot get', async () => {
    let asked = 0
    const pages = createTracePages(
      (from) => {
        asked++
        return Promise.resolve({ first: 0, end: 1000, from: from ?? 800, rows: [] })
      },
      () => undefined,
    )
    pages.refresh()
    pages.want(0, 50)
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
    expect(asked).toBeLessThan(4)
  })
})
