import type { MessageKey, Params, Translate } from '../../src-contract/messages/translate'

const MARK = '\uE000'

/** The whole message with any words where its parameters stand. */
export const anyOf = (
  t: Translate,
  key: MessageKey,
  names: readonly string[],
  fixed: Params = {},
): RegExp => {
  const params = Object.fromEntries(names.map((name) => [name, MARK]))
  const text = t(key, { ...params, ...fixed })
  const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll(MARK, '.*')}$`, 's')
}
