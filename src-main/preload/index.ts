import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../../src-contract/channels'
import { CHANNELS } from '../../src-contract/channels'
import type { Patch } from '../../src-contract/patch'

// Everything a page can reach: three channels, plain data, no event objects (they carry the sender).
const bridge: Bridge = {
  command: (name, input) => ipcRenderer.invoke(CHANNELS.command, name, input),
  subscribe: () => ipcRenderer.invoke(CHANNELS.subscribe),
  onPatch: (listener) => {
    const forward = (_event: unknown, patch: Patch): void => listener(patch)
    ipcRenderer.on(CHANNELS.patch, forward)
    return () => {
      ipcRenderer.off(CHANNELS.patch, forward)
    }
  },
}

contextBridge.exposeInMainWorld('sidetone', bridge)
