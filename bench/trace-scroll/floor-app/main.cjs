// The floor: a bare window with the rows in the page already, drawn by hand.
const path = require('node:path')
const { app, BrowserWindow, Menu } = require('electron')

Menu.setApplicationMenu(null)
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 960,
    height: 640,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadFile(path.join(__dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
