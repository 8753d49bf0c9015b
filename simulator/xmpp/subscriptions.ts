export interface Subscription {
  readonly node: string
  readonly jid: string
  readonly subid: string
}

/** Explicit subscriptions of one node's pubsub service. They outlive the session that made them (5.3). */
export class Subscriptions {
  readonly #byNode = new Map<string, Subscription[]>()

  /** A second one for the same JID is a subscription of its own, and events arrive twice. */
  add(subscription: Subscription): void {
    const list = this.#byNode.get(subscription.node)
    if (list === undefined) this.#byNode.set(subscription.node, [subscription])
    else list.push(subscription)
  }

  of(node: string): readonly Subscription[] {
    return this.#byNode.get(node) ?? []
  }

  all(): readonly Subscription[] {
    return [...this.#byNode.values()].flat()
  }

  remove(node: string, jid: string, subid: string | null): 'removed' | 'notSubscribed' | 'subidRequired' {
    const list = this.#byNode.get(node) ?? []
    const own = list.filter((one) => one.jid === jid && (subid === null || one.subid === subid))
    if (own.length === 0) return 'notSubscribed'
    if (own.length > 1) return 'subidRequired'
    this.#byNode.set(
      node,
      list.filter((one) => one !== own[0]),
    )
    return 'removed'
  }
}
