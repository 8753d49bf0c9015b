import { parseArguments } from './arguments'
import { runCommand } from './commands'
import { createSimulator } from './index'

/*
 * The simulator as a process of its own below the application. It speaks over Electron's parentPort where there is
 * one, otherwise over the channel of child_process.fork, always with the same messages.
 *
 * to us:   {type:'control', id, command, arguments} | {type:'stop'}
 * from us: {type:'ready', info} | {type:'answer', id, answer} | {type:'failed', problem}
 */

interface Channel {
  send(message: unknown): void
  listen(listener: (message: unknown) => void): void
}

/** Electron's utility process: the part used here, so that nothing imports electron. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

const isParentPort = (value: unknown): value is ParentPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value

function channelToParent(): Channel {
  const port: unknown = Reflect.get(process, 'parentPort')
  if (isParentPort(port))
    return {
      send: (message) => {
        port.postMessage(message)
      },
      listen: (listener) => {
        port.on('message', ({ data }) => {
          listener(data)
        })
      },
    }
  return {
    send: (message) => process.send?.(message),
    listen: (listener) => {
      process.on('message', listener)
      process.on('disconnect', () => {
        listener({ type: 'stop' })
      })
    },
  }
}

const channel = channelToParent()
/** The same options as on the command line; life is on unless they say otherwise. */
const options = parseArguments(process.argv.slice(2))
const simulator = createSimulator(options.ok ? options.value.simulator : { life: true })

const field = (message: unknown, name: string): unknown =>
  typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined

channel.listen((message) => {
  switch (field(message, 'type')) {
    case 'control':
      void runCommand(simulator.control, field(message, 'command'), field(message, 'arguments')).then(
        (answer) => {
          channel.send({ type: 'answer', id: field(message, 'id'), answer })
        },
      )
      return
    case 'stop':
      void simulator.stop().finally(() => process.exit(0))
      return
    default:
  }
})

simulator.start().then(
  (info) => {
    channel.send({ type: 'ready', info })
  },
  (error: unknown) => {
    channel.send({ type: 'failed', problem: error instanceof Error ? error.message : String(error) })
    process.exitCode = 1
  },
)
