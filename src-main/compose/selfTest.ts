import type { CommandHandlers } from '../../src-contract/commands'
import type { SelfTest } from '../../src-contract/inspector'
import { problem } from '../../src-contract/problem'
import { err, ok } from '../../src-contract/result'
import type { FinesseClock } from '../finesse/notifications/types'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import type { Redactor } from '../platform/redact'
import type { TrustBook } from '../platform/trustBook'
import type { HeldPasswords } from '../platform/vault'
import { newResource } from '../probe/resource'
import { createSelfTest } from '../probe/selfTest'
import type { Log } from '../session/ports'
import { formatServerAddress, parseServerAddress } from '../session/serverAddress'
import { readCaFile } from './caFile'

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'error')

/** The test of a server from the window: the same stages, without a session and without signing anybody in. */
export const createSelfTestCommands = (options: {
  readonly clock: FinesseClock
  readonly serverNow: () => number
  readonly trust: TrustBook
  readonly proxyFor: ProxyFor
  readonly redactor: Redactor
  readonly held: HeldPasswords
  readonly log: Log
  readonly show: (selfTest: SelfTest) => void
}): {
  readonly commands: Pick<CommandHandlers, 'selfTest.start' | 'selfTest.stop'>
  readonly stop: () => void
} => {
  const { redactor, held } = options
  const service = createSelfTest({
    clock: options.clock,
    serverNow: options.serverNow,
    trust: options.trust.withCaFile,
    redact: redactor.redact,
    proxyFor: options.proxyFor,
    newResource,
    crashed: (error) => options.log.error('selfTest.failed', { error: nameOf(error) }),
  })
  service.onChange(options.show)
  /** Counted up by each start and stop: a certificate file takes its time, and the last word counts. */
  let turn = 0
  const stop = (): void => {
    turn += 1
    service.stop()
  }
  return {
    stop,
    commands: {
      'selfTest.start': async ({ server, caFile, account }) => {
        if (account?.password != null) redactor.register(account.password)
        const address = parseServerAddress(server)
        if (address === null) return err(problem('serverAddressInvalid', { server }))
        turn += 1
        const mine = turn
        const ca = caFile === null ? ok(null) : await readCaFile(caFile)
        if (!ca.ok) return ca
        if (mine !== turn) return ok(null)
        if (account === null) return service.start({ server, caPem: ca.value, account: null })
        const { loginId } = account
        const password = account.password ?? held.find(formatServerAddress(address), loginId)
        return password === null
          ? err(problem('passwordWrong', { id: loginId }))
          : service.start({ server, caPem: ca.value, account: { loginId, password } })
      },
      'selfTest.stop': () => {
        stop()
        return ok(null)
      },
    },
  }
}
