/**
 * `npm run -s decode -- FILE...`: one JSON line for each notification or document in the files.
 * Exit status 0: everything decoded; 1: something did not; 2: no file was named.
 */
import { readFile } from 'node:fs/promises'
import { BODY_LIMITS, decodeAny, type CodecProblem } from '../src-main/finesse/codec'
import type { FinesseDocument, Update } from '../src-main/finesse/model'
import type { Result } from '../src-main/finesse/result'

interface Line {
  readonly file: string
  readonly ok: boolean
  readonly [field: string]: unknown
}

const failed = (file: string, problem: string): Line => ({ file, ok: false, problem })

/** A body with a foreign root (an HTML page, say) is nobody's object; in an Update it is a newer kind of event. */
const documentLine = (file: string, document: FinesseDocument): Line =>
  document.kind === 'unknown'
    ? failed(file, `The root <${document.value.root}> is no Finesse object that Sidetone reads.`)
    : { file, ok: true, kind: document.kind, event: null, source: null, value: document.value }

const updateLine = (file: string, update: Result<Update, CodecProblem>): Line =>
  update.ok
    ? {
        file,
        ok: true,
        kind: update.value.data?.kind ?? 'none',
        event: update.value.event,
        source: update.value.source,
        value: update.value.data?.value ?? null,
      }
    : failed(file, update.error.problem)

const linesOf = (file: string, text: string): readonly Line[] => {
  const decoded = decodeAny(text)
  if (!decoded.ok) return [failed(file, decoded.error.problem)]
  return decoded.value.form === 'document'
    ? [documentLine(file, decoded.value.document)]
    : decoded.value.updates.map((update) => updateLine(file, update))
}

const unreadable = (reason: unknown): string => {
  const code = reason instanceof Error && 'code' in reason ? reason.code : undefined
  switch (code) {
    case 'ENOENT':
      return 'The file does not exist.'
    case 'EISDIR':
      return 'This is a folder, not a file.'
    case 'EACCES':
      return 'The file may not be read by this user.'
    default:
      return `The file cannot be read: ${reason instanceof Error ? reason.message : String(reason)}`
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

const readLines = async (file: string): Promise<readonly Line[]> => {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (reason) {
    return [failed(file, unreadable(reason))]
  }
  if (bytes.length > BODY_LIMITS.bytes) {
    return [failed(file, `The file is larger than ${String(BODY_LIMITS.bytes)} bytes.`)]
  }
  try {
    return linesOf(file, utf8.decode(bytes))
  } catch {
    return [failed(file, 'The file is not UTF-8 text.')]
  }
}

const main = async (files: readonly string[]): Promise<number> => {
  if (files.length === 0) {
    process.stderr.write('usage: npm run -s decode -- FILE...\n')
    return 2
  }
  let status = 0
  for (const file of files) {
    for (const line of await readLines(file)) {
      process.stdout.write(`${JSON.stringify(line)}\n`)
      if (!line.ok) status = 1
    }
  }
  return status
}

process.exitCode = await main(process.argv.slice(2))
