// Hand-written windowed list: 100,000 lines, the rows of the window only, one write per frame.
const ROW = 24
const COUNT = 100_000
const entries = Array.from({ length: COUNT }, (_, index) => [
  `10:${String(Math.floor(index / 60_000)).padStart(2, '0')}:${String(Math.floor(index / 1000) % 60).padStart(2, '0')}.${String(index % 1000).padStart(3, '0')}`,
  '↓',
  'Event',
  `event /finesse/api/User/${2000 + (index % 200)} PUT ${index}`,
  'fin-a.example.com:8445',
  `${400 + (index % 600)} B`,
])
const list = document.getElementById('list')
const rows = Array.from({ length: 34 }, () => {
  const row = document.createElement('div')
  row.className = 'row'
  for (let cell = 0; cell < 6; cell += 1) row.append(document.createElement('span'))
  list.append(row)
  return row
})
const draw = () => {
  const first = Math.max(0, Math.min(COUNT - rows.length, Math.floor(list.scrollTop / ROW) - 3))
  rows.forEach((row, offset) => {
    row.style.transform = `translateY(${(first + offset) * ROW}px)`
    entries[first + offset].forEach((text, cell) => (row.children[cell].textContent = text))
  })
}
list.addEventListener('scroll', draw, { passive: true })
list.scrollTop = COUNT * ROW
draw()
