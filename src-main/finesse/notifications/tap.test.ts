import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { formsOf } from '../../testing/secrets'
import type { LinkTap } from '../tap'
import { recordingLinkTap } from '../testing/recordingTaps'
import { authority, type TestAuthority, type TestIdentity } from '../transport/testing/certificates'
import { closeKept, kept } from '../transport/testing/attempt'
import { tlsServer } from '../transport/testing/servers'
import { createTrust } from '../transport/trust'
import type { NotificationDeps } from './openNotifications'
import { openDesk, optionsFor, PASSWORD, trusting, type Desk } from './testing/desk'
import { eventFrame, startResponder, type Responder, type Script } from './testing/responder'
import type { NotificationOptions } from './types'

let ca: TestAuthority
let identity: TestIdentity
let desk: Desk | undefined

beforeAll(async () => {
  ca = await authority()
  const leaf = await ca.issue()
  identity = { ...leaf, cert: `${leaf.cert}\n${ca.cert}` }
})

afterEach(async () => {
  desk?.client.terminate()
  desk = undefined
  await closeKept()
})

const respond = async (script: Script = {}): Promise<Responder> => {
  const responder = await startResponder(identity, script)
  await kept({ close: responder.stop })
  return responder
}

const openAt = (
  port: number,
  changes: Partial<NotificationOptions> = {},
  deps: Partial<NotificationDeps> = {},
) => {
  const recorded = recordingLinkTap()
  const opened = openDesk(optionsFor(port, changes), { trust: trusting(ca.cert), tap: recorded.tap, ...deps })
  desk = opened
  return { ...recorded, desk: opened }
}

const open = async (
  script: Script = {},
  changes: Partial<NotificationOptions> = {},
  deps: Partial<NotificationDeps> = {},
) => {
  const responder = await respond(script)
  return { responder, ...openAt(responder.port, changes, deps) }
}

/** An HTTP answer instead of the upgrade; the connection stays open. */
const refusing = (answer: string): Script => ({
  upgrade: (_request, socket) => {
    socket.write(answer)
    return true
  },
})

const heads = () => {
  const received: string[] = []
  const { tap } = recordingLinkTap()
  const told: LinkTap = {
    ...tap,
    upgrade: (direction, head) => {
      if (direction === 'received') received.push(head)
    },
  }
  return { tap: told, received }
}

describe('what a tap is told', () => {
  it('is everything, in order, the end last', async () => {
    const { responder, desk, lines } = await open()
    await desk.until('pinged')
    responder.send(eventFrame({ node: '/finesse/api/User/1071' }))
    await desk.until('notified')
    responder.closeWith(1012)
    await desk.until('ended')
    expect(lines).toEqual([
      'dns started',
      'dns succeeded',
      'tcp started',
      'tcp succeeded',
      'tls started',
      'chain of 2',
      'tls succeeded',
      'upgrade started',
      'sent GET /ws/ HTTP/1.1',
      'received HTTP/1.1 101 Switching Protocols',
      'upgrade succeeded',
      'open started',
      'sent open',
      'received open',
      'received stream:features',
      'open succeeded',
      'auth started',
      'sent auth',
      'received success',
      'auth succeeded',
      'bind started',
      'sent open',
      'received open',
      'received stream:features',
      'sent iq',
      'received iq',
      'bind succeeded',
      'presence started',
      'sent presence',
      'subscribeUser started',
      'sent iq',
      'received presence',
      'presence succeeded',
      'received iq',
      'subscribeUser succeeded',
      'ready 1071@fin-a.example.com/desktop',
      'live started',
      'sent iq',
      'received iq',
      'live succeeded',
      'ping',
      'received message',
      'ended closed',
    ])
  })

  it('comes before the caller hears of it', async () => {
    const order: string[] = []
    const { tap } = recordingLinkTap()
    const responder = await respond()
    desk = openDesk(optionsFor(responder.port), {
      trust: trusting(ca.cert),
      tap: {
        ...tap,
        stage: (report) => order.push(`${report.stage} ${report.status}`),
        ready: () => order.push('ready'),
      },
    })
    await desk.until('ready', () => {
      order.push('heard')
      return true
    })
    const heard = order.indexOf('heard')
    expect(order.slice(heard - 2, heard + 1)).toEqual(['subscribeUser succeeded', 'ready', 'heard'])
  })

  it('is the request as it went over the wire', async () => {
    const server = await kept(tlsServer(identity))
    const recorded = heads()
    let sent = ''
    const tap: LinkTap = { ...recorded.tap, upgrade: (_direction, head) => (sent = head) }
    const { desk } = openAt(server.port, {}, { tap, deadlines: { upgradeMs: 100 } })
    await desk.until('ended')
    expect(sent).toMatch(/^GET \/ws\/ HTTP\/1\.1\r\n/)
    expect(server.received()).toBe(`${sent}\r\n`)
  })

  it('is the whole chain of a refused certificate, before the refusal, and nothing after', async () => {
    const { desk, lines, text } = await open({}, {}, { trust: createTrust({ extraCaPem: null, pins: [] }) })
    await desk.until('ended')
    expect(lines.slice(-4)).toEqual(['tls started', 'chain of 2', 'tls failed', 'ended tls'])
    expect(text()).toContain(identity.fingerprint256)
    expect(text()).toContain(ca.fingerprint256)
  })

  it('is each ping that was not answered in time', async () => {
    const ping = { intervalMs: 60, timeoutMs: 20, limit: 3, noticedWithinMs: 120 }
    const { desk, lines } = await open({ ping: 'silent' }, {}, { ping })
    await desk.until('ended')
    expect(lines.slice(-3)).toEqual(['ping lost', 'live failed', 'ended pingTimeout'])
    expect(lines.filter((line) => line === 'ping lost')).toHaveLength(3)
  })
})

describe('what came instead of the upgrade', () => {
  it.each([
    ['with its body', 'HTTP/1.1 403 Forbidden\r\nServer: nginx\r\nContent-Length: 9\r\n\r\n<h1>No</h'],
    ['without one', 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n'],
  ])('is told %s', async (_how, answer) => {
    const { tap, received } = heads()
    const { desk } = await open(refusing(answer), {}, { tap })
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'upgrade' })
    expect(received).toEqual([answer.replace(/\r\n\r\n$/, '\r\n')])
  })

  it('is told to 2 KiB, and a body that does not come is not waited for', async () => {
    const { tap, received } = heads()
    const inPieces: Script = {
      upgrade: (_request, socket) => {
        socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 90000\r\n\r\n')
        for (const at of [0, 1, 2]) setTimeout(() => socket.write('x'.repeat(1_500)), at * 20)
        return true
      },
    }
    const long = await open(inPieces, {}, { tap })
    await long.desk.until('ended')
    expect(received[0]?.split('\r\n\r\n')[1]).toHaveLength(2_048)
    const begun = performance.now()
    const never = await open(refusing('HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\nhalf'), {}, { tap })
    expect((await never.desk.until('ended')).failure).toMatchObject({ kind: 'upgrade', status: 403 })
    expect(performance.now() - begun).toBeLessThan(2_000)
    expect(received[1]).toContain('\r\n\r\nhalf')
  })

  it('is told when it is no HTTP, too', async () => {
    const { tap, received } = heads()
    const { desk } = await open(refusing('220 mail.example.com ESMTP\r\n'), {}, { tap })
    await desk.until('ended')
    expect(received).toEqual(['220 mail.example.com ESMTP\r\n'])
  })

  it('has its facts at the stage', async () => {
    const { desk } = await open(
      refusing('HTTP/1.1 403 Not Here\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n'),
    )
    await desk.until('ended')
    const failed = desk.events.flatMap((event) =>
      event.type === 'stage' && event.report.status === 'failed' ? [event.report.facts] : [],
    )
    expect(failed).toEqual([
      { path: '/ws/', subprotocol: 'xmpp', status: 403, statusText: 'Not Here', server: 'nginx' },
    ])
  })
})

describe('secrets', () => {
  const cases: readonly (readonly [string, Script, Partial<NotificationOptions>])[] = [
    ['success', {}, {}],
    ['success with a bare JID', {}, { authzid: 'bareJid' }],
    ['failure', { auth: 'failure' }, {}],
    ['a challenge', { auth: 'challenge' }, {}],
    ['a refused bind', { bind: 'conflict' }, {}],
  ]
  it.each(cases)('are never told: %s', async (_name, script, changes) => {
    const { responder, desk, text } = await open(script, changes)
    await responder.seen('<auth')
    if (script.auth === undefined && script.bind === undefined) {
      await desk.until('pinged')
      desk.client.terminate()
    }
    await desk.until('ended')
    const sent = responder.received.join('\n')
    expect(formsOf(PASSWORD).some((form) => sent.includes(form))).toBe(true)
    expect(formsOf(PASSWORD).filter((form) => text().includes(form))).toEqual([])
    expect(text()).toContain('>[redacted]</auth>')
    expect(text()).toContain('mechanism=\\"PLAIN\\"')
  })
})

describe('the end', () => {
  it('is told once, whoever ends it how often', async () => {
    const { responder, desk, lines } = await open()
    await desk.until('pinged')
    responder.drop('rst')
    await desk.until('ended')
    desk.client.terminate()
    await desk.client.close(10)
    expect(lines.filter((line) => line.startsWith('ended'))).toHaveLength(1)
    expect(lines.at(-1)).toMatch(/^ended /)
  })

  it('is told once when hearing of it ends the client again', async () => {
    const responder = await respond({ auth: 'failure' })
    const { tap, lines } = recordingLinkTap()
    const again: LinkTap = {
      ...tap,
      stage: (report, endpoint) => {
        tap.stage(report, endpoint)
        if (report.status === 'failed') desk?.client.terminate()
      },
    }
    desk = openDesk(optionsFor(responder.port), { trust: trusting(ca.cert), tap: again })
    await desk.until('ended')
    expect(lines.slice(-2)).toEqual(['auth failed', 'ended auth'])
    expect(desk.events.filter(({ type }) => type === 'ended')).toHaveLength(1)
  })

  it('comes after the last stage of a client that was given up at once', async () => {
    const { desk, lines } = await open()
    await desk.until('stage', ({ report }) => report.stage === 'tcp' && report.status === 'started')
    desk.client.terminate()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(lines.slice(-2)).toEqual(['tcp failed', 'ended closedByUs'])
  })
})

it('a tap that throws hurts nobody', async () => {
  const broken = (): never => {
    throw new Error('broken')
  }
  const tap: LinkTap = {
    stage: broken,
    chain: broken,
    upgrade: broken,
    frame: broken,
    ready: broken,
    ping: broken,
    pingLost: broken,
    ended: broken,
  }
  const { responder, desk } = await open({}, {}, { tap })
  await desk.until('pinged')
  responder.send(eventFrame({ node: '/finesse/api/User/1071' }))
  await desk.until('notified')
  responder.closeWith(1012)
  expect((await desk.until('ended')).failure).toMatchObject({ kind: 'closed', code: 1012 })
  expect(desk.logged()).toContain('the tap threw {}')
})
