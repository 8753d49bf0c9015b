import type { Translate } from '../../../../src-contract/messages/translate'
import type { Session } from '../../../../src-contract/state'
import { secondsUntil } from '../../../clock/serverClock'

type Recovering = Extract<Session, { phase: 'recovering' }>

/** When and where Sidetone tries next; the node is named only where there are two. */
export const wordNextTry = (t: Translate, session: Recovering, nodes: number, second: number): string => {
  const seconds =
    session.step === 'waiting' && session.nextTryAt !== null ? secondsUntil(session.nextTryAt, second) : 0
  const { node } = session
  if (seconds > 0)
    return nodes > 1 ? t('outage.next.inOn', { seconds, node }) : t('outage.next.in', { seconds })
  return nodes > 1 ? t('outage.next.nowOn', { node }) : t('outage.next.now')
}
