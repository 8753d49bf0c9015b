import type { CommandInput, CommandName, CommandResult } from './commands'
import type { Patch, Snapshot } from './patch'

/** The only three channels between main and a window. */
export const CHANNELS = {
  command: 'sidetone:command',
  subscribe: 'sidetone:subscribe',
  patch: 'sidetone:patch',
} as const

/** What the preload exposes as `window.sidetone`. Passwords go one way only. */
export interface Bridge {
  command<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>>
  subscribe(): Promise<Snapshot>
  /** Returns the function that stops listening. */
  onPatch(listener: (patch: Patch) => void): () => void
}
