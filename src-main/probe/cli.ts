import { newResource } from './resource'
import { createProbeWords } from '../../src-contract/messages/probe'
import type { Locale } from '../../src-contract/state'
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
  readonly locale: Locale
  /** As it was started: for the usage. */
  readonly command: string
  readonly stdin: Stdin
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  readonly clock: FinesseClock
  /** Learns the password, and takes it out of what a server repeats. */
  readonly redactor: {
    readonly register: (secret: string) => void
    readonly redact: (text: string) => string
  }
  readonly proxyFor?: ProxyFor | undefined
  readonly signal: AbortSignal
}

/** What Finesse's own desktop binds (4.4); asked for by name, it is taken. */
const isDesktop = (resource: string | null): boolean => resource?.trim().toLowerCase() === 'desktop'

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
  const { argv, locale, redactor, out } = terminal
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
  if (isDesktop(args.resource)) terminal.err(t('warnDesktop'))

  redactor.register(password.value.password ?? '')
  const lines = createTextLines(locale)
  const order = createInOrder((check) => {
    for (const line of args.json ? [checkLine(check)] : lines.check(check)) out(line)
  })
  const outcome = await runProbe(
    targetOf(args, password.value.password),
    {
      clock: terminal.clock,
      redact: redactor.redact,
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
