import type { CommandHandlers } from '../../src-contract/commands'
import { problem } from '../../src-contract/problem'
import { err, ok } from '../../src-contract/result'
import type { Redactor } from '../platform/redact'
import type { TrustBook } from '../platform/trustBook'
import type { HeldPasswords } from '../platform/vault'
import { formatServerAddress, parseServerAddress } from '../session/serverAddress'
import { rememberPin } from '../settings/memory'
import type { SettingsStore } from '../settings/store'
import { readCaFile } from './caFile'
import type { ShellState } from './shellState'
import type { EmbeddedSimulator } from './simulator'

type Guarded = Pick<CommandHandlers, 'session.signIn' | 'session.givePassword'>

/** What the shell has to see to before the session may act: secrets, authorities, what is remembered. */
export const guardSessionCommands = (
  inner: Guarded,
  options: {
    readonly redactor: Redactor
    readonly trust: TrustBook
    readonly held: HeldPasswords
    readonly settings: SettingsStore
    readonly shell: ShellState
    readonly simulator: EmbeddedSimulator
    /** Nobody is signed in, or nothing is left of it: what a sign-in rests on may change. */
    readonly maySignIn: () => boolean
    /** Goes on with what an untrusted certificate stopped. */
    readonly resume: () => void
  },
): Guarded & Pick<CommandHandlers, 'trust.accept'> => {
  const { redactor, trust, held, settings, shell, simulator } = options
  return {
    'session.signIn': async (input) => {
      if (input.password !== null) redactor.register(input.password)
      if (!options.maySignIn()) return err(problem('busy'))
      const address = parseServerAddress(input.server)
      if (!address) return err(problem('serverAddressInvalid', { server: input.server }))
      const server = formatServerAddress(address)
      const password = input.password ?? held.find(server, input.loginId)
      if (password === null) return err(problem('passwordWrong', { id: input.loginId }))
      const ca = input.caFile === null ? ok(null) : await readCaFile(input.caFile)
      if (!ca.ok) return ca
      trust.useCaFile(ca.value)
      const answer = await inner['session.signIn']({ ...input, password })
      if (!answer.ok) return answer
      const { loginId, extension, mode, caFile } = input
      const typed = { server: input.server, loginId, extension, mode, caFile }
      if (!simulator.serves(server)) settings.update((stored) => ({ ...stored, signIn: typed }))
      const passwordHeld = held.find(server, loginId) !== null
      shell.set({ signIn: { ...shell.get().signIn, ...typed, passwordHeld } })
      return answer
    },
    'session.givePassword': (input) => {
      redactor.register(input.password)
      return inner['session.givePassword'](input)
    },
    'trust.accept': (input) => {
      const certificate = trust.noted(input.host, input.port, input.fingerprint256)
      // Only a certificate that a server has just shown can be accepted, and only by its own fingerprint.
      if (!certificate) return err(problem('certificateChanged', { host: input.host, port: input.port }))
      rememberPin(settings, {
        host: input.host,
        port: input.port,
        fingerprint256: certificate.fingerprint256,
        pem: certificate.pem,
      })
      trust.pinsChanged()
      options.resume()
      return ok(null)
    },
  }
}
