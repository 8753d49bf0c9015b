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

/** Ready, then on a queue call that was answered on the phone. Gives the id of the dialog. */
export const talking = async (desk: FaultDesk): Promise<string> => {
  await desk.setState('READY')
  const dialog = desk.control.ringAgent(desk.agent.id)
  if (dialog === null) throw new Error('the agent could not be offered a call')
  await desk.until(({ slices }) => slices.agent?.state === 'RESERVED')
  desk.control.answer(desk.agent.id)
  await desk.until(({ slices }) => slices.agent?.state === 'TALKING')
  return dialog
}

/** The first reason the agent may choose. */
export const someReason = (desk: FaultDesk, at = 0): string => {
  const reason = desk.slices().reasons.notReady[at]
  if (reason === undefined) throw new Error('no reason to choose')
  return reason.id
}

/** Milliseconds between each and the one before. */
export const pauses = (entries: readonly { readonly at: number }[]): readonly number[] =>
  entries.slice(1).map(({ at }, index) => at - (entries[index]?.at ?? at))
