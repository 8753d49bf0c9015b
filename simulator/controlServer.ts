import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { COMMANDS, runCommand } from './commands'
import type { Control } from './control'

export interface ControlServer {
  /** For example http://127.0.0.1:40123 */
  readonly url: string
  stop(): Promise<void>
}

const LARGEST_BODY = 1024 * 1024

/** The control over HTTP on loopback. No page in a browser may use it: foreign Host and any foreign Origin are refused. */
export async function serveControl(control: Control, port = 0): Promise<ControlServer> {
  const server = createServer((request, response) => {
    void handle(control, request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const actual = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${String(actual)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

const isOwn = (request: IncomingMessage): boolean => {
  const port = String(request.socket.localPort)
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host, origin } = request.headers
  if (host === undefined || !hosts.includes(host)) return false
  return origin === undefined || hosts.includes(origin.replace(/^http:\/\//, ''))
}

async function handle(control: Control, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, value: unknown) => {
    response.writeHead(status, { 'Content-Type': 'application/json;charset=utf-8' })
    response.end(`${JSON.stringify(value)}\n`)
  }
  if (!isOwn(request)) return reply(403, { ok: false, problem: 'foreign Host or Origin' })
  if (request.method === 'GET') {
    const commands = Object.fromEntries(Object.entries(COMMANDS).map(([name, { text }]) => [name, text]))
    return reply(200, { ok: true, commands })
  }
  if (request.method !== 'POST') return reply(405, { ok: false, problem: 'GET lists, POST acts' })
  const body = await textOf(request)
  const parsed = body === null ? null : parse(body)
  if (parsed === null) return reply(400, { ok: false, problem: 'send {"command": ..., "arguments": {...}}' })
  const answer = await runCommand(control, parsed['command'], parsed['arguments'])
  reply(answer.ok ? 200 : 400, answer)
}

function parse(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

async function textOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > LARGEST_BODY) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}
