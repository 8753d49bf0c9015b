import type { SessionEvent } from '../session/events'
import type { ShellState } from './shellState'

/** What the agent allows after a failover goes to the session, at start and whenever it changes. */
export const keepPreferences = (shell: ShellState, dispatch: (event: SessionEvent) => void): void => {
  const tell = (): void => {
    const { signInAfterFailover, restoreReady } = shell.get().settings
    dispatch({ type: 'preferencesChanged', preferences: { signInAfterFailover, restoreReady } })
  }
  tell()
  shell.onChange((prev, next) => {
    if (prev.settings !== next.settings) tell()
  })
}
