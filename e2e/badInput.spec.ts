import * as fs from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { authority, selfSigned } from '../src-main/finesse/transport/testing/certificates'
import { httpsServer, tcpServer, type TestServer } from '../src-main/finesse/transport/testing/servers'
import { desk } from './pages/desk'
import { expect, test } from './fixtures'

const LONGEST_MS = 15_000
const PASSWORD = 'Wr0ng & <secret>'

/** What a server that must not get a password was sent. */
const watched = (answer: RequestListener) => {
  const authorizations: string[] = []
  const listener: RequestListener = (request, response) => {
    if (request.headers.authorization !== undefined) authorizations.push(request.headers.authorization)
    answer(request, response)
  }
  return { authorizations, listener }
}
const page = (status: number, body: string) =>
  watched((_request, response) => response.writeHead(status, { 'Content-Type': 'text/html' }).end(body))

test.describe('addresses and servers that are not right', () => {
  const servers: TestServer[] = []
  test.afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
  })

  test('each gets a sentence, quickly, and nothing typed is lost', async ({
    form,
    page: window,
    profile,
    simulator,
  }) => {
    test.setTimeout(120_000)
    const own = await authority()
    fs.appendFileSync(join(profile.folder, 'ca.pem'), `\n${own.cert}\n`)
    const good = await own.issue()
    const html = page(200, '<html><h1>Welcome to the intranet</h1></html>')
    const missing = page(404, '<html>Not here</html>')
    const unavailable = page(503, '<html>Service unavailable</html>')
    const expired = page(200, '')
    const wrongName = page(200, '')
    const start = async (...server: Parameters<typeof httpsServer>): Promise<string> => {
      const started = await httpsServer(...server)
      servers.push(started)
      return `localhost:${started.port}`
    }
    const day = 86_400_000
    const old = { notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() - 2 * day) }
    const closed = await tcpServer(() => undefined)
    await closed.close()
    const mute = await tcpServer((socket) => socket.on('data', () => undefined))
    const plain = await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    servers.push(mute, plain)

    const table: readonly (readonly [name: string, server: string, says: RegExp])[] = [
      ['a path', 'finesse.example.com/desktop', /not a server address/],
      ['a user in front', 'agent@finesse.example.com', /not a server address/],
      ['another scheme', 'ftp://finesse.example.com', /not a server address/],
      ['an unknown host', 'no-such-host.invalid', /no server named no-such-host\.invalid.*spelling/s],
      ['a closed port', `localhost:${closed.port}`, /localhost refuses connections on port \d+/],
      [
        'a port that says nothing',
        `localhost:${mute.port}`,
        /localhost did not answer within \d+ s at the step “TLS”/,
      ],
      [
        'a port without TLS',
        `localhost:${plain.port}`,
        /No secure connection to localhost|broke off the connection/,
      ],
      ['a web page', await start(good, html.listener), /answered, but not as Finesse does \(HTTP 200\)/],
      ['404', await start(good, missing.listener), /answered, but not as Finesse does \(HTTP 404\)/],
      ['503', await start(good, unavailable.listener), /out of service|HTTP 503/],
      [
        'an expired certificate',
        await start(await own.issue(old), expired.listener),
        /certificate of localhost expired on/,
      ],
      [
        'the name of another server',
        await start(
          await own.issue({ commonName: 'other.example.com', names: ['other.example.com'] }),
          wrongName.listener,
        ),
        /certificate belongs to .*other\.example\.com.*not to localhost/s,
      ],
    ]
    const { agent } = simulator
    for (const [name, server, says] of table) {
      await test.step(name, async () => {
        const began = Date.now()
        await form.signIn({ server, loginId: agent.id, extension: agent.extension, password: PASSWORD })
        const problem = window.getByText(says).first()
        await expect(problem).toBeVisible({ timeout: LONGEST_MS })
        expect(Date.now() - began).toBeLessThan(LONGEST_MS)
        await expect(form.submit).toBeEnabled()
        await expect(form.server).toHaveValue(server)
        await expect(form.loginId).toHaveValue(agent.id)
        await expect(form.extension).toHaveValue(agent.extension)
      })
    }
    for (const { authorizations } of [html, missing, unavailable, expired, wrongName])
      expect(authorizations, 'passwords sent to servers that are not Finesse').toEqual([])
    expect(simulator.control.requests()).toEqual([])
  })
})

test.describe('what Finesse refuses', () => {
  test('a wrong password: one try only, and only the password has to be typed again', async ({
    form,
    page: window,
    simulator,
    t,
  }) => {
    const { agent, address, control } = simulator
    await form.signIn({ server: address, loginId: agent.id, extension: agent.extension, password: PASSWORD })
    await expect(window.getByText(t('problem.passwordWrong.what')).first()).toBeVisible({
      timeout: LONGEST_MS,
    })
    await expect(form.server).toHaveValue(address)
    await expect(form.loginId).toHaveValue(agent.id)
    await expect(form.extension).toHaveValue(agent.extension)
    await expect(form.password).toHaveValue('')
    await expect(form.password).toBeFocused()
    await window.waitForTimeout(1_500)
    const tries =
      control.requests().filter(({ hasAuthorization }) => hasAuthorization).length +
      control.xmppLog().filter(({ direction, text }) => direction === 'in' && text.startsWith('<auth')).length
    expect(tries).toBe(1)

    await form.signIn({ password: agent.password })
    await desk(window, t).shows('state.NOT_READY', LONGEST_MS)
  })

  test('an extension the phone system does not know', async ({ form, page: window, simulator, t }) => {
    const { agent, address } = simulator
    await form.signIn({ server: address, loginId: agent.id, extension: '9999', password: agent.password })
    await expect(
      window.getByText(t('problem.extensionUnknown.what', { extension: '9999' })).first(),
    ).toBeVisible({
      timeout: LONGEST_MS,
    })
    await expect(form.extension).toHaveValue('9999')
    await expect(form.extension).toBeFocused()
    await expect.poll(() => simulator.control.sessions()).toEqual([])
    await form.signIn({ extension: agent.extension, password: agent.password })
    await desk(window, t).shows('state.NOT_READY', LONGEST_MS)
  })

  test('Finesse out of service', async ({ form, page: window, simulator, t }) => {
    simulator.control.setFault({ name: 'outOfService' })
    const { agent, address } = simulator
    await form.signIn({
      server: address,
      loginId: agent.id,
      extension: agent.extension,
      password: agent.password,
    })
    await expect(window.getByText(t('problem.outOfService.what', { host: 'localhost' })).first()).toBeVisible(
      {
        timeout: LONGEST_MS,
      },
    )
  })

  test('every REST call answered with a page of HTML', async ({ form, page: window, simulator }) => {
    simulator.control.setFault({ name: 'restStatus', status: 404, body: 'html', path: '/User/' })
    const { agent, address } = simulator
    await form.signIn({
      server: address,
      loginId: agent.id,
      extension: agent.extension,
      password: agent.password,
    })
    await expect(
      window
        .getByRole('alert')
        .filter({ hasText: /HTTP 404|no agent/ })
        .or(window.getByText(/knows no agent/))
        .first(),
    ).toBeVisible({
      timeout: LONGEST_MS,
    })
    await expect(form.submit).toBeEnabled()
  })
})

test.describe('a certificate nobody vouches for', () => {
  test.use({ trustSimulator: 'no' })

  test('refused: nothing was sent; accepted: signs in, and is not asked again', async ({
    form,
    page: window,
    profile,
    simulator,
    t,
  }) => {
    const identity = await selfSigned()
    const stranger = page(200, '')
    const server = await httpsServer(identity, stranger.listener)
    const { agent, address, control } = simulator
    try {
      await form.signIn({
        server: `localhost:${server.port}`,
        loginId: agent.id,
        extension: agent.extension,
        password: PASSWORD,
      })
      await expect(form.certificate).toContainText(identity.fingerprint256)
      await expect(form.certificate).toContainText(t('ui.certificate.selfSigned'))
      await form.refuse.click()
      await expect(form.certificate).toBeHidden()
      expect(stranger.authorizations).toEqual([])
    } finally {
      await server.close()
    }

    await form.signIn({ server: address, password: agent.password })
    await expect(form.certificate).toBeVisible({ timeout: LONGEST_MS })
    await expect(form.certificate).toContainText('fin-a.localhost')
    await expect(form.certificate).toContainText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)
    expect(control.requests()).toEqual([])
    expect(control.xmppLog()).toEqual([])
    await form.trust.click()
    await desk(window, t).shows('state.NOT_READY', LONGEST_MS)
    await expect.poll(() => profile.settings().pins).toHaveLength(1)
    await expect(form.certificate).toBeHidden()
  })
})
