import { expect, it } from 'vitest'
import { watchInvariants } from '../../testing/invariants'
import { faultDesk, isOnline, isRecovering } from '../testing/faultDesk'

it('leaves one subscription per node behind, however often the connection breaks', async () => {
  const { broken, ...invariants } = watchInvariants({ stallMs: null })
  const undo: (() => unknown)[] = []
  const desk = await faultDesk({ ...invariants, after: (last) => void undo.push(last) })
  invariants.watch()
  await desk.online()
  for (let times = 0; times < 4; times += 1) {
    await desk.control.proxy('A', { kind: 'rst', once: true })
    await desk.until(isRecovering, 1_000)
    await desk.until(isOnline)
    await desk.until(({ slices }) => slices.team.live)
  }
  const paths = () => desk.control.subscriptions().map(({ path }) => path)
  expect(paths().length).toBeGreaterThan(2)
  await desk.clock.jump(6_000)
  expect(paths().sort()).toEqual([`/finesse/api/Team/5013/Users`, `/finesse/api/User/${desk.agent.id}`])
  await desk.setState('READY')
  for (const last of undo.reverse()) await last()
  expect(await broken()).toEqual([])
})
