/** A shift of 9 hours with a busy team, as counts: what happens in each of its parts. */
export interface Part {
  readonly teamEvents: number
  readonly calls: number
  readonly stateChanges: number
  readonly losses: number
  readonly failovers: number
  readonly sleeps: number
  /** A call is up when the state is compared. */
  readonly endsInCall: boolean
}

export const PARTS = 10
const SHIFT_HOURS = 9
const SHIFT = {
  teamEvents: 600_000,
  calls: 500,
  stateChanges: 120,
  losses: 20,
  failovers: 5,
  sleeps: 3,
} as const
type Count = keyof typeof SHIFT

/** Scaled to `hours`, then spread evenly; what happens seldom happens at least once. */
export const planOf = (hours: number): readonly Part[] => {
  const total = (count: Count): number => Math.max(1, Math.round((SHIFT[count] * hours) / SHIFT_HOURS))
  const share = (count: Count, index: number): number =>
    Math.floor((total(count) * (index + 1)) / PARTS) - Math.floor((total(count) * index) / PARTS)
  return Array.from({ length: PARTS }, (_, index) => ({
    teamEvents: share('teamEvents', index),
    calls: share('calls', index),
    stateChanges: share('stateChanges', index),
    losses: share('losses', index),
    failovers: share('failovers', index),
    sleeps: share('sleeps', index),
    endsInCall: index % 2 === 1,
  }))
}
