import { insist, type LaunchedApp } from '../sidetone'

/** After forced garbage collection, nothing under way. Heaps in bytes, the rest counted. */
export interface Sample {
  readonly mainHeap: number
  readonly rendererHeap: number
  readonly mainListeners: number
  readonly timers: number
  readonly sockets: number
  readonly domNodes: number
  readonly domListeners: number
}

export type Figure = keyof Sample

interface Heap {
  readonly usedSize: number
}
interface Counters {
  readonly nodes: number
  readonly jsEventListeners: number
}

const measureMain = (electron: LaunchedApp['electron']) =>
  electron.evaluate(async ({ app, ipcMain, powerMonitor, BrowserWindow }) => {
    const { getBuiltinModule } = process as unknown as { getBuiltinModule(name: string): unknown }
    const kept = globalThis as { collectForBench?: () => void }
    if (kept.collectForBench === undefined) {
      const v8 = getBuiltinModule('v8') as { setFlagsFromString(flags: string): void }
      const vm = getBuiltinModule('vm') as { runInNewContext(code: string): () => void }
      v8.setFlagsFromString('--expose-gc')
      // Once: each context costs a megabyte.
      kept.collectForBench = vm.runInNewContext('gc')
    }
    const collect = kept.collectForBench
    for (let turn = 0; turn < 3; turn += 1) {
      collect()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const sources = [
      process,
      app,
      ipcMain,
      powerMonitor,
      ...BrowserWindow.getAllWindows().flatMap((window) => [window, window.webContents]),
    ] as unknown as readonly {
      eventNames(): (string | symbol)[]
      listenerCount(name: string | symbol): number
    }[]
    const resources = process.getActiveResourcesInfo()
    return {
      mainHeap: process.memoryUsage().heapUsed,
      mainListeners: sources.reduce(
        (sum, source) => sum + source.eventNames().reduce((one, name) => one + source.listenerCount(name), 0),
        0,
      ),
      timers: resources.filter((name) => name === 'Timeout' || name === 'Immediate').length,
      sockets: resources.filter((name) => name.startsWith('TCP') || name.startsWith('TLS')).length,
    }
  })

export const measure = async ({ electron, page }: LaunchedApp): Promise<Sample> => {
  const main = await insist(() => measureMain(electron))
  const cdp = await page.context().newCDPSession(page)
  try {
    for (let turn = 0; turn < 3; turn += 1) await cdp.send('HeapProfiler.collectGarbage')
    const { usedSize } = (await cdp.send('Runtime.getHeapUsage')) as Heap
    const { nodes, jsEventListeners } = (await cdp.send('Memory.getDOMCounters')) as Counters
    return { ...main, rendererHeap: usedSize, domNodes: nodes, domListeners: jsEventListeners }
  } finally {
    await cdp.detach()
  }
}
