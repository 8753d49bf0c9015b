import type { CommandInput, CommandResult } from '../../src-contract/commands'
import { problem, type Problem } from '../../src-contract/problem'
import { err, ok } from '../../src-contract/result'
import type { FinesseClock } from '../finesse/notifications/types'
import type { SessionView } from '../session/view'

const SIGN_OUT_LIMIT_MS = 10_000

/** Resolves true as soon as `done` holds for the view, false after `limitMs`. */
const until = (
  clock: FinesseClock,
  limitMs: number,
  view: () => SessionView,
  onChange: (listener: () => void) => () => void,
  done: (view: SessionView) => boolean,
): Promise<boolean> =>
  new Promise((resolve) => {
    if (done(view())) return resolve(true)
    const finish = (result: boolean): void => {
      cancel()
      stop()
      resolve(result)
    }
    const cancel = clock.after(limitMs, () => finish(false))
    const stop = onChange(() => {
      if (done(view())) finish(true)
    })
  })

const isOver = (view: SessionView): boolean =>
  view.slices.session.phase === 'signedOut' || view.slices.request?.phase === 'refused'

/** Null: Finesse has signed the agent out, as far as anybody can know. */
const whyNotSignedOut = ({ slices }: SessionView): Problem | null =>
  slices.session.phase === 'signedOut'
    ? slices.session.notice
    : (slices.request?.problem ?? problem('noConfirmation', { type: 'LOGOUT' }))

/** Answers the question that quitting asks. */
export const createQuitAnswer =
  (options: {
    readonly clock: FinesseClock
    readonly view: () => SessionView
    readonly onChange: (listener: () => void) => () => void
    readonly signOut: (reasonCodeId: string | null) => Promise<CommandResult<'session.signOut'>>
    readonly close: () => void
    readonly leave: () => Promise<void>
  }) =>
  async (answer: CommandInput<'app.answerQuit'>): Promise<CommandResult<'app.answerQuit'>> => {
    const { clock, view, onChange } = options
    if (answer.choice === 'cancel') {
      options.close()
      return ok(null)
    }
    if (answer.choice === 'signOut') {
      const asked = await options.signOut(answer.reasonCodeId)
      if (!asked.ok) return asked
      await until(clock, SIGN_OUT_LIMIT_MS, view, onChange, isOver)
      const why = whyNotSignedOut(view())
      if (why !== null) {
        // The window says why, and quitting is off.
        options.close()
        return err(why)
      }
    }
    options.close()
    void options.leave()
    return ok(null)
  }
