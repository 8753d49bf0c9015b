/** Notifications of Finesse over XMPP. The only place that knows stanza; load it lazily, it is large. */
export { openNotifications, type NotificationDeps } from './openNotifications'
