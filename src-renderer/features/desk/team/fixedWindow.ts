import { computed, onBeforeUnmount, onMounted, shallowRef, type ComputedRef, type Ref } from 'vue'

/** Rows kept ready above and below what is seen. */
const OVERSCAN = 3

export interface FixedWindow {
  /** First row to make, and the one after the last. */
  readonly range: ComputedRef<{ readonly from: number; readonly to: number }>
  /** Number of whole rows that fit. */
  readonly page: ComputedRef<number>
  /** The first row that is seen at least in part. */
  readonly top: ComputedRef<number>
  reveal(index: number): void
}

/** The part of `count` rows of one height (px) that can be seen in `scroller`. */
export const rangeOf = (scrollTop: number, height: number, rowHeight: number, count: number) => ({
  from: Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - OVERSCAN),
  to: Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN),
})

/**
 * Rows of one height need no measuring: with thousands of rows that change many times a second this is
 * arithmetic where a general virtualizer would rebuild its list. `inset` is covered by a sticky heading.
 */
export const useFixedWindow = (
  scroller: Readonly<Ref<HTMLElement | null>>,
  rowHeight: number,
  count: () => number,
  inset: () => number,
): FixedWindow => {
  const scrollTop = shallowRef(0)
  const height = shallowRef(0)
  const onScroll = (): void => {
    scrollTop.value = scroller.value?.scrollTop ?? 0
  }
  const observer = new ResizeObserver(([entry]) => {
    if (entry) height.value = entry.contentRect.height
  })
  onMounted(() => {
    const element = scroller.value
    if (!element) return
    height.value = element.clientHeight
    element.addEventListener('scroll', onScroll, { passive: true })
    observer.observe(element)
  })
  onBeforeUnmount(() => {
    scroller.value?.removeEventListener('scroll', onScroll)
    observer.disconnect()
  })
  return {
    range: computed(() => rangeOf(scrollTop.value, height.value, rowHeight, count())),
    page: computed(() => Math.max(1, Math.floor(height.value / rowHeight) - 1)),
    top: computed(() => Math.floor(scrollTop.value / rowHeight)),
    reveal(index) {
      const element = scroller.value
      if (!element) return
      const start = index * rowHeight
      if (start - inset() < element.scrollTop) element.scrollTop = start - inset()
      else if (start + rowHeight > element.scrollTop + height.value)
        element.scrollTop = start + rowHeight - height.value
    },
  }
}
