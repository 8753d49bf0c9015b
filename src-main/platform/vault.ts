import type { Vault } from '../session/ports'
import type { Redactor } from './redact'

/**
 * The password of the session, in memory only. Kept as bytes, which can be wiped; a string cannot. Every password
 * that comes near is told to the redactor first.
 */
export const createVault = (redactor: Redactor): Vault => {
  let held: { readonly id: string; readonly bytes: Buffer } | null = null
  const forget = (): void => {
    held?.bytes.fill(0)
    held = null
  }
  return {
    hold: (id, password) => {
      redactor.register(password)
      forget()
      held = { id, bytes: Buffer.from(password, 'utf8') }
    },
    read: () => held && { id: held.id, password: held.bytes.toString('utf8') },
    forget,
  }
}

/** Passwords that came without a person typing them (the simulator's agents), by server and id. */
export interface HeldPasswords {
  hold(server: string, loginId: string, password: string): void
  find(server: string, loginId: string): string | null
  forgetServer(server: string): void
}

export const createHeldPasswords = (redactor: Redactor): HeldPasswords => {
  const byServer = new Map<string, Map<string, string>>()
  const key = (server: string): string => server.trim().toLowerCase()
  return {
    hold: (server, loginId, password) => {
      redactor.register(password)
      const agents = byServer.get(key(server)) ?? new Map<string, string>()
      byServer.set(key(server), agents.set(loginId, password))
    },
    find: (server, loginId) => byServer.get(key(server))?.get(loginId) ?? null,
    forgetServer: (server) => {
      byServer.delete(key(server))
    },
  }
}
