import { en } from '../../../../src-contract/messages/inspector/en'
import type { InspectorTranslate } from '../../../../src-contract/messages/inspector'
import type { StageDetail } from '../../../../src-contract/inspector'
import { milliseconds, wholeNumber } from '../../../i18n/format'
import { certificateDate } from '../format'
import { wordWhy } from './stageLine'

export interface FactRow {
  readonly name: string
  readonly label: string
  /** One line each. */
  readonly values: readonly string[]
}

type FactName = keyof typeof en.facts
const isFactName = (name: string): name is FactName => Object.hasOwn(en.facts, name)

/** Said in their own part of the page. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(['subject', 'issuer', 'validTo', 'certificate'])

/** `+38 ms` */
export const signedMs = (t: InspectorTranslate, value: number): string =>
  t('stages.ms', { ms: `${value > 0 ? '+' : ''}${wholeNumber(Math.round(value), t.locale)}` })

type Trust = keyof typeof en.stages.chain.trustedBy
const isTrust = (value: string): value is Trust => Object.hasOwn(en.stages.chain.trustedBy, value)

/** Who vouches for a certificate, by the library's word for it. */
export const wordTrust = (t: InspectorTranslate, value: string): string =>
  isTrust(value) ? t(`stages.chain.trustedBy.${value}`) : value

const valueOf = (t: InspectorTranslate, name: string, value: string | number): string => {
  if (typeof value === 'number') {
    // A difference has a direction, and less than nothing is not less than one.
    if (name === 'offsetMs') return signedMs(t, value)
    if (name.endsWith('Ms')) return t('stages.ms', { ms: milliseconds(value, t.locale) })
    // Epoch milliseconds; ports and counts never get there.
    if (name === 'validTo' || value > 1e11) return certificateDate(value, t.locale)
    return String(value)
  }
  return name === 'authorizedBy' ? wordTrust(t, value) : value
}

/** What was seen at a stage, with words for the names; a name nobody worded yet is shown as it is. */
export const factRows = (
  t: InspectorTranslate,
  detail: Pick<StageDetail, 'facts' | 'chain'>,
): readonly FactRow[] =>
  Object.entries(detail.facts).flatMap(([name, value]) => {
    if (detail.chain.length > 0 && SAID_ELSEWHERE.has(name)) return []
    const why = name === 'why' ? wordWhy(t, detail.facts) : ''
    const values = why ? [why] : typeof value === 'object' ? value : [valueOf(t, name, value)]
    const label = isFactName(name) ? t(`facts.${name}`) : name
    return values.length === 0 || values.every((each) => each === '') ? [] : [{ name, label, values }]
  })
