import { inject, type InjectionKey } from 'vue'
import type { Bridge } from '../src-contract/channels'
import type { Ticker } from './clock/ticker'
import type { ServerClock } from './clock/serverClock'

/** What components get from outside. Provided once in main.ts, and by tests. */
export interface Context {
  readonly bridge: Bridge
  readonly clock: ServerClock
  readonly ticker: Ticker
}

export const CONTEXT: InjectionKey<Context> = Symbol('context')

export const useContext = (): Context => {
  const context = inject(CONTEXT)
  if (!context) throw new Error('no context provided')
  return context
}
