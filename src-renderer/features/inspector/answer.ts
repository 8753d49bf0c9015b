import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { CommandInput, CommandName, CommandOutput } from '../../../src-contract/commands'
import type { Problem } from '../../../src-contract/problem'
import { useContext } from '../../context'

export interface Answer<T> {
  /** The last good answer; null before the first. */
  readonly value: Readonly<ShallowRef<T | null>>
  readonly problem: Readonly<ShallowRef<Problem | null>>
}

/**
 * Asks main, and again whenever what `again` reads or the input changes. One question at a time: what changes
 * meanwhile is asked when the answer is here, so a busy main is never asked faster than it answers. An input of
 * null asks nothing.
 */
export const useAnswer = <N extends CommandName>(
  name: N,
  input: () => CommandInput<N> | null,
  again: () => unknown,
): Answer<CommandOutput<N>> => {
  const { bridge } = useContext()
  const value = shallowRef(null) as ShallowRef<CommandOutput<N> | null>
  const problem = shallowRef<Problem | null>(null)
  let asking = false
  let due = false
  let over = false
  let last = ''

  const ask = async (): Promise<void> => {
    if (asking) {
      due = true
      return
    }
    const wanted = input()
    if (wanted === null) {
      value.value = null
      problem.value = null
      return
    }
    const asked = JSON.stringify(wanted)
    asking = true
    const answer = await bridge.command(name, wanted)
    asking = false
    if (over) return
    // Of what nobody asks about any more nothing is shown.
    if (JSON.stringify(input()) === asked) {
      if (answer.ok) value.value = answer.value
      else if (asked !== last) value.value = null
      problem.value = answer.ok ? null : answer.error
      last = asked
    }
    if (due) {
      due = false
      void ask()
    }
  }
  watch([() => JSON.stringify(input()), again], () => void ask(), { immediate: true })
  onScopeDispose(() => (over = true))
  return { value, problem }
}
