import type { FinesseDocument } from '../model'
import { ok, type Result } from '../result'
import { apiErrorsElement, decodeApiErrors } from './apiErrors'
import { decodeDialog, decodeDialogs, dialogElement, dialogsElement } from './dialog'
import { decodePhoneBooks, phoneBooksElement } from './phoneBook'
import type { CodecProblem } from './problem'
import { decodeQueue, decodeQueues, queueElement, queuesElement } from './queue'
import { decodeReasonCode, decodeReasonCodes, reasonCodeElement, reasonCodesElement } from './reasonCode'
import { decodeSystemInfo, systemInfoElement } from './systemInfo'
import { decodeTeam, teamElement } from './team'
import { decodeUser, userElement } from './user'
import { decodeWrapUpReasons, wrapUpReasonsElement } from './wrapUpReason'
import { element, type Spelling } from './write'
import { BODY_LIMITS, parseXml, type XmlElement, type XmlLimits } from './xml'

/** Any root Finesse uses in a REST body or in `<data>`; other well-formed roots are `unknown`. */
export const decodeRoot = (el: XmlElement): Result<FinesseDocument, CodecProblem> => {
  switch (el.key) {
    case 'user': {
      const user = decodeUser(el)
      return user.ok ? ok({ kind: 'user', value: user.value }) : user
    }
    case 'dialog': {
      const dialog = decodeDialog(el)
      return dialog.ok ? ok({ kind: 'dialog', value: dialog.value }) : dialog
    }
    case 'dialogs': {
      const dialogs = decodeDialogs(el)
      return dialogs.ok ? ok({ kind: 'dialogs', value: dialogs.value }) : dialogs
    }
    case 'team': {
      const team = decodeTeam(el)
      return team.ok ? ok({ kind: 'team', value: team.value }) : team
    }
    case 'systemInfo':
      return ok({ kind: 'systemInfo', value: decodeSystemInfo(el) })
    case 'reasonCodes':
    case 'reasoncodes':
      return ok({ kind: 'reasonCodes', value: decodeReasonCodes(el) })
    case 'reasonCode':
    case 'reasoncode':
      return ok({ kind: 'reasonCode', value: decodeReasonCode(el) })
    case 'wrapUpReasons':
      return ok({ kind: 'wrapUpReasons', value: decodeWrapUpReasons(el) })
    case 'phoneBooks':
      return ok({ kind: 'phoneBooks', value: decodePhoneBooks(el) })
    case 'queue':
      return ok({ kind: 'queue', value: decodeQueue(el) })
    case 'queues':
      return ok({ kind: 'queues', value: decodeQueues(el) })
    case 'apiErrors':
    case 'apiError':
      return ok({ kind: 'apiErrors', value: decodeApiErrors(el) })
    default:
      return ok({ kind: 'unknown', value: { root: el.local } })
  }
}

/** A REST body. */
export const decodeDocument = (
  xml: string,
  limits: XmlLimits = BODY_LIMITS,
): Result<FinesseDocument, CodecProblem> => {
  const root = parseXml(xml, limits)
  return root.ok ? decodeRoot(root.value) : root
}

export const documentElement = (document: FinesseDocument, spelling: Spelling): XmlElement => {
  switch (document.kind) {
    case 'user':
      return userElement(document.value, spelling)
    case 'dialog':
      return dialogElement(document.value, spelling)
    case 'dialogs':
      return dialogsElement(document.value, spelling)
    case 'team':
      return teamElement(document.value, spelling)
    case 'systemInfo':
      return systemInfoElement(document.value, spelling)
    case 'reasonCodes':
      return reasonCodesElement(document.value, spelling)
    case 'reasonCode':
      return reasonCodeElement(document.value, spelling)
    case 'wrapUpReasons':
      return wrapUpReasonsElement(document.value, spelling)
    case 'phoneBooks':
      return phoneBooksElement(document.value, spelling)
    case 'queue':
      return queueElement(document.value)
    case 'queues':
      return queuesElement(document.value)
    case 'apiErrors':
      return apiErrorsElement(document.value, spelling)
    case 'unknown':
      return element(document.value.root, [])
  }
}
