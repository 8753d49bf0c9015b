import type { SelfTestCheck } from '../../src-contract/inspector'
import { masked } from './masked'
import type { CheckStage, OnCheck } from './types'

type Changes = Partial<Omit<SelfTestCheck, 'id' | 'stage' | 'server'>>

export interface CheckHandle {
  readonly get: () => SelfTestCheck
  readonly put: (changes: Changes) => SelfTestCheck
}

export interface Checks {
  /** Tells of it at once, as running unless `changes` say otherwise. */
  readonly open: (stage: CheckStage, server: string, changes?: Changes) => CheckHandle
  /** As they are now, in the order in which they began. */
  readonly list: () => readonly SelfTestCheck[]
}

/** The lines of one test, in the order in which they began. */
export const createChecks = (on: OnCheck, mask: (text: string) => string): Checks => {
  const checks: SelfTestCheck[] = []
  return {
    list: () => [...checks],
    open: (stage, server, changes) => {
      const id = checks.length
      let check: SelfTestCheck = {
        id,
        stage,
        server,
        status: 'running',
        ms: null,
        facts: {},
        chain: [],
        problem: null,
        cause: null,
        ...changes,
      }
      const put = (next: Changes): SelfTestCheck => {
        check = masked({ ...check, ...next }, mask)
        checks[id] = check
        on(check)
        return check
      }
      put({})
      return { get: () => check, put }
    },
  }
}
