import { expect, test, vi } from 'vitest'
import { createRedactor } from '../platform/redact'
import { createSelectView } from '../session/selectors'
import { initialState } from '../session/state'
import { createInspection } from './inspection'

test('what fails while the inspector shows itself is written down and goes no further', async () => {
  const timers: (() => void)[] = []
  const error = vi.fn()
  const nothing = () => undefined
  const view = createSelectView()(initialState)
  let isBroken = false
  const inspection = createInspection({
    clock: {
      now: () => 1,
      monotonic: () => 1,
      after: (_ms, run) => {
        timers.push(run)
        return nothing
      },
    },
    redactor: createRedactor(),
    log: { debug: nothing, info: nothing, warn: nothing, error },
    session: () => ({ view: () => view, onChange: () => nothing, serverNow: () => 1 }),
    show: () => {
      if (isBroken) throw new TypeError('a bug')
    },
  })
  const inspector = await inspection.inspector()
  isBroken = true
  inspector.setPaused(true)
  for (const run of timers.splice(0)) expect(run).not.toThrow()
  expect(error).toHaveBeenCalledExactlyOnceWith('inspector.failed', { error: 'TypeError' })
})
