/** Credentials that nobody registered: cookies of a session and tokens, wherever a server puts them. */
const HINT = /cookie|sessionid|token|passw/i

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^((?:set-)?cookie2?:[ \t]*)[^\r\n]+/gim, '$1[redacted]'],
  [/(\b[a-z]*sessionid\w*["']?[=:]\s*["']?)[^;&\s"'<,]+/gi, '$1[redacted]'],
  [
    /(\b(?:[a-z]+[_-])?(?:token|password|passwd)["']?\s*[=:]\s*["']?)(?!\[redacted\])[^;&\s"'<,]+/gi,
    '$1[redacted]',
  ],
  [
    /((?:<|&(?:amp;)*lt;)(?:\w+:)?(?:\w+_)?(?:token|password)(?:>|&(?:amp;)*gt;))(?!\[redacted\])[^<&]+/gi,
    '$1[redacted]',
  ],
]

export const maskSecrets = (text: string): string =>
  HINT.test(text) ? SHAPES.reduce((rest, [shape, kept]) => rest.replace(shape, kept), text) : text
