import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createFullBacklog } from './fullBacklog'

/** How a connection to the port goes within a while. */
const dial = (port: number) =>
  new Promise<string>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const end = (how: string) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(how)
    }
    const timer = setTimeout(() => {
      end('nothing')
    }, 300)
    socket.on('connect', () => {
      end('connected')
    })
    socket.on('error', ({ message }) => {
      end(message)
    })
  })

test.runIf(process.platform === 'linux')('neither accepts nor refuses; stopped, it refuses', async () => {
  const hole = await createFullBacklog()
  expect([await dial(hole.port), await dial(hole.port)]).toEqual(['nothing', 'nothing'])
  await hole.stop()
  expect(await dial(hole.port)).toContain('ECONNREFUSED')
})
