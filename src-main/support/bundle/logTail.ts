import { open } from 'node:fs/promises'
import { basename } from 'node:path'

export interface LogText {
  readonly name: string
  readonly text: string
}

const lastBytes = async (path: string, max: number): Promise<Buffer | null> => {
  const file = await open(path).catch(() => null)
  if (file === null) return null
  try {
    const { size } = await file.stat()
    const length = Math.min(size, max)
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const read = buffer.subarray(0, bytesRead)
    // A line that was cut in two could hold half of what masking looks for.
    return size > length ? read.subarray(read.indexOf(0x0a) + 1) : read
  } catch {
    return null
  } finally {
    await file.close().catch(() => undefined)
  }
}

/** The last `maxBytes` of log files given newest first, in whole lines. A file that cannot be read is left out. */
export const readLogTails = async (
  paths: readonly string[],
  maxBytes: number,
): Promise<readonly LogText[]> => {
  const texts: LogText[] = []
  let room = maxBytes
  for (const path of paths) {
    if (room <= 0) break
    const bytes = await lastBytes(path, room)
    if (bytes === null || bytes.length === 0) continue
    room -= bytes.length
    texts.push({ name: basename(path), text: bytes.toString('utf8') })
  }
  return texts
}
