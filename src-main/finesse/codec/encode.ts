import type {
  ApiError,
  Dialog,
  FinesseDocument,
  MobileAgent,
  PhoneBook,
  Queue,
  ReasonCode,
  ReasonCodes,
  SystemInfo,
  Team,
  Update,
  User,
  UserState,
  WrapUpReason,
} from '../model'
import { apiErrorsElement } from './apiErrors'
import { dialogElement, dialogsElement } from './dialog'
import { documentElement } from './document'
import { phoneBooksElement } from './phoneBook'
import { queueElement, queuesElement } from './queue'
import { reasonCodeElement, reasonCodesElement } from './reasonCode'
import { systemInfoElement } from './systemInfo'
import { teamElement } from './team'
import { updateElement } from './update'
import { userElement } from './user'
import { wrapUpReasonsElement } from './wrapUpReason'
import { element, leaf, optionalLeaf, type Spelling } from './write'
import { writeXml } from './writeXml'

/*
 * Objects to XML text, in the recorded element order. What a null is written as (nothing, an empty element,
 * -1) follows the recordings; all of them decode to null again.
 */

export const encodeUser = (user: User, spelling: Spelling = 'rest'): string =>
  writeXml(userElement(user, spelling))

export const encodeDialog = (dialog: Dialog, spelling: Spelling = 'rest'): string =>
  writeXml(dialogElement(dialog, spelling))

export const encodeDialogs = (dialogs: readonly Dialog[], spelling: Spelling = 'rest'): string =>
  writeXml(dialogsElement(dialogs, spelling))

export const encodeTeam = (team: Team, spelling: Spelling = 'rest'): string =>
  writeXml(teamElement(team, spelling))

export const encodeSystemInfo = (info: SystemInfo, spelling: Spelling = 'rest'): string =>
  writeXml(systemInfoElement(info, spelling))

export const encodeReasonCodes = (codes: ReasonCodes, spelling: Spelling = 'rest'): string =>
  writeXml(reasonCodesElement(codes, spelling))

export const encodeReasonCode = (code: ReasonCode, spelling: Spelling = 'rest'): string =>
  writeXml(reasonCodeElement(code, spelling))

export const encodeWrapUpReasons = (reasons: readonly WrapUpReason[], spelling: Spelling = 'rest'): string =>
  writeXml(wrapUpReasonsElement(reasons, spelling))

export const encodePhoneBooks = (books: readonly PhoneBook[], spelling: Spelling = 'rest'): string =>
  writeXml(phoneBooksElement(books, spelling))

export const encodeQueue = (queue: Queue): string => writeXml(queueElement(queue))

export const encodeQueues = (queues: readonly Queue[]): string => writeXml(queuesElement(queues))

export const encodeApiErrors = (errors: readonly ApiError[], spelling: Spelling = 'rest'): string =>
  writeXml(apiErrorsElement(errors, spelling))

export const encodeDocument = (document: FinesseDocument, spelling: Spelling): string =>
  writeXml(documentElement(document, spelling))

/** The Update's own text; whoever puts it into a stanza escapes it once more (section 5.4). */
export const encodeUpdate = (update: Update): string => writeXml(updateElement(update))

export interface UserRequest {
  readonly state: UserState | 'LOGIN'
  readonly extension?: string | null | undefined
  /** Database id of the reason code, not its number (section 1, rule 5). */
  readonly reasonCodeId?: string | null | undefined
  readonly mobileAgent?: MobileAgent | null | undefined
}

/** Body of PUT User: sign in, sign out, change state (sections 8.3 to 8.5). */
export const encodeUserRequest = (request: UserRequest): string => {
  const mobileAgent = request.mobileAgent ?? null
  return writeXml(
    element('User', [
      leaf('state', request.state),
      optionalLeaf('extension', request.extension ?? null),
      optionalLeaf('reasonCodeId', request.reasonCodeId ?? null),
      mobileAgent === null
        ? null
        : element('mobileAgent', [
            optionalLeaf('mode', mobileAgent.mode),
            optionalLeaf('dialNumber', mobileAgent.dialNumber),
          ]),
    ]),
  )
}
