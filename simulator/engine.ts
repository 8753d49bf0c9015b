import type { Clock } from './clock'
import { decide, evolve, type LiveWorld } from './world/decide'
import type { Command, Effect, Outcome } from './world/types'

export type EffectListener = (effects: readonly Effect[], delayMs: number) => void

/** Owns the world: carries commands out one after the other and keeps their timers. */
export class Engine {
  readonly #listeners = new Set<EffectListener>()
  readonly #timers = new Map<string, () => void>()
  #stopped = false

  constructor(
    readonly world: LiveWorld,
    readonly clock: Clock,
    /** World milliseconds per real millisecond. */
    readonly timeScale: number,
  ) {}

  listen(listener: EffectListener): void {
    this.#listeners.add(listener)
  }

  /** Runs an action after `worldMs` of world time. */
  after(worldMs: number, action: () => void): () => void {
    return this.clock.after(worldMs / this.timeScale, action)
  }

  /** `delayMs`: how much later, in real milliseconds, the outside hears of it. */
  dispatch(command: Command, delayMs = 0): Outcome {
    const outcome = decide(this.world, command, this.clock.now())
    evolve(this.world, outcome)
    for (const effect of outcome.effects) this.#keepTime(effect)
    for (const listener of this.#listeners) listener(outcome.effects, delayMs)
    return outcome
  }

  get stopped(): boolean {
    return this.#stopped
  }

  stop(): void {
    this.#stopped = true
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }

  #keepTime(effect: Effect): void {
    if (effect.kind !== 'timerSet' && effect.kind !== 'timerCleared') return
    this.#timers.get(effect.id)?.()
    this.#timers.delete(effect.id)
    if (effect.kind === 'timerCleared') return
    const cancel = this.after(effect.afterMs, () => {
      this.#timers.delete(effect.id)
      this.dispatch(effect.command)
    })
    this.#timers.set(effect.id, cancel)
  }
}
