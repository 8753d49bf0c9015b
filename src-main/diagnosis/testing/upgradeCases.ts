import type { Duplex } from 'node:stream'
import { startResponder, type Script } from '../../finesse/notifications/testing/responder'
import { kept } from '../../finesse/transport/testing/attempt'
import { createServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { httpProxy, tunnelTo } from './places'
import { openLink, provocation, startSite, testCa, type Provocation } from './provoke'

const responding = async (script: Script) => {
  const responder = await startResponder(await (await testCa()).issue(), script)
  await kept({ close: () => responder.stop() })
  return responder
}

const answered = async (script: Script) => (await openLink((await responding(script)).port)).ended()

const raw = (write: (socket: Duplex) => void): Script => ({
  upgrade: (_request, socket) => {
    write(socket)
    return true
  },
})

const status = (line: string, headers = '') =>
  raw((socket) => socket.end(`HTTP/1.1 ${line}\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`))

const refused = (id: Provocation['id'], line: string, headers = '') =>
  provocation(id, `the upgrade is answered ${line}`, () => answered(status(line, headers)))

const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'

export const upgradeCases: readonly Provocation[] = [
  refused('upgrade.stripped', '200 OK'),
  refused('upgrade.stripped', '400 Bad Request'),
  refused('upgrade.stripped', '426 Upgrade Required'),
  refused('upgrade.unauthorized', '401 Unauthorized', 'WWW-Authenticate: Basic\r\n'),
  refused('upgrade.forbidden', '403 Forbidden'),
  refused('upgrade.notFound', '404 Not Found'),
  provocation('upgrade.port7443', '404 on 8445 of a release before 12.6', async () => {
    const responder = await responding(status('404 Not Found'))
    const endpoints = [{ host: 'localhost', port: 8445, path: '/ws/' }]
    const link = await openLink(8445, { endpoints }, await httpProxy(tunnelTo(responder.port)))
    return link.ended({ version: '12.5' })
  }),
  refused('upgrade.notAllowed', '405 Method Not Allowed', 'Allow: POST\r\n'),
  refused('upgrade.gateway', '502 Bad Gateway'),
  refused('upgrade.gateway', '504 Gateway Timeout'),
  refused('upgrade.unavailable', '503 Service Unavailable', 'Retry-After: 7\r\n'),
  refused('upgrade.redirected', '302 Found', 'Location: https://login.example.com/\r\n'),
  provocation('upgrade.redirected', 'the simulator sends to the other node', async () => {
    const site = await startSite({
      faults: [{ name: 'refuseUpgrade', status: 301, location: 'https://fin-b.example.com/ws/' }],
    })
    return (await site.link()).ended()
  }),
  refused('upgrade.refused', '500 Internal Server Error'),
  refused('upgrade.refused', '429 Too Many Requests'),
  provocation('upgrade.unavailable', 'the simulator refuses with 503', async () =>
    (await (await startSite({ faults: [{ name: 'refuseUpgrade' }] })).link()).ended(),
  ),
  provocation('upgrade.badAccept', 'the key of somebody else', () =>
    answered(
      raw((socket) =>
        socket.write(
          `${SWITCHING}Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n`,
        ),
      ),
    ),
  ),
  provocation('upgrade.noSubprotocol', 'the simulator speaks another subprotocol', async () =>
    (await (await startSite({ faults: [{ name: 'wrongSubprotocol' }] })).link()).ended(),
  ),
  provocation('upgrade.noSubprotocol', 'the answer names none', () =>
    answered(raw((socket) => socket.write(`${SWITCHING}Sec-WebSocket-Accept: x\r\n\r\n`))),
  ),
  provocation('upgrade.notHttp', 'XMPP over TLS answers', async () => {
    const { cert, key } = await (await testCa()).issue()
    const server = createServer({ cert, key }, (socket) => {
      socket.on('error', () => undefined)
      socket.end("<?xml version='1.0'?><stream:stream xmlns='jabber:client'>")
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await kept(server)
    return (await openLink((server.address() as AddressInfo).port)).ended()
  }),
  provocation('upgrade.cut', 'the peer hangs up', () => answered(raw((socket) => socket.destroy()))),
  provocation('upgrade.timeout', 'the simulator never answers the upgrade', async () =>
    (await (await startSite({ faults: [{ name: 'upgradeUnanswered' }] })).link()).ended(),
  ),
]
