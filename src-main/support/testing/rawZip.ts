import { deflateRawSync } from 'node:zlib'

/** One file of a zip as it is claimed to be, true or not. */
export interface RawFile {
  readonly name: string
  readonly content: string | Buffer
  /** Uncompressed bytes told in the headers; the true ones unless given. */
  readonly claims?: number
  /** General purpose bits; 1 is encryption. */
  readonly flags?: number
  readonly method?: number
}

const local = (name: Buffer, file: RawFile, packed: Buffer, size: number, crc: number): Buffer => {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(file.flags ?? 0, 6)
  head.writeUInt16LE(file.method ?? 8, 8)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name, packed])
}

const central = (
  name: Buffer,
  file: RawFile,
  packed: Buffer,
  size: number,
  crc: number,
  offset: number,
): Buffer => {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(20, 6)
  head.writeUInt16LE(file.flags ?? 0, 8)
  head.writeUInt16LE(file.method ?? 8, 10)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(packed.length, 20)
  head.writeUInt32LE(size, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt32LE(offset, 42)
  return Buffer.concat([head, name])
}

/** A zip no zip library would write. */
export const rawZip = (files: readonly RawFile[], claimedEntries = files.length): Buffer => {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(file.name, 'utf8')
    const content = Buffer.from(file.content)
    const packed = file.method === 0 ? content : deflateRawSync(content)
    const size = file.claims ?? content.length
    const head = local(name, file, packed, size, crcOf(content))
    locals.push(head)
    centrals.push(central(name, file, packed, size, crcOf(content), offset))
    offset += head.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(claimedEntries, 8)
  end.writeUInt16LE(claimedEntries, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

// Not checked by those who read bundles: the digests of the manifest are.
const crcOf = (_content: Buffer): number => 0
