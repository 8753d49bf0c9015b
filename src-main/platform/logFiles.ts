import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface LogFiles {
  write(line: string): void
  flush(): Promise<void>
}

export interface LogFilesOptions {
  readonly folder: string
  readonly name: string
  readonly maxBytes: number
  /** Files in all, the one written to included. */
  readonly keep: number
}

/** More than this waiting means that the disk does not keep up: lines are dropped, memory is not filled. */
const MAX_WAITING = 5000

/**
 * Appends lines without ever blocking the main loop, and rotates `name.log`, `name.1.log`, ... A disk that refuses
 * loses lines, nothing else (faults D1, D6).
 */
export const createLogFiles = (options: LogFilesOptions): LogFiles => {
  const pathOf = (index: number): string =>
    join(options.folder, index === 0 ? `${options.name}.log` : `${options.name}.${String(index)}.log`)
  let waiting: string[] = []
  let size: number | null = null
  let pumping: Promise<void> | null = null

  const rotate = async (): Promise<void> => {
    await rm(pathOf(options.keep - 1), { force: true })
    for (let index = options.keep - 2; index >= 0; index -= 1)
      await rename(pathOf(index), pathOf(index + 1)).catch(() => undefined)
    size = 0
  }

  const open = async (): Promise<number> => {
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    return stat(pathOf(0)).then(
      (found) => found.size,
      () => 0,
    )
  }

  /** As many lines as still fit in the present file, at least one. */
  const takeBatch = (room: number): string => {
    let bytes = 0
    let count = 0
    for (const line of waiting) {
      bytes += Buffer.byteLength(line)
      if (count > 0 && bytes > room) break
      count += 1
    }
    return waiting.splice(0, count).join('')
  }

  const pump = async (): Promise<void> => {
    while (waiting.length > 0) {
      try {
        size ??= await open()
        if (size >= options.maxBytes) await rotate()
        const batch = takeBatch(options.maxBytes - size)
        await appendFile(pathOf(0), batch, { mode: 0o600 })
        size += Buffer.byteLength(batch)
      } catch {
        // The log cannot report its own failure; the next line tries again.
        waiting = []
        size = null
      }
    }
  }

  return {
    write: (line) => {
      if (waiting.length >= MAX_WAITING) return
      waiting.push(line)
      pumping ??= pump().finally(() => {
        pumping = null
      })
    },
    flush: async () => {
      while (pumping) await pumping
    },
  }
}
