import { computed, type ComputedRef } from 'vue'
import {
  createTranslator,
  type MessageKey,
  type Params,
  type Translate,
} from '../../src-contract/messages/translate'
import type { Locale } from '../../src-contract/state'
import { useReplica } from '../stores/replica'

const translators = new Map<Locale, Translate>()
const translatorFor = (locale: Locale): Translate => {
  const known = translators.get(locale) ?? createTranslator(locale)
  translators.set(locale, known)
  return known
}

export interface Words {
  /** The translator of the language in force, for the `word...` functions of the contract. */
  readonly translate: ComputedRef<Translate>
  readonly locale: ComputedRef<Locale>
  t(key: MessageKey, params?: Params): string
}

/**
 * The same catalogue and message engine as main uses. Reading `t` in a template follows a change of language.
 */
export const useWords = (): Words => {
  const replica = useReplica()
  const locale = computed(() => replica.settings.effectiveLocale)
  const translate = computed(() => translatorFor(locale.value))
  return { locale, translate, t: (key, params) => translate.value(key, params) }
}
