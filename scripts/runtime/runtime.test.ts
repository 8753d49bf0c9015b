import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { packAsar } from './asar.mjs'
import { fuse, setFuses } from './fuses.mjs'
import { readTar } from './npmPackage.mjs'
import { cacheFolder } from './paths.mjs'
import { readZip } from './zip.mjs'

type Member = { name: string; text: string; deflate: boolean; mode: number }

function makeZip(members: readonly Member[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, deflate, mode } of members) {
    const packed = deflate ? deflateRawSync(text) : Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(deflate ? 8 : 0, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(mode * 0x10000, 38)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

function makeTar(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(text.length.toString(8).padStart(11, '0'), 124)
    header.write('0', 156)
    const body = Buffer.alloc(Math.ceil(text.length / 512) * 512)
    body.write(text, 0)
    return [header, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

describe('readZip', () => {
  const zip = makeZip([
    { name: 'a/program', text: 'x'.repeat(500), deflate: true, mode: 0o100755 },
    { name: 'a/text', text: 'stored', deflate: false, mode: 0o100644 },
  ])

  it('lists names and modes and reads both methods', () => {
    const entries = readZip(zip).map(({ name, mode, read }) => ({ name, mode, text: read().toString() }))
    expect(entries).toEqual([
      { name: 'a/program', mode: 0o755, text: 'x'.repeat(500) },
      { name: 'a/text', mode: 0o644, text: 'stored' },
    ])
  })

  it('refuses what is no zip', () => {
    expect(() => readZip(Buffer.from('a long enough text that is no archive'))).toThrow('not a zip')
  })
})

describe('readTar', () => {
  it('reads files by their path inside the package', () => {
    const files = readTar(makeTar({ 'package/a.txt': 'one', 'package/b/c.txt': 'y'.repeat(600) }))
    expect([...files].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
      ['a.txt', 'one'],
      ['b/c.txt', 'y'.repeat(600)],
    ])
  })
})

describe('packAsar', () => {
  it('writes a directory that leads to each file', () => {
    const asar = packAsar({ 'main.js': Buffer.from('main'), 'package.json': Buffer.from('{}') })
    const length = asar.readUInt32LE(12)
    const { files } = JSON.parse(asar.toString('utf8', 16, 16 + length))
    const contents = asar.subarray(8 + asar.readUInt32LE(4))
    const text = ({ size, offset }: { size: number; offset: string }) =>
      contents.toString('utf8', Number(offset), Number(offset) + size)
    expect(text(files['main.js'])).toBe('main')
    expect(text(files['package.json'])).toBe('{}')
  })
})

describe('setFuses', () => {
  const executable = () => Buffer.from('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u00080110011r code')

  it('changes the named fuses and nothing else', () => {
    const bytes = executable()
    setFuses(bytes, [
      { index: fuse.nodeCliInspect, on: true },
      { index: fuse.browserSnapshot, on: false },
    ])
    expect(bytes.toString()).toBe('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u00080111010r code')
  })

  it('refuses an executable without fuses', () => {
    expect(() => {
      setFuses(Buffer.from('no fuses here'), [])
    }).toThrow('no fuses')
  })
})

describe('cacheFolder', () => {
  it('is named by SIDETONE_CACHE, else by XDG_CACHE_HOME', () => {
    expect(cacheFolder({ SIDETONE_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a')
    expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe('/b/sidetone')
  })
})
