import type { Pin } from '../finesse/transport/trust'
import type {
  NotificationClient,
  NotificationEvent,
  NotificationOptions,
  FinesseClock,
} from '../finesse/notifications/types'
import type { RestClient } from '../finesse/rest/types'
import type { NodeName } from '../../src-contract/connection'

export interface NodeAddress {
  readonly host: string
  readonly port: number
}

/** Holds the one password of the session outside of the state. Never logged, never sent to a window. */
export interface Vault {
  hold(id: string, password: string): void
  read(): { readonly id: string; readonly password: string } | null
  forget(): void
}

export type LogValue = string | number | boolean | null | undefined
/** Structured and redacted. `fields` never carry secrets, numbers of customers or call variables. */
export interface Log {
  debug(event: string, fields?: Readonly<Record<string, LogValue>>): void
  info(event: string, fields?: Readonly<Record<string, LogValue>>): void
  warn(event: string, fields?: Readonly<Record<string, LogValue>>): void
  error(event: string, fields?: Readonly<Record<string, LogValue>>): void
}

/** The outside world as the session sees it. Nothing else in the session has side effects. */
export interface SessionPorts {
  readonly clock: FinesseClock
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** A new unique id (request ids, feed ids). */
  readonly newId: () => string
  readonly vault: Vault
  readonly log: Log
  /** A REST client of one node; reads the vault on each call. */
  readonly createRest: (node: NodeAddress) => RestClient
  /** Loads the XMPP code on first use. One client per attempt. */
  readonly openNotifications: (
    options: NotificationOptions,
    on: (event: NotificationEvent) => void,
  ) => Promise<NotificationClient>
  /** What outlives the process. */
  readonly memory: SessionMemory
}

export interface PartnerNode {
  readonly name: NodeName
  readonly address: NodeAddress
}

export interface SessionMemory {
  /** Ids of the last three Not Ready reasons of this agent on this server, newest first. */
  favourites(server: string, loginId: string): readonly string[]
  rememberFavourites(server: string, loginId: string, ids: readonly string[]): void
  /** Stable XMPP resource of Beside mode, for example `sidetone-3f9c`. */
  besideResource(): string
  pins(): readonly Pin[]
  /** The other node of this server (host:port as typed), as SystemInfo last named it. */
  partner(server: string): PartnerNode | null
  rememberPartner(server: string, partner: PartnerNode | null): void
}
