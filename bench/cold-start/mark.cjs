// Loaded before either app (electron -r): says when a field can take the focus and two frames have passed since.
const { app } = require('electron')

const untilInteractive = `new Promise((done) => {
  const look = () => {
    const field = document.querySelector('input:not([disabled])')
    if (!field || field.getClientRects().length === 0) return requestAnimationFrame(look)
    field.focus()
    if (document.activeElement !== field) return requestAnimationFrame(look)
    requestAnimationFrame(() => requestAnimationFrame(() => done(true)))
  }
  look()
})`

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    contents.executeJavaScript(untilInteractive).then(() => {
      process.stdout.write('interactive\n', () => app.exit(0))
    })
  })
})
