const formats = new Map<string, Intl.DateTimeFormat>()
const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}

/** `10:31:31.042`: entries of one second stay apart. */
export const preciseTime = (at: number, locale: string): string =>
  dateFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(at)

/** `10:31` */
export const shortTime = (at: number, locale: string): string =>
  dateFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** `20 Nov 2026, 10:31` */
export const dateAndTime = (at: number, locale: string): string =>
  dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(at)

/** `3 Feb 2027`: dates of certificates, in UTC as certificates have them. */
export const certificateDate = (at: number, locale: string): string =>
  dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at)

const numbers = new Map<string, Intl.NumberFormat>()
const numberFormat = (locale: string, digits: number): Intl.NumberFormat => {
  const key = `${locale} ${digits}`
  const known = numbers.get(key) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
  numbers.set(key, known)
  return known
}

const UNITS = ['B', 'kB', 'MB', 'GB'] as const

/** `812 B`, `14.2 kB`, `3.1 MB`; thousands, as files are sold and sent. */
export const bytesOf = (bytes: number, locale: string): string => {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${numberFormat(locale, digits).format(value)}\u00a0${UNITS[unit] ?? ''}`
}

const DAY_MS = 86_400_000

/** Whole days until a certificate ends; negative when it has. */
export const daysUntil = (at: number, now: number): number => Math.floor((at - now) / DAY_MS)

/** Below ten seconds `420 ms` or `4.2 s`, then the clock's form by the caller: null. */
export const shortSpan = (ms: number, locale: string): string | null => {
  if (ms >= 60_000) return null
  if (ms < 1000) return `${ms < 1 ? '<1' : Math.round(ms)}\u00a0ms`
  return `${numberFormat(locale, 1).format(ms / 1000)}\u00a0s`
}
