import { webcrypto } from 'node:crypto'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Fault } from '../../simulator/faults/table'
import type { SimulatorOptions } from '../../simulator'
import { run } from '../../simulator/testing'
import { createTranslator } from '../../src-contract/messages/translate'
import type { Problem, ProblemCode } from '../../src-contract/problem'
import { wordProblem } from '../../src-contract/words/problem'
import { createSessionCommands } from './commands'
import { createSessionRuntime } from './runtime'
import { realPorts } from './testing/realPorts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const SECRET = 'marker-password-41c9'

interface Typed {
  readonly server: string
  readonly ca: string | null
  readonly loginId?: string
  readonly password?: string
  readonly extension?: string
}

/** Signs in with the real clients; answers when it is over, one way or the other. */
async function signIn(typed: Typed) {
  const { ports, logged } = realPorts(typed.ca)
  const runtime = createSessionRuntime(ports)
  open.push(() => runtime.stop(500))
  const { server, loginId = '1001', password = SECRET, extension = '2001' } = typed
  const started = performance.now()
  const commands = createSessionCommands(runtime, ports)
  await commands['session.signIn']({
    server,
    loginId,
    password,
    extension,
    mode: 'replace',
    caFile: null,
  })
  await new Promise<void>((resolve) => {
    const check = () => {
      if (runtime.view().slices.session.phase !== 'signingIn') resolve()
    }
    open.push(() => Promise.resolve(off()))
    const off = runtime.onChange(check)
    check()
  })
  const { session } = runtime.view().slices
  const problem =
    session.phase === 'signedOut' ? session.notice : session.phase === 'blocked' ? session.problem : null
  expect(JSON.stringify([runtime.state(), runtime.view(), logged])).not.toContain(password)
  return {
    phase: session.phase,
    problem,
    ms: performance.now() - started,
    held: () => ports.vault.read(),
    commands,
    runtime,
  }
}

/** Whole sentences in both languages: what happened, what it means, what to do, naming what it is about. */
function expectWords(problem: Problem | null, code: ProblemCode, names: string) {
  expect(problem?.code).toBe(code)
  if (problem === null) return
  for (const locale of ['en', 'nl'] as const) {
    const { what, means, cure } = wordProblem(createTranslator(locale), problem)
    for (const sentence of [what, means, cure]) {
      expect(sentence).toMatch(/^\S.*[.]$/)
      expect(sentence).not.toMatch(/[{}]|undefined|null|NaN|: \.|\( ?\)/)
    }
    expect(what).toContain(names)
  }
}

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    const sockets = new Set<Socket>()
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
    })
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    open.push(
      () =>
        new Promise((closed) => {
          for (const socket of sockets) socket.destroy()
          server.close(() => closed())
        }),
    )
  })

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY = 86_400_000

async function selfSigned(name: string, fromDays: number, toDays: number) {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '02',
    name: `CN=${name}`,
    notBefore: new Date(Date.now() + fromDays * DAY),
    notAfter: new Date(Date.now() + toDays * DAY),
    signingAlgorithm: EC,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
  })
  const exported = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { key: x509.PemConverter.encode(exported, 'PRIVATE KEY'), cert: certificate.toString('pem') }
}

/** Limits of the step plus what a busy machine takes. */
const AT_ONCE = 3_000
const CONNECT_STEP = 5_000 + 2_000
const CALL = 10_000 + 2_000

describe('a server that cannot be reached', () => {
  it('names a host that does not exist', async () => {
    const { phase, problem, held } = await signIn({ server: 'no-such-host.invalid', ca: null })
    expect(phase).toBe('signedOut')
    expectWords(problem, 'hostNotFound', 'no-such-host.invalid')
    expect(held()).toBeNull()
  })

  it('names a closed port', async () => {
    const server = createTcpServer()
    const port = await listen(server)
    await new Promise((closed) => server.close(closed))
    const { problem, ms } = await signIn({ server: `127.0.0.1:${String(port)}`, ca: null })
    expectWords(problem, 'connectionRefused', String(port))
    expect(ms).toBeLessThan(AT_ONCE)
  })

  it('does not wait longer than the step for TLS that never begins', async () => {
    const port = await listen(createTcpServer())
    const { problem, ms } = await signIn({ server: `127.0.0.1:${String(port)}`, ca: null })
    expectWords(problem, 'stepTimeout', 'TLS')
    expect(ms).toBeLessThan(CONNECT_STEP)
  }, 20_000)

  it('names a port that is not HTTPS', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    const { problem } = await signIn({ server: `127.0.0.1:${String(port)}`, ca: null })
    expectWords(problem, 'tlsProtocol', '127.0.0.1')
  })
})

describe('a certificate', () => {
  it.each([
    ['expired', 'localhost', -9, -1, true, 'signedOut', 'certificateExpired'],
    ['not yet valid', 'localhost', 1, 9, true, 'signedOut', 'certificateNotYetValid'],
    ['of another name', 'other.example.com', -1, 9, true, 'signedOut', 'certificateWrongHost'],
    ['self-signed', 'localhost', -1, 9, false, 'blocked', 'certificateUntrusted'],
  ] as const)('%s is refused before anything secret is sent', async (...row) => {
    const [, name, from, to, trusted, phase, code] = row
    const identity = await selfSigned(name, from, to)
    const received: Buffer[] = []
    const port = await listen(
      createTlsServer(identity, (socket) => socket.on('data', (data) => received.push(data))),
    )
    const result = await signIn({
      server: `localhost:${String(port)}`,
      ca: trusted ? identity.cert : null,
    })
    expect(result.phase).toBe(phase)
    expectWords(result.problem, code, 'localhost')
    expect(result.ms).toBeLessThan(AT_ONCE)
    expect(received).toEqual([])
  })
})

async function atFinesse(
  faults: readonly Fault[],
  part: Partial<Typed> = {},
  rules: SimulatorOptions['rules'] = {},
) {
  const running = await run({ faults, rules })
  open.push(() => running.stop())
  const { node, agent, info, simulator } = running
  const result = await signIn({
    server: `${node.host}:${String(node.port)}`,
    ca: info.ca,
    loginId: agent.id,
    password: agent.password,
    extension: agent.extension,
    ...part,
  })
  return { ...result, control: simulator.control, agent }
}

describe('a call that is answered by something else', () => {
  const CALLS = [
    ['GET', '/SystemInfo', ['notFinesse', 'outOfService', 'notFinesse']],
    ['PUT', '/User/1', ['httpStatus', 'outOfService', 'answerUnreadable']],
    ['GET', '/User/1', ['httpStatus', 'outOfService', 'answerUnreadable']],
    ['GET', '/Dialogs', ['httpStatus', 'outOfService', 'answerUnreadable']],
  ] as const
  const STATUSES = [404, 503, 200] as const
  const cases = CALLS.flatMap(([method, path, codes]) =>
    STATUSES.map((status, at) => [method, path, status, codes[at] ?? 'internal'] as const),
  )

  it.each(cases)('%s %s with %i and a page: %s', async (method, path, status, code) => {
    const { phase, problem, ms, held } = await atFinesse([
      { name: 'restStatus', status, body: 'html', method, path },
    ])
    expect(phase).toBe('signedOut')
    expectWords(problem, code, 'localhost')
    expect(ms).toBeLessThan(AT_ONCE)
    expect(held()).toBeNull()
  })

  it.each([404, 503, 200])('lists with %i are missed, the desk lives', async (status) => {
    const { phase } = await atFinesse([
      { name: 'restStatus', status, body: 'html', path: '/ReasonCodes' },
      { name: 'restStatus', status, body: 'html', path: '/Team/' },
    ])
    expect(phase).toBe('online')
  })

  it.each([404, 503])('the WebSocket with %i', async (status) => {
    const { phase, problem } = await atFinesse([{ name: 'refuseUpgrade', status }])
    expect(phase).toBe('signedOut')
    expectWords(problem, 'upgradeRefused', String(status))
  })

  it.each([
    ['rest', 'SystemInfo', CALL],
    // Both nodes are silent, and both are tried.
    ['xmpp', '', 2 * CONNECT_STEP],
  ] as const)(
    'silence on %s ends with the step',
    async (scope, names, limit) => {
      const { problem, ms } = await atFinesse([{ name: 'silent', scope }])
      expectWords(problem, 'stepTimeout', names)
      expect(ms).toBeLessThan(limit)
    },
    20_000,
  )
})

describe('what Finesse itself refuses', () => {
  it('a wrong password: one try', async () => {
    const { phase, problem, held, control } = await atFinesse([], { password: 'wrong-password' })
    expect(phase).toBe('blocked')
    expectWords(problem, 'passwordWrong', '')
    expect(held()).toBeNull()
    expect(control.requests().map(({ path }) => path)).toEqual(['/finesse/api/SystemInfo'])
  })

  it('an extension it does not know: error 260 in an event', async () => {
    const { phase, problem, control, agent } = await atFinesse([], { extension: '9999999' })
    expect(phase).toBe('signedOut')
    expectWords(problem, 'extensionUnknown', '9999999')
    expect(problem?.params).toMatchObject({ code: '260' })
    expect(control.agent(agent.id).state).toBe('LOGOUT')
  })

  it('a state without the reason it wants, where the lists could not be read', async () => {
    const { commands, runtime } = await atFinesse(
      [{ name: 'restStatus', status: 503, body: 'html', path: '/ReasonCodes' }],
      {},
      { reasonCodeRequired: true },
    )
    const settled = (target: string) =>
      vi.waitFor(() => {
        expect(
          runtime.view().slices.request?.phase === 'refused' || runtime.view().slices.agent?.state === target,
        ).toBe(true)
        return runtime.view().slices.request
      }, 8_000)
    await commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    expect(await settled('READY')).toBeNull()
    await commands['agent.setState']({ state: 'NOT_READY', reasonCodeId: null })
    expectWords((await settled('NOT_READY'))?.problem ?? null, 'reasonRequired', '')
    expect(runtime.view().slices.agent?.state).toBe('READY')
  })
})
