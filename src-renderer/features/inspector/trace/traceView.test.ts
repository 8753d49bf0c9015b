// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { mountScene, textOf, type Mounted, type Wish } from '../../../testing/mount'
import TraceView from './TraceView.vue'

let mounted: Mounted | null = null
const HEIGHT = 480
const known = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'clientHeight')
// Nothing is laid out here: every list is given the height of a window.
beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => HEIGHT })
})
afterEach(() => {
  mounted?.unmount()
  if (known) Object.defineProperty(HTMLElement.prototype, 'clientHeight', known)
})

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn++) await nextTick()
}
const show = async (wish: Wish): Promise<Mounted> => {
  mounted = await mountScene(TraceView, 'ready', 4, wish)
  await settle()
  return mounted
}
const all = (testId: string): HTMLElement[] => [
  ...(mounted?.root.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`) ?? []),
]
const find = (testId: string): HTMLElement | null => all(testId)[0] ?? null
const scrollTo = async (top: number): Promise<void> => {
  const list = find('trace-list')
  if (!list) throw new Error('no list')
  list.scrollTop = top
  list.dispatchEvent(new Event('scroll'))
  await settle()
}
const pagesAsked = (): { from: number | null; filter: unknown }[] =>
  (mounted?.bridge.asked ?? []).flatMap((each) =>
    each.name === 'trace.page' ? [each.input as { from: number | null; filter: unknown }] : [],
  )

describe('the trace', () => {
  it('makes rows for what is seen only, of 100,000', async () => {
    await show({ inspection: 'healthy', rows: 100_000 })
    expect(textOf(find('trace-count'))).toBe('100,000 entries')
    await scrollTo(50_000 * 24)
    const rows = all('trace-row')
    expect(rows.length).toBeGreaterThan(HEIGHT / 24)
    expect(rows.length).toBeLessThan(40)
    expect(rows.some((row) => row.id === 'trace-50000')).toBe(true)
    expect(rows[5]?.getAttribute('aria-setsize')).toBe('100000')
    // The newest page, and those that were looked at.
    expect(pagesAsked().map(({ from }) => from)).toEqual([null, 0, 49_980])
  })

  it('asks main for what is typed and chosen, and says how much that is', async () => {
    await show({ inspection: 'healthy', rows: 1200 })
    find('trace-failed')?.click()
    await settle()
    expect(textOf(find('trace-count'))).toBe('300 match')
    find('trace-kind-rest')?.click()
    await settle()
    expect(textOf(find('trace-count'))).toBe('100 match')
    const input = find('trace-filter') as HTMLInputElement | null
    if (!input) throw new Error('no field')
    input.value = 'Team'
    input.dispatchEvent(new Event('input'))
    await settle()
    expect(pagesAsked().at(-1)?.filter).toEqual({ kinds: ['rest'], text: 'Team', failedOnly: true })
    expect(textOf(mounted?.root)).toContain('No entry matches')
  })

  it('asks one thing at a time, and only the newest of what is typed meanwhile', async () => {
    const page = { first: 0, end: 0, from: 0, rows: [] }
    let answer: (value: unknown) => void = () => undefined
    const slow = () => new Promise((resolve) => (answer = resolve))
    await show({ inspection: 'healthy', answers: { 'trace.page': slow } })
    const input = find('trace-filter') as HTMLInputElement | null
    for (const text of ['T', 'Te', 'Tea', 'Team']) {
      if (input) input.value = text
      input?.dispatchEvent(new Event('input'))
      await settle()
    }
    expect(pagesAsked()).toHaveLength(1)
    answer(page)
    await settle()
    expect(pagesAsked().map(({ filter }) => (filter as { text: string }).text)).toEqual(['', 'Team'])
  })

  it('opens an entry, marks what was taken out, and copies it', async () => {
    const { bridge } = await show({ inspection: 'healthy', rows: 1000 })
    all('trace-row')[2]?.click()
    await settle()
    const detail = find('trace-detail')
    expect([...(detail?.querySelectorAll('mark') ?? [])].map(textOf)).toEqual([
      '[number 3]',
      '[variable 2]',
      '[redacted]',
    ])
    find('trace-copy')?.click()
    expect(bridge.asked.at(-1)?.name).toBe('inspector.copy')
  })

  it('pauses, and keeps numbers readable only by consent', async () => {
    const { bridge } = await show({ inspection: 'healthy', rows: 100 })
    find('trace-pause')?.click()
    expect(bridge.asked.at(-1)).toEqual({ name: 'trace.pause', input: { paused: true } })
    const box = find('trace-plain') as HTMLInputElement | null
    expect(box?.checked).toBe(false)
    box?.click()
    expect(bridge.asked.at(-1)).toEqual({ name: 'trace.plain', input: { plain: true } })
    expect(textOf(mounted?.root)).toContain('Passwords are always taken out.')
  })

  it('offers neither of an opened bundle', async () => {
    await show({ inspection: 'opened' })
    expect(all('trace-row').length).toBeGreaterThan(0)
    expect([find('trace-pause'), find('trace-plain')]).toEqual([null, null])
  })
})
