import { hostileAgent, hostileCall } from './faults/hostile'
import type { SimulatedNode } from './node'
import type { Site } from './site'
import type { Markup } from './wire/markup'
import { dialog, dialogs, user, userSummary } from './wire/objects'
import { errorUpdate, update } from './wire/update'
import type { Agent, Call, Effect } from './world/types'

interface Item {
  readonly path: string
  readonly payload: () => Markup
}

const REORDER_FLUSH_MS = 250

/** Turns what happens in the world into the events of one node, in order, with the delays and faults that hold. */
export class Publisher {
  readonly #outbox: { readonly due: number; readonly items: readonly Item[] }[] = []
  #cancel: (() => void) | null = null
  #count = 0
  #held: (() => void) | null = null

  constructor(
    private readonly site: Site,
    private readonly node: SimulatedNode,
  ) {}

  /** Effects of one command. One node's events keep their order (5.5), so a later one never overtakes. */
  take(effects: readonly Effect[], delayMs: number): void {
    const items = effects.flatMap((effect) => this.#itemsOf(effect))
    if (items.length === 0) return
    const now = this.site.clock.now()
    const previous = this.#outbox.at(-1)?.due ?? 0
    const due = Math.max(previous, now + delayMs)
    if (due <= now) return this.#send(items)
    this.#outbox.push({ due, items })
    if (this.#cancel === null) this.#schedule()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#outbox.length = 0
  }

  #schedule(): void {
    const [first] = this.#outbox
    if (first === undefined) return
    this.#cancel = this.site.clock.after(Math.max(0, first.due - this.site.clock.now()), () => {
      this.#cancel = null
      this.#outbox.shift()
      this.#send(first.items)
      this.#schedule()
    })
  }

  #itemsOf(effect: Effect): readonly Item[] {
    const { world } = this.site.engine
    switch (effect.kind) {
      case 'timerSet':
      case 'timerCleared':
        return []
      case 'userChanged': {
        const source = `/finesse/api/User/${effect.agent.id}`
        const echo = this.#echo(effect.requestId)
        const full = () => user(world, this.#shown(effect.agent), 'event', this.node.shift)
        const short = () => userSummary(this.#shown(effect.agent), 'event', this.node.shift)
        return [
          { path: source, payload: () => update(full(), 'PUT', source, echo) },
          {
            path: `/finesse/api/Team/${effect.agent.teamId}/Users`,
            payload: () => update(short(), 'PUT', source, null),
          },
        ]
      }
      case 'callChanged':
        return [this.#callItem(effect.agentId, effect.call, effect.event, effect.requestId)]
      case 'refused': {
        const path = `/finesse/api/User/${effect.agentId}${effect.on === 'dialogs' ? '/Dialogs' : ''}`
        return [{ path, payload: () => errorUpdate(effect.error, effect.source, effect.requestId) }]
      }
    }
  }

  /** 5.2: POST and DELETE come from the list, PUT from the dialog itself. */
  #callItem(agentId: string, call: Call, event: 'POST' | 'PUT' | 'DELETE', requestId: string | null): Item {
    const { world } = this.site.engine
    const path = `/finesse/api/User/${agentId}/Dialogs`
    const shown = () => (this.site.faults.has(this.node.name, 'hostileStrings') ? hostileCall(call) : call)
    if (event === 'PUT')
      return {
        path,
        payload: () =>
          update(
            dialog(world, shown(), 'dialog', this.node.shift),
            'PUT',
            `/finesse/api/Dialog/${call.id}`,
            requestId,
          ),
      }
    return {
      path,
      payload: () => update(dialogs(world, [shown()], 'event', this.node.shift), event, path, requestId),
    }
  }

  #shown(agent: Agent): Agent {
    return this.site.faults.has(this.node.name, 'hostileStrings') ? hostileAgent(agent) : agent
  }

  /** Best effort, usually empty even for one's own change (5.5). */
  #echo(requestId: string | null): string | null {
    return requestId !== null && this.site.random() < this.site.options.requestIdEcho ? requestId : null
  }

  #send(items: readonly Item[]): void {
    for (const item of items) this.publish(item.path, item.payload)
  }

  /** One item through the faults. Nothing is written when nobody listens. */
  publish(path: string, payload: () => Markup): void {
    const { faults } = this.site
    const { name } = this.node
    const itemId = this.node.xmpp.newItemId()
    if (!this.node.running || this.node.xmpp.recipients(path).length === 0) return
    if (this.node.status !== 'IN_SERVICE' || this.#isLost(path)) return
    const written = payload()
    const send = () => {
      this.node.xmpp.publish(path, written, itemId)
      if (faults.has(name, 'duplicateEvent')) this.node.xmpp.publish(path, written, itemId)
    }
    if (faults.has(name, 'reorderEvents') && this.#held === null) return this.#hold(send)
    send()
    this.#flush()
  }

  #isLost(path: string): boolean {
    const { faults } = this.site
    const none = faults.find(this.node.name, 'noEvents')
    if (none !== null && path.includes(none.path ?? '')) return true
    const lost = faults.find(this.node.name, 'lostEvent')
    if (lost === null || !path.includes(lost.path ?? '')) return false
    this.#count += 1
    if (this.#count % (lost.every ?? 10) !== 0) return false
    faults.spend(lost)
    return true
  }

  #hold(send: () => void): void {
    this.#held = send
    this.site.clock.after(REORDER_FLUSH_MS, () => {
      if (this.#held === send) this.#flush()
    })
  }

  #flush(): void {
    const held = this.#held
    this.#held = null
    held?.()
  }
}
