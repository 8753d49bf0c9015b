import { describe, expect, it } from 'vitest'
import { generator } from '../statistics'
import { runHerd } from './herd'
import { herd10000 } from './index'
import { createTimeline } from '../virtual/timeline'

describe('the timeline', () => {
  it('runs what falls due in order, and nothing that was cancelled', () => {
    const timeline = createTimeline()
    const ran: string[] = []
    const note = (name: string) => () => void ran.push(`${name}@${String(timeline.now())}`)
    for (const ms of [30, 10, 20, 10]) timeline.after(ms, note(String(ms)))
    timeline.after(15, note('never'))()
    timeline.after(5, () => timeline.after(7, note('nested')))
    while (timeline.step(25));
    expect(ran).toEqual(['10@10', '10@10', 'nested@12', '20@20'])
    expect(timeline.nextAt()).toBe(30)
  })

  it('keeps its order with many timers', () => {
    const timeline = createTimeline()
    const random = generator(3)
    const seen: number[] = []
    for (let count = 0; count < 500; count += 1) {
      timeline.after(random() * 1000, () => void seen.push(timeline.now()))
    }
    while (timeline.step(Infinity));
    expect(seen).toHaveLength(500)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })
})

describe('the herd', () => {
  it('is as fast as the server admits when it comes evenly', () => {
    let turn = 0
    const evenly = () => (turn += 1) / 1000
    const { peakPerSecond, p99Ms, tries } = runHerd(1000, 100, (_, random) => random * 9_999, evenly)
    expect({ peakPerSecond, tries }).toEqual({ peakPerSecond: 100, tries: 1 })
    expect(p99Ms).toBeGreaterThan(9_800)
  })

  it('counts the rejected', () => {
    const { peakPerSecond, tries } = runHerd(100, 50, () => 1000, generator(1))
    expect({ peakPerSecond, tries }).toEqual({ peakPerSecond: 100, tries: 1.5 })
  })

  it('F11: is kept in bounds by the delays we ship, and by none of the usual ones', async () => {
    const line = await herd10000()
    expect(line).toMatchObject({ met: true })
    expect(JSON.stringify(line.stanzaDefault)).toMatch(/"p99OverIdeal":1\d\./)
  })
})
