import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment'
import { effectiveLocale } from './locale'

describe('readEnvironment', () => {
  it('starts the simulator from a checkout, not from a package', () => {
    expect(readEnvironment({}, [], false).simulatorAtStart).toBe(true)
    expect(readEnvironment({}, [], true).simulatorAtStart).toBe(false)
    expect(readEnvironment({ SIDETONE_NO_SIMULATOR: '1' }, [], false).simulatorAtStart).toBe(false)
    expect(readEnvironment({}, ['--no-simulator'], false).simulatorAtStart).toBe(false)
  })

  it('loads pages from elsewhere in development only', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173' }
    expect(readEnvironment(env, [], false).rendererUrl).toBe('http://localhost:5173')
    expect(readEnvironment(env, [], true).rendererUrl).toBeNull()
  })

  it('takes another profile', () => {
    expect(readEnvironment({ SIDETONE_PROFILE: '/tmp/p' }, [], true).profile).toBe('/tmp/p')
    expect(readEnvironment({ SIDETONE_PROFILE: '' }, [], true).profile).toBeNull()
  })
})

describe('effectiveLocale', () => {
  it.each([
    ['system', ['nl-BE', 'en'], 'nl'],
    ['system', ['de-DE', 'nl', 'en'], 'nl'],
    ['system', ['de-DE'], 'en'],
    ['system', [], 'en'],
    ['en', ['nl'], 'en'],
    ['nl', ['en'], 'nl'],
  ] as const)('%s with %j is %s', (setting, languages, locale) => {
    expect(effectiveLocale(setting, languages)).toBe(locale)
  })
})
