import { expect } from 'vitest'
import type { FaultRun } from '../../testing/faultTest'
import { keyedValues } from '../keyed'
import {
  faultDesk,
  isOnline,
  isTrue,
  nodeOf,
  shown,
  truthShown,
  type FaultDesk,
  type FaultDeskOptions,
} from './faultDesk'

/** Signed in and live; what happens from here on is the fault. */
export async function liveDesk(t: FaultRun, options: FaultDeskOptions = {}): Promise<FaultDesk> {
  const desk = await faultDesk(t, options)
  await desk.online()
  if (nodeOf(desk.view()) !== 'A')
    throw new Error(`signed in elsewhere: ${JSON.stringify(desk.slices().connection)}`)
  t.watch()
  return desk
}

/** In a conversation: what must not be lost. */
export async function onCall(desk: FaultDesk): Promise<void> {
  await desk.setState('READY')
  desk.control.ringAgent(desk.agent.id)
  await desk.until(({ slices }) => slices.agent?.state === 'RESERVED')
  desk.control.answer(desk.agent.id)
  await desk.until(({ slices }) => slices.agent?.state === 'TALKING')
}

const isTeamFresh = (desk: FaultDesk): boolean => {
  const { status, stale } = desk.slices().team
  return status === 'ready' && !stale
}

/**
 * Live on that node and showing the truth within this time. Answers with the ms it took, without those that this
 * machine spent on it: they say how busy it is.
 */
export async function backOn(desk: FaultDesk, node: 'A' | 'B', limitMs: number): Promise<number> {
  const began = performance.now()
  const ms = (await desk.until(isOnline, limitMs)) - (performance.now() - began)
  expect(nodeOf(desk.view())).toBe(node)
  await desk.until(() => isTeamFresh(desk), 5_000)
  await desk.clock.settle()
  expect(shown(desk.view())).toEqual(truthShown(desk, node))
  expectNoBug(desk)
  return ms
}

/** Shows the truth within this time, be it by an event or by a read. */
export const becomesTrue = (desk: FaultDesk, node: 'A' | 'B', limitMs: number): Promise<number> =>
  desk.until(() => isTrue(desk, node), limitMs)

/** What the session's own safety nets caught would be bugs. */
export const expectNoBug = (desk: FaultDesk): void => {
  expect(desk.logged.filter((line) => /^(?:reducer|view|effect|listener)\.failed/.test(line))).toEqual([])
}

export const callsShown = (desk: FaultDesk) => [...keyedValues(desk.view().collections.calls)]

export const kindsOf = (desk: FaultDesk): readonly string[] => desk.feed().map(({ kind }) => kind)

/** How often somebody tried to sign in to XMPP with a password, per node. */
export const signIns = (desk: FaultDesk, node?: 'A' | 'B'): number =>
  desk.control
    .xmppLog()
    .filter(
      (entry) =>
        entry.direction === 'in' &&
        entry.text.startsWith('<auth') &&
        (node === undefined || entry.node === node),
    ).length

/** Waiting time until the next try, as shown, ms; null: none is planned. */
export const waitShown = (desk: FaultDesk): number | null => {
  const { session } = desk.slices()
  return session.phase === 'recovering' && session.nextTryAt !== null
    ? session.nextTryAt - desk.runtime.serverNow()
    : null
}

/** Session phases in the order they were shown, from now on. */
export function phasesShown(desk: FaultDesk): readonly string[] {
  const seen: string[] = [desk.slices().session.phase]
  desk.runtime.onChange((_, { slices }) => {
    if (seen.at(-1) !== slices.session.phase) seen.push(slices.session.phase)
  })
  return seen
}

/** Waiting for the next try because of this. */
export const waitsWith = (desk: FaultDesk, code: string): boolean => {
  const { session } = desk.slices()
  return session.phase === 'recovering' && session.step === 'waiting' && session.cause.code === code
}

/** Another call ends, a colleague moves: an outage in which nothing happens proves little. */
export const lifeGoesOn = (desk: FaultDesk) => {
  desk.control.customerHangsUp(desk.agent.id)
  const colleague = desk.info.agents.find(
    ({ id, teamId }) => id !== desk.agent.id && teamId === desk.agent.teamId,
  )
  if (colleague !== undefined) desk.control.supervisorForces(colleague.id, 'NOT_READY')
}

/** Still the first connection, and nothing went wrong inside. */
export const expectUndisturbed = (desk: FaultDesk): void => {
  expect(desk.opened).toHaveLength(1)
  expect(desk.slices().session).toMatchObject({ phase: 'online' })
  expectNoBug(desk)
}
/** As a person asks for it; the answer is not waited for. */
export const ask = async (desk: FaultDesk, state: 'READY' | 'NOT_READY'): Promise<void> => {
  const reasonCodeId = state === 'READY' ? null : (desk.slices().reasons.notReady[0]?.id ?? null)
  expect(await desk.commands['agent.setState']({ state, reasonCodeId })).toMatchObject({ ok: true })
}
