import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../../src-contract/channels'
import { CHANNELS } from '../../src-contract/channels'
import type { Patch, Snapshot } from '../../src-contract/patch'

const ask = (): Promise<Snapshot> => ipcRenderer.invoke(CHANNELS.subscribe)

// Asked before the page's script is even read, so that its first frame already has something to show. What comes
// after that snapshot waits until the page listens.
let first: Promise<Snapshot> | null = ask()
first.catch(() => undefined)
const early: Patch[] = []
const keep = (_event: unknown, patch: Patch): void => void early.push(patch)
ipcRenderer.on(CHANNELS.patch, keep)

// Everything a page can reach: three channels, plain data, no event objects (they carry the sender).
const bridge: Bridge = {
  command: (name, input) => ipcRenderer.invoke(CHANNELS.command, name, input),
  subscribe: () => {
    const asked = first
    first = null
    return asked === null ? ask() : asked.catch(ask)
  },
  onPatch: (listener) => {
    const forward = (_event: unknown, patch: Patch): void => listener(patch)
    ipcRenderer.off(CHANNELS.patch, keep)
    ipcRenderer.on(CHANNELS.patch, forward)
    for (const patch of early.splice(0)) listener(patch)
    return () => {
      ipcRenderer.off(CHANNELS.patch, forward)
    }
  },
}

contextBridge.exposeInMainWorld('sidetone', bridge)
