import { describe, expect, it } from 'vitest'
import { keyedValues } from './keyed'
import { createBench, settle, SECRET, TEAM_NODE, USER_NODE } from './testing/bench'
import { user, userUpdate } from './testing/samples'

async function online() {
  const bench = createBench()
  await bench.signIn()
  await settle()
  bench.ready()
  await settle()
  bench.notify(USER_NODE, userUpdate(user('NOT_READY', { stateChangeTime: bench.clock.now() })))
  await settle()
  return bench
}

describe('sign-in', () => {
  it('goes SystemInfo, XMPP, LOGIN, reads, live', async () => {
    const bench = createBench()
    const taken = bench.signIn()
    expect(bench.session()).toMatchObject({ phase: 'signingIn', step: 'verifying' })
    expect(await taken).toEqual({ ok: true, value: null })
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'signingIn', step: 'connecting' })
    expect(bench.link().options).toMatchObject({
      resource: 'desktop',
      xmppDomain: 'fin-a.example.com',
      pubsubDomain: 'pubsub.fin-a.example.com',
      endpoints: [
        { host: 'fin-a.example.com', port: 8445, path: '/ws/' },
        { host: 'fin-a.example.com', port: 7443, path: '/ws/' },
      ],
      userNodes: [USER_NODE],
    })
    bench.ready()
    await settle()
    expect(bench.requests.at(-1)).toBe('fin-a.example.com signIn 1001071')
    bench.notify(USER_NODE, userUpdate(user('NOT_READY', { stateChangeTime: bench.clock.now() })))
    await settle()
    expect(bench.session()).toMatchObject({
      phase: 'online',
      degraded: [],
      identity: { resource: 'desktop' },
    })
    expect(bench.slices().agent).toMatchObject({ name: 'Ada Nord', state: 'NOT_READY', extension: '1001071' })
    expect(bench.slices().reasons).toMatchObject({ status: 'ready' })
    expect(bench.slices().team).toMatchObject({ status: 'ready', live: true, name: 'Blue' })
    expect([...keyedValues(bench.runtime.view().collections.members)]).toHaveLength(2)
    expect(bench.link().subscribed).toEqual([TEAM_NODE])
    expect(bench.slices().connection.pill).toBe('live')
  })

  it('keeps the password out of state and log', async () => {
    const bench = await online()
    expect(JSON.stringify([bench.runtime.state(), bench.runtime.view(), bench.logged])).not.toContain(SECRET)
  })
})
