import * as net from 'node:net'
import type { FinesseClock } from '../notifications/types'
import { err, ok, type Result } from '../result'
import { codeOf } from './classify'
import { createTried, type Tried } from './tried'

export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

export interface Connected extends Address {
  readonly socket: net.Socket
}

/** RFC 8305's recommendation for the next attempt while the ones before it are still open. */
const STAGGER_MS = 250
const MAX_ADDRESSES = 8

/** An error without listener would end the process; the owner of the socket sees `close` in any case. */
export const ignoreLateErrors = (socket: net.Socket): void => {
  socket.on('error', () => undefined)
}

/** The families in turn, beginning with the one the resolver put first. */
export const interleaved = (addresses: readonly Address[]): readonly Address[] => {
  const first = addresses[0]?.family
  const preferred = addresses.filter(({ family }) => family === first)
  const others = addresses.filter(({ family }) => family !== first)
  const length = Math.max(preferred.length, others.length)
  return Array.from({ length }, (_, at) => [preferred[at], others[at]])
    .flat()
    .filter((address) => address !== undefined)
    .slice(0, MAX_ADDRESSES)
}

/**
 * Happy eyeballs: attempts start 250 ms apart (at once after a refusal), all of them stay open until one connects.
 * Node's own `autoSelectFamily` drops an attempt after its 250 ms, so over a slow VPN none would ever win.
 * Returns the function that abandons every attempt. `settle` is called at most once, with the first error
 * when no address answers.
 */
export const raceToConnect = (
  addresses: readonly Address[],
  port: number,
  clock: FinesseClock,
  settle: (outcome: Result<Connected, unknown>) => void,
  tried: Tried = createTried(clock),
): (() => void) => {
  const queue = [...interleaved(addresses)]
  const open = new Set<net.Socket>()
  let firstError: { readonly error: unknown } | undefined
  let cancelTimer: (() => void) | undefined

  const abandon = (): void => {
    cancelTimer?.()
    queue.length = 0
    for (const socket of open) socket.destroy()
    open.clear()
  }
  const next = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
    const address = queue.shift()
    if (address === undefined) return
    if (queue.length > 0) cancelTimer = clock.after(STAGGER_MS, next)
    attempt(address)
  }
  const attempt = (address: Address): void => {
    const ended = tried.begin(address.address)
    const socket = net.connect({ host: address.address, port, family: address.family })
    open.add(socket)
    ignoreLateErrors(socket)
    const failed = (error: unknown): void => {
      if (!open.delete(socket)) return
      ended(codeOf(error))
      firstError ??= { error }
      if (queue.length > 0) next()
      else if (open.size === 0) settle(err(firstError.error))
    }
    socket.once('error', failed)
    socket.once('connect', () => {
      if (!open.delete(socket)) return
      ended('ok')
      socket.off('error', failed)
      abandon()
      settle(ok({ ...address, socket }))
    })
  }

  next()
  return abandon
}
