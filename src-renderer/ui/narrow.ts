import { onBeforeUnmount, shallowRef, type Ref } from 'vue'

/** True while the window is too narrow for two columns. The same width as in the styles. */
export const useNarrow = (): Readonly<Ref<boolean>> => {
  const query = matchMedia('(max-width: 699px)')
  const narrow = shallowRef(query.matches)
  const onChange = (): void => {
    narrow.value = query.matches
  }
  query.addEventListener('change', onChange)
  onBeforeUnmount(() => query.removeEventListener('change', onChange))
  return narrow
}
