import { problem, type Problem } from '../../src-contract/problem'
import { err, ok, type Result } from '../../src-contract/result'
import type { FinesseClock } from '../finesse/notifications/types'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import type { Trust } from '../finesse/transport/trust'
import { newId } from '../platform/ids'
import type { Redactor } from '../platform/redact'
import type { Vault } from '../session/ports'
import { restProblem } from '../session/problems'
import type { SessionRuntime } from '../session/runtime'
import type { BundleContents } from '../support/bundle/write'

export interface ClientLogParts {
  readonly clock: FinesseClock
  readonly session: Pick<SessionRuntime, 'view'>
  readonly trust: Trust
  readonly proxyFor: ProxyFor
  readonly vault: Vault
  readonly redactor: Redactor
}

/** Puts what a bundle tells into the logs of the Finesse server the session is on (10.6), as the agent. */
export const sendToFinesse = async (
  parts: ClientLogParts,
  contents: BundleContents,
): Promise<Result<null, Problem>> => {
  const { clock, trust, proxyFor, vault, redactor } = parts
  const { session, connection } = parts.session.view().slices
  const node = connection.nodes.find(({ current }) => current)
  if (session.phase !== 'online' || node === undefined) return err(problem('notConnected'))
  const { loginId, extension } = session.identity
  const { host, port } = node
  const [{ clientLogOf }, { sendClientLog }] = await Promise.all([
    import('../support/clientLog'),
    import('../finesse/rest/clientLog'),
  ])
  const masks = { redact: redactor.redact, holdsSecret: redactor.holds }
  const text = await clientLogOf(contents, masks, clock.now())
  if (!text.ok) return err(problem('bundleHoldsSecret', { name: text.error.file }))
  const sent = await sendClientLog(
    { host, port, trust, clock, proxyFor, credentials: () => vault.read() },
    { userId: loginId, text: text.value, requestId: newId() },
  )
  return sent.ok ? ok(null) : err(restProblem(sent.error, 'clientLog', { host, port, loginId, extension }))
}
