import type { CauseId } from '../ids'
import type { CauseText } from '../text'
import { live } from './live'
import { network } from './network'
import { rest } from './rest'
import { tls } from './tls'
import { upgrade } from './upgrade'
import { xmpp } from './xmpp'

export const en: Readonly<Record<CauseId, CauseText>> = {
  ...network,
  ...tls,
  ...upgrade,
  ...xmpp,
  ...live,
  ...rest,
}
