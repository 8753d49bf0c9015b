import { newResource } from './resource'
import { createProbeWords } from '../../src-contract/messages/probe'
import { effectiveLocale } from '../compose/locale'
import type { FinesseClock } from '../finesse/notifications/types'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import { createTrust } from '../finesse/transport/trust'
import { parseProbeArguments, type BadUsage, type ProbeArguments } from './arguments'
import { readCa } from './caFile'
import { createInOrder } from './inOrder'
import { checkLine, resultLine } from './jsonLines'
import { readPassword, type Stdin } from './passwordFile'
import { runProbe } from './runProbe'
import { createTextLines } from './textLines'
import type { ProbeTarget } from './types'

export interface ProbeTerminal {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** As it was started: for the usage. */
  readonly command: string
  readonly stdin: Stdin
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  readonly clock: FinesseClock
  readonly proxyFor?: ProxyFor | undefined
  readonly signal: AbortSignal
}

export const EXIT = { fine: 0, failed: 1, badUsage: 2 } as const

const targetOf = (args: ProbeArguments, password: string | null): ProbeTarget => ({
  node: args.node,
  account: args.user === null || password === null ? null : { loginId: args.user, password },
  xmppDomain: args.xmppDomain,
  wsPath: args.wsPath,
  resource: args.resource ?? newResource(),
  nodes: args.nodes,
  noRest: args.noRest,
})

/** The whole program but for its process: answers with the exit status. */
export const probeCli = async (terminal: ProbeTerminal): Promise<number> => {
  const { argv, env, out } = terminal
  const locale = effectiveLocale('system', [env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en'])
  const t = createProbeWords(locale)
  const usage = t('usage', { command: terminal.command })
  const refuse = ({ key, option }: BadUsage): number => {
    terminal.err(t(key, { option }))
    terminal.err(t('bad.help'))
    return EXIT.badUsage
  }
  const parsed = parseProbeArguments(argv)
  if (!parsed.ok) return refuse(parsed.error)
  const args = parsed.value
  if (args === null) {
    out(usage)
    return EXIT.fine
  }
  const ca = await readCa(args.caFile)
  if (!ca.ok) return refuse({ key: ca.error, option: '--ca' })
  const password = await readPassword(args.passwordFile, terminal.stdin)
  if (!password.ok) return refuse({ key: password.error, option: '--password-file' })
  if (password.value.readableByOthers) terminal.err(t('warnReadable'))

  const lines = createTextLines(locale)
  const order = createInOrder((check) => {
    for (const line of args.json ? [checkLine(check)] : lines.check(check)) out(line)
  })
  const outcome = await runProbe(
    targetOf(args, password.value.password),
    {
      clock: terminal.clock,
      trust: createTrust({ extraCaPem: ca.value, pins: [] }),
      proxyFor: terminal.proxyFor,
      signal: terminal.signal,
    },
    order.on,
  )
  order.flush()
  for (const line of args.json ? [resultLine(outcome)] : lines.result(outcome)) out(line)
  return outcome.result === 'failed' ? EXIT.failed : EXIT.fine
}
