import type { SelfTestCheck } from '../../src-contract/inspector'

type Value = string | number | readonly string[]

const maskedValues = <V extends Value>(
  values: Readonly<Record<string, V>>,
  mask: (text: string) => string,
): Readonly<Record<string, V>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string') return [name, mask(value)]
      return [name, Array.isArray(value) ? value.map(String).map(mask) : value]
    }),
  ) as Readonly<Record<string, V>>

/** Whatever a server said may repeat what it was sent. */
export const masked = (check: SelfTestCheck, mask: (text: string) => string): SelfTestCheck => {
  const { facts, problem, cause } = check
  return {
    ...check,
    facts: maskedValues(facts, mask),
    problem: problem && { ...problem, params: maskedValues(problem.params, mask) },
    cause: cause && { ...cause, params: maskedValues(cause.params, mask) },
  }
}
