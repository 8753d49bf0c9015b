import dbus from 'dbus-next'
import { ownName, plain, type Bus } from './bus'

const NAME = 'org.freedesktop.Notifications'
const PATH = '/org/freedesktop/Notifications'

/** Desktop Notifications Specification 1.2: why a notification went away. */
const CLOSED = { dismissed: 2, byTheApp: 3 } as const

export type Urgency = 'low' | 'normal' | 'critical'

export type ShownNotification = {
  readonly id: number
  readonly appName: string
  readonly summary: string
  readonly body: string
  readonly urgency: Urgency
  /** Keys and labels in turn, as sent. */
  readonly actions: readonly string[]
  readonly hints: Readonly<Record<string, unknown>>
  /** null while it is on the screen */
  closed: 'clicked' | 'dismissed' | 'byTheApp' | null
}

export type NotificationMatch =
  | { readonly summary?: string | RegExp; readonly body?: string | RegExp }
  | ((notification: ShownNotification) => boolean)

type Arrival = (notification: ShownNotification) => void

/** The notification service of a desktop, which shows nothing and remembers everything. */
export class NotificationService extends dbus.interface.Interface {
  shown: ShownNotification[] = []
  readonly #arrivals = new Set<Arrival>()
  #nextId = 1

  constructor() {
    super(NAME)
  }

  GetCapabilities(): string[] {
    return ['actions', 'body', 'body-markup', 'icon-static', 'persistence']
  }

  GetServerInformation(): string[] {
    return ['test desktop', 'Sidetone', '1', '1.2']
  }

  Notify(
    appName: string,
    replaces: number,
    _icon: string,
    summary: string,
    body: string,
    actions: string[],
    hints: Record<string, unknown>,
  ): number {
    const known = plain(hints) as Record<string, unknown>
    const id = replaces === 0 ? this.#nextId++ : replaces
    const notification: ShownNotification = {
      id,
      appName,
      summary,
      body,
      urgency: urgencyOf(known.urgency),
      actions,
      hints: known,
      closed: null,
    }
    this.shown = [...this.shown.filter((one) => one.id !== replaces), notification]
    for (const arrival of this.#arrivals) arrival(notification)
    return id
  }

  CloseNotification(id: number): void {
    this.close(id, 'byTheApp')
  }

  ActionInvoked(id: number, key: string): unknown[] {
    return [id, key]
  }

  NotificationClosed(id: number, reason: number): unknown[] {
    return [id, reason]
  }

  /** Clicks the notification itself, as a person would: it goes away afterwards. */
  click(id: number): void {
    this.ActionInvoked(id, 'default')
    this.close(id, 'clicked')
  }

  close(id: number, how: NonNullable<ShownNotification['closed']>): void {
    const notification = this.shown.find((one) => one.id === id)
    if (!notification) throw new Error(`There was no notification ${id}`)
    notification.closed = how
    this.NotificationClosed(id, how === 'byTheApp' ? CLOSED.byTheApp : CLOSED.dismissed)
  }

  /** The first one that matches, also if it is here already. */
  waitFor(match: NotificationMatch, timeoutMs: number): Promise<ShownNotification> {
    const matches = asPredicate(match)
    const here = this.shown.find(matches)
    if (here) return Promise.resolve(here)
    return new Promise((resolve, reject) => {
      const arrival: Arrival = (notification) => {
        if (!matches(notification)) return
        finish()
        resolve(notification)
      }
      const timer = setTimeout(() => {
        finish()
        const others = this.shown.map(({ summary, body }) => `"${summary}": "${body}"`).join('; ')
        reject(new Error(`No such notification within ${timeoutMs} ms. There were: ${others || 'none'}`))
      }, timeoutMs)
      const finish = () => {
        clearTimeout(timer)
        this.#arrivals.delete(arrival)
      }
      this.#arrivals.add(arrival)
    })
  }
}

NotificationService.configureMembers({
  methods: {
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
  },
  signals: { NotificationClosed: { signature: 'uu' }, ActionInvoked: { signature: 'us' } },
})

export async function startNotificationService(bus: Bus): Promise<NotificationService> {
  const service = new NotificationService()
  bus.export(PATH, service)
  await ownName(bus, NAME)
  return service
}

function urgencyOf(hint: unknown): Urgency {
  if (hint === 0) return 'low'
  return hint === 2 ? 'critical' : 'normal'
}

function asPredicate(match: NotificationMatch): (notification: ShownNotification) => boolean {
  if (typeof match === 'function') return match
  return ({ summary, body }) => fits(summary, match.summary) && fits(body, match.body)
}

function fits(text: string, wanted: string | RegExp | undefined): boolean {
  if (wanted === undefined) return true
  return typeof wanted === 'string' ? text === wanted : wanted.test(text)
}
