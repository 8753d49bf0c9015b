import { defineStore } from 'pinia'
import { markRaw, shallowRef, triggerRef, type ShallowRef } from 'vue'
import { NO_INSPECTION } from '../../src-contract/inspector'
import type { Bridge } from '../../src-contract/channels'
import type { Patch, Snapshot } from '../../src-contract/patch'
import { createReplica } from '../../src-contract/replica'
import type { Slices, SliceName } from '../../src-contract/state'
import type { ServerClock } from '../clock/serverClock'
import { createDirty, noteDirty } from './dirty'

type SliceRefs = { readonly [K in SliceName]: ShallowRef<Slices[K]> }

/** What the window shows before the first answer: nothing of anyone's. */
const BLANK: Slices = {
  app: { name: 'Sidetone', version: '', electron: '', chrome: '', platform: '', packaged: true, tray: false },
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
  session: { phase: 'signedOut', notice: null },
  connection: { pill: 'off', roundTripMs: null, lastEventAt: null, nodes: [], verdict: null, attempts: [] },
  agent: null,
  choices: {
    ready: { allowed: false, why: 'notConnected' },
    notReady: { allowed: false, why: 'notConnected' },
    signOut: { allowed: false, why: 'notConnected' },
    changeReason: { allowed: false, why: 'notConnected' },
    notReadyReasonRequired: false,
    signOutReasonRequired: false,
  },
  request: null,
  reasons: { status: 'none', notReady: [], signOut: [], favourites: [] },
  team: { status: 'none', id: null, name: null, live: false, stale: false, problem: null, teams: [] },
  gap: null,
  prompt: null,
  inspector: NO_INSPECTION,
}

/**
 * Main's state as this window knows it. Collections are plain Maps changed in place; their refs are triggered at
 * most once a frame, together with the slices.
 */
export const useReplica = defineStore('replica', () => {
  const replica = createReplica()
  const known = shallowRef(false)
  const slices: SliceRefs = {
    app: shallowRef(BLANK.app),
    settings: shallowRef(BLANK.settings),
    signIn: shallowRef(BLANK.signIn),
    session: shallowRef(BLANK.session),
    connection: shallowRef(BLANK.connection),
    agent: shallowRef(BLANK.agent),
    choices: shallowRef(BLANK.choices),
    request: shallowRef(BLANK.request),
    reasons: shallowRef(BLANK.reasons),
    team: shallowRef(BLANK.team),
    gap: shallowRef(BLANK.gap),
    prompt: shallowRef(BLANK.prompt),
    inspector: shallowRef(BLANK.inspector),
  }
  const members = shallowRef(markRaw(replica.collections.members))
  const calls = shallowRef(markRaw(replica.collections.calls))
  const feed = shallowRef(markRaw(replica.collections.feed))
  /** Which members changed since the list last looked. Plain: whoever watches `members` takes it. */
  const dirtyMembers = markRaw(createDirty())

  const changed = { slices: new Set<SliceName>(), members: false, calls: false, feed: false }

  const copy = <K extends SliceName>(name: K, from: Slices): void => {
    slices[name].value = from[name]
  }

  const flush = (): void => {
    const latest = replica.slices()
    if (latest === null) return
    for (const name of changed.slices) copy(name, latest)
    if (changed.members) triggerRef(members)
    if (changed.calls) triggerRef(calls)
    if (changed.feed) triggerRef(feed)
    changed.slices.clear()
    changed.members = changed.calls = changed.feed = false
    known.value = true
  }

  /** Starts listening; returns the function that stops. `schedule` runs the flush before the next frame. */
  const connect = (
    bridge: Bridge,
    clock: ServerClock,
    schedule: (flush: () => void) => void,
  ): (() => void) => {
    const take = (message: Snapshot | Patch): void => {
      const step = replica.receive(message)
      if (step.at !== null) clock.hear(step.at)
      for (const name of step.slices) changed.slices.add(name)
      for (const name of step.collections) changed[name] = true
      if (step.collections.includes('members')) noteDirty(dirtyMembers, message)
      // Nothing is shown before the first answer: a frame without it would be an empty one.
      if (!known.value) flush()
      else if (step.slices.length > 0 || step.collections.length > 0) schedule(flush)
      if (step.ask) ask()
    }
    const ask = (): void => {
      bridge.subscribe().then(take, () => replica.askFailed())
    }
    const stop = bridge.onPatch(take)
    ask()
    return stop
  }

  return { ...slices, known, members, calls, feed, dirtyMembers, connect, flush }
})
