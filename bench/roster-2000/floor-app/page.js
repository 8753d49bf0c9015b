// Hand-written windowed list: 2,000 members, sorted by name, rows of the window only, one write per frame.
const ROW = 30
const members = Array.from({ length: 2000 }, (_, index) => ({
  id: String(1000 + index),
  state: 'READY',
  since: Date.now(),
}))
const byId = new Map(members.map((member) => [member.id, member]))
const list = document.getElementById('list')
const rows = Array.from({ length: 30 }, () => {
  const row = document.createElement('div')
  row.className = 'row'
  for (let cell = 0; cell < 3; cell += 1) row.append(document.createElement('span'))
  list.append(row)
  return row
})
let planned = false
const clock = (ms) => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}
const draw = () => {
  planned = false
  const first = Math.floor(list.scrollTop / ROW)
  rows.forEach((row, index) => {
    const member = members[first + index]
    row.style.transform = `translateY(${(first + index) * ROW}px)`
    row.children[0].textContent = `Agent ${member.id}`
    row.children[1].textContent = member.state
    row.children[2].textContent = clock(Date.now() - member.since)
  })
}
const plan = () => {
  if (planned) return
  planned = true
  requestAnimationFrame(draw)
}
window.floor.onMember((member) => {
  Object.assign(byId.get(member.id) ?? {}, member)
  plan()
})
setInterval(plan, 1000)
plan()
