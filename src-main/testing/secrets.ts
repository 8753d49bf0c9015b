/** The password of tests, with what each kind of escaping changes. */
export const SECRET_MARKER = 'Zx9!secret&<'

/** Shorter pieces occur by chance. */
const SHORTEST = 6

const escapedXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')

/**
 * What base64 makes of a text whatever stands before and after it: Basic and SASL PLAIN encode the password together
 * with the user's name, so there are three alignments. Characters that also depend on the neighbours are left out.
 */
const base64Cores = (text: string): readonly string[] =>
  [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text, 'utf8')])
    return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6))
  })

/** The spellings in which a secret can turn up in a text. */
export const formsOf = (secret: string): readonly string[] => {
  const base64 = base64Cores(secret)
  return [
    secret,
    encodeURIComponent(secret),
    escapedXml(secret),
    JSON.stringify(secret).slice(1, -1),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ].filter((form, at, all) => form.length >= SHORTEST && all.indexOf(form) === at)
}
