/**
 * The objects of Finesse's REST API and of its notifications, as Sidetone sees them.
 * Section numbers refer to docs/finesse-protocol.md.
 *
 * Conventions, so that no reader has to guess:
 * - ids, extensions, phone numbers and dialog ids are strings and keep leading zeros (15.9);
 * - instants are epoch milliseconds (UTC), or null where Finesse sent an empty or unreadable time (14);
 * - durations carry their unit in the name;
 * - `null` means that the element was absent or empty. Lists that tell "absent" from "empty" say so;
 * - enumerations are open: a value we do not know survives as the string Finesse sent (12.1).
 */

/** Known values with completion, plus whatever a later release may send. */
export type Open<Known extends string> = Known | (string & Record<never, never>)

/** Epoch milliseconds, UTC. */
export type EpochMs = number

/** Section 12.1. LOGIN is only ever requested, never reported. */
export type UserState = Open<
  | 'LOGOUT'
  | 'NOT_READY'
  | 'READY'
  | 'RESERVED'
  | 'RESERVED_OUTBOUND'
  | 'RESERVED_OUTBOUND_PREVIEW'
  | 'TALKING'
  | 'HOLD'
  | 'WORK'
  | 'WORK_READY'
  | 'UNKNOWN'
>

export type Role = Open<'Agent' | 'Supervisor'>

export type ReasonCategory = Open<'NOT_READY' | 'LOGOUT'>

/** Section 12.3. */
export type WrapUpRule = Open<'REQUIRED' | 'OPTIONAL' | 'NOT_ALLOWED' | 'REQUIRED_WITH_WRAP_UP_DATA'>

export type Deployment = Open<'UCCE' | 'UCCX'>

/** Section 10.1. `id` is what a request carries as reasonCodeId; `code` is what people and reports know. */
export interface ReasonCode {
  /** Last segment of the URI, or the `id` element; null for system codes. */
  readonly id: string | null
  readonly uri: string | null
  readonly category: ReasonCategory | null
  readonly code: number | null
  readonly label: string | null
  readonly forAll: boolean | null
  readonly systemCode: boolean | null
}

export interface TeamRef {
  readonly id: string
  readonly name: string | null
  readonly uri: string | null
}

export interface MobileAgent {
  readonly mode: Open<'CALL_BY_CALL' | 'NAILED_CONNECTION'> | null
  readonly dialNumber: string | null
}

export interface UserSettings {
  readonly wrapUpOnIncoming: WrapUpRule | null
  readonly wrapUpOnOutgoing: WrapUpRule | null
  readonly deviceSelection: string | null
}

export interface Device {
  readonly deviceId: string
  readonly deviceType: string | null
  readonly deviceTypeName: string | null
}

/**
 * Section 8.1; the summary of a Team or a Team node's event is the same type with more nulls.
 * Whoever keeps a User must not let a null here overwrite identity fields already known.
 */
export interface User {
  readonly uri: string | null
  /** Never empty: falls back to the last segment of the URI. */
  readonly loginId: string
  readonly loginName: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly extension: string | null
  readonly state: UserState
  readonly stateChangeTime: EpochMs | null
  readonly pendingState: UserState | null
  readonly reasonCode: ReasonCode | null
  /** Database id; null when absent, empty or -1. */
  readonly reasonCodeId: string | null
  /** null = the element was absent (summary), [] = present and empty. */
  readonly roles: readonly Role[] | null
  readonly settings: UserSettings | null
  readonly teamId: string | null
  readonly teamName: string | null
  /** Teams a supervisor supervises. null = absent. */
  readonly teams: readonly TeamRef[] | null
  readonly mediaType: string | null
  readonly mediaState: Open<'BUSY' | 'IDLE'> | null
  readonly mobileAgent: MobileAgent | null
  readonly wrapUpTimerSeconds: number | null
  readonly skillTargetId: string | null
  readonly activeDeviceId: string | null
  /** null = absent. */
  readonly devices: readonly Device[] | null
  readonly dialogsUri: string | null
}

/** Section 12.5. */
export type DialogState = Open<
  'INITIATING' | 'INITIATED' | 'ALERTING' | 'ACTIVE' | 'FAILED' | 'DROPPED' | 'ACCEPTED'
>

/** Section 12.6. */
export type ParticipantState = Open<DialogState | 'HELD' | 'WRAP_UP'>

/** Section 9.3 to 9.5. */
export type DialogAction = Open<
  | 'ANSWER'
  | 'HOLD'
  | 'RETRIEVE'
  | 'DROP'
  | 'CONSULT_CALL'
  | 'TRANSFER'
  | 'CONFERENCE'
  | 'TRANSFER_SST'
  | 'SEND_DTMF'
  | 'UPDATE_CALL_DATA'
  | 'START_RECORDING'
  | 'PARTICIPANT_DROP'
  | 'ACCEPT'
  | 'REJECT'
  | 'CLOSE'
  | 'RECLASSIFY'
  | 'UPDATE_SCHEDULED_CALLBACK'
  | 'CANCEL_SCHEDULED_CALLBACK'
>

/** A pair, never a property: names come from the server (`__proto__` is only a name). Values keep their blanks. */
export interface CallVariable {
  readonly name: string
  readonly value: string
}

export interface MediaProperties {
  readonly mediaId: string | null
  readonly dnis: string | null
  readonly callType: string | null
  readonly dialedNumber: string | null
  readonly outboundClassification: string | null
  readonly queueName: string | null
  readonly queueNumber: string | null
  readonly callKeyCallId: string | null
  readonly callKeyPrefix: string | null
  readonly callKeySequenceNum: string | null
  readonly wrapUpReason: string | null
  readonly wrapUpItems: readonly string[]
  readonly callVariables: readonly CallVariable[]
}

export interface Participant {
  readonly actions: readonly DialogAction[]
  readonly mediaAddress: string | null
  readonly mediaAddressType: Open<'AGENT_DEVICE'> | null
  readonly startTime: EpochMs | null
  readonly state: ParticipantState | null
  readonly stateCause: string | null
  readonly stateChangeTime: EpochMs | null
}

export interface ScheduledCallback {
  readonly callbackTime: string | null
  readonly callbackNumber: string | null
}

/** Section 9.1. */
export interface Dialog {
  /** Never empty: falls back to the last segment of the URI. */
  readonly id: string
  readonly uri: string | null
  readonly secondaryId: string | null
  readonly associatedDialogUri: string | null
  readonly mediaType: string | null
  readonly fromAddress: string | null
  readonly toAddress: string | null
  readonly state: DialogState | null
  /** null = absent, as at INITIATING or for foreign calls. */
  readonly mediaProperties: MediaProperties | null
  /** The order is not stable; find your own leg by mediaAddress (9.1). */
  readonly participants: readonly Participant[]
  readonly scheduledCallback: ScheduledCallback | null
}

/** Section 11.1. */
export interface Team {
  readonly id: string
  readonly uri: string | null
  readonly name: string | null
  readonly users: readonly User[]
}

export interface FinesseNode {
  readonly host: string
  readonly httpsPort: number | null
  readonly xmppPort: number | null
  readonly xmppSecurePort: number | null
}

export interface CtiServer {
  readonly host: string
  readonly connectedDurationSeconds: number | null
  readonly active: boolean | null
}

/** Section 7. Anything but IN_SERVICE is out of service. */
export interface SystemInfo {
  readonly uri: string | null
  readonly status: Open<'IN_SERVICE' | 'OUT_OF_SERVICE' | 'PARTIAL_SERVICE'> | null
  readonly statusReason: string | null
  readonly currentTimestamp: EpochMs | null
  readonly deploymentType: Deployment | null
  readonly lastCtiHeartbeatStatus: Open<'success' | 'failure'> | null
  readonly lastSuccessCtiHeartbeatTime: EpochMs | null
  readonly ctiVersion: string | null
  readonly ctiHeartbeatIntervalSeconds: number | null
  readonly ctiMMode: string | null
  readonly ctiTimeInMModeSeconds: number | null
  readonly finesseMMode: string | null
  readonly finesseTimeInMModeSeconds: number | null
  readonly license: string | null
  readonly peripheralId: string | null
  readonly primaryNode: FinesseNode | null
  readonly secondaryNode: FinesseNode | null
  readonly systemAuthMode: Open<'SSO' | 'NON_SSO' | 'HYBRID'> | null
  readonly timezoneOffsetMinutes: number | null
  readonly xmppDomain: string | null
  readonly xmppPubSubDomain: string | null
  readonly ctiServers: readonly CtiServer[]
}

export interface ReasonCodes {
  readonly category: ReasonCategory | null
  readonly codes: readonly ReasonCode[]
}

/** Section 10.2. Set by its label, not by its id. */
export interface WrapUpReason {
  readonly id: string | null
  readonly uri: string | null
  readonly label: string
  readonly forAll: boolean | null
}

export interface Contact {
  readonly uri: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly phoneNumber: string | null
  readonly description: string | null
}

/** Section 10.3. */
export interface PhoneBook {
  readonly uri: string | null
  readonly name: string | null
  readonly type: Open<'GLOBAL' | 'TEAM'> | null
  readonly contacts: readonly Contact[]
}

/** Section 11.2. null = the statistic is not available (Finesse sends -1). */
export interface QueueStatistics {
  readonly agentsBusyOther: number | null
  readonly agentsLoggedOn: number | null
  readonly agentsNotReady: number | null
  readonly agentsReady: number | null
  readonly agentsTalkingInbound: number | null
  readonly agentsTalkingInternal: number | null
  readonly agentsTalkingOutbound: number | null
  readonly agentsWrapUpNotReady: number | null
  readonly agentsWrapUpReady: number | null
  readonly callsInQueue: number | null
  readonly startTimeOfLongestCallInQueue: EpochMs | null
}

export interface Queue {
  readonly id: string | null
  readonly uri: string | null
  readonly name: string | null
  readonly statistics: QueueStatistics | null
}

/** Sections 5.5 and 6.1: one spelling for the REST body and the notification. */
export interface ApiError {
  readonly type: string | null
  readonly message: string | null
  readonly data: string | null
  readonly peripheralErrorCode: string | null
  readonly peripheralErrorMessage: string | null
  readonly peripheralErrorText: string | null
}

/** Everything the codec can read. `unknown` is a well-formed document whose root we do not use. */
export type FinesseDocument =
  | { readonly kind: 'user'; readonly value: User }
  | { readonly kind: 'dialog'; readonly value: Dialog }
  | { readonly kind: 'dialogs'; readonly value: readonly Dialog[] }
  | { readonly kind: 'team'; readonly value: Team }
  | { readonly kind: 'systemInfo'; readonly value: SystemInfo }
  | { readonly kind: 'reasonCodes'; readonly value: ReasonCodes }
  | { readonly kind: 'reasonCode'; readonly value: ReasonCode }
  | { readonly kind: 'wrapUpReasons'; readonly value: readonly WrapUpReason[] }
  | { readonly kind: 'phoneBooks'; readonly value: readonly PhoneBook[] }
  | { readonly kind: 'queue'; readonly value: Queue }
  | { readonly kind: 'queues'; readonly value: readonly Queue[] }
  | { readonly kind: 'apiErrors'; readonly value: readonly ApiError[] }
  | { readonly kind: 'unknown'; readonly value: { readonly root: string } }

export type FinesseKind = FinesseDocument['kind']

/** Section 5.5. `data` is the whole new object, never a delta; null when a DELETE carries none. */
export interface Update {
  readonly event: 'PUT' | 'POST' | 'DELETE'
  /** Path of the resource that changed, for example `/finesse/api/User/1001`. */
  readonly source: string
  /** Echo of our request header, best effort: usually null even for our own changes (15.2). */
  readonly requestId: string | null
  readonly data: FinesseDocument | null
}
