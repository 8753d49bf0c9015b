import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RosterView } from '../features/desk/team/rosterOrder'

export type Page = 'desk' | 'connection' | 'settings'
export type InspectorTab = 'stages' | 'health' | 'trace' | 'selfTest'
export type NarrowTab = 'events' | 'team'
/** What the self-test starts with when it is asked for beside the sign-in form. */
export interface TestTarget {
  readonly server: string
  readonly loginId: string
  readonly caFile: string | null
}
export type RosterOrderName = 'group' | 'name' | 'time'

/** What this window shows; nothing here is about the shift. */
export const useView = defineStore('view', () => {
  const page = shallowRef<Page>('desk')
  const inspectorTab = shallowRef<InspectorTab>('stages')
  const testTarget = shallowRef<TestTarget | null>(null)
  const narrowTab = shallowRef<NarrowTab>('events')
  /** The certificate of a server is being looked at. */
  const reviewing = shallowRef(false)
  const statePanelOpen = shallowRef(false)
  const statePanelStart = shallowRef<'states' | 'signOut'>('states')
  /** Counted up to ask the search field of the roster, or of the trace, for the focus. */
  const findAsked = shallowRef(0)
  const roster = shallowRef<RosterView>({ sort: 'name', grouped: true, text: '', look: null })

  const openStatePanel = (start: 'states' | 'signOut' = 'states'): void => {
    statePanelStart.value = start
    statePanelOpen.value = true
  }
  const openConnection = (tab: InspectorTab): void => {
    inspectorTab.value = tab
    page.value = 'connection'
  }
  const askFind = (): void => {
    findAsked.value++
    // Where there is something else to be found, it stays there.
    if (page.value === 'connection' && inspectorTab.value === 'trace') return
    page.value = 'desk'
    narrowTab.value = 'team'
  }
  const setRoster = (change: Partial<RosterView>): void => {
    roster.value = { ...roster.value, ...change }
  }
  const rosterOrder = computed<RosterOrderName>(() => (roster.value.grouped ? 'group' : roster.value.sort))
  const setRosterOrder = (order: RosterOrderName): void =>
    setRoster({ grouped: order === 'group', sort: order === 'time' ? 'time' : 'name' })

  return {
    page,
    inspectorTab,
    testTarget,
    narrowTab,
    reviewing,
    statePanelOpen,
    statePanelStart,
    findAsked,
    roster,
    rosterOrder,
    openStatePanel,
    openConnection,
    askFind,
    setRoster,
    setRosterOrder,
  }
})
