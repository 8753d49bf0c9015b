import { describe, expect, it } from 'vitest'
import { CHANNELS } from '../../src-contract/channels'
import { commands, type CommandHandlers, type CommandName } from '../../src-contract/commands'
import { err, ok } from '../../src-contract/result'
import { problem } from '../../src-contract/problem'
import { createSenderCheck, registerCommands, type InvokeEvent } from './commandServer'

const event = (part: Partial<InvokeEvent> = {}): InvokeEvent => ({
  sender: { id: 7 },
  senderFrame: { url: 'app://sidetone/index.html', parent: null },
  ...part,
})

function serve() {
  const logged: string[] = []
  const calls: unknown[] = []
  const note = (what: string, fields?: object) => void logged.push(`${what} ${JSON.stringify(fields ?? {})}`)
  const taken = (input: unknown) => {
    calls.push(input)
    return ok(null)
  }
  const names = Object.keys(commands) as readonly CommandName[]
  const handlers = {
    ...Object.fromEntries(names.map((name) => [name, taken])),
    'session.reconnectNow': () => {
      throw new Error('secret text of a bug')
    },
    'session.takeOver': () => Promise.reject(new Error('secret text of a bug')),
    'session.dismiss': () => err(problem('notAllowedNow')),
    'signIn.chooseCaFile': () => ok({ path: null }),
  } as unknown as CommandHandlers
  const listeners = new Map<string, (event: InvokeEvent, ...args: unknown[]) => unknown>()
  registerCommands({
    ipcMain: {
      handle: (channel, listener) => void listeners.set(channel, listener),
      removeHandler: (channel) => void listeners.delete(channel),
    },
    isAllowed: createSenderCheck({ contents: (id) => id === 7, origins: ['app://sidetone'] }),
    handlers,
    log: { debug: note, info: note, warn: note, error: note },
    subscribe: () => {
      calls.push('subscribe')
      throw new Error('not in this test')
    },
  })
  const invoke = async (from: InvokeEvent, name: unknown, input: unknown): Promise<unknown> =>
    listeners.get(CHANNELS.command)?.(from, name, input)
  const subscribe = (from: InvokeEvent): unknown => listeners.get(CHANNELS.subscribe)?.(from)
  return { calls, logged, invoke, subscribe }
}

describe('command server', () => {
  it('runs a known command with fitting input', async () => {
    const { invoke, calls } = serve()
    const input = { state: 'READY', reasonCodeId: null }
    expect(await invoke(event(), 'agent.setState', input)).toEqual({ ok: true, value: null })
    expect(calls).toEqual([input])
  })

  it.each([
    ['another window', event({ sender: { id: 8 } })],
    ['a frame inside the page', event({ senderFrame: { url: 'app://sidetone/', parent: {} } })],
    ['another origin', event({ senderFrame: { url: 'https://sidetone/', parent: null } })],
    ['another host of our scheme', event({ senderFrame: { url: 'app://evil/', parent: null } })],
    ['no frame', event({ senderFrame: null })],
    ['an unreadable address', event({ senderFrame: { url: 'nonsense', parent: null } })],
  ])('refuses %s before looking at what it sent', async (_name, from) => {
    const { invoke, subscribe, calls, logged } = serve()
    expect(await invoke(from, 'agent.setState', { state: 'READY', reasonCodeId: null })).toMatchObject({
      ok: false,
    })
    expect(() => subscribe(from)).toThrow('may not')
    expect(calls).toEqual([])
    expect(logged.join()).toContain('ipc.refused')
  })

  it.each([
    ['an unknown command', 'agent.explode', {}],
    ['a name of Object', 'constructor', {}],
    ['something that is no name', 42, {}],
    ['a missing field', 'agent.setState', { state: 'READY' }],
    ['a field too many', 'agent.setState', { state: 'READY', reasonCodeId: null, extra: 1 }],
    ['a foreign value', 'agent.setState', { state: 'LOGOUT', reasonCodeId: null }],
    ['a text too long', 'session.givePassword', { password: 'x'.repeat(2000) }],
  ])('refuses %s', async (_name, command, input) => {
    const { invoke, calls } = serve()
    expect(await invoke(event(), command, input)).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(calls).toEqual([])
  })

  it.each(['session.reconnectNow', 'session.takeOver'])('turns the bug in %s into a value', async (name) => {
    const { invoke, logged } = serve()
    expect(await invoke(event(), name, {})).toEqual({
      ok: false,
      error: problem('internal', { message: name }),
    })
    expect(logged.join()).toContain('command.failed')
    expect(logged.join()).not.toContain('secret text')
  })

  it('passes an expected refusal on as it is', async () => {
    const { invoke } = serve()
    expect(await invoke(event(), 'session.dismiss', {})).toEqual({
      ok: false,
      error: problem('notAllowedNow'),
    })
  })

  it('never logs what does not fit', async () => {
    const { invoke, logged } = serve()
    await invoke(event(), 'session.givePassword', { password: 'marker-password', extra: 'marker-password' })
    expect(logged).not.toEqual([])
    expect(logged.join()).not.toContain('marker-password')
  })
})
