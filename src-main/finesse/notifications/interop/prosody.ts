import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { TestIdentity } from '../../transport/testing/certificates'

/** Debian's XMPP server: a second, real implementation to hold our client against. */
export interface Prosody {
  readonly httpsPort: number
  readonly componentPort: number
  readonly componentSecret: string
  stop(): Promise<void>
}

/** Looked for, not asked: Debian's `prosody --version` starts a server. */
export const prosodyIsInstalled = (): boolean =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .concat('/usr/bin', '/usr/sbin')
    .some((folder) => existsSync(join(folder, 'prosody')))

const freePort = async (): Promise<number> => {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })

const SECRET = 'component-secret'

const configuration = (folder: string, httpsPort: number, componentPort: number): string => `
local here = "${folder}"
run_as_root = true
pidfile = here.."/pid"; data_path = here.."/data"; certificates = here.."/certs"; log = { info = here.."/log" }
modules_enabled = { "roster", "saslauth", "tls", "disco", "ping", "websocket", "http" }
modules_disabled = { "s2s", "offline" }
authentication = "internal_plain"; storage = "internal"
admins = { "finesse.localhost" }
interfaces = { "127.0.0.1" }; c2s_ports = { }; http_ports = { }
https_ports = { ${String(httpsPort)} }; https_interfaces = { "127.0.0.1" }
https_ssl = { key = here.."/certs/localhost.key", certificate = here.."/certs/localhost.crt" }
http_default_host = "localhost"; http_paths = { websocket = "/ws/" }
component_ports = { ${String(componentPort)} }; component_interfaces = { "127.0.0.1" }
disable_sasl_mechanisms = { "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "DIGEST-MD5" }
VirtualHost "localhost"
  ssl = { key = here.."/certs/localhost.key", certificate = here.."/certs/localhost.crt" }
Component "pubsub.localhost" "pubsub"
  autocreate_on_publish = true; autocreate_on_subscribe = false
  default_node_config = { persist_items = false, access_model = "open", publish_model = "publishers" }
Component "finesse.localhost"
  component_secret = "${SECRET}"
Component "stranger.localhost"
  component_secret = "${SECRET}"
`

/** Starts one in a folder of its own, on free ports. `users`: names and passwords of accounts. */
export const startProsody = async (
  identity: Pick<TestIdentity, 'cert' | 'key'>,
  users: Readonly<Record<string, string>>,
): Promise<Prosody> => {
  const folder = await mkdtemp(join(tmpdir(), 'prosody-'))
  const [httpsPort, componentPort] = [await freePort(), await freePort()]
  const accounts = join(folder, 'data', 'localhost', 'accounts')
  await mkdir(accounts, { recursive: true })
  await mkdir(join(folder, 'certs'))
  await writeFile(join(folder, 'certs', 'localhost.crt'), identity.cert)
  await writeFile(join(folder, 'certs', 'localhost.key'), identity.key)
  for (const [name, password] of Object.entries(users)) {
    await writeFile(
      join(accounts, `${name}.dat`),
      `return { ["password"] = ${JSON.stringify(password)}; };\n`,
    )
  }
  const file = join(folder, 'prosody.cfg.lua')
  await writeFile(file, configuration(folder, httpsPort, componentPort))

  const server = spawn('prosody', ['--config', file, '-F'], { stdio: 'ignore' })
  const exited = once(server, 'exit')
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGKILL')
      await exited
    }
    await rm(folder, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await listens(httpsPort)) && (await listens(componentPort))) {
      return { httpsPort, componentPort, componentSecret: SECRET, stop }
    }
    await delay(100)
  }
  const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '(no log)')
  await stop()
  throw new Error(`prosody did not start:\n${log.slice(-2_000)}`)
}
