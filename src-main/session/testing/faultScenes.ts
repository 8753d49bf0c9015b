import type { NodeName } from '../../../simulator/faults/table'
import type { FaultDesk } from './faultDesk'

export interface Asked {
  readonly node?: NodeName
  readonly method?: 'GET' | 'PUT'
  /** The end of the path. */
  readonly path?: string
  /** Part of the body. */
  readonly body?: string
}

/** What was asked of the servers, oldest first. */
export const asked = (desk: FaultDesk, { node, method, path = '', body = '' }: Asked = {}) =>
  desk.control
    .requests()
    .filter(
      (entry) =>
        (node === undefined || entry.node === node) &&
        (method === undefined || entry.method === method) &&
        entry.path.endsWith(path) &&
        (entry.body ?? '').includes(body),
    )

/** Counts from now on. */
export const askedSince = (desk: FaultDesk) => {
  const known = new Set(desk.control.requests())
  return (what: Asked = {}) => asked(desk, what).filter((entry) => !known.has(entry))
}

/** State changes and sign-ins: what may not be repeated. */
export const puts = (desk: FaultDesk, body = '') => asked(desk, { method: 'PUT', body })

/** Sign-ins by REST: who asks for one without the agent takes a decision that is not ours. */
export const logins = (desk: FaultDesk) => puts(desk, '<state>LOGIN</state>').length

/** The first reason the agent may choose. */
export const someReason = (desk: FaultDesk, at = 0): string => {
  const reason = desk.slices().reasons.notReady[at]
  if (reason?.id == null) throw new Error('no reason to choose')
  return reason.id
}

/** Milliseconds between each and the one before. */
export const pauses = (entries: readonly { readonly at: number }[]): readonly number[] =>
  entries.slice(1).map(({ at }, index) => at - (entries[index]?.at ?? at))

/** What a click on the state does, with the first reason where one is needed. */
export const choose = async (desk: FaultDesk, state: 'READY' | 'NOT_READY' | 'LOGOUT') => {
  const { notReady, signOut } = desk.slices().reasons
  if (state === 'LOGOUT') return desk.commands['session.signOut']({ reasonCodeId: signOut[0]?.id ?? null })
  const reasonCodeId = state === 'READY' ? null : (notReady[0]?.id ?? null)
  return desk.commands['agent.setState']({ state, reasonCodeId })
}
