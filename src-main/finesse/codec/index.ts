/** The Finesse codec: XML text to typed objects and back. Pure and total (docs/finesse-protocol.md 5 to 12). */
export { decodeAny, decodeNotification, type Decoded } from './any'
export { decodeApiErrors } from './apiErrors'
export { decodeDialog, decodeDialogs } from './dialog'
export { decodeDocument, decodeRoot } from './document'
export {
  encodeApiErrors,
  encodeDialog,
  encodeDialogs,
  encodeDocument,
  encodePhoneBooks,
  encodeQueue,
  encodeQueues,
  encodeReasonCode,
  encodeReasonCodes,
  encodeSystemInfo,
  encodeTeam,
  encodeUpdate,
  encodeUser,
  encodeUserRequest,
  encodeWrapUpReasons,
  type UserRequest,
} from './encode'
export { decodePhoneBooks } from './phoneBook'
export type { CodecProblem, XmlProblem } from './problem'
export { decodeQueue, decodeQueues } from './queue'
export { decodeReasonCode, decodeReasonCodes } from './reasonCode'
export { decodeSystemInfo } from './systemInfo'
export { decodeTeam } from './team'
export { decodeNotificationPayload, decodeUpdate, decodeUpdateElement } from './update'
export { decodeUser } from './user'
export { decodeWrapUpReasons } from './wrapUpReason'
export type { Spelling } from './write'
export { escapeAttribute, escapeText, writeXml } from './writeXml'
export {
  BODY_LIMITS,
  FRAME_LIMITS,
  parseXml,
  xmlElement,
  type XmlAttribute,
  type XmlElement,
  type XmlLimits,
} from './xml'
