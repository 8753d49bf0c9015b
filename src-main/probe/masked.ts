import type { SelfTestCheck } from '../../src-contract/inspector'
import { maskedFacts, maskedParams } from '../inspector/wireText'

/** Whatever a server said may repeat what it was sent. */
export const masked = (check: SelfTestCheck, mask: (text: string) => string): SelfTestCheck => {
  const { facts, problem, cause } = check
  return {
    ...check,
    facts: maskedFacts(facts, mask),
    problem: problem && maskedParams(problem, mask),
    cause: cause && maskedParams(cause, mask),
  }
}
