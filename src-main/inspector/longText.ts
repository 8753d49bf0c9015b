/** Longest text that is masked and kept, characters: a list of a whole team has megabytes. */
const MOST = 256 * 1024
/** What is cut through could be half a secret or half a number, which nobody recognises. */
const UNSURE = 1_024

/** Masks a text, of a long one only its beginning. */
export const maskLong = (text: string, mask: (text: string) => string): string => {
  if (text.length <= MOST) return mask(text)
  const masked = mask(text.slice(0, MOST + UNSURE))
  return masked.slice(0, Math.max(0, masked.length - UNSURE))
}
