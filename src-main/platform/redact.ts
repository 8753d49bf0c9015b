/**
 * Takes secrets out of whatever is about to leave the process. A registered secret is found as it is, URL-encoded,
 * XML- or JSON-escaped, and inside base64 at any of the three alignments (as in Basic credentials or SASL PLAIN).
 */
export interface Redactor {
  register(secret: string): void
  redact(text: string): string
  /**
   * Whether a secret that escaping writes differently may be in the text, escaped in a way that no form foresees: its
   * longest part that no escaping touches is there.
   */
  mayHide(text: string): boolean
  /** Whether a registered secret is in the text, in any of its forms. */
  holds(text: string): boolean
}

const MASK = '[redacted]'
/** In every one of the shapes: most texts have none, and looking for it costs a fifth of looking for them. */
const HINT = /auth|basic|bearer|response|password/i
/** Shapes that carry credentials whatever the secret is. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/(authorization["']?\s*[:=]\s*["']?)(?:(?:basic|bearer|digest)\s+)?[^\s"',;}]+/gi, `$1${MASK}`],
  [/\b(basic|bearer)\s+[A-Za-z0-9+/_=-]{4,}/gi, `$1 ${MASK}`],
  [/(<(?:[\w-]+:)?(?:auth|response)\b[^<>]*>)[^<]*/gi, `$1${MASK}`],
  [/(<(?:[\w-]+:)?password\b[^<>]*>)[^<]*/gi, `$1${MASK}`],
]

/** Text common to every base64 rendering of `secret` that starts at byte offset `shift` of a triple. */
const base64Core = (secret: Buffer, shift: number): string => {
  const padded = Buffer.concat([Buffer.alloc(shift), secret])
  const text = padded.toString('base64').replace(/=+$/, '')
  // The first characters mix with what stands before, the last one with what follows.
  const start = shift === 0 ? 0 : shift + 1
  const whole = Math.floor((padded.length * 8) / 6)
  return text.slice(start, whole)
}

const xmlEscape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')

const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')

const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'utf8')
  const cores = [0, 1, 2].map((shift) => base64Core(bytes, shift)).filter((core) => core.length >= 4)
  const encoded = encodeURIComponent(wellFormed(secret))
  const xml = xmlEscape(secret)
  const forms = [
    secret,
    encoded,
    encoded.toLowerCase(),
    encoded.replaceAll('%20', '+'),
    new URLSearchParams({ v: secret }).toString().slice(2),
    xml,
    xml.replaceAll('&apos;', '&#39;').replaceAll('&quot;', '&#34;'),
    xmlEscape(xml),
    JSON.stringify(secret).slice(1, -1),
    ...cores,
    ...cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_')),
  ]
  // Longest first, so that a form is not torn apart by a shorter one inside it.
  return [...new Set(forms)].filter((form) => form !== '').sort((a, b) => b.length - a.length)
}

/** Empty, and so part of every text, when escaping touches every character. */
const coreOf = (secret: string): string =>
  (secret.match(/[\w .,:;/()+*=@!?$~^-]+/g) ?? []).reduce(
    (longest, part) => (part.length > longest.length ? part : longest),
    '',
  )

export const createRedactor = (): Redactor => {
  let forms: readonly string[] = []
  let cores: readonly string[] = []
  return {
    mayHide: (text) => cores.some((core) => text.includes(core)),
    register: (secret) => {
      if (secret === '') return
      const core = coreOf(secret)
      if (core !== secret) cores = [...cores, core]
      forms = [...new Set([...forms, ...formsOf(secret)])].sort((a, b) => b.length - a.length)
    },
    holds: (text) => forms.some((form) => text.includes(form)),
    redact: (text) => {
      // Asked first: nearly always nothing is found, and this runs for every frame of a trace.
      const masked = forms.reduce(
        (rest, form) => (rest.includes(form) ? rest.split(form).join(MASK) : rest),
        text,
      )
      if (!HINT.test(masked)) return masked
      return SHAPES.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), masked)
    },
  }
}
