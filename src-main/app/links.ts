import { shell } from 'electron'
import type { Result } from '../../src-contract/result'
import { ok } from '../../src-contract/result'
import { checkLink, type LinkRefusal } from './checkLink'

/** Hosts that may be opened in the browser. None so far: nothing that comes from a server is opened. */
const LINK_HOSTS: readonly string[] = []

/** The only opener of the app. */
export const openLink = async (text: string): Promise<Result<null, LinkRefusal>> => {
  const link = checkLink(text, LINK_HOSTS)
  if (!link.ok) return link
  await shell.openExternal(link.value)
  return ok(null)
}
