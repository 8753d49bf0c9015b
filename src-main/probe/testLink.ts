import type { SelfTestCheck } from '../../src-contract/inspector'
import type { ConnectionFailure } from '../finesse/failures'
import type {
  NotificationClient,
  NotificationEndpoint,
  NotificationEvent,
  NotificationOptions,
} from '../finesse/notifications/types'
import type { Stage, StageReport } from '../finesse/stages'
import type { LinkTap } from '../finesse/tap'
import type { NodeAddress } from '../session/ports'
import type { StageTrack } from './stageTrack'
import type { ProbePorts } from './types'

/** The first ping goes out at once, and two more when it is not answered within five seconds. */
const LIVE_MS = 16_000
/** For unsubscribing, presence and `<close/>`. */
const FAREWELL_MS = 2_000

const NOTHING = (): void => undefined

export interface LinkQuestion {
  readonly options: NotificationOptions
  /** `open`: as far as the server's features, `upgrade`: not even that. Nothing of an account is sent then. */
  readonly until: 'upgrade' | 'open' | 'live'
  readonly teamNodes: readonly string[]
  /** Told once the agent's own nodes are asked for, in place of the team's when there is none. */
  readonly noTeam: () => void
}

const addressOf = ({ host, port }: NotificationEndpoint): NodeAddress => ({ host, port })

const chainTap = (track: StageTrack): LinkTap => ({
  stage: NOTHING,
  chain: track.chain,
  upgrade: NOTHING,
  frame: NOTHING,
  ready: NOTHING,
  ping: NOTHING,
  pingLost: NOTHING,
  ended: NOTHING,
})

/**
 * The stages of a notification session, with the session's own client, until the first ping is answered; then a clean
 * good-bye. Answers with what failed for good.
 */
export const testLink = async (
  question: LinkQuestion,
  ports: ProbePorts,
  track: StageTrack,
): Promise<SelfTestCheck | null> => {
  // Only now: reading the XMPP code would show up in the times of the stages before.
  const { openNotifications } = await import('../finesse/notifications')
  const { clock, signal } = ports
  const { options, until } = question
  let endpoint: NodeAddress = options.endpoints[0] ?? { host: '', port: 0 }
  let liveReport: StageReport | null = null
  let isSubscribed = false
  let isPinged = false
  let isDone = false
  let isFailed = false
  let cancelLimit = NOTHING

  return new Promise((resolve) => {
    const finish = (client: NotificationClient): void => {
      if (isDone) return
      isDone = true
      cancelLimit()
      if (liveReport !== null) track.report(liveReport, endpoint)
      void client.close(FAREWELL_MS)
    }
    const maybeLive = (): void => {
      if (isSubscribed && isPinged) finish(client)
    }
    const subscribeTeam = async (): Promise<void> => {
      if (question.teamNodes.length === 0) question.noTeam()
      for (const node of question.teamNodes) await client.subscribe(node, 'subscribeTeam')
      isSubscribed = true
      maybeLive()
    }
    const staged = (report: StageReport): void => {
      // Told last, whatever comes first.
      if (report.stage === 'live' && report.status === 'succeeded') {
        liveReport = report
        return
      }
      if (isDone) return
      if (report.status === 'failed') isFailed = true
      track.report(report, endpoint)
      if (report.stage !== until || report.status !== 'succeeded') return
      const offered = report.facts['mechanisms']
      if (Array.isArray(offered) && !offered.includes('PLAIN')) giveUp('auth', { kind: 'mechanism', offered })
      finish(client)
    }
    const giveUp = (stage: Stage, failure: ConnectionFailure): void => {
      missed ??= track.fail(stage, endpoint, failure)
    }
    let missed: SelfTestCheck | undefined
    const ended = (failure: ConnectionFailure): void => {
      cancelLimit()
      signal?.removeEventListener('abort', leave)
      if (!isDone && !isFailed) giveUp('live', failure)
      resolve(track.settle() ?? missed ?? null)
    }
    const hear = (event: NotificationEvent): void => {
      switch (event.type) {
        case 'stage':
          endpoint = addressOf(event.endpoint)
          return staged(event.report)
        case 'ready':
          cancelLimit = clock.after(LIVE_MS, () => {
            giveUp('live', { kind: 'pingTimeout', silentMs: LIVE_MS })
            finish(client)
          })
          return void subscribeTeam()
        case 'pinged':
          isPinged = true
          return maybeLive()
        case 'ended':
          return ended(event.failure)
        default:
          return undefined
      }
    }
    const leave = (): void => void client.close(FAREWELL_MS)
    const client = openNotifications(options, { ...ports, tap: chainTap(track) }, hear)
    signal?.addEventListener('abort', leave, { once: true })
    if (signal?.aborted === true) leave()
  })
}
