import fc from 'fast-check'
import type { FinesseDocument, Update } from '../model'

/*
 * Every value the model allows, for property tests. Left out is only what no decoder can produce: texts with
 * blanks around them or empty (they read as null), an id that contradicts its URI, characters XML cannot carry.
 */

const carried = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u

const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('&amp;', '<b>', ']]>', '__proto__', 'constructor', '0016', 'a\r\nb', '1e5', '  x  '),
  )
  .filter((value) => carried.test(value))

const text = anyText.map((value) => value.trim()).filter((value) => value !== '')
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary)
const maybeText = maybe(text)
/** -1 is how Finesse writes "no id". */
const id = text.filter((value) => value !== '-1')
const integer = fc.integer()
const count = maybe(fc.nat())
const boolean = maybe(fc.boolean())
const time = maybe(
  fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map(Number),
)
/** Epoch milliseconds are told from other numbers by their length. */
const heartbeat = maybe(fc.integer({ min: 1e11, max: 8e12 }))

const segment = fc.stringMatching(/^[A-Za-z0-9_.@-]{1,12}$/)
const path = segment.filter((value) => value !== '-1').map((value) => `/finesse/api/X/${value}`)
const list = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.array(arbitrary, { maxLength: 4 })

/** An id is null only if there is no URI to take it from. */
const identity = fc.oneof(
  fc.record({ id, uri: maybe(path) }),
  fc.constant<{ id: string | null; uri: string | null }>({ id: null, uri: null }),
)

const user = fc.record({
  uri: maybe(path),
  loginId: text,
  loginName: maybeText,
  firstName: maybeText,
  lastName: maybeText,
  extension: maybeText,
  state: fc.oneof(fc.constantFrom('NOT_READY', 'READY', 'LOGOUT', 'TALKING', 'UNKNOWN'), text),
  stateChangeTime: time,
  pendingState: maybeText,
  reasonCode: maybe(
    identity.chain((known) =>
      fc.record({
        id: fc.constant(known.id),
        uri: fc.constant(known.uri),
        category: maybeText,
        code: maybe(integer),
        label: maybeText,
        forAll: boolean,
        systemCode: boolean,
      }),
    ),
  ),
  reasonCodeId: maybe(id),
  roles: maybe(list(text)),
  settings: maybe(
    fc.record({ wrapUpOnIncoming: maybeText, wrapUpOnOutgoing: maybeText, deviceSelection: maybeText }),
  ),
  teamId: maybeText,
  teamName: maybeText,
  teams: maybe(list(fc.record({ id: text, name: maybeText, uri: maybe(path) }))),
  mediaType: maybeText,
  mediaState: maybeText,
  mobileAgent: maybe(fc.record({ mode: maybeText, dialNumber: maybeText })),
  wrapUpTimerSeconds: maybe(integer),
  skillTargetId: maybeText,
  activeDeviceId: maybeText,
  devices: maybe(list(fc.record({ deviceId: text, deviceType: maybeText, deviceTypeName: maybeText }))),
  dialogsUri: maybeText,
})

const mediaProperties = fc.record({
  mediaId: maybeText,
  dnis: maybeText,
  callType: maybeText,
  dialedNumber: maybeText,
  outboundClassification: maybeText,
  queueName: maybeText,
  queueNumber: maybeText,
  callKeyCallId: maybeText,
  callKeyPrefix: maybeText,
  callKeySequenceNum: maybeText,
  wrapUpReason: maybeText,
  wrapUpItems: list(text),
  callVariables: list(fc.record({ name: text, value: anyText })),
})

const participant = fc.record({
  actions: list(text),
  mediaAddress: maybeText,
  mediaAddressType: maybeText,
  startTime: time,
  state: maybeText,
  stateCause: maybeText,
  stateChangeTime: time,
})

const dialog = fc.record({
  id: text,
  uri: maybe(path),
  secondaryId: maybeText,
  associatedDialogUri: maybeText,
  mediaType: maybeText,
  fromAddress: maybeText,
  toAddress: maybeText,
  state: maybeText,
  mediaProperties: maybe(mediaProperties),
  participants: list(participant),
  scheduledCallback: maybe(fc.record({ callbackTime: maybeText, callbackNumber: maybeText })),
})

const node = fc.record({ host: text, httpsPort: count, xmppPort: count, xmppSecurePort: count })

const systemInfo = fc.record({
  uri: maybe(path),
  status: maybeText,
  statusReason: maybeText,
  currentTimestamp: time,
  deploymentType: maybeText,
  lastCtiHeartbeatStatus: maybeText,
  lastSuccessCtiHeartbeatTime: heartbeat,
  ctiVersion: maybeText,
  ctiHeartbeatIntervalSeconds: maybe(integer),
  ctiMMode: maybeText,
  ctiTimeInMModeSeconds: maybe(integer),
  finesseMMode: maybeText,
  finesseTimeInMModeSeconds: maybe(integer),
  license: maybeText,
  peripheralId: maybeText,
  primaryNode: maybe(node),
  secondaryNode: maybe(node),
  systemAuthMode: maybeText,
  timezoneOffsetMinutes: maybe(integer),
  xmppDomain: maybeText,
  xmppPubSubDomain: maybeText,
  ctiServers: list(fc.record({ host: text, connectedDurationSeconds: maybe(integer), active: boolean })),
})

const reasonCode = user.map((value) => value.reasonCode).filter((value) => value !== null)

const queue = identity.chain((known) =>
  fc.record({
    id: fc.constant(known.id),
    uri: fc.constant(known.uri),
    name: maybeText,
    statistics: maybe(
      fc.record({
        agentsBusyOther: count,
        agentsLoggedOn: count,
        agentsNotReady: count,
        agentsReady: count,
        agentsTalkingInbound: count,
        agentsTalkingInternal: count,
        agentsTalkingOutbound: count,
        agentsWrapUpNotReady: count,
        agentsWrapUpReady: count,
        callsInQueue: count,
        startTimeOfLongestCallInQueue: time,
      }),
    ),
  }),
)

const contact = fc.record({
  uri: maybe(path),
  firstName: maybeText,
  lastName: maybeText,
  phoneNumber: maybeText,
  description: maybeText,
})

const apiError = fc.record({
  type: maybeText,
  message: maybeText,
  data: maybeText,
  peripheralErrorCode: maybeText,
  peripheralErrorMessage: maybeText,
  peripheralErrorText: maybeText,
})

const wrapUpReason = identity.chain((known) =>
  fc.record({
    id: fc.constant(known.id),
    uri: fc.constant(known.uri),
    label: text,
    forAll: boolean,
  }),
)

const documentOf = <K extends FinesseDocument['kind'], T>(
  kind: K,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<{ kind: K; value: T }> => value.map((each) => ({ kind, value: each }))

export const anyDocument: fc.Arbitrary<FinesseDocument> = fc.oneof(
  documentOf('user', user),
  documentOf('dialog', dialog),
  documentOf('dialogs', list(dialog)),
  documentOf('team', fc.record({ id: text, uri: maybe(path), name: maybeText, users: list(user) })),
  documentOf('systemInfo', systemInfo),
  documentOf('reasonCodes', fc.record({ category: maybeText, codes: list(reasonCode) })),
  documentOf('reasonCode', reasonCode),
  documentOf('wrapUpReasons', list(wrapUpReason)),
  documentOf(
    'phoneBooks',
    list(fc.record({ uri: maybe(path), name: maybeText, type: maybeText, contacts: list(contact) })),
  ),
  documentOf('queue', queue),
  documentOf('queues', list(queue)),
  documentOf('apiErrors', list(apiError)),
  documentOf(
    'unknown',
    fc.record({ root: fc.constantFrom('MediaPropertiesLayout', 'workflows', '__proto__') }),
  ),
)

export const anyUpdate: fc.Arbitrary<Update> = fc.record({
  event: fc.constantFrom('PUT', 'POST', 'DELETE'),
  source: path,
  requestId: maybeText,
  data: maybe(anyDocument),
})
