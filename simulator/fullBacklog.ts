import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

export interface FullBacklog {
  readonly port: number
  stop(): Promise<void>
}

/** The shortest queue of waiting connections a listener may have; Linux takes one more than it says. */
const BACKLOG = 1
const FILLERS = BACKLOG + 1

/**
 * A port of this machine where a connection is never made: the listener lives in a thread that stands still, its queue
 * is full, and Linux then drops every further SYN (N5, N25). Elsewhere it may be refused instead.
 */
export async function createFullBacklog(): Promise<FullBacklog> {
  const sleep = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads')
     const server = require('node:net').createServer()
     server.listen({ host: '127.0.0.1', port: 0, backlog: ${String(BACKLOG)} }, () => {
       parentPort.postMessage(server.address().port)
       Atomics.wait(workerData, 0, 0)
       process.exit()
     })`,
    { eval: true, workerData: sleep },
  )
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  const fillers = await Promise.all(Array.from({ length: FILLERS }, () => fill(port)))
  return {
    port,
    stop: async () => {
      for (const filler of fillers) filler.destroy()
      Atomics.store(sleep, 0, 1)
      Atomics.notify(sleep, 0)
      await worker.terminate()
    },
  }
}

function fill(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      resolve(socket)
    })
    socket.once('error', reject)
  })
}
