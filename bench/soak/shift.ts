import type { ClientTruth } from '../../simulator/truth'
import { insist, type LaunchedApp } from '../sidetone'
import type { RunningSimulator } from '../simulator'
import { readShown, reconnectNow, setState, type Shown } from './page'

const STEP_LIMIT_MS = 20_000
const LOOK_AGAIN_MS = 20
const WORTH_PRESSING_MS = 500

/**
 * Compressed time: nobody waits for the spread of a fleet. Only where there is something to wait for: asked while it
 * lives, the app leaves the connection it has.
 */
const isWaiting = (session: Shown['session']): boolean =>
  session.phase === 'recovering' &&
  session.step === 'waiting' &&
  (session.nextTryAt ?? 0) - Date.now() > WORTH_PRESSING_MS

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What happens to one agent in a shift. Each returns when it is over. */
export interface Shift {
  /** Offer, answer, twice hold and retrieve, end: 12 events and more to the agent. */
  call(): Promise<void>
  /** Rings and is answered; stays up until the answer is called. */
  callUp(): Promise<() => Promise<void>>
  stateChange(): Promise<void>
  loss(): Promise<void>
  failover(): Promise<void>
  sleep(): Promise<void>
  truth(): Promise<ClientTruth>
  shown(): Promise<Shown>
  /** What was done when, epoch ms: to find what a loss that nobody planned came after. */
  readonly done: readonly { readonly step: string; readonly from: number; readonly to: number }[]
}

export const createShift = ({ electron, page }: LaunchedApp, simulator: RunningSimulator): Shift => {
  const agentId = simulator.agent.id
  const { command } = simulator
  const done: { readonly step: string; readonly from: number; readonly to: number }[] = []
  const noting =
    (step: string, run: () => Promise<void>): (() => Promise<void>) =>
    async () => {
      const from = Date.now()
      await run()
      done.push({ step, from, to: Date.now() })
    }
  const shown = (): Promise<Shown> => readShown(page)
  const truth = async (): Promise<ClientTruth> =>
    (await command('truth', { agentId, node: 'A' }))['truth'] as ClientTruth

  const until = async (what: string, holds: (now: Shown) => boolean | Promise<boolean>): Promise<Shown> => {
    const limit = performance.now() + STEP_LIMIT_MS
    for (;;) {
      const now = await shown()
      if (await holds(now)) return now
      if (isWaiting(now.session)) await reconnectNow(page)
      if (performance.now() > limit) throw new Error(`Not seen: ${what}; ${JSON.stringify(now.session)}`)
      await pause(LOOK_AGAIN_MS)
    }
  }
  /** Lists and team too: the next step finds the app at rest. */
  const backOnline = async (): Promise<void> => {
    await until('online again', ({ session, teamComplete, reasons }) => {
      return session.phase === 'online' && teamComplete && reasons.status === 'ready'
    })
  }
  const recover = async (): Promise<void> => {
    await until('the loss', ({ session }) => session.phase !== 'online')
    await backOnline()
  }
  const emitPower = (event: 'suspend' | 'resume'): Promise<void> =>
    insist(() => electron.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event))
  const act = (action: string) => command('act', { agentId, action })
  const ring = async (): Promise<void> => {
    // A direct call comes in every state but signed out.
    await command('ringAgent', { agentId, queue: null })
    await command('answer', { agentId })
  }
  return {
    done,
    shown,
    truth,
    call: noting('call', async () => {
      await ring()
      for (const action of ['HOLD', 'RETRIEVE', 'HOLD', 'RETRIEVE']) await act(action)
      await command('customerHangsUp', { id: agentId })
    }),
    callUp: async () => {
      await ring()
      return async () => void (await command('customerHangsUp', { id: agentId }))
    },
    stateChange: noting('stateChange', async () => {
      // What a call left behind may still be on its way behind thousands of the team's events.
      const before = await until('an agent at rest', async ({ session, agent, request, calls }) => {
        // Wrap-up ends by itself, maybe between the look and the click.
        const settled = agent?.state === 'READY' || agent?.state === 'NOT_READY'
        const idle = session.phase === 'online' && request === null && calls.length === 0 && settled
        return idle && agent.since === (await truth()).me.stateChangeTime
      })
      const to = before.agent?.state === 'READY' ? 'NOT_READY' : 'READY'
      const reason = to === 'NOT_READY' ? (before.reasons.notReady[0]?.id ?? null) : null
      const refusal = await setState(page, to, reason)
      // A loss that nobody planned may come between the look and the click; it is counted elsewhere.
      if (refusal !== null && !refusal.includes('notConnected'))
        throw new Error(`The change to ${to} was not taken: ${refusal}`)
      await until(`the change to ${to}`, ({ session, request }) => {
        return session.phase === 'online' && request === null
      })
    }),
    loss: noting('loss', async () => {
      await command('setFault', { name: 'resetSocket' })
      await recover()
    }),
    failover: noting('failover', async () => {
      const [node] = (await truth()).availableOn
      if (node === undefined) throw new Error('The agent is on no node.')
      await command('killNode', { node })
      await recover()
      await command('startNode', { node })
    }),
    sleep: noting('sleep', async () => {
      await emitPower('suspend')
      // The server gives it up meanwhile.
      await command('setFault', { name: 'resetSocket' })
      await emitPower('resume')
      await recover()
    }),
  }
}
