const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('minimal', { ask: () => ipcRenderer.invoke('minimal') })
