import { open } from 'node:fs/promises'
import type { ProbeKey } from '../../src-contract/messages/probe'
import { err, ok, type Result } from '../finesse/result'

/** Of the standard input: text in pieces. */
export type Stdin = AsyncIterable<Uint8Array | string>

export interface GivenPassword {
  readonly password: string | null
  readonly readableByOthers: boolean
}

/** No password is longer; a wrong file may be. */
const MAX_BYTES = 64 * 1024
const OTHERS_MAY_READ = 0o044

const firstLine = (text: string): string => text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''

const fromStdin = async (stdin: Stdin): Promise<string> => {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of stdin) {
    const buffer = Buffer.from(piece)
    pieces.push(buffer)
    bytes += buffer.length
    if (bytes > MAX_BYTES || buffer.includes(0x0a)) break
  }
  return Buffer.concat(pieces).toString('utf8')
}

const fromFile = async (path: string): Promise<{ readonly text: string; readonly mode: number }> => {
  const file = await open(path, 'r')
  try {
    const { mode } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES)
    return { text: buffer.subarray(0, bytesRead).toString('utf8'), mode }
  } finally {
    await file.close()
  }
}

/** The first line of the file; `-` is the standard input. */
export const readPassword = async (
  path: string | null,
  stdin: Stdin,
): Promise<Result<GivenPassword, ProbeKey>> => {
  if (path === null) return ok({ password: null, readableByOthers: false })
  try {
    const { text, mode } = path === '-' ? { text: await fromStdin(stdin), mode: 0 } : await fromFile(path)
    const password = firstLine(text)
    if (password === '') return err('bad.passwordEmpty')
    // Windows has no such bits: there they say the same of every file.
    const readableByOthers = process.platform !== 'win32' && (mode & OTHERS_MAY_READ) !== 0
    return ok({ password, readableByOthers })
  } catch {
    return err('bad.passwordUnreadable')
  }
}
