import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspectedDesk, type InspectedDesk } from '../../src-main/inspector/testing/inspectedDesk'
import { writeBundle } from '../../src-main/support/bundle/write'

const MINUTE_MS = 60_000
const SHIFT_MINUTES = 6 * 60

const isOnline = (desk: InspectedDesk): boolean => desk.runtime.view().slices.session.phase === 'online'

/** What goes wrong, by the minute of the shift. */
const trouble = (desk: InspectedDesk): Readonly<Record<number, () => Promise<void> | void>> => {
  const { control } = desk
  return {
    47: () => control.setFault({ name: 'resetSocket' }),
    // A link that swallows everything: pings are lost before it is given up.
    118: () => control.proxy('A', 'blackhole'),
    121: () => control.proxy('A', 'pass'),
    171: () => control.setFault({ name: 'streamError' }),
    // A reverse proxy that was changed over lunch: neither server takes the upgrade.
    226: () => {
      control.setFault({ name: 'refuseUpgrade', status: 403 })
      control.setFault({ name: 'resetSocket' })
    },
    229: () => control.clearFault(),
    289: () => control.killNode('B'),
    302: () => control.startNode('B'),
  }
}

/** A shift of six hours at a real simulator, in compressed time; answers where its bundle was saved. */
export const badDayBundle = async (after: (undo: () => Promise<void> | void) => void): Promise<string> => {
  const desk = await inspectedDesk(after)
  const { clock, control, agent } = desk
  clock.setWall(-SHIFT_MINUTES * MINUTE_MS)
  const plan = trouble(desk)
  await desk.online()
  for (let minute = 0; minute < SHIFT_MINUTES; minute += 1) {
    await plan[minute]?.()
    // The line is slower at noon, and never the same twice.
    const noon = 14 * Math.exp(-(((minute - 210) / 70) ** 2))
    const wobble = 3 * Math.abs(Math.sin(minute * 1.7)) + ((minute * 37) % 53 === 0 ? 30 : 0)
    for (const node of ['A', 'B'] as const)
      if (
        control.state().nodes.some(({ name, running }) => name === node && running) &&
        !(minute >= 118 && minute < 121)
      )
        await control.proxy(node, { kind: 'delay', ms: Math.round(4 + noon + wobble) })
    if (isOnline(desk)) {
      if (minute % 9 === 2)
        control.setAgentState(
          agent.id,
          minute % 90 === 29 ? 'NOT_READY' : 'READY',
          minute % 90 === 29 ? 'Break' : undefined,
        )
      if (minute % 9 === 4 && control.ringAgent(agent.id, { from: '+447700900142' }) !== null)
        control.answer(agent.id)
      if (minute % 9 === 8) control.customerHangsUp(agent.id)
    }
    await clock.jump(MINUTE_MS)
  }
  const { inspector, redactor } = desk
  const path = join(await mkdtemp(join(tmpdir(), 'sidetone-day-')), 'support.zip')
  const written = await writeBundle(path, {
    contents: {
      source: inspector.source,
      trace: inspector.state().trace,
      rawTrace: inspector.rawTrace,
      server: `${desk.nodeA.host}:${desk.nodeA.port}`,
      version: '0.1.0',
      platform: 'win32 x64',
      versions: {},
      settings: [],
      logs: [],
    },
    masks: { redact: redactor.redact, holdsSecret: redactor.holds },
    createdAt: clock.now(),
  })
  if (!written.ok) throw new Error(JSON.stringify(written.error))
  return path
}
