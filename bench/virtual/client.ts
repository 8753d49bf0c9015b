import { createBench } from '../../src-main/session/testing/bench'
import { createSessionCommands } from '../../src-main/session/commands'
import { createSessionRuntime, type SessionRuntime } from '../../src-main/session/runtime'
import { openVirtualLink } from './link'
import { createVirtualRest } from './rest'
import type { World } from './world'

export interface VirtualClient {
  readonly runtime: SessionRuntime
  signIn(): void
}

/** The shipped session with its reducer, its runtime and its effects, in a virtual world. */
export const createVirtualClient = (world: World, withHeartbeat: boolean): VirtualClient => {
  // What is not about time or network stays as in the session's own tests.
  const { ports: still } = createBench()
  const ports: typeof still = {
    ...still,
    clock: world.clock,
    random: world.random,
    createRest: ({ host }) => createVirtualRest(world, world.nodeAt(host)),
    openNotifications: (options, on) => Promise.resolve(openVirtualLink(world, options, on, withHeartbeat)),
  }
  const runtime = createSessionRuntime(ports)
  const commands = createSessionCommands(runtime, ports)
  return {
    runtime,
    signIn: () =>
      void commands['session.signIn']({
        server: world.nodes[0]?.host ?? '',
        loginId: '1071',
        password: 'not-a-secret',
        extension: '1001071',
        mode: 'replace',
        caFile: null,
      }),
  }
}
