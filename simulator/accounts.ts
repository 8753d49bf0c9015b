import type { Clock } from './clock'

const STRIKES = 5
/** Section 3.1, ms of world time. */
const LOCK_MS = 5 * 60_000

export type SignInCheck =
  { readonly ok: true; readonly agentId: string } | { readonly ok: false; readonly locked: boolean }

interface Account {
  readonly agentId: string
  password: string
  strikes: number
  lockedUntil: number
}

/** Passwords, and the lock after five wrong ones in a row. One counter for REST and XMPP: our guess (18.14). */
export class Accounts {
  readonly #accounts = new Map<string, Account>()

  constructor(
    private readonly clock: Clock,
    private readonly timeScale: number,
  ) {}

  /** `names`: login id and login name, both accepted in any case. */
  add(agentId: string, names: readonly string[], password: string): void {
    const account: Account = { agentId, password, strikes: 0, lockedUntil: 0 }
    for (const name of names) this.#accounts.set(name.toLowerCase(), account)
  }

  changePassword(name: string, password: string): boolean {
    const account = this.#accounts.get(name.toLowerCase())
    if (account === undefined) return false
    account.password = password
    return true
  }

  locked(name: string): boolean {
    const account = this.#accounts.get(name.toLowerCase())
    return account !== undefined && account.lockedUntil > this.clock.now()
  }

  check(name: string, password: string): SignInCheck {
    const account = this.#accounts.get(name.toLowerCase())
    if (account === undefined) return { ok: false, locked: false }
    if (account.lockedUntil > this.clock.now()) return { ok: false, locked: true }
    if (account.password === password) {
      account.strikes = 0
      return { ok: true, agentId: account.agentId }
    }
    account.strikes += 1
    if (account.strikes >= STRIKES) {
      account.strikes = 0
      account.lockedUntil = this.clock.now() + LOCK_MS / this.timeScale
    }
    return { ok: false, locked: account.lockedUntil > this.clock.now() }
  }
}
