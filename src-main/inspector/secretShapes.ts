/** Credentials that nobody registered: cookies of a session and tokens, wherever a server puts them. */
const HINT = /cookie|sessionid|token|passw|saml|eyJ|location:/i

/** All bounded: a hostile text must not make one of them look at its end again and again. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^((?:set-)?cookie2?:[ \t]*)[^\r\n]+/gim, '$1[redacted]'],
  [/(\b[\w.-]{0,24}sessionid\w{0,24}["']?[=:]\s*["']?)[^;&\s"'<,]+/gi, '$1[redacted]'],
  // Of a redirect what follows the place: tickets and codes of sign-ins by whatever name.
  [/^((?:content-)?location:[ \t]*[^\r\n?#]*[?#])[^\r\n]+/gim, '$1[redacted]'],
  // Also accessToken, refresh-token, SAMLResponse (3.4).
  [
    /(\b[\w-]{0,40}(?:token|password|passwd|saml(?:request|response))["']?\s*[=:]\s*["']?)(?!\[redacted\])[^;&\s"'<,]+/gi,
    '$1[redacted]',
  ],
  [
    /((?:<|&(?:amp;)*lt;)(?:[\w-]{1,40}:)?[\w-]{0,40}(?:token|password)(?:>|&(?:amp;)*gt;))(?!\[redacted\])[^<&]+/gi,
    '$1[redacted]',
  ],
  // A JSON web token, wherever it stands.
  [/(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?/g, '[redacted]'],
]

export const maskSecrets = (text: string): string =>
  HINT.test(text) ? SHAPES.reduce((rest, [shape, kept]) => rest.replace(shape, kept), text) : text
