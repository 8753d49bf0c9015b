import type { Stage, StageRecord } from '../../../src-contract/connection'

/** What tells most of a stage; the inspector shows the rest. */
const TELLING: Readonly<Record<Stage, readonly string[]>> = {
  dns: ['addresses'],
  tcp: ['address', 'port', 'proxy'],
  tls: ['version', 'issuer', 'cipher'],
  upgrade: ['status', 'path', 'subprotocol'],
  open: ['mechanisms', 'from'],
  auth: ['mechanism', 'user'],
  bind: ['jid'],
  presence: ['seen'],
  subscribeUser: ['nodes'],
  subscribeTeam: ['nodes'],
  live: ['roundTripMs', 'firstEventNode'],
}

/** Facts name their unit: those in milliseconds end in `Ms`. */
const textOf = (name: string, value: StageRecord['facts'][string] | undefined): string => {
  if (typeof value === 'number')
    return name.endsWith('Ms') ? `${Math.round(value)} ms` : String(Math.round(value))
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

/** The most telling facts of a stage on one line, as the server gave them. */
export const factLine = (stage: Stage, facts: StageRecord['facts']): string =>
  TELLING[stage]
    .map((name) => textOf(name, facts[name]))
    .filter((value) => value !== '')
    .join(' · ')
