// The floor: updates parsed by a bare SAX parser in main, sent one by one, drawn by hand in the page.
const path = require('node:path')
const { app, BrowserWindow, Menu, ipcMain } = require('electron')
const { SaxesParser } = require('saxes')

const MEMBERS = 2000
const PER_SECOND = 100
const STATES = ['READY', 'NOT_READY', 'TALKING', 'WORK']

const update = (id, state, since) =>
  `<Update><data><user><loginId>${id}</loginId><firstName>Agent</firstName><lastName>${id}</lastName><extension>2${id}</extension><state>${state}</state><stateChangeTime>${since}</stateChangeTime></user></data><event>PUT</event><requestId></requestId><source>/finesse/api/User/${id}</source></Update>`

const read = (xml) => {
  const parser = new SaxesParser()
  const member = { id: '', state: '', since: 0 }
  let text = ''
  parser.on('opentag', () => (text = ''))
  parser.on('text', (piece) => (text += piece))
  parser.on('closetag', ({ name }) => {
    if (name === 'loginId') member.id = text
    else if (name === 'state') member.state = text
    else if (name === 'stateChangeTime') member.since = Number(text)
  })
  parser.write(xml).close()
  return member
}

Menu.setApplicationMenu(null)
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 960,
    height: 640,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, preload: path.join(__dirname, 'preload.cjs') },
  })
  window.once('ready-to-show', () => window.show())
  let timer
  ipcMain.handle('storm', (_event, seconds) => {
    clearInterval(timer)
    let sent = 0
    const began = performance.now()
    timer = setInterval(() => {
      const due = Math.min(seconds * PER_SECOND, ((performance.now() - began) / 1000) * PER_SECOND)
      for (; sent < due; sent += 1) {
        const id = 1000 + ((sent * 7919) % MEMBERS)
        window.webContents.send('member', read(update(id, STATES[sent % STATES.length], Date.now())))
      }
      if (sent >= seconds * PER_SECOND) clearInterval(timer)
    }, 5)
  })
  void window.loadFile(path.join(__dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
