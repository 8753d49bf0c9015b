import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_INSPECTION } from '../../src-contract/inspector'
import type { Member } from '../../src-contract/model'
import type { Patch, Snapshot } from '../../src-contract/patch'
import { createReplica, type Replica } from '../../src-contract/replica'
import type { Slices } from '../../src-contract/state'
import { emptyKeyed, keyedValues, removeKeyed, setKeyed } from '../session/keyed'
import { createSelectView } from '../session/selectors'
import { initialState } from '../session/state'
import type { ViewCollections } from '../session/view'
import { createPublisher } from './publisher'

const member = (id: string, state: string): Member => ({
  id,
  name: id,
  extension: null,
  state,
  look: 'ready',
  since: null,
  reason: null,
})

const start: Slices = {
  ...createSelectView()(initialState).slices,
  app: {
    name: 'Sidetone',
    version: '0',
    electron: '',
    chrome: '',
    platform: '',
    packaged: false,
    tray: true,
  },
  settings: {
    theme: 'system',
    locale: 'system',
    effectiveLocale: 'en',
    notifications: true,
    signInAfterFailover: true,
    restoreReady: false,
  },
  signIn: {
    server: '',
    loginId: '',
    extension: '',
    mode: 'replace',
    caFile: null,
    passwordHeld: false,
    simulator: 'off',
    simulatorAgents: [],
  },
  prompt: null,
  inspector: NO_INSPECTION,
}

/** Main: a state that changes, its publisher, and frames that pass when told to. */
function createMain(epoch: string) {
  let slices = start
  let collections: ViewCollections = { members: emptyKeyed(), calls: emptyKeyed(), feed: emptyKeyed() }
  const frames: (() => void)[] = []
  const publisher = createPublisher({
    epoch,
    serverNow: () => 1,
    slices: () => slices,
    collections: () => collections,
    schedule: (run) => frames.push(run),
  })
  return {
    publisher,
    frame: () => frames.splice(0).forEach((run) => run()),
    setName: (name: string) => {
      slices = { ...slices, app: { ...slices.app, name } }
      publisher.changed()
    },
    setMember: (id: string, state: string) => {
      collections = { ...collections, members: setKeyed(collections.members, member(id, state)) }
      publisher.changed()
    },
    removeMember: (id: string) => {
      collections = { ...collections, members: removeKeyed(collections.members, id) }
      publisher.changed()
    },
    clear: () => {
      collections = { ...collections, members: emptyKeyed() }
      publisher.changed()
    },
    truth: () => ({ name: slices.app.name, members: [...keyedValues(collections.members)].map(text).sort() }),
  }
}

const text = (each: Member): string => `${each.id}=${each.state}`
type Main = ReturnType<typeof createMain>
type Message = { readonly kind: 'request' } | { readonly kind: 'data'; readonly data: Snapshot | Patch }

/** A window at the end of an ordered pipe that may lose messages. */
function createWindow(main: () => Main) {
  let replica: Replica = createReplica()
  let pipe: Message[] = [{ kind: 'request' }]
  let asking = true
  const target = { send: (patch: Patch) => void pipe.push({ kind: 'data', data: patch }) }
  const ask = () => {
    if (asking) return
    asking = true
    pipe.push({ kind: 'request' })
  }
  return {
    target,
    shown: () => ({
      name: replica.slices()?.app.name,
      members: [...replica.collections.members.values()].map(text).sort(),
    }),
    idle: () => pipe.length === 0,
    deliver() {
      const message = pipe.shift()
      if (message === undefined) return
      if (message.kind === 'request') pipe.push({ kind: 'data', data: main().publisher.subscribe(target) })
      else {
        if (Array.isArray(message.data.collections?.feed)) asking = false
        if (replica.receive(message.data).ask) ask()
      }
    },
    reload() {
      replica = createReplica()
      pipe = [{ kind: 'request' }]
      asking = true
    },
    lose() {
      const index = pipe.findIndex(
        (message) => message.kind === 'data' && !Array.isArray(message.data.collections?.feed),
      )
      if (index >= 0) pipe.splice(index, 1)
    },
  }
}

const ids = fc.constantFrom('a', 'b', 'c', 'd')
const act = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('member' as const), id: ids, state: fc.constantFrom('X', 'Y') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), id: ids }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('name' as const), name: fc.constantFrom('1', '2', '3') }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('frame' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('deliver' as const), window: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reload' as const), window: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), window: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
)

describe('snapshot and numbered patches', () => {
  it('converge in two windows under reloads, losses and restarts of main', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120, size: 'max' }), (acts) => {
        let epoch = 1
        let main = createMain('1')
        const windows = [createWindow(() => main), createWindow(() => main)]
        for (const each of acts) {
          const window = 'window' in each ? windows[each.window] : undefined
          if (each.kind === 'member') main.setMember(each.id, each.state)
          if (each.kind === 'remove') main.removeMember(each.id)
          if (each.kind === 'clear') main.clear()
          if (each.kind === 'name') main.setName(each.name)
          if (each.kind === 'frame') main.frame()
          if (each.kind === 'deliver') window?.deliver()
          if (each.kind === 'reload') window?.reload()
          if (each.kind === 'lose') window?.lose()
          if (each.kind === 'restart') {
            main = createMain(String((epoch += 1)))
            // A new main makes its windows anew.
            for (const one of windows) one.reload()
          }
        }
        const drain = () => {
          for (let round = 0; round < 500 && windows.some((one) => !one.idle()); round += 1)
            for (const one of windows) one.deliver()
        }
        // A lost last patch shows at the next one.
        drain()
        main.setName('last')
        main.frame()
        drain()
        for (const one of windows) expect(one.shown()).toEqual(main.truth())
      }),
      { numRuns: 5_000 },
    )
  }, 120_000)

  it('sends one patch for many changes within a frame, with only what changed', () => {
    const main = createMain('1')
    const patches: Patch[] = []
    const target = { send: (patch: Patch) => void patches.push(patch) }
    main.publisher.subscribe(target)
    main.setMember('a', 'X')
    main.setMember('a', 'Y')
    main.setMember('b', 'X')
    main.frame()
    expect(patches).toHaveLength(1)
    expect(patches[0]?.slices).toBeUndefined()
    expect(patches[0]?.collections?.members?.set?.map(text).sort()).toEqual(['a=Y', 'b=X'])
    main.publisher.changed()
    main.frame()
    expect(patches).toHaveLength(1)
  })

  it('forgets a window that is gone', () => {
    const main = createMain('1')
    const target = {
      send: () => {
        throw new Error('Object has been destroyed')
      },
    }
    main.publisher.subscribe(target)
    main.setName('x')
    expect(() => main.frame()).not.toThrow()
  })
})

describe('replica', () => {
  it('asks once after a gap and applies what came meanwhile', () => {
    const main = createMain('1')
    const patches: Patch[] = []
    const target = { send: (patch: Patch) => void patches.push(patch) }
    const replica = createReplica()
    replica.receive(main.publisher.subscribe(target))
    for (const name of ['1', '2', '3']) {
      main.setName(name)
      main.frame()
    }
    const [, second, third] = patches
    if (second === undefined || third === undefined) throw new Error('patches missing')
    expect(replica.receive(second).ask).toBe(true)
    expect(replica.receive(third).ask).toBe(false)
    const step = replica.receive(main.publisher.subscribe(target))
    expect(step.ask).toBe(false)
    expect(replica.slices()?.app.name).toBe('3')
  })
})
