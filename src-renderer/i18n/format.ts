const formats = new Map<string, Intl.DateTimeFormat>()
const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}

/** Local wall time with seconds, 24 hours: the columns of the feed stay aligned. */
export const timeOfDay = (at: number, locale: string): string =>
  formatter(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at)

export const longDate = (at: number, locale: string): string =>
  formatter(locale, { year: 'numeric', month: 'long', day: 'numeric' }).format(at)

const numbers = new Map<string, Intl.NumberFormat>()

/** `10,000` as the locale writes it. */
export const wholeNumber = (value: number, locale: string): string => {
  const format = numbers.get(locale) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  numbers.set(locale, format)
  // Half a millisecond behind is neither before nor behind: never "-0".
  return format.format(Math.round(value) + 0)
}

/** Milliseconds of a step: `<1`, `13`, `4,210`. */
export const milliseconds = (ms: number, locale: string): string => (ms < 1 ? '<1' : wholeNumber(ms, locale))
