import { createEventReader } from '../../src-main/finesse/notifications/inbound'
import { readFrame } from '../../src-main/finesse/notifications/frame'
import type { NotificationEvent } from '../../src-main/finesse/notifications/types'

/** The app's own path from the text of a frame to a typed event, sender check and de-duplication included. */
export const createShipped = (): ((frame: string) => string) => {
  let last: NotificationEvent | null = null
  const read = createEventReader({
    options: {
      endpoints: [],
      xmppDomain: 'fin-a.example.com',
      pubsubDomain: 'pubsub.fin-a.example.com',
      loginId: '1001',
      password: '',
      resource: 'desktop',
      authzid: 'empty',
      userNodes: [],
      userNodeOptional: true,
      presenceWaitMs: 0,
    },
    clock: { now: () => 0, monotonic: () => 0, after: () => () => undefined },
    isSubscribed: () => true,
    emit: (event) => {
      last = event
    },
    log: () => undefined,
  })
  return (frame) => {
    const parsed = readFrame(frame)
    if (parsed.ok && parsed.value.kind === 'event') read(parsed.value)
    const data = last?.type === 'notified' ? last.update.data : null
    return data?.kind === 'dialog' ? data.value.id : ''
  }
}
