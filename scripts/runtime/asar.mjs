/**
 * A flat asar archive: four length words, the JSON directory padded to four bytes, then the contents in order.
 * It has to be a real file: a folder named default_app.asar runs too, but electron-builder stumbles over it.
 *
 * @param {Record<string, Buffer>} files
 * @returns {Buffer}
 */
export function packAsar(files) {
  let offset = 0
  /** @type {Record<string, { size: number, offset: string }>} */
  const directory = {}
  for (const [name, bytes] of Object.entries(files)) {
    directory[name] = { size: bytes.length, offset: String(offset) }
    offset += bytes.length
  }
  const json = Buffer.from(JSON.stringify({ files: directory }))
  const padding = (4 - (json.length % 4)) % 4
  const head = Buffer.alloc(16 + json.length + padding)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(8 + json.length + padding, 4)
  head.writeUInt32LE(4 + json.length + padding, 8)
  head.writeUInt32LE(json.length, 12)
  json.copy(head, 16)
  return Buffer.concat([head, ...Object.values(files)])
}
