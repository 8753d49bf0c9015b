/** `URL.parse` is missing from the Node of the fallback runtime (20.18). */
export const parseUrl = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
