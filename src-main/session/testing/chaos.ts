import fc from 'fast-check'
import type { Fault, ProxyModeLike } from '../../../simulator'
import { isOnline, isTrue, nodeOf, shown, truthShown, type FaultDesk } from './faultDesk'

/** One thing that goes wrong, or goes on, and then some time. */
export type Blow = { readonly waitMs: number } & (
  | { readonly kind: 'proxy'; readonly node: 'A' | 'B'; readonly mode: ProxyModeLike }
  | { readonly kind: 'kill' | 'start'; readonly node: 'A' | 'B' }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'heal' }
  | { readonly kind: 'status'; readonly node: 'A' | 'B'; readonly inService: boolean }
  | { readonly kind: 'presence'; readonly node: 'A' | 'B'; readonly available: boolean }
  | { readonly kind: 'world'; readonly what: WorldStep; readonly pick: number }
  | { readonly kind: 'agent'; readonly what: 'READY' | 'NOT_READY' | 'reconnect' }
  | { readonly kind: 'machine'; readonly what: 'network' | 'sleep' | 'freeze'; readonly ms: number }
)

type WorldStep = 'ring' | 'answer' | 'hold' | 'hangUp' | 'supervisor' | 'colleague'

const node = fc.constantFrom('A' as const, 'B' as const)
const waitMs = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 4, arbitrary: fc.integer({ min: 200, max: 8_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 8_000, max: 90_000 }) },
)

const mode: fc.Arbitrary<ProxyModeLike> = fc.oneof(
  fc.constantFrom<ProxyModeLike>(
    'pass',
    'pass',
    'rst',
    { kind: 'rst', once: true },
    'blackhole',
    { kind: 'blackhole', direction: 'toServer' },
    { kind: 'blackhole', direction: 'toClient' },
    { kind: 'halfClose', once: true },
    { kind: 'delay', ms: 300 },
    'refuse',
    'stall',
  ),
  fc.integer({ min: 1, max: 6_000 }).map((bytes): ProxyModeLike => ({ kind: 'cutAfter', bytes, once: true })),
)

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>(
    { name: 'dropSocket' },
    { name: 'resetSocket' },
    { name: 'malformedFrame' },
    { name: 'truncatedFrame' },
    { name: 'duplicateEvent' },
    { name: 'reorderEvents' },
    { name: 'eventBeforeReply' },
    { name: 'noEvents' },
    { name: 'ctiHeartbeatFailure', node: 'A' },
    { name: 'outOfService', node: 'B' },
    { name: 'noFinessePresence' },
    { name: 'refuseUpgrade', status: 503, retryAfter: 3 },
    { name: 'streamError', condition: 'system-shutdown' },
  ),
  fc.integer({ min: 2, max: 9 }).map((every): Fault => ({ name: 'lostEvent', every })),
  fc.constantFrom(500, 502, 503, 504).map((status): Fault => ({ name: 'restStatus', status, body: 'html' })),
)

const wait = { waitMs }
const blow: fc.Arbitrary<Blow> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('proxy' as const), node, mode, ...wait }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('kill' as const, 'start' as const), node, ...wait }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('fault' as const), fault, ...wait }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('heal' as const), ...wait }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('status' as const), node, inService: fc.boolean(), ...wait }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('presence' as const), node, available: fc.boolean(), ...wait }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('world' as const),
      what: fc.constantFrom<WorldStep>('ring', 'answer', 'hold', 'hangUp', 'supervisor', 'colleague'),
      pick: fc.nat(50),
      ...wait,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('agent' as const),
      what: fc.constantFrom('READY' as const, 'NOT_READY' as const, 'reconnect' as const),
      ...wait,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('machine' as const),
      what: fc.constantFrom('network' as const, 'sleep' as const, 'freeze' as const),
      ms: fc.integer({ min: 1_000, max: 100_000 }),
      ...wait,
    }),
  },
)

/** Schedules of blows; the same seed gives the same ones. */
export const schedules = (seed: number, runs: number): readonly (readonly Blow[])[] =>
  fc.sample(fc.array(blow, { minLength: 3, maxLength: 16 }), { seed, numRuns: runs })

function worldStep(desk: FaultDesk, what: WorldStep, pick: number): void {
  const { control, agent } = desk
  const colleagues = control.state().agents.filter(({ id }) => id !== agent.id)
  const colleague = colleagues[pick % colleagues.length]
  switch (what) {
    case 'ring':
      // Only an agent who can take a call gets one.
      return void control.ringAgent(agent.id, pick % 2 === 0 ? {} : { queue: null })
    case 'answer':
      return void control.answer(agent.id)
    case 'hold':
      return void control.act(agent.id, pick % 2 === 0 ? 'HOLD' : 'RETRIEVE')
    case 'hangUp':
      return void control.customerHangsUp(agent.id)
    case 'supervisor':
      return control.supervisorForces(agent.id, pick % 2 === 0 ? 'READY' : 'NOT_READY')
    case 'colleague':
      if (colleague !== undefined) control.setAgentState(colleague.id, pick % 2 === 0 ? 'READY' : 'NOT_READY')
  }
}

/** What the world or the session refuses is part of the story, not a failure of it. */
const maybe = async (act: () => unknown): Promise<void> => {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Error) || error.constructor.name !== 'ControlProblem') throw error
  }
}

async function strike(desk: FaultDesk, each: Blow): Promise<void> {
  const { control, runtime, clock } = desk
  switch (each.kind) {
    case 'proxy':
      return control.proxy(each.node, each.mode)
    case 'kill':
      return control.killNode(each.node)
    case 'start':
      return control.startNode(each.node)
    case 'fault':
      return control.setFault(each.fault)
    case 'heal':
      return control.clearFault()
    case 'status':
      return control.setSystemStatus(each.node, each.inService ? 'IN_SERVICE' : 'OUT_OF_SERVICE')
    case 'presence':
      return control.setFinessePresence(each.node, each.available)
    case 'world':
      return worldStep(desk, each.what, each.pick)
    case 'agent':
      if (each.what === 'reconnect') await desk.commands['session.reconnectNow']({})
      else await desk.commands['agent.setState']({ state: each.what, reasonCodeId: null })
      return
    case 'machine':
      if (each.what === 'network') runtime.dispatch({ type: 'networkChanged' })
      else if (each.what === 'freeze') clock.freeze(each.ms)
      else {
        runtime.dispatch({ type: 'suspended' })
        clock.setWall(each.ms)
        runtime.dispatch({ type: 'woke', asleepMs: each.ms })
      }
  }
}

/** The world is whole again; what was broken stays broken only on the screen. */
async function heal(desk: FaultDesk): Promise<void> {
  const { control } = desk
  control.clearFault()
  for (const name of ['A', 'B'] as const) {
    await control.startNode(name)
    await control.proxy(name, 'pass')
    control.setSystemStatus(name, 'IN_SERVICE')
    control.setFinessePresence(name, true)
  }
}

/** The longest a wrong screen may live: the regular comparison with the server, and its spread. */
const WITHIN_MS = 7 * 60_000

/** A person brings the session back where only a person may. */
async function person(desk: FaultDesk): Promise<void> {
  const { session, agent } = desk.slices()
  if (session.phase === 'blocked' && session.reason === 'signedInElsewhere')
    await desk.commands['session.takeOver']({})
  else if (session.phase === 'blocked') await desk.commands['session.reconnectNow']({})
  else if (session.phase === 'online' && agent?.state === 'LOGOUT')
    await desk.commands['session.signInAgain']({})
}

/** Plays one schedule on a living desk; in the end the screen must show the world. */
export async function play(desk: FaultDesk, schedule: readonly Blow[]): Promise<void> {
  for (const each of schedule) {
    await maybe(() => strike(desk, each))
    await desk.clock.jump(each.waitMs)
  }
  await heal(desk)
  await person(desk)
  const where = (): 'A' | 'B' => (nodeOf(desk.view()) === 'B' ? 'B' : 'A')
  try {
    await desk.clock.jumpUntil(() => isOnline(desk.view()) && isTrue(desk, where()), WITHIN_MS)
  } catch (error) {
    const { session, agent } = desk.slices()
    const seen = JSON.stringify({ screen: shown(desk.view()), world: truthShown(desk, where()) })
    throw new Error(`the screen stays wrong: ${JSON.stringify({ session, agent })}\n${seen}`, {
      cause: error,
    })
  }
  await person(desk)
  await desk.until(({ slices }) => slices.agent?.state !== 'LOGOUT', 60_000)
}
