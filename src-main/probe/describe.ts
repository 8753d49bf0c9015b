import type { SelfTestCheck } from '../../src-contract/inspector'
import type { ProbeKey, ProbeWords } from '../../src-contract/messages/probe'

type Facts = SelfTestCheck['facts']

const listOf = (facts: Facts, name: string): string => {
  const value = facts[name]
  return value === undefined ? '' : typeof value === 'object' ? value.join(', ') : String(value)
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ')

const TRUSTED: Readonly<Record<string, ProbeKey>> = {
  system: 'trusted.system',
  extraCa: 'trusted.extraCa',
  pin: 'trusted.pin',
}

const WHY: Readonly<Record<string, ProbeKey>> = {
  noCredentials: 'why.noCredentials',
  signedIn: 'why.signedIn',
  stateUnknown: 'why.stateUnknown',
  noDomain: 'why.noDomain',
  noTeam: 'why.noTeam',
  noNodes: 'why.noNodes',
}

const dayOf = (t: ProbeWords, ms: number): string =>
  new Intl.DateTimeFormat(t.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(ms)

const certificate = (t: ProbeWords, facts: Facts): string => {
  const trusted = TRUSTED[listOf(facts, 'authorizedBy')]
  const until = facts['validTo']
  return joined(
    listOf(facts, 'version'),
    listOf(facts, 'subject'),
    typeof until === 'number' ? t('until', { day: dayOf(t, until) }) : '',
    trusted === undefined ? '' : t(trusted),
  )
}

const clock = (t: ProbeWords, offset: number): string =>
  t('clock', { offset: Math.abs(offset), direction: t(offset < 0 ? 'behind' : 'ahead') })

/** What was seen at a stage, in a line. Names and addresses as they are, the rest in words. */
export const describe = (t: ProbeWords, { stage, facts }: SelfTestCheck): string => {
  const of = (name: string): string => listOf(facts, name)
  const why = WHY[of('why')]
  if (why !== undefined) return t(why, { state: of('state') })
  switch (stage) {
    case 'dns':
      return of('addresses')
    case 'tcp':
      return joined(of('address'), of('proxy'))
    case 'tls':
      return certificate(t, facts)
    case 'systemInfo':
      return joined(of('status'), of('deployment'), of('xmppDomain'))
    case 'clock':
      return typeof facts['offsetMs'] === 'number' ? clock(t, facts['offsetMs']) : ''
    case 'upgrade':
      return joined(`${of('status')} ${of('statusText')}`.trim(), of('path'), of('server'))
    case 'open':
      return joined(of('from'), of('mechanisms'))
    case 'auth':
      return joined(of('mechanism'), of('user'))
    case 'bind':
      return of('jid')
    case 'presence':
      return of('seen')
    case 'subscribeUser':
    case 'subscribeTeam':
      return of('results') || of('nodes')
    case 'live': {
      const ms = facts['roundTripMs']
      return typeof ms === 'number' ? t('ping', { ms: Math.round(ms * 10) / 10 }) : ''
    }
  }
}
