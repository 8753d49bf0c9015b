import { afterEach, expect, it } from 'vitest'
import { CAUSE_PARAMS } from '../../../src-contract/causes/ids'
import { closeKept } from '../../finesse/transport/testing/attempt'
import type { Provocation } from './provoke'

/** Each brings its cause about and expects exactly its id, with what its sentences need. */
export const testProvocations = (cases: readonly Provocation[]): void => {
  afterEach(closeKept)
  it.each(cases.map(({ id, how, provoke }) => [id, how, provoke] as const))(
    '%s: %s',
    async (id, _how, provoke) => {
      const { id: found, params } = await provoke()
      expect(found).toBe(id)
      const missing = ['host', 'port', ...CAUSE_PARAMS[id]].filter((name) => params[name] === undefined)
      expect(missing).toEqual([])
    },
  )
}
