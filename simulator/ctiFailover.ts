import type { Site } from './site'
import type { Effect } from './world/types'
import { isAvailable } from './xmpp/absence'

/**
 * The phone system behind both nodes is lost and comes back (13.3, 13.5): OUT_OF_SERVICE by event, REST 503, no
 * events, calls going on meanwhile; then IN_SERVICE and every last state once more. Resolves when that is sent.
 */
export function ctiFailover(site: Site, worldMs: number): Promise<void> {
  const { engine, nodes } = site
  for (const node of nodes) node.loseCti(true)
  const signedIn = [...engine.world.agents.values()].filter(({ state }) => state !== 'LOGOUT')
  for (const { id } of signedIn) engine.dispatch({ kind: 'serverLost', agentId: id })
  return new Promise((resolve) => {
    engine.after(worldMs, () => {
      signColleaguesIn(site)
      for (const node of nodes) node.loseCti(false)
      republish(site)
      resolve()
    })
  })
}

/** UCCX signs everybody out. People behind a client sign in by themselves; the others' desktops do it for them. */
function signColleaguesIn(site: Site): void {
  const { engine } = site
  for (const { id, relogon, state, assignedExtension } of engine.world.agents.values())
    if (relogon && state === 'LOGOUT' && !isAvailable(site, id))
      engine.dispatch({
        kind: 'requestState',
        agentId: id,
        state: 'LOGIN',
        extension: assignedExtension,
        reasonCodeId: null,
        bySupervisor: false,
        requestId: null,
      })
}

/** Afterwards last states are republished; a call that came and went meanwhile leaves no trace (13.3). */
function republish({ engine, nodes }: Site): void {
  const { world } = engine
  const known = [...world.agents.values()].filter(({ stateChangeTime }) => stateChangeTime !== null)
  const users = known.map((agent): Effect => ({ kind: 'userChanged', agent, requestId: null }))
  const calls = [...world.calls.values()].flatMap((call) =>
    call.parties.flatMap(({ agentId }): Effect[] =>
      agentId === null ? [] : [{ kind: 'callChanged', agentId, event: 'PUT', call, requestId: null }],
    ),
  )
  for (const node of nodes) if (node.running) node.publisher.take([...users, ...calls], 0)
}
