import type { AgentInfo, NodeInfo } from '../../simulator'
import { createSessionCommands } from '../../src-main/session/commands'
import { createSessionRuntime, type SessionRuntime } from '../../src-main/session/runtime'
import { realPorts } from '../../src-main/session/testing/realPorts'
import type { SessionView } from '../../src-main/session/view'

const LIMIT_MS = 20_000

export interface RealSession {
  readonly runtime: SessionRuntime
  /** Waits until the view is so; throws after 20 s. */
  until(what: string, done: (view: SessionView) => boolean): Promise<void>
  close(): Promise<void>
}

/** A log in memory would grow. */
const silent = (): void => undefined

export const isOnline = ({ slices }: SessionView): boolean => slices.session.phase === 'online'

/** Every list is there and the team is watched: nothing of the sign-in is under way any more. */
export const isComplete = (view: SessionView): boolean =>
  isOnline(view) &&
  view.slices.team.live &&
  view.slices.team.status === 'ready' &&
  view.slices.reasons.status === 'ready'

/** The shipped session with the real clients, signed in over real sockets. Reconnects without planned delay. */
export const openSession = async (node: NodeInfo, agent: AgentInfo, ca: string): Promise<RealSession> => {
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  const ports = { ...realPorts(ca).ports, random: () => 0, log }
  const runtime = createSessionRuntime(ports)
  const until = (what: string, done: (view: SessionView) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (!done(runtime.view())) return
        clearTimeout(timer)
        off()
        resolve()
      }
      const timer = setTimeout(() => {
        off()
        reject(new Error(`Not seen: ${what}; ${JSON.stringify(runtime.view().slices.session)}`))
      }, LIMIT_MS)
      const off = runtime.onChange(check)
      check()
    })
  await createSessionCommands(runtime, ports)['session.signIn']({
    server: `${node.host}:${String(node.port)}`,
    loginId: agent.id,
    password: agent.password,
    extension: agent.extension,
    mode: 'replace',
    caFile: null,
  })
  await until('complete', isComplete)
  return { runtime, until, close: () => runtime.stop(500) }
}
