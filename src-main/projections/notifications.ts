import { Notification } from 'electron'
import type { Translate } from '../../src-contract/messages/translate'
import type { SessionView } from '../session/view'
import type { Notice, Told } from './notices'
import { decideNotices, withoutRepeats } from './notices'

/** Daemons of Linux desktops read the body as markup (fault S6); elsewhere it is plain text. */
export const escapeForDaemon = (text: string, platform: NodeJS.Platform): string =>
  platform === 'linux' ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text

export interface NotificationsProjection {
  changed(t: Translate, enabled: boolean, prev: SessionView, next: SessionView): void
  /** For what main itself has to say (settings, crashes). */
  tell(notice: Pick<Notice, 'id' | 'title' | 'body'>): void
  closeAll(): void
}

export const createNotifications = (
  platform: NodeJS.Platform,
  onClick: () => void,
): NotificationsProjection => {
  const open = new Map<string, Notification>()
  let told: Told = []

  const close = (id: string): void => {
    const notification = open.get(id)
    open.delete(id)
    notification?.close()
  }

  const show = (notice: Pick<Notice, 'id' | 'title' | 'body'>, urgent: boolean): void => {
    close(notice.id)
    if (!Notification.isSupported()) return
    const notification = new Notification({
      title: notice.title,
      body: escapeForDaemon(notice.body, platform),
      urgency: urgent ? 'critical' : 'normal',
      timeoutType: urgent ? 'never' : 'default',
    })
    const forget = (): void => {
      if (open.get(notice.id) === notification) open.delete(notice.id)
    }
    notification.on('click', () => {
      forget()
      onClick()
    })
    notification.on('close', forget)
    notification.on('failed', forget)
    // Kept: a collected notification loses its click.
    open.set(notice.id, notification)
    notification.show()
  }

  return {
    changed: (t, enabled, prev, next) => {
      const { phase } = next.slices.session
      if (phase === 'signingIn') told = []
      const decided = withoutRepeats(told, decideNotices(t, prev, next), phase === 'online')
      told = decided.told
      for (const intent of decided.intents)
        if (intent.type === 'close') close(intent.id)
        else if (enabled) show(intent.notice, intent.notice.kind === 'call')
    },
    tell: (notice) => show(notice, false),
    closeAll: () => {
      for (const id of [...open.keys()]) close(id)
    },
  }
}
