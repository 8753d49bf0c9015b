import { createEffectRunner } from './effects'
import type { Env, SessionEvent } from './events'
import type { SessionPorts } from './ports'
import { reduce } from './reduce'
import { createSelectView } from './selectors'
import { initialState, type SessionState } from './state'
import { serverNow } from './step'
import type { SessionView } from './view'

export interface SessionRuntime {
  view(): SessionView
  /** The whole truth, for commands that must know why something is refused. Never leaves the session. */
  state(): SessionState
  dispatch(event: SessionEvent): void
  /** Called after every step that changed the view. Returns the function that stops it. */
  onChange(listener: (previous: SessionView, next: SessionView) => void): () => void
  /** Server time, epoch ms. */
  serverNow(): number
  /** Says good-bye without signing the agent out; resolves after `limitMs` at the latest. */
  stop(limitMs: number): Promise<void>
}

export function createSessionRuntime(
  ports: SessionPorts,
  initial: SessionState = initialState,
): SessionRuntime {
  const select = createSelectView()
  const listeners = new Set<(previous: SessionView, next: SessionView) => void>()
  const queue: SessionEvent[] = []
  let state = initial
  let view = select(state)
  let busy = false
  let stopped = false

  const env = (): Env => ({
    now: ports.clock.now(),
    monotonic: ports.clock.monotonic(),
    random: ports.random,
  })

  const runner = createEffectRunner(ports, (event) => {
    dispatch(event)
  })

  function publish(): void {
    const next = select(state)
    if (next === view) return
    const previous = view
    view = next
    for (const listener of [...listeners]) {
      try {
        listener(previous, next)
      } catch (error) {
        ports.log.error('listener.failed', { error: error instanceof Error ? error.name : 'error' })
      }
    }
  }

  function step(event: SessionEvent): void {
    try {
      const result = reduce(state, event, env())
      state = result.state
      for (const effect of result.effects) runner.run(effect)
    } catch (error) {
      // A bug in the reducer: the state before the event stays, the session goes on.
      ports.log.error('reducer.failed', {
        event: event.type,
        error: error instanceof Error ? error.message : 'error',
      })
    }
    try {
      publish()
    } catch (error) {
      // A bug in a selector: the view before it stays, and so does the loop.
      ports.log.error('view.failed', { error: error instanceof Error ? error.name : 'error' })
    }
  }

  /** One event, one step: what effects and listeners dispatch meanwhile waits its turn. */
  function dispatch(event: SessionEvent): void {
    if (stopped) return
    queue.push(event)
    if (busy) return
    busy = true
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) step(next)
    } finally {
      busy = false
    }
  }

  return {
    view: () => view,
    state: () => state,
    dispatch,
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    serverNow: () => serverNow(state, env()),
    stop(limitMs) {
      return new Promise((resolve) => {
        const finish = () => {
          cancel()
          off()
          stopped = true
          runner.terminate()
          resolve()
        }
        const settled = () => state.phase.name === 'signedOut'
        const cancel = ports.clock.after(limitMs, finish)
        const check = () => {
          if (settled()) finish()
        }
        listeners.add(check)
        const off = () => {
          listeners.delete(check)
        }
        dispatch({ type: 'leaveRequested', limitMs: Math.max(0, limitMs - 100) })
        check()
      })
    },
  }
}
