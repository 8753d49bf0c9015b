import type { SelfTestCheck } from '../../src-contract/inspector'
import type { OnCheck } from './types'

const isOver = ({ status }: SelfTestCheck): boolean => status !== 'running' && status !== 'waiting'

/** Checks that are over, each once, in the order in which they began: some end before an earlier one. */
export const createInOrder = (print: (check: SelfTestCheck) => void) => {
  const over = new Map<number, SelfTestCheck>()
  let next = 0
  const release = (): void => {
    for (let check = over.get(next); check !== undefined; check = over.get(next)) {
      over.delete(next)
      next += 1
      print(check)
    }
  }
  const on: OnCheck = (check) => {
    if (!isOver(check) || check.id < next) return
    over.set(check.id, check)
    release()
  }
  return {
    on,
    /** What waits for one that never ended. */
    flush: (): void => {
      for (const [, check] of [...over].sort(([one], [other]) => one - other)) print(check)
      over.clear()
    },
  }
}
