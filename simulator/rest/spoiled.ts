import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { FaultNamed } from '../faults/table'
import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { befalls } from './forced'
import type { Reply } from './reply'

const XML = 'application/xml;charset=UTF-8'
const MEGABYTE = 1024 * 1024
/** `long`: as R13 of the fault table has it. */
const LONG = 30 * MEGABYTE
/** `gzip`: a few tens of kilobytes on the wire. */
const UNPACKED = 64 * MEGABYTE
const CHUNK = Buffer.alloc(64 * 1024, ' ')

/** Faults between the finished reply and the wire. True: the response is taken care of. */
export function spoil(
  site: Site,
  node: SimulatedNode,
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): boolean {
  const asked = { method: request.method ?? 'GET', path: (request.url ?? '').split('?')[0] ?? '' }
  const lost = site.faults.find(node.name, 'replyLost')
  if (lost !== null && befalls(lost, asked)) {
    site.faults.spend(lost)
    request.socket.destroy()
    return true
  }
  if (reply.status !== 200) return false
  const huge = site.faults.find(node.name, 'hugeReply')
  if (huge !== null && befalls(huge, asked)) return sendHuge(response, huge)
  const wrong = site.faults.find(node.name, 'wrongBody')
  return wrong !== null && befalls(wrong, asked) && sendWrong(response, wrong, reply)
}

function sendHuge(response: ServerResponse, { how }: FaultNamed<'hugeReply'>): true {
  if (how === 'gzip') {
    const packed = gzipSync(Buffer.concat([Buffer.from('<User>'), Buffer.alloc(UNPACKED, ' ')]))
    response.writeHead(200, {
      'Content-Type': XML,
      'Content-Encoding': 'gzip',
      'Content-Length': packed.length,
    })
    response.end(packed)
    return true
  }
  // Without a length the reply is chunked, and nobody knows where it ends.
  response.writeHead(200, { 'Content-Type': XML, ...(how === 'endless' ? {} : { 'Content-Length': LONG }) })
  let left = how === 'endless' ? Infinity : LONG
  const pour = () => {
    while (left > 0 && !response.destroyed) {
      left -= CHUNK.length
      if (!response.write(CHUNK)) return
    }
    if (left <= 0) response.end()
  }
  response.on('drain', pour)
  response.on('error', () => response.destroy())
  pour()
  return true
}

function sendWrong(response: ServerResponse, { how }: FaultNamed<'wrongBody'>, reply: Reply): true {
  if (how === 'json') return end(response, 'application/json;charset=UTF-8', '{"User":{"state":"READY"}}')
  if (how === 'empty') return end(response, XML, '')
  // Latin-1 bytes under a UTF-8 name: letters beyond ASCII are no valid sequence.
  if (how === 'charset')
    return end(
      response,
      XML,
      Buffer.from(reply.body.replaceAll('<firstName>', '<firstName>\u00e9'), 'latin1'),
    )
  return end(response, XML, reply.body.slice(0, Math.max(40, reply.body.length / 2)))
}

function end(response: ServerResponse, type: string, body: Buffer | string): true {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
  return true
}
