// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { computed, nextTick, watch } from 'vue'
import { createServerClock } from '../clock/serverClock'
import { createFakeBridge } from '../testing/fakeBridge'
import { chance, memberAt } from '../testing/people'
import { sceneSnapshot } from '../testing/scenes'
import { takeDirty } from './dirty'
import { useReplica } from './replica'

const start = async () => {
  setActivePinia(createPinia())
  const replica = useReplica()
  const bridge = createFakeBridge(sceneSnapshot('ready', 1000, 20), () => 1000)
  const clock = createServerClock(
    () => 0,
    () => 1000,
  )
  let flush: () => void = () => undefined
  replica.connect(bridge, clock, (run) => (flush = run))
  await Promise.resolve()
  flush()
  return { replica, bridge, flush: () => flush() }
}

describe('replica store', () => {
  it('changes nothing on screen before the flush, and everything with it', async () => {
    const { replica, bridge, flush } = await start()
    const size = computed(() => replica.members.size)
    expect([size.value, replica.agent?.name]).toEqual([20, 'Ada Nord'])
    bridge.send({ slices: { agent: null }, collections: { members: { removed: ['1001'] } } })
    expect([size.value, replica.agent?.name]).toEqual([20, 'Ada Nord'])
    flush()
    expect([size.value, replica.agent]).toEqual([19, null])
  })

  it('makes one update of many patches and names the members they touched', async () => {
    const { replica, bridge, flush } = await start()
    takeDirty(replica.dirtyMembers)
    let updates = 0
    watch(
      () => [replica.members],
      () => updates++,
    )
    for (const n of [3, 4, 3])
      bridge.send({ collections: { members: { set: [memberAt(n, 1000, chance(1))] } } })
    flush()
    await nextTick()
    expect(updates).toBe(1)
    expect(takeDirty(replica.dirtyMembers)).toEqual(new Set(['1004', '1005']))
  })

  it('does not make members deeply reactive', async () => {
    const { replica } = await start()
    const member = replica.members.get('1001')
    expect(member).toBe([...replica.members.values()][0])
    expect(Object.hasOwn(member ?? {}, '__v_raw') || '__v_isReactive' in (member ?? {})).toBe(false)
  })
})
