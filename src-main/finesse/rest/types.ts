import type { ConnectionFailure } from '../failures'
import type {
  ApiError,
  Dialog,
  ReasonCategory,
  ReasonCodes,
  SystemInfo,
  Team,
  User,
  UserState,
} from '../model'
import type { Result } from '../result'

/** Why a REST call gave no value. Expected, therefore a value. */
export type RestFailure =
  | { readonly kind: 'connection'; readonly failure: ConnectionFailure }
  | { readonly kind: 'timeout'; readonly ms: number }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfterMs: number | null
      /** Finesse's own words; empty when the body was HTML, empty or unreadable. */
      readonly errors: readonly ApiError[]
      readonly body: 'finesse' | 'html' | 'empty' | 'other'
    }
  /** 2xx with a body that is not what was asked for. */
  | { readonly kind: 'malformed'; readonly status: number; readonly problem: string }
  | { readonly kind: 'tooLarge'; readonly limitBytes: number }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  | { readonly kind: 'cancelled' }

export type RestResult<T> = Result<T, RestFailure>

export interface BasicCredentials {
  /** loginId, or the login name for the one look-up of section 8.2. */
  readonly id: string
  readonly password: string
}

/** The answer to a write: only "accepted" (rule 1). The requestId may come back in the notification. */
export interface Accepted {
  readonly status: number
  readonly requestId: string
}

export interface SystemInfoAnswer {
  readonly info: SystemInfo
  /** Server time minus our time at the middle of the round trip, milliseconds (section 14); null without timestamp. */
  readonly clockOffsetMs: number | null
  readonly roundTripMs: number
}

export interface StateRequest {
  readonly state: UserState
  readonly reasonCodeId: string | null
}

/** One node, one method per operation. A time limit and a size limit on each call, no retries inside. */
export interface RestClient {
  /** `anonymous`: never with the password, not even where a reverse proxy asks for it. */
  systemInfo(signal?: AbortSignal, anonymous?: boolean): Promise<RestResult<SystemInfoAnswer>>
  /** Opens a connection more, for reads that will go out together. Nothing is sent. */
  warm(): void
  user(id: string, signal?: AbortSignal): Promise<RestResult<User>>
  signIn(
    id: string,
    extension: string,
    requestId: string,
    signal?: AbortSignal,
  ): Promise<RestResult<Accepted>>
  signOut(
    id: string,
    reasonCodeId: string | null,
    requestId: string,
    signal?: AbortSignal,
  ): Promise<RestResult<Accepted>>
  setState(
    id: string,
    request: StateRequest,
    requestId: string,
    signal?: AbortSignal,
  ): Promise<RestResult<Accepted>>
  /** TeamResource first (12.5 and later), the per-user list on 404, 501 and 400 (section 10). */
  reasonCodes(
    userId: string,
    teamId: string | null,
    category: ReasonCategory,
    signal?: AbortSignal,
  ): Promise<RestResult<ReasonCodes>>
  team(id: string, signal?: AbortSignal): Promise<RestResult<Team>>
  dialogs(userId: string, signal?: AbortSignal): Promise<RestResult<readonly Dialog[]>>
  /** Ends open connections; calls under way answer `cancelled`. */
  close(): Promise<void>
}
