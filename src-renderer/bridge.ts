import type { Bridge } from '../src-contract/channels'

declare global {
  interface Window {
    readonly sidetone: Bridge
  }
}

/** The only way out of this window. */
export const bridge: Bridge = window.sidetone
