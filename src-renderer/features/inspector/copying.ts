import { onScopeDispose, shallowRef, type Ref } from 'vue'
import { useContext } from '../../context'

/** How long a button says that it has copied. */
const SAID_MS = 1600
/** What main takes at most. */
const MOST = 2_000_000

/** Main's clipboard: the window has no permission of its own. */
export const useCopy = (): {
  readonly copied: Readonly<Ref<boolean>>
  copy: (text: string) => Promise<void>
} => {
  const { bridge } = useContext()
  const copied = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  const copy = async (text: string): Promise<void> => {
    const answer = await bridge.command('inspector.copy', { text: text.slice(0, MOST) })
    if (!answer.ok) return
    copied.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (copied.value = false), SAID_MS)
  }
  return { copied, copy }
}
