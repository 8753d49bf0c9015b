import { parseArgs } from 'node:util'
import type { ProbeKey } from '../../src-contract/messages/probe'
import { err, ok, type Result } from '../finesse/result'
import type { NodeAddress } from '../session/ports'
import { parseServerAddress } from '../session/serverAddress'

export interface ProbeArguments {
  readonly node: NodeAddress
  readonly user: string | null
  readonly passwordFile: string | null
  readonly caFile: string | null
  readonly xmppDomain: string | null
  readonly wsPath: string | null
  readonly resource: string | null
  readonly nodes: readonly string[]
  readonly noRest: boolean
  readonly json: boolean
}

/** A key of the catalogue and the option it is about. Never a value: it might be a password in the wrong place. */
export interface BadUsage {
  readonly key: ProbeKey
  readonly option: string
}

const TEXT = { type: 'string' } as const
const FLAG = { type: 'boolean' } as const

const OPTIONS = {
  server: TEXT,
  user: TEXT,
  'password-file': TEXT,
  ca: TEXT,
  'xmpp-domain': TEXT,
  'ws-path': TEXT,
  resource: TEXT,
  node: { ...TEXT, multiple: true },
  'no-rest': FLAG,
  json: FLAG,
  help: FLAG,
} as const

type Name = keyof typeof OPTIONS

const isName = (name: string): name is Name => Object.hasOwn(OPTIONS, name)

type Values = ReadonlyMap<Name, readonly string[]>

const bad = (key: ProbeKey, option = ''): Result<never, BadUsage> => err({ key, option })

/** What was written, by option. Errors never repeat what stands where no option is: it could be the password. */
const read = (argv: readonly string[]): Result<Values, BadUsage> => {
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const values = new Map<Name, readonly string[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') return bad('bad.word')
    const { name, value, inlineValue } = token
    const option = `--${name}`
    if (token.rawName !== option || !isName(name)) return bad('bad.unknown', token.rawName)
    if (OPTIONS[name].type === 'boolean') {
      if (value !== undefined) return bad('bad.noValue', option)
    } else if (!value || (!inlineValue && value.startsWith('-') && value !== '-'))
      return bad('bad.value', option)
    const known = values.get(name)
    if (known !== undefined && name !== 'node') return bad('bad.twice', option)
    values.set(name, [...(known ?? []), value ?? ''])
  }
  return ok(values)
}

const BLANK = /^$|\s/

/** Null: the usage is asked for. */
export const parseProbeArguments = (argv: readonly string[]): Result<ProbeArguments | null, BadUsage> => {
  const values = read(argv)
  if (!values.ok) return values
  const text = (name: Name): string | null => values.value.get(name)?.[0] ?? null
  if (values.value.has('help')) return ok(null)
  const server = text('server')
  if (server === null) return bad('bad.noServer')
  const node = parseServerAddress(server)
  if (node === null) return bad('bad.server')
  const nodes = values.value.get('node') ?? []
  const [user, passwordFile] = [text('user'), text('password-file')]
  if (user !== null && passwordFile === null) return bad('bad.userAlone')
  if (user === null && passwordFile !== null) return bad('bad.passwordAlone')
  const paths: readonly (readonly [Name, string])[] = [
    ...nodes.map((one) => ['node', one] as const),
    ['ws-path', text('ws-path') ?? '/'],
  ]
  for (const [name, path] of paths) if (!path.startsWith('/')) return bad('bad.path', `--${name}`)
  for (const name of ['xmpp-domain', 'ws-path'] as const)
    if (BLANK.test(text(name) ?? '-')) return bad('bad.blank', `--${name}`)
  const resource = text('resource')
  if (resource?.trim() === '') return bad('bad.blank', '--resource')
  return ok({
    node,
    user,
    passwordFile,
    caFile: text('ca'),
    xmppDomain: text('xmpp-domain'),
    wsPath: text('ws-path'),
    resource,
    nodes,
    noRest: values.value.has('no-rest'),
    json: values.value.has('json'),
  })
}
