import type { Result } from '../../src-contract/result'
import { err, ok } from '../../src-contract/result'
import { parseUrl } from './parseUrl'

export type LinkRefusal = 'unreadable' | 'scheme' | 'credentials' | 'host' | 'tooLong'

const MAX_LENGTH = 2048

/**
 * The address that may be handed to the operating system: https only, no credentials, host on the list. What is
 * opened is the re-serialised URL, never the text that came in (fault S10).
 */
export const checkLink = (text: string, hosts: readonly string[]): Result<string, LinkRefusal> => {
  if (text.length > MAX_LENGTH) return err('tooLong')
  // The URL parser drops tabs and line breaks even inside the scheme; such an address was never meant honestly.
  // eslint-disable-next-line no-control-regex -- control characters are what this refuses
  if (/[\u0000-\u0020\u007f\\]/.test(text)) return err('unreadable')
  const url = parseUrl(text)
  if (!url) return err('unreadable')
  if (url.protocol !== 'https:') return err('scheme')
  if (url.username !== '' || url.password !== '') return err('credentials')
  if (!hosts.includes(url.hostname) || url.port !== '') return err('host')
  return ok(url.href)
}
