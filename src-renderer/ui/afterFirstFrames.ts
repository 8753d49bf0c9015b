import { onMounted, shallowRef, type Ref } from 'vue'

/** Shown or not, idle or not: later than this it comes anyway. */
const AT_LATEST_MS = 200

/** False while the page makes its first frames: what nobody can type into waits for them. */
export const useAfterFirstFrames = (): Readonly<Ref<boolean>> => {
  const after = shallowRef(false)
  onMounted(() => {
    requestIdleCallback(() => (after.value = true), { timeout: AT_LATEST_MS })
  })
  return after
}
