import { expect, it } from 'vitest'
import type { LinkTap, RestTap } from '../finesse/tap'
import { createBatch } from './batch'

/** What the taps are told, in the order in which they hear it. */
const setUp = () => {
  const heard: string[] = []
  const timers: (() => void)[] = []
  const failures: unknown[] = []
  const note =
    (what: string) =>
    (...args: readonly unknown[]): void => {
      if (args.includes('broken')) throw new Error('a bug')
      heard.push([what, ...args.filter((arg) => typeof arg === 'string')].join(' '))
    }
  const link: LinkTap = {
    stage: note('stage'),
    chain: note('chain'),
    upgrade: note('upgrade'),
    frame: note('frame'),
    ready: note('ready'),
    ping: note('ping'),
    pingLost: note('pingLost'),
    ended: note('ended'),
  }
  const rest: RestTap = {
    requested: note('requested'),
    stage: note('stage'),
    chain: note('chain'),
    answered: note('answered'),
    finished: note('finished'),
  }
  const clock = {
    after: (_ms: number, run: () => void) => {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run), 1)
    },
  }
  const batch = createBatch(clock, (error) => void failures.push(error))
  return { batch, heard, timers, failures, link: batch.linkTap(link), rest: batch.restTap(rest) }
}

it('keeps frames for a moment and tells them together, in order', () => {
  const { heard, timers, link } = setUp()
  link.frame('received', 'one', 1)
  link.frame('sent', 'two', 2)
  expect([heard, timers.length]).toEqual([[], 1])
  timers[0]?.()
  expect(heard).toEqual(['frame received one', 'frame sent two'])
})

it('whatever else is told, or reads, comes after the frames before it', () => {
  const { batch, heard, timers, link, rest } = setUp()
  link.frame('received', 'one', 1)
  link.ping(4, 2)
  link.frame('received', 'two', 3)
  rest.finished(1, null, 4)
  link.frame('received', 'three', 5)
  expect(batch.first(() => heard.length)()).toBe(5)
  expect(heard).toEqual([
    'frame received one',
    'ping',
    'frame received two',
    'finished',
    'frame received three',
  ])
  expect(timers).toEqual([])
})

it('does not wait with many frames, nor with much text', () => {
  const many = setUp()
  for (let count = 0; count < 64; count += 1) many.link.frame('received', 'x', count)
  expect(many.heard).toHaveLength(64)
  const much = setUp()
  much.link.frame('received', 'x'.repeat(600_000), 1)
  expect(much.heard).toHaveLength(1)
})

it('a frame that fails takes no other along', () => {
  const { batch, heard, failures, link } = setUp()
  for (const text of ['one', 'broken', 'two']) link.frame('received', text, 1)
  batch.flush()
  expect(heard).toEqual(['frame received one', 'frame received two'])
  expect(failures).toHaveLength(1)
})
