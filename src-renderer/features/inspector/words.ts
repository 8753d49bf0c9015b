import { computed, type ComputedRef } from 'vue'
import { createInspectorTranslator, type InspectorTranslate } from '../../../src-contract/messages/inspector'
import type { Locale } from '../../../src-contract/state'
import { useReplica } from '../../stores/replica'

const translators = new Map<Locale, InspectorTranslate>()
const translatorFor = (locale: Locale): InspectorTranslate => {
  const known = translators.get(locale) ?? createInspectorTranslator(locale)
  translators.set(locale, known)
  return known
}

export interface InspectorWords {
  readonly locale: ComputedRef<Locale>
  readonly translate: ComputedRef<InspectorTranslate>
  readonly t: InspectorTranslate
}

/** The words of these views. Reading `t` in a template follows a change of language. */
export const useInspectorWords = (): InspectorWords => {
  const replica = useReplica()
  const locale = computed(() => replica.settings.effectiveLocale)
  const translate = computed(() => translatorFor(locale.value))
  const t = ((...said: Parameters<InspectorTranslate>) => translate.value(...said)) as InspectorTranslate
  Object.defineProperty(t, 'locale', { get: () => locale.value })
  return { locale, translate, t }
}
