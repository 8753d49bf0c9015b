import type { ConnectionFailure } from '../finesse/failures'
import type { RestClient, RestResult } from '../finesse/rest/types'

/**
 * A client whose code is loaded at its first call: reading the HTTP stack takes longer than painting the first
 * window, and nothing needs it before a sign-in. `onFailure` hears of connections that failed.
 */
export const createLazyRest = (
  load: () => Promise<RestClient>,
  onFailure: (failure: ConnectionFailure) => void,
): RestClient => {
  let loaded: Promise<RestClient> | null = null
  const call = async <T>(run: (client: RestClient) => Promise<RestResult<T>>): Promise<RestResult<T>> => {
    loaded ??= load()
    const result = await run(await loaded)
    if (!result.ok && result.error.kind === 'connection') onFailure(result.error.failure)
    return result
  }
  return {
    systemInfo: (signal, anonymous) => call((client) => client.systemInfo(signal, anonymous)),
    warm: () => {
      loaded ??= load()
      void loaded.then((client) => client.warm())
    },
    user: (id, signal) => call((client) => client.user(id, signal)),
    signIn: (id, extension, requestId, signal) =>
      call((client) => client.signIn(id, extension, requestId, signal)),
    signOut: (id, reasonCodeId, requestId, signal) =>
      call((client) => client.signOut(id, reasonCodeId, requestId, signal)),
    setState: (id, request, requestId, signal) =>
      call((client) => client.setState(id, request, requestId, signal)),
    reasonCodes: (userId, teamId, category, signal) =>
      call((client) => client.reasonCodes(userId, teamId, category, signal)),
    team: (id, signal) => call((client) => client.team(id, signal)),
    dialogs: (userId, signal) => call((client) => client.dialogs(userId, signal)),
    close: async () => {
      if (loaded) await (await loaded).close()
    },
  }
}
