import type { XmlElement } from '../codec/index'
import type { ConnectionFailure } from '../failures'
import { err, ok, type Result } from '../result'
import type { Answer } from './answers'
import { attributeOf, childOf } from './frame'
import { normalJid } from './jid'

export type Subscribed = Result<{ subid: string | null }, ConnectionFailure>
export type SubscribeStage = 'subscribeUser' | 'subscribeTeam'

export interface Subscriptions {
  /** With the full JID: the bare one is the server's own business (section 5.3). */
  readonly subscribe: (node: string, stage: SubscribeStage) => Promise<Subscribed>
  readonly unsubscribe: (node: string) => Promise<void>
  readonly unsubscribeAll: () => Promise<void>
  /** Asked for, whether answered or not: events may come before the answer (fault X15). */
  readonly has: (node: string) => boolean
  /**
   * Takes back what an earlier connection of this full JID has left behind: subscriptions outlive a crash (section
   * 5.3), and with each of them every event would come once more.
   */
  readonly sweep: () => Promise<void>
}

interface SubscriptionPorts {
  readonly jid: () => string
  /** An error when the connection ended before the answer came. */
  readonly request: (pubsub: object, type?: 'get' | 'set') => Promise<Result<Answer, ConnectionFailure>>
}

const subscriptionOf = (iq: XmlElement): XmlElement | undefined =>
  childOf(childOf(iq, 'pubsub'), 'subscription')

const listed = (iq: XmlElement): readonly XmlElement[] =>
  (childOf(childOf(iq, 'pubsub'), 'subscriptions')?.children ?? []).filter(
    ({ name }) => name === 'subscription',
  )

const outcomeOf = (answer: Answer, node: string, stage: SubscribeStage): Subscribed => {
  if (answer.kind === 'timeout') return err({ kind: 'timeout', stage, ms: answer.ms })
  if (answer.kind === 'error') return err({ kind: 'subscribe', node, condition: answer.condition })
  const subscription = subscriptionOf(answer.element)
  const state = attributeOf(subscription, 'subscription')
  // An answer without a body is a yes (5.3). `pending` waits for an owner who will never come.
  if (state === 'pending' || state === 'none') return err({ kind: 'subscribe', node, condition: state })
  return ok({ subid: attributeOf(subscription, 'subid') })
}

/** What became of a node, for people: `<node> subscribed`, or why not. */
export const resultOf = (node: string, outcome: Subscribed): string => {
  if (outcome.ok) return `${node} subscribed`
  const { error } = outcome
  return `${node} ${error.kind === 'subscribe' ? error.condition.slice(0, 100) : error.kind}`
}

export const createSubscriptions = ({ jid, request }: SubscriptionPorts): Subscriptions => {
  const subids = new Map<string, string | null>()

  const unsubscribe = async (node: string): Promise<void> => {
    const subid = subids.get(node)
    if (subid === undefined) return
    subids.delete(node)
    const which = { node, jid: jid(), ...(subid === null ? {} : { subid }) }
    await request({ context: 'user', unsubscribe: which })
  }

  return {
    subscribe: async (node, stage) => {
      const known = subids.get(node) ?? null
      subids.set(node, known)
      const answer = await request({ context: 'user', subscribe: { node, jid: jid() } })
      const outcome = answer.ok ? outcomeOf(answer.value, node, stage) : answer
      if (outcome.ok) subids.set(node, outcome.value.subid)
      // A second, refused request does not take an earlier subscription away.
      else if (known === null) subids.delete(node)
      return outcome
    },
    unsubscribe,
    unsubscribeAll: async () => {
      await Promise.all([...subids.keys()].map(unsubscribe))
    },
    has: (node) => subids.has(node),
    sweep: async () => {
      const answer = await request({ context: 'user', subscriptions: {} }, 'get')
      if (!answer.ok || answer.value.kind !== 'result') return
      const left = listed(answer.value.element).filter((entry) => {
        const node = attributeOf(entry, 'node') ?? ''
        const subid = attributeOf(entry, 'subid')
        if (node === '' || normalJid(attributeOf(entry, 'jid') ?? '') !== normalJid(jid())) return false
        const ours = subids.get(node)
        // Without ids the two cannot be told apart, and one whose answer is still to come may be this one.
        return ours === undefined || (ours !== null && subid !== null && subid !== ours)
      })
      await Promise.all(
        left.map((entry) => {
          const subid = attributeOf(entry, 'subid')
          const which = {
            node: attributeOf(entry, 'node') ?? '',
            jid: jid(),
            ...(subid === null ? {} : { subid }),
          }
          return request({ context: 'user', unsubscribe: which })
        }),
      )
    },
  }
}
