import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { faultTest } from './faultTest'
import { processMeter, watchInvariants } from './invariants'
import { formsOf, SECRET_MARKER } from './secrets'

const errors = new EventEmitter() as unknown as Pick<NodeJS.Process, 'on' | 'off'> & EventEmitter

/** Time passes by hand: how busy the machine is while these tests run says nothing about what they prove. */
let passed = 0
let used = 0
const byHand = { now: () => passed, cpu: () => used }

const watched = (meter = byHand) => watchInvariants({ stallMs: 100, process: errors, meter })

const blocks = (ms: number): void => {
  passed += ms
  used += ms
}

describe('the four invariants', () => {
  it('hold where nothing happens', async () => {
    const invariants = watched()
    invariants.watch()
    expect(await invariants.broken()).toEqual([])
    expect(errors.listenerCount('uncaughtException')).toBe(0)
  })

  it('see uncaught exceptions and unhandled rejections', async () => {
    const invariants = watched()
    invariants.watch()
    errors.emit('uncaughtException', new Error('one'))
    errors.emit('unhandledRejection', new Error('two'))
    expect((await invariants.broken()).map((line) => line.split('\n')[0])).toEqual([
      'uncaught exception: Error: one',
      'unhandled rejection: Error: two',
    ])
  })

  it.each([
    ['plain', `said ${SECRET_MARKER} aloud`],
    ['in an URL', `?p=${encodeURIComponent(SECRET_MARKER)}`],
    ['in XML', '<p>Zx9!secret&amp;&lt;</p>'],
    ['as Basic credentials', Buffer.from(`1071:${SECRET_MARKER}`).toString('base64')],
    ['as SASL PLAIN', Buffer.from(`\0jörg\0${SECRET_MARKER}`).toString('base64')],
    ['as base64url', Buffer.from(`a@b\0c\0${SECRET_MARKER}`).toString('base64url')],
  ])('see the secret %s', async (_, line) => {
    const invariants = watched()
    invariants.watch()
    const lines: string[] = []
    invariants.log(lines)
    lines.push('harmless', line)
    expect(await invariants.broken()).toEqual([`secret in the log: ${line}`])
  })

  it('see a secret of their own, and one that is printed', async () => {
    const invariants = watched()
    invariants.watch()
    invariants.secrets('other-secret')
    globalThis.console.debug({ password: 'other-secret' })
    expect(await invariants.broken()).toEqual(["secret in the log: { password: 'other-secret' }"])
  })

  it('see a loop that is blocked, from the watch on', async () => {
    const invariants = watched()
    blocks(150)
    invariants.watch()
    blocks(99)
    expect(await invariants.broken()).toEqual([])
    const others = watched()
    others.watch()
    blocks(150)
    expect(await others.broken()).toEqual(['the main loop stalled for 150 ms'])
  })

  it('see it on this machine, by its own clocks', async () => {
    const invariants = watched(processMeter)
    invariants.watch()
    const [began, free] = [processMeter.now(), processMeter.cpu()]
    while (processMeter.now() - began < 150 || processMeter.cpu() - free < 150);
    expect((await invariants.broken()).join()).toMatch(/^the main loop stalled for \d+ ms$/)
  })

  it('forgive a loop that got no processor, and threads that worked beside it', async () => {
    const starved = watched()
    starved.watch()
    passed += 150
    expect(await starved.broken()).toEqual([])
    const beside = watched()
    beside.watch()
    used += 150
    expect(await beside.broken()).toEqual([])
  })

  it('leave out what the test does itself afterwards', async () => {
    const invariants = watched()
    invariants.watch()
    invariants.unwatch()
    blocks(150)
    expect(await invariants.broken()).toEqual([])
    const others = watched()
    others.watch()
    blocks(150)
    others.unwatch()
    expect(await others.broken()).toHaveLength(1)
  })

  it('want to be watched', async () => {
    expect((await watched().broken()).join()).toContain('never watched')
  })

  it('take a short text for no secret', () => {
    expect(formsOf('abc')).toEqual([])
  })
})

describe('a fault test', () => {
  const undone: string[] = []
  faultTest('T0', 'is a test whose title begins with the id, and cleans up backwards', (t) => {
    t.after(() => undone.push('first'))
    t.after(() => undone.push('second'))
    t.watch()
    expect(expect.getState().currentTestName).toContain('T0: is a test')
  })
  it('has cleaned up', () => {
    expect(undone).toEqual(['second', 'first'])
  })
})
