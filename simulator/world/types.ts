/** A contact centre as data. Nothing here knows about HTTP, XMPP or time of day. Section numbers: docs/finesse-protocol.md. */

export type Deployment = 'UCCE' | 'UCCX'

/** Section 12.1 without the states of outbound reservations, which arrive with the dialer. */
export type AgentState =
  'LOGOUT' | 'NOT_READY' | 'READY' | 'RESERVED' | 'TALKING' | 'HOLD' | 'WORK' | 'WORK_READY'

export type ReasonCategory = 'NOT_READY' | 'LOGOUT'

export interface Reason {
  /** Database id; null for system codes, which no list contains (12.8). */
  readonly id: string | null
  readonly category: ReasonCategory
  readonly code: number
  readonly label: string | null
  readonly forAll: boolean
}

export type WrapUpRule = 'REQUIRED' | 'OPTIONAL' | 'NOT_ALLOWED' | 'REQUIRED_WITH_WRAP_UP_DATA'

/** What the agent will become when the call or its wrap-up ends. */
export interface Next {
  readonly state: 'READY' | 'NOT_READY' | 'WORK' | 'LOGOUT'
  readonly reason: Reason | null
}

export interface Agent {
  readonly id: string
  readonly loginName: string
  readonly firstName: string
  readonly lastName: string
  /** The phone of this agent: what a test should sign in with. */
  readonly assignedExtension: string
  readonly roles: readonly ('Agent' | 'Supervisor')[]
  readonly teamId: string
  readonly supervises: readonly string[]
  readonly wrapUpOnIncoming: WrapUpRule
  readonly wrapUpOnOutgoing: WrapUpRule
  readonly wrapUpSeconds: number
  readonly state: AgentState
  /** Epoch ms; null until the first state event (8.1). */
  readonly stateChangeTime: number | null
  readonly reason: Reason | null
  /** The phone signed in with; null while signed out. */
  readonly extension: string | null
  readonly pending: Next | null
  /** State before the call, to return to. */
  readonly before: Next | null
  readonly callIds: readonly string[]
  /** UCCX lost its server: the next sign-in shows the reason Relogon (13.5). */
  readonly relogon: boolean
}

export type PartyState =
  'INITIATING' | 'INITIATED' | 'ALERTING' | 'ACTIVE' | 'HELD' | 'FAILED' | 'DROPPED' | 'WRAP_UP'

export type CallState = 'INITIATING' | 'INITIATED' | 'ALERTING' | 'ACTIVE' | 'FAILED' | 'DROPPED'

export interface Party {
  readonly address: string
  /** null: not a phone of ours. */
  readonly agentId: string | null
  readonly state: PartyState
  readonly cause: string
  readonly startTime: number
  readonly stateChangeTime: number
}

export interface CallVariable {
  readonly name: string
  readonly value: string
}

export interface Call {
  readonly id: string
  readonly origin: 'queue' | 'outbound'
  readonly from: string
  readonly to: string
  readonly dnis: string
  readonly dialedNumber: string
  readonly callType: string
  readonly queueId: string | null
  readonly state: CallState
  readonly parties: readonly Party[]
  readonly variables: readonly CallVariable[]
  readonly wrapUpReason: string | null
  readonly keyCallId: string
}

export interface Team {
  readonly id: string
  readonly name: string
  readonly memberIds: readonly string[]
}

export interface Queue {
  readonly id: string
  readonly name: string
  readonly number: string
  readonly teamIds: readonly string[]
}

export interface WrapUpReason {
  readonly id: string
  readonly label: string
  readonly forAll: boolean
}

export interface Contact {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly phoneNumber: string
  readonly description: string
}

export interface PhoneBook {
  readonly id: string
  readonly name: string
  readonly type: 'GLOBAL' | 'TEAM'
  readonly contacts: readonly Contact[]
}

export interface Rules {
  /** How long a call rings before ring-no-answer. Milliseconds of world time. */
  readonly ringMs: number
  /** How long the far end of an outbound call rings before it answers. Milliseconds of world time. */
  readonly farAnswerMs: number
  /** A request without reason code is refused where codes are configured (281). Recorded labs accept it (8.5). */
  readonly reasonCodeRequired: boolean
  /** UCCE "Logout on Agent Disconnect" (13.1). false: Not Ready 50002; true: signed out 255. */
  readonly logoutOnDisconnect: boolean
}

export interface World {
  readonly deployment: Deployment
  readonly rules: Rules
  readonly agents: ReadonlyMap<string, Agent>
  /** Phone -> agent signed in with it. */
  readonly extensions: ReadonlyMap<string, string>
  /** Phones that exist. A sign-in with another one fails with 260 (8.3). */
  readonly phones: ReadonlySet<string>
  readonly teams: ReadonlyMap<string, Team>
  readonly queues: ReadonlyMap<string, Queue>
  readonly calls: ReadonlyMap<string, Call>
  readonly reasons: readonly Reason[]
  readonly wrapUpReasons: readonly WrapUpReason[]
  readonly phoneBooks: readonly PhoneBook[]
  readonly nextCallNumber: number
}

/** Sections 5.5 and 6.2. */
export interface CtiError {
  readonly data: string
  readonly message: string
  readonly type: string
  readonly peripheralErrorCode?: string
}

export type Command =
  | {
      readonly kind: 'requestState'
      readonly agentId: string
      readonly state: 'LOGIN' | 'LOGOUT' | 'READY' | 'NOT_READY' | 'WORK'
      readonly reasonCodeId: string | null
      readonly extension: string | null
      readonly bySupervisor: boolean
      readonly requestId: string | null
    }
  | {
      readonly kind: 'setState'
      readonly agentId: string
      readonly state: 'LOGOUT' | 'READY' | 'NOT_READY'
      readonly reason: Reason | null
    }
  | { readonly kind: 'connectionLost'; readonly agentId: string }
  | { readonly kind: 'serverLost'; readonly agentId: string }
  | {
      readonly kind: 'ring'
      readonly agentId: string
      readonly from: string
      readonly queueId: string | null
      readonly variables: readonly CallVariable[]
    }
  | { readonly kind: 'ringTimeOut'; readonly callId: string }
  | {
      readonly kind: 'makeCall'
      readonly agentId: string
      readonly to: string
      readonly requestId: string | null
    }
  | { readonly kind: 'farEndRings'; readonly callId: string }
  | { readonly kind: 'farEndAnswers'; readonly callId: string }
  | { readonly kind: 'farEndHangsUp'; readonly callId: string }
  | {
      readonly kind: 'act'
      readonly agentId: string
      readonly callId: string
      readonly action: string
      readonly variables: readonly CallVariable[]
      readonly wrapUpReason: string | null
      readonly requestId: string | null
    }
  | { readonly kind: 'wrapUpEnds'; readonly agentId: string }

export type Effect =
  | { readonly kind: 'userChanged'; readonly agent: Agent; readonly requestId: string | null }
  | {
      readonly kind: 'callChanged'
      readonly agentId: string
      readonly event: 'POST' | 'PUT' | 'DELETE'
      readonly call: Call
      readonly requestId: string | null
    }
  | {
      readonly kind: 'refused'
      readonly agentId: string
      readonly on: 'user' | 'dialogs'
      readonly source: string
      readonly error: CtiError
      readonly requestId: string | null
    }
  | {
      readonly kind: 'timerSet'
      readonly id: string
      /** Milliseconds of world time; the runtime divides by its time scale. */
      readonly afterMs: number
      readonly command: Command
    }
  | { readonly kind: 'timerCleared'; readonly id: string }

export interface Outcome {
  readonly agents: readonly Agent[]
  /** null: the call is gone. */
  readonly calls: readonly (readonly [string, Call | null])[]
  readonly nextCallNumber: number
  readonly effects: readonly Effect[]
}
