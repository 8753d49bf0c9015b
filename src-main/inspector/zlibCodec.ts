import { deflateRaw, inflateRaw } from 'node:zlib'
import type { RingCodec } from './ring'

/** Level 1: frames of one kind repeat each other, more work gains little. Both run in Node's thread pool. */
export const zlibCodec: RingCodec = {
  deflate: (raw) =>
    new Promise((resolve, reject) => {
      deflateRaw(raw, { level: 1 }, (error, packed) => {
        if (error !== null) return reject(error)
        // Of its own: a slice of a larger buffer would keep that alive.
        const own = Buffer.allocUnsafeSlow(packed.length)
        packed.copy(own)
        resolve(own)
      })
    }),
  inflate: (packed, bytes) =>
    new Promise((resolve, reject) => {
      inflateRaw(packed, { maxOutputLength: bytes, chunkSize: Math.max(64, bytes) }, (error, raw) => {
        if (error === null) resolve(raw)
        else reject(error)
      })
    }),
}
