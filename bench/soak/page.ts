import type { Page } from 'playwright'
import type { Bridge } from '../../src-contract/channels'
import type { Agent, Call, Member } from '../../src-contract/model'
import type { Reasons, Session, StateRequest } from '../../src-contract/state'

/** What the window's components draw from: its own copy of the state, after the last frame. */
export interface Shown {
  readonly session: Session
  readonly agent: Agent | null
  readonly request: StateRequest | null
  readonly reasons: Reasons
  readonly teamComplete: boolean
  readonly calls: readonly Call[]
  readonly members: readonly Member[]
  /** As text on the screen. */
  readonly stateControl: string
  readonly callCards: number
}

/** Vue keeps the app at its element; the store is the one of `src-renderer/stores/replica.ts`. */
interface Replica {
  readonly session: Session
  readonly agent: Agent | null
  readonly request: StateRequest | null
  readonly reasons: Reasons
  readonly team: { readonly live: boolean; readonly stale: boolean; readonly status: string }
  readonly calls: ReadonlyMap<string, Call>
  readonly members: ReadonlyMap<string, Member>
}
interface PageElement {
  readonly textContent: string | null
  readonly __vue_app__?: {
    readonly config: {
      readonly globalProperties: { readonly $pinia: { readonly _s: ReadonlyMap<string, Replica> } }
    }
  }
}
/** The session was lost: why, and when (epoch ms). */
export interface Loss {
  readonly cause: string
  readonly at: number
}
interface PageWorld {
  soakLosses?: Loss[]
  readonly sidetone: Bridge
  readonly document: {
    querySelector(selector: string): PageElement | null
    querySelectorAll(selector: string): { readonly length: number }
  }
}

export const readShown = (page: Page): Promise<Shown> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as PageWorld
    const app = document.querySelector('#app')?.__vue_app__
    const replica = app?.config.globalProperties.$pinia._s.get('replica')
    if (replica === undefined) throw new Error('The page has no copy of the state.')
    const { session, agent, request, reasons, team, calls, members } = replica
    return {
      session,
      agent,
      request,
      reasons,
      teamComplete: team.live && !team.stale && team.status === 'ready',
      calls: [...calls.values()],
      members: [...members.values()],
      stateControl: document.querySelector('button.control .word')?.textContent ?? '',
      callCards: document.querySelectorAll('[data-testid="calls"] > ul > li').length,
    }
  })

/** Null: taken. Otherwise why not. */
export const setState = (
  page: Page,
  state: 'READY' | 'NOT_READY',
  reasonCodeId: string | null,
): Promise<string | null> =>
  page.evaluate(
    async ([to, reason]) => {
      const { sidetone } = globalThis as unknown as PageWorld
      const answer = await sidetone.command('agent.setState', { state: to, reasonCodeId: reason })
      return answer.ok ? null : JSON.stringify(answer.error)
    },
    [state, reasonCodeId] as const,
  )

/** As a person who does not want to wait presses it. */
export const reconnectNow = (page: Page): Promise<boolean> =>
  page.evaluate(
    async () => (await (globalThis as unknown as PageWorld).sidetone.command('session.reconnectNow', {})).ok,
  )

/** Notes each loss of the session with its cause, from now on. */
export const watchLosses = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const world = globalThis as unknown as PageWorld
    const losses: Loss[] = []
    world.soakLosses = losses
    let online = true
    world.sidetone.onPatch(({ slices }) => {
      const session = slices?.session
      if (session === undefined) return
      const is = session.phase === 'online'
      const cause = session.phase === 'recovering' ? session.cause.code : session.phase
      if (online && !is) losses.push({ cause, at: Date.now() })
      online = is
    })
  })

export const lossesSeen = (page: Page): Promise<readonly Loss[]> =>
  page.evaluate(() => (globalThis as unknown as PageWorld).soakLosses ?? [])
