import { open } from 'node:fs/promises'
import { err, ok, type Result } from '../result'
import { readCertificate } from './certificate'

/** Why a file of certificate authorities was refused; each has its sentence in the message catalogue. */
export type CaFileProblem = 'empty' | 'tooLarge' | 'notPem' | 'privateKey' | 'unreadableCertificate'

const MAX_CHARACTERS = 4 * 1024 * 1024
const BLOCK = /-----BEGIN (?:X509 )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:X509 )?CERTIFICATE-----/g
const BEGIN = /-----BEGIN (?:X509 )?CERTIFICATE-----/g

/** The certificates of a PEM file, one text each. Text between them (bundles have comments) is allowed. */
export const parseCaFile = (text: string): Result<readonly string[], CaFileProblem> => {
  if (text.length > MAX_CHARACTERS) return err('tooLarge')
  if (text.trim() === '') return err('empty')
  // A key does not belong into a file that is copied from desk to desk: say so instead of using it.
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return err('privateKey')
  const blocks = text.match(BLOCK) ?? []
  const announced = text.match(BEGIN)?.length ?? 0
  if (announced === 0) return err('notPem')
  const certificates = blocks.map((block) => readCertificate(block))
  if (blocks.length !== announced || certificates.includes(null)) return err('unreadableCertificate')
  return ok(certificates.flatMap((certificate) => (certificate === null ? [] : [certificate.toString()])))
}

const MAX_BYTES = 4 * 1024 * 1024

/** The text of the file if it holds certificates. Never falls back to less than was asked for (fault N22). */
export const readCaFile = async (path: string): Promise<Result<string, 'unreadable' | 'invalid'>> => {
  let text: string
  try {
    const file = await open(path, 'r')
    try {
      const stat = await file.stat()
      // A device has no size, and no end.
      if (!stat.isFile() || stat.size > MAX_BYTES) return err('invalid')
      text = await file.readFile('utf8')
    } finally {
      await file.close()
    }
  } catch {
    return err('unreadable')
  }
  return parseCaFile(text).ok ? ok(text) : err('invalid')
}
