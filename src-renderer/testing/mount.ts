import { createPinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { createApp, h, nextTick, type Component } from 'vue'
import type { Locale, Slices } from '../../src-contract/state'
import { createServerClock } from '../clock/serverClock'
import { startTicker } from '../clock/ticker'
import { CONTEXT } from '../context'
import { useReplica } from '../stores/replica'
import { createFakeBridge, type Answers, type FakeBridge } from './fakeBridge'
import { inspectionOf } from './inspector'
import { sceneSnapshot } from './scenes'

export interface Mounted {
  readonly root: HTMLElement
  readonly bridge: FakeBridge
  /** Sends slices as a patch and waits for the page to follow. */
  readonly patch: (slices: Partial<Slices>) => Promise<void>
  readonly unmount: () => void
}

/** Beyond the scene: what the inspector knows, the language, other answers of main. */
export interface Wish {
  readonly inspection?: string
  readonly rows?: number
  readonly locale?: Locale
  readonly answers?: Answers
}

export const NOW = 1_700_000_000_000

/** One component on a fake main process that shows `scene`; time stands still. */
export const mountScene = async (
  component: Component,
  scene: string,
  size = 12,
  wish: Wish = {},
): Promise<Mounted> => {
  const inspection = inspectionOf(wish.inspection ?? 'empty', NOW, wish.rows)
  const snapshot = sceneSnapshot(scene, NOW, size)
  const { settings } = snapshot.slices
  const slices = {
    ...snapshot.slices,
    settings: { ...settings, effectiveLocale: wish.locale ?? settings.effectiveLocale },
    inspector: inspection.state,
  }
  const bridge = createFakeBridge({ ...snapshot, slices }, () => NOW, {
    ...inspection.answers,
    ...wish.answers,
  })
  const clock = createServerClock(
    () => 0,
    () => NOW,
  )
  const ticker = startTicker(clock)
  const app = createApp({ render: () => h(TooltipProvider, () => h(component)) })
  app.use(createPinia())
  app.provide(CONTEXT, { bridge, clock, ticker })
  const stop = useReplica().connect(bridge, clock, (flush) => flush())
  await Promise.resolve()
  const root = document.createElement('div')
  document.body.append(root)
  app.mount(root)
  await nextTick()
  return {
    root,
    bridge,
    patch: async (slices) => {
      bridge.send({ slices })
      await nextTick()
      await nextTick()
    },
    unmount: () => {
      stop()
      ticker.stop()
      app.unmount()
      root.remove()
    },
  }
}

/** Text as a person reads it: white space does not count. */
export const textOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
