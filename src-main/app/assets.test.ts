import { resolve, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY, resolveAsset } from './assets'

const ROOT = resolve('/opt/sidetone/out/renderer')
const ORIGIN = 'app://sidetone'

describe('resolveAsset', () => {
  it.each([
    ['app://sidetone/', 'index.html', 'text/html; charset=utf-8'],
    ['app://sidetone/index.html?x#y', 'index.html', 'text/html; charset=utf-8'],
    ['app://sidetone/assets/main-1a2b.js', 'assets/main-1a2b.js', 'text/javascript; charset=utf-8'],
    ['app://sidetone/assets/inter.woff2', 'assets/inter.woff2', 'font/woff2'],
  ])('finds %s', (address, file, type) => {
    expect(resolveAsset(ROOT, ORIGIN, address)).toEqual({ file: resolve(ROOT, file), type })
  })

  it.each([
    'app://other/index.html',
    'app://sidetone.evil/index.html',
    'file:///etc/passwd.html',
    'app://sidetone/..%2f..%2fmain%2findex.js',
    'app://sidetone/%2e%2e%2f%2e%2e/main/index.js',
    'app://sidetone/..%5c..%5cmain%5cindex.js',
    'app://sidetone/a%00.html',
    'app://sidetone/%',
    'app://sidetone/assets/main.js.map',
    'app://sidetone/assets',
    'not a url',
  ])('refuses %s', (address) => {
    expect(resolveAsset(ROOT, ORIGIN, address)).toBeNull()
  })

  it('never leaves its folder', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '/', '\\', 'a.html'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const asset = resolveAsset(ROOT, ORIGIN, `app://sidetone/${parts.join('/')}.html`)
        if (asset) expect(asset.file.startsWith(ROOT + sep)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

it('allows scripts and styles from our own origin only', () => {
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'")
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/)
})
