const two = (value: number): string => String(value).padStart(2, '0')

/** `03:12`, `1:03:12`; never negative. Milliseconds in, whole seconds out. */
export const formatDuration = (ms: number): string => {
  const total = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  const seconds = total % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`
}

/** `09:05:03`, the machine's own time zone. */
export const formatTimeOfDay = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** `0:42`, what is left of a time: whole seconds, never more than there are and never negative. */
export const formatCountdown = (ms: number): string => {
  const total = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(total / 60)}:${two(total % 60)}`
}
