const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('floor', {
  storm: (seconds) => ipcRenderer.invoke('storm', seconds),
  onMember: (listener) => ipcRenderer.on('member', (_event, member) => listener(member)),
})
