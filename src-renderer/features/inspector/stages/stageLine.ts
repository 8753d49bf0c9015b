import type { StageDetail } from '../../../../src-contract/inspector'
import type { ServerMs } from '../../../../src-contract/model'
import { en } from '../../../../src-contract/messages/inspector/en'
import type { InspectorTranslate } from '../../../../src-contract/messages/inspector'
import { daysUntil } from '../format'

type Facts = StageDetail['facts']

const textOf = (facts: Facts, name: string): string => {
  const value = facts[name]
  if (value === undefined) return ''
  return typeof value === 'object' ? value.join(', ') : String(value)
}

/** `CN=Example CA, O=Example` says `Example CA`. */
export const commonName = (name: string): string =>
  /(?:^|[,/+\n]\s*)CN\s*=\s*([^,/+\n]+)/.exec(name)?.[1]?.trim() ?? name

/** Every path begins with the same words: in a line they only take room. */
export const withoutBase = (path: string): string => path.replace(/^\/finesse\/api(?=\/)/, '')

const hostAndPort = (address: string, port: string): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

const validity = (detail: StageDetail, t: InspectorTranslate, now: ServerMs): string => {
  const leaf = detail.chain[0]
  if (!leaf) return ''
  const days = daysUntil(leaf.validTo, now)
  return days < 0 ? t('stages.chain.expired', { count: -days }) : t('stages.chain.daysLeft', { count: days })
}

const partsOf = (detail: StageDetail, t: InspectorTranslate, now: ServerMs): readonly string[] => {
  const of = (name: string): string => textOf(detail.facts, name)
  switch (detail.stage) {
    case 'dns':
      return [of('addresses') || of('host')]
    case 'tcp':
      return [of('address') ? hostAndPort(of('address'), of('port')) : '', of('proxy')]
    case 'tls':
      return [
        of('version').replace('TLSv', 'TLS '),
        validity(detail, t, now),
        commonName(detail.chain[0]?.issuer ?? of('issuer')),
      ]
    case 'upgrade':
      return [`${of('status')} ${of('statusText')}`.trim(), of('path'), of('subprotocol')]
    case 'open':
      return [of('mechanisms'), of('capsNode').replace(/^https?:\/\//, '')]
    case 'auth':
      return [of('mechanism'), of('user')]
    case 'bind':
      return [of('jid')]
    case 'presence':
      return [of('seen')]
    case 'subscribeUser':
    case 'subscribeTeam':
      return [of('nodes').split(', ').map(withoutBase).join(', ')]
    case 'live':
      return [
        of('roundTripMs') ? t('health.ms', { ms: Math.round(Number(of('roundTripMs'))) }) : '',
        of('firstEventNode'),
      ]
  }
}

type Why = keyof typeof en.stages.why
const isWhy = (value: string): value is Why => Object.hasOwn(en.stages.why, value)

/** Why a step was left out; empty when it was not, or for a reason nobody worded. */
export const wordWhy = (t: InspectorTranslate, facts: Facts): string => {
  const why = textOf(facts, 'why')
  return isWhy(why) ? t(`stages.why.${why}`, { state: textOf(facts, 'state') }) : ''
}

/** The facts of a stage in a line, as the server gave them. */
export const stageLine = (detail: StageDetail, t: InspectorTranslate, now: ServerMs): string => {
  const why = wordWhy(t, detail.facts)
  if (why) return why
  const parts = partsOf(detail, t, now).filter((part) => part !== '')
  if (parts.length > 0) return parts.join(' · ')
  // Facts nobody named yet still say more than nothing.
  return Object.keys(detail.facts)
    .slice(0, 3)
    .map((name) => textOf(detail.facts, name))
    .filter((part) => part !== '')
    .join(' · ')
}
