import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} mode Unix permission bits, 0 if the archive carries none
 * @property {() => Buffer} read inflates the contents
 */

/**
 * Lists a zip held in memory. No zip64, no encryption: an archive that needs them is refused.
 * @param {Buffer} zip
 * @returns {ZipEntry[]}
 */
export function readZip(zip) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('not a zip archive')
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff) throw new Error('zip64 is not supported')
  const entries = []
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('damaged zip directory')
    const nameLength = zip.readUInt16LE(at + 28)
    entries.push(entryAt(zip, at, nameLength))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * @param {Buffer} zip
 * @param {number} at offset of the directory entry
 * @param {number} nameLength
 * @returns {ZipEntry}
 */
function entryAt(zip, at, nameLength) {
  const method = zip.readUInt16LE(at + 10)
  const packedSize = zip.readUInt32LE(at + 20)
  const local = zip.readUInt32LE(at + 42)
  return {
    name: zip.toString('utf8', at + 46, at + 46 + nameLength),
    mode: (zip.readUInt32LE(at + 38) >>> 16) & 0o777,
    read: () => {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(start, start + packedSize)
      if (method === 0) return packed
      if (method === 8) return inflateRawSync(packed)
      throw new Error(`unknown zip method ${method}`)
    },
  }
}
