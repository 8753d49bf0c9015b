import fc from 'fast-check'
import { expect } from 'vitest'
import type { Dialog, Update, User } from '../../finesse/model'
import { ok } from '../../finesse/result'
import type { RestResult } from '../../finesse/rest/types'
import { faultTest } from '../../testing/faultTest'
import { keyedValues } from '../keyed'
import { DIALOGS_NODE, settle, USER_NODE } from '../testing/bench'
import { dialog, dialogUpdate, ownLegIn, user, userUpdate } from '../testing/samples'
import { kinds, online, type Bench } from '../testing/scenes'

/** What Finesse knows at one moment. */
interface World {
  readonly user: User
  readonly calls: ReadonlyMap<string, Dialog>
}

interface Change {
  readonly node: string
  readonly update: Update
  readonly after: World
}

const shownBy = (bench: Bench) => {
  const { slices, collections } = bench.runtime.view()
  return {
    state: slices.agent?.state,
    calls: [...keyedValues(collections.calls)].map(({ id, ownState }) => `${id} ${ownState ?? ''}`).sort(),
  }
}

const truthOf = (world: World) => ({
  state: world.user.state,
  calls: [...world.calls.values()]
    .map(({ id, participants }) => `${id} ${participants.at(-1)?.state ?? ''}`)
    .sort(),
})

const STATES = ['READY', 'NOT_READY', 'TALKING', 'HOLD'] as const

/** Each number makes one thing happen: the user moves, or a call comes, moves or ends. */
function history(start: World, picks: readonly number[], firstAt: number): readonly Change[] {
  let world = start
  return picks.map((pick, index) => {
    const at = firstAt + index * 10
    const alive = [...world.calls.keys()].at(-1)
    // An id is never used again: an ended call is over (9.6).
    const call = alive !== undefined && pick % 2 === 0 ? alive : `1680${String(at)}`
    const known = world.calls.get(call)
    if (pick % 3 === 0) {
      const next = user(STATES[Math.floor(pick / 3) % STATES.length] ?? 'READY', { stateChangeTime: at })
      world = { ...world, user: next }
      return { node: USER_NODE, update: userUpdate(next), after: world }
    }
    const calls = new Map(world.calls)
    const ends = known !== undefined && pick % 5 === 0
    const state = known === undefined ? 'ALERTING' : pick % 7 < 3 ? 'ACTIVE' : 'HELD'
    const next = ownLegIn(dialog({ id: call, uri: `/finesse/api/Dialog/${call}` }), state, at)
    if (ends) calls.delete(call)
    else calls.set(call, next)
    world = { ...world, calls }
    const event = ends ? 'DELETE' : known === undefined ? 'POST' : 'PUT'
    return { node: DIALOGS_NODE, update: dialogUpdate(event, next), after: world }
  })
}

/** An answer under way: what it says is decided when the server gets to it, and arrives later. */
const slowRead = <T>(read: () => T) => {
  let said: T | undefined
  let answer: (result: RestResult<T>) => void = () => undefined
  let asked = false
  return {
    call: (): Promise<RestResult<T>> =>
      new Promise((resolve) => {
        asked = true
        answer = resolve
      }),
    canRead: () => asked && said === undefined,
    read: () => {
      said = read()
    },
    canArrive: () => said !== undefined,
    arrive: () => {
      if (said !== undefined) answer(ok(said))
      said = undefined
      asked = false
    },
  }
}

const schedules = fc.record({
  // What happens before anybody is subscribed makes no event that we could hear.
  unseen: fc.array(fc.nat(1_000), { maxLength: 3 }),
  seen: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
  order: fc.infiniteStream(fc.nat(1_000)),
})
type Schedule = typeof schedules extends fc.Arbitrary<infer T> ? T : never

async function play({ unseen, seen, order }: Schedule): Promise<void> {
  const bench = await online()
  bench.notify(DIALOGS_NODE, dialogUpdate('POST', ownLegIn(dialog(), 'ACTIVE', bench.clock.now())))
  const first = ownLegIn(dialog(), 'ACTIVE', bench.clock.now())
  const start: World = {
    user: user('NOT_READY', { stateChangeTime: bench.clock.now() }),
    calls: new Map([[first.id, first]]),
  }
  const away = history(start, unseen, bench.clock.now() + 10)
  let world = away.at(-1)?.after ?? start
  const changes = [...history(world, seen, bench.clock.now() + 1_000)]
  const pipe: Change[] = []
  const userRead = slowRead(() => world.user)
  const callsRead = slowRead((): readonly Dialog[] => [...world.calls.values()])
  bench.answers.user = userRead.call
  bench.answers.dialogs = callsRead.call

  bench.end({ kind: 'closed', code: 1006, reason: '' })
  await bench.clock.advance(5_000)
  expect(bench.links).toHaveLength(2)
  let isReady = false
  const acts: ReadonlyArray<{ readonly can: () => boolean; readonly act: () => void }> = [
    {
      can: () => changes.length > 0,
      act: () => {
        const next = changes.shift()
        if (next === undefined) return
        world = next.after
        pipe.push(next)
      },
    },
    {
      can: () => pipe.length > 0,
      act: () => {
        const next = pipe.shift()
        if (next !== undefined) bench.notify(next.node, next.update)
      },
    },
    {
      can: () => !isReady,
      act: () => {
        isReady = true
        bench.ready()
      },
    },
    { can: userRead.canRead, act: userRead.read },
    { can: callsRead.canRead, act: callsRead.read },
    { can: userRead.canArrive, act: userRead.arrive },
    { can: callsRead.canArrive, act: callsRead.arrive },
  ]
  for (const pick of order) {
    const open = acts.filter(({ can }) => can())
    if (open.length === 0) break
    open[pick % open.length]?.act()
    await settle()
  }
  expect(bench.session().phase).toBe('online')
  expect(shownBy(bench)).toEqual(truthOf(world))
  // Nothing that was replayed looks like a loss later.
  bench.answers.user = () => Promise.resolve(ok(world.user))
  bench.answers.dialogs = () => Promise.resolve(ok([...world.calls.values()]))
  await bench.clock.advance(70_000)
  expect(shownBy(bench)).toEqual(truthOf(world))
  expect(bench.links).toHaveLength(2)
  for (const kind of ['connectionLost', 'connectionRestored'])
    expect(kinds(bench).filter((each) => each === kind)).toHaveLength(1)
}

faultTest(
  'X15',
  'a thousand interleavings of events, subscription and snapshots: no gap, every time',
  async (t) => {
    t.watch()
    await fc.assert(fc.asyncProperty(schedules, play), { numRuns: 1_000 })
  },
  { timeoutMs: 120_000, blocksBecause: 'a thousand desks in one loop' },
)

const loadingDesk = async (calls: readonly Dialog[]) => {
  const bench = await online()
  const read = slowRead(() => calls)
  bench.answers.dialogs = read.call
  bench.end({ kind: 'closed', code: 1006, reason: '' })
  await bench.clock.advance(5_000)
  bench.ready()
  await settle()
  return {
    bench,
    arrive: async () => {
      read.read()
      read.arrive()
      await settle()
    },
  }
}

for (const [name, snapshot] of [
  ['the snapshot knows it', [ownLegIn(dialog(), 'ALERTING', 1_000)]],
  ['the snapshot does not', []],
] as const)
  faultTest('X16', `an event of a call before its snapshot, ${name}: the newer word stands`, async (t) => {
    t.watch()
    const { bench, arrive } = await loadingDesk(snapshot)
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ownLegIn(dialog(), 'ACTIVE', 2_000)))
    expect(shownBy(bench).calls).toEqual([])
    await arrive()
    expect(shownBy(bench).calls).toEqual(['16804377 ACTIVE'])
  })

faultTest('X16', 'the end of a call before its snapshot: it does not come back', async (t) => {
  t.watch()
  const { bench, arrive } = await loadingDesk([ownLegIn(dialog(), 'ACTIVE', 1_000)])
  bench.notify(DIALOGS_NODE, dialogUpdate('DELETE', ownLegIn(dialog(), 'DROPPED', 2_000)))
  await arrive()
  expect(shownBy(bench).calls).toEqual([])
})

interface Item {
  readonly node: string
  readonly update: Update
  readonly at: number
}

const aDay = (now: number): readonly Item[] => [
  ...(['READY', 'RESERVED', 'TALKING', 'NOT_READY'] as const).map((state, index) => {
    const at = now + 100 * (index + 1)
    return { node: USER_NODE, update: userUpdate(user(state, { stateChangeTime: at })), at }
  }),
  ...(['ALERTING', 'ACTIVE', 'HELD', 'ACTIVE', 'DROPPED'] as const).map((state, index) => {
    const at = now + 100 * (index + 1)
    const event = index === 0 ? 'POST' : index === 4 ? 'DELETE' : 'PUT'
    return { node: DIALOGS_NODE, update: dialogUpdate(event, ownLegIn(dialog(), state, at)), at }
  }),
]

const newest = (items: readonly Item[], node: string): Item | undefined =>
  items.filter((item) => item.node === node).sort((one, other) => other.at - one.at)[0]

faultTest(
  'X13',
  'any order, any part, some twice: the newer one wins, the end of a call is final',
  async (t) => {
    t.watch()
    const orders = fc
      .tuple(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }),
        fc.array(fc.nat(8), { maxLength: 4 }),
      )
      .chain(([once, twice]) => {
        const all = [...once, ...twice.filter((at) => once.includes(at))]
        return fc.shuffledSubarray(all, { minLength: all.length })
      })
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const bench = await online()
        const day = aDay(bench.clock.now())
        const came = order.flatMap((at) => day[at] ?? [])
        for (const { node, update } of came) bench.notify(node, update)
        const call = newest(came, DIALOGS_NODE)?.update
        const dialogs =
          call?.data?.kind === 'dialog'
            ? [call.data.value]
            : call?.data?.kind === 'dialogs'
              ? call.data.value
              : []
        const last = newest(came, USER_NODE)?.update.data
        expect(shownBy(bench)).toEqual(
          truthOf({
            user: last?.kind === 'user' ? last.value : user('NOT_READY'),
            calls: new Map(call?.event === 'DELETE' ? [] : dialogs.map((one) => [one.id, one])),
          }),
        )
        for (const kind of ['callArrived', 'callAnswered', 'callEnded', 'callMissed'])
          expect(kinds(bench).filter((each) => each === kind).length, kind).toBeLessThanOrEqual(1)
      }),
      { numRuns: 1_000 },
    )
  },
  { timeoutMs: 120_000, blocksBecause: 'a thousand desks in one loop' },
)
