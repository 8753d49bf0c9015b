import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Stage } from '../../../src-contract/connection'
import type { InspectorSourceName } from '../../../src-contract/inspector'
import { useReplica } from '../../stores/replica'

/** One line of an attempt: a stage or a REST call. */
export type Line =
  { readonly kind: 'stage'; readonly stage: Stage } | { readonly kind: 'call'; readonly id: number }

export const keyOfLine = (line: Line): string =>
  line.kind === 'stage' ? `stage ${line.stage}` : `call ${line.id}`

/** What is looked at; kept while other pages are shown. */
export const useSelection = defineStore('inspectorSelection', () => {
  const replica = useReplica()
  /** Null: now, whichever attempt that is. */
  const attemptId = shallowRef<number | null>(null)
  /** Null: what matters most of the attempt. */
  const line = shallowRef<Line | null>(null)
  const source = computed<InspectorSourceName>(() => (replica.inspector.opened ? 'bundle' : 'live'))
  const readOnly = computed(() => source.value === 'bundle')
  const chooseAttempt = (id: number | null): void => {
    attemptId.value = id
    line.value = null
  }
  watch(source, () => chooseAttempt(null))
  return { attemptId, line, source, readOnly, chooseAttempt }
})
