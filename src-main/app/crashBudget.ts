/** Allows `limit` reloads of a crashed page within `windowMs` (fault P1). `now` is monotonic milliseconds. */
export const createCrashBudget = (limit: number, windowMs: number) => {
  let crashes: readonly number[] = []
  return (now: number): boolean => {
    crashes = [...crashes.filter((at) => now - at < windowMs), now]
    return crashes.length <= limit
  }
}
