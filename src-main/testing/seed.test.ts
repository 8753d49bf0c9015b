import { describe, expect, it } from 'vitest'
import { testSeed } from './seed'

describe('the seed of a random test', () => {
  it('is the committed one unless another is asked for', () => {
    expect(testSeed('')).toBe(1176)
    expect(testSeed('42')).toBe(42)
  })

  it('is drawn on demand', () => {
    expect(new Set(Array.from({ length: 20 }, () => testSeed('random'))).size).toBeGreaterThan(1)
  })

  it('is not guessed', () => {
    expect(() => testSeed('rnd')).toThrow('SIDETONE_SEED')
    expect(() => testSeed('1.5')).toThrow('SIDETONE_SEED')
  })
})
