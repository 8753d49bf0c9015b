import type { XmlElement } from '../codec/index'
import { attributeOf } from './frame'
import { jidParts, normalJid } from './jid'
import type { StageLog } from './stageLog'
import type { FinesseClock, NotificationEvent, NotificationOptions } from './types'

/** Services of the node that sign in as users; their presence tells of their health (section 4.5). */
const isServiceUser = (user: string): boolean => user === 'finesse' || /^(?:cuic|ccx)(?:\.|$)/.test(user)

/** Texts from outside, kept for people. */
const MAX_OTHERS = 20

interface PresencePorts {
  readonly options: NotificationOptions
  readonly ownJid: () => string
  readonly clock: FinesseClock
  readonly stages: StageLog
  readonly send: (type: 'unavailable' | null) => void
  readonly emit: (event: NotificationEvent) => void
}

/**
 * Stage 8. Priority 0 (Cisco asks for a non-negative one; 0 is what leaving it out means). A server that has
 * processed ours shows it by an echo, or by the presence of `finesse@<domain>`: before that, events are not routed
 * to us. Old Openfire does neither, so the wait is bounded and then goes on.
 */
export const createPresence = ({ options, ownJid, clock, stages, send, emit }: PresencePorts) => {
  const domain = options.xmppDomain.toLowerCase()
  let cancel: (() => void) | undefined
  let done: () => void = () => undefined
  const others = new Set<string>()

  const finish = (seen: string | null): void => {
    if (cancel === undefined) return
    cancel()
    cancel = undefined
    const told = others.size === 0 ? {} : { others: [...others] }
    if (seen !== null) stages.succeed('presence', { seen, ...told })
    else stages.degrade('presence', { kind: 'presence' }, { waitedMs: options.presenceWaitMs, ...told })
    done()
  }

  return {
    /** Resolves when somebody was seen, or the wait is over; never after `stop`. */
    announce: (): Promise<void> => {
      if (options.announce === false) {
        stages.skip('presence')
        return Promise.resolve()
      }
      const over = new Promise<void>((resolve) => {
        done = resolve
      })
      stages.begin('presence', { priority: 0, waitMs: options.presenceWaitMs })
      if (options.presenceWaitMs > 0) {
        cancel = clock.after(options.presenceWaitMs, () => finish(null))
        send(null)
      } else {
        send(null)
        stages.succeed('presence', { seen: 'not awaited' })
        done()
      }
      return over
    },
    received: (presence: XmlElement): void => {
      const type = attributeOf(presence, 'type')
      // Requests to see us, and errors, are nobody's health.
      if (type !== null && type !== 'unavailable') return
      const from = attributeOf(presence, 'from') ?? ''
      const available = type === null
      if (available && normalJid(from) === normalJid(ownJid())) return finish('own echo')
      const { local, domain: sender, bare } = jidParts(from)
      // Also further sessions of ours, which may be in the way of this one.
      if (available && sender === domain && (isServiceUser(local) || bare === jidParts(ownJid()).bare)) {
        if (others.size < MAX_OTHERS) others.add(from.slice(0, 200))
      }
      // Anybody may send us presence (fault S37); only this server's services mean something.
      if (sender !== domain || !isServiceUser(local)) return
      emit({ type: 'serverPresence', user: local, available, at: clock.now() })
      if (available) finish(`${local}@${sender}`.slice(0, 300))
    },
    stop: (): void => {
      cancel?.()
      cancel = undefined
    },
  }
}
