import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { readFrame } from './frame'
import { createRecentItems } from './recentItems'
import { eventFrame } from './testing/responder'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heapUsed = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

const NODE = '/finesse/api/User/1071/Dialogs'
const MIB = 1024 * 1024

/** The ids as they come: cut out of frames of this many bytes. */
const rememberAll = (
  isNew: ReturnType<typeof createRecentItems>,
  ids: Iterable<string>,
  bytes: number,
): void => {
  for (const id of ids) {
    const frame = readFrame(eventFrame({ node: NODE, id, content: 'x'.repeat(bytes) }))
    if (!frame.ok || frame.value.kind !== 'event') throw new Error('no event')
    for (const { node, itemId } of frame.value.items) isNew(node, itemId)
  }
}
function* ids(count: number, length = 36): Generator<string> {
  for (let at = 0; at < count; at += 1) yield String(at).padStart(length, 'i')
}

describe('recent items', () => {
  it('counts an item once per node, and one without id always as new', () => {
    const isNew = createRecentItems(10)
    expect([isNew('a', '1'), isNew('a', '1'), isNew('b', '1'), isNew('a', '')]).toEqual([
      true,
      false,
      true,
      true,
    ])
    expect(isNew('a', '')).toBe(true)
  })

  it('forgets the oldest first', () => {
    const isNew = createRecentItems(2)
    for (const id of ['1', '2', '3']) isNew('a', id)
    expect([isNew('a', '3'), isNew('a', '2'), isNew('a', '1')]).toEqual([false, false, true])
  })

  it('tells long ids apart', () => {
    const isNew = createRecentItems(10)
    const long = 'x'.repeat(1_000)
    expect([isNew('a', `${long}1`), isNew('a', `${long}2`), isNew('a', `${long}1`)]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('keeps ids, not the frames they came in', () => {
    const isNew = createRecentItems(10_000)
    const before = heapUsed()
    // 80 MB of frames.
    rememberAll(isNew, ids(10_000), 8_000)
    expect(heapUsed() - before).toBeLessThan(2 * MIB)
    expect(isNew(NODE, '0'.padStart(36, 'i'))).toBe(false)
  })

  it('keeps little of ids of any length', () => {
    const isNew = createRecentItems(10_000)
    const before = heapUsed()
    rememberAll(isNew, ids(500, 40_000), 10)
    expect(heapUsed() - before).toBeLessThan(MIB)
    expect(isNew(NODE, '0'.padStart(40_000, 'i'))).toBe(false)
  })
})
