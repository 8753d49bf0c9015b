/** Section 4.3, XEP-0106: the characters a JID's local part may not hold. */
const ESCAPES: Readonly<Record<string, string>> = {
  ' ': '\\20',
  '"': '\\22',
  '&': '\\26',
  "'": '\\27',
  '/': '\\2f',
  ':': '\\3a',
  '<': '\\3c',
  '>': '\\3e',
  '@': '\\40',
}

/** A loginId as local part of a JID: lower case (EventTunnel lowers it too), escaped by XEP-0106. */
export const localPartOf = (loginId: string): string =>
  loginId
    .trim()
    .toLowerCase()
    // A backslash is only escaped where it would read as an escape.
    .replace(/\\(?=20|22|26|27|2f|3a|3c|3e|40|5c)/g, '\\5c')
    .replace(/[ "&'/:<>@]/g, (character) => ESCAPES[character] ?? character)

export interface JidParts {
  readonly local: string
  readonly domain: string
  readonly resource: string
  readonly bare: string
}

/** Local part and domain in lower case, as servers compare them; the resource is case-sensitive. */
export const jidParts = (jid: string): JidParts => {
  const slash = jid.indexOf('/')
  const bare = (slash < 0 ? jid : jid.slice(0, slash)).toLowerCase()
  const at = bare.indexOf('@')
  return {
    local: at < 0 ? '' : bare.slice(0, at),
    domain: bare.slice(at + 1),
    resource: slash < 0 ? '' : jid.slice(slash + 1),
    bare,
  }
}

/** One spelling per JID, to compare by `===`. */
export const normalJid = (jid: string): string => {
  const { bare, resource } = jidParts(jid)
  return resource === '' ? bare : `${bare}/${resource}`
}
