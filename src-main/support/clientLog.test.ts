import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TraceEntry } from '../../src-contract/inspector'
import { CLIENT_LOG_BYTES, clientLogBytes, sendClientLog } from '../finesse/rest/clientLog'
import { createTrust } from '../finesse/transport/trust'
import { inspectedDesk } from '../inspector/testing/inspectedDesk'
import { clientLogOf } from './clientLog'
import { listContents, NO_SECRETS } from './testing/contents'
import { EMPTY_HEALTH } from './testing/listSource'
import { failedAttempt, SAMPLE_AT } from './testing/samples'

const entryOf = (seq: number, text: string): TraceEntry => ({
  seq,
  at: SAMPLE_AT + seq,
  direction: 'received',
  kind: 'event',
  server: 'a:1',
  line: `event ${String(seq)}`,
  bytes: 1,
  failed: false,
  text,
})

const textOf = async (...args: Parameters<typeof clientLogOf>): Promise<string> => {
  const made = await clientLogOf(...args)
  if (!made.ok) throw new Error(made.error.file)
  return made.value
}

describe('the log for Finesse', () => {
  it('tells causes, disconnects and failed attempts before the trace, the newest first', async () => {
    const contents = listContents({
      attempts: [failedAttempt({ id: 3 }), failedAttempt({ id: 4 })],
      health: {
        ...EMPTY_HEALTH,
        disconnects: [
          {
            from: SAMPLE_AT,
            to: SAMPLE_AT + 4_000,
            fromNode: 'A',
            toNode: 'B',
            problem: { code: 'pingTimeout', params: { seconds: 8 } },
            cause: { id: 'unknown', params: {} },
            tries: 2,
          },
        ],
      },
      entries: [entryOf(7, '<a/>'), entryOf(8, '<b/>')],
    })
    expect((await textOf(contents, NO_SECRETS, SAMPLE_AT)).split('\n')).toEqual([
      'Sidetone 0.1.0 linux x64 fin-a.example.com:8445 2026-01-20T09:00:00.000Z',
      'electron 33.2.1 node 20.18.1',
      'server=fin-a.example.com (file)',
      'cause unknown 2 times',
      'disconnect 2026-01-20T09:00:00.000Z 4000 ms A to B tries 2 cause unknown problem pingTimeout seconds=8',
      expect.stringMatching(
        /^attempt 4 .* fin-a.example.com:8445 failed at dns cause unknown problem hostNotFound /,
      ),
      '  dns failed 30 ms problem hostNotFound',
      expect.stringMatching(/^attempt 3 /),
      '  dns failed 30 ms problem hostNotFound',
      '2026-01-20T09:00:00.008Z event received a:1 event 8',
      '<b/>',
      '2026-01-20T09:00:00.007Z event received a:1 event 7',
      '<a/>',
      '',
    ])
  })

  it('a whole shift is cut to what Finesse takes, and the newest is kept', async () => {
    const entries = Array.from({ length: 4_000 }, (_, seq) =>
      entryOf(seq, '<Update>&amp;</Update>'.repeat(30)),
    )
    const text = await textOf(listContents({ entries }), NO_SECRETS, SAMPLE_AT)
    expect(clientLogBytes(text)).toBeLessThanOrEqual(CLIENT_LOG_BYTES)
    expect(clientLogBytes(text)).toBeGreaterThan(CLIENT_LOG_BYTES - 10_000)
    expect(text).toContain('event 3999\n')
    expect(text).not.toContain('event 5\n')
  })

  it('keeps to any limit, whatever the texts are made of', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('&<>\r\u0000'.repeat(50))), {
          maxLength: 30,
        }),
        fc.integer({ min: 60, max: 5_000 }),
        async (texts, maxBytes) => {
          const contents = listContents({ entries: texts.map((text, seq) => entryOf(seq, text)) })
          expect(clientLogBytes(await textOf(contents, NO_SECRETS, SAMPLE_AT, maxBytes))).toBeLessThanOrEqual(
            maxBytes,
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is redacted, and refused when that did not help', async () => {
    const contents = listContents({ entries: [entryOf(1, 'hunter22')] })
    const masks = {
      redact: (text: string) => text.replaceAll('hunter22', '[redacted]'),
      holdsSecret: (text: string) => text.includes('hunter22'),
    }
    expect(await textOf(contents, masks, SAMPLE_AT)).toContain('[redacted]')
    expect(await clientLogOf(contents, { ...masks, redact: (text) => text }, SAMPLE_AT)).toEqual({
      ok: false,
      error: { code: 'secretFound', file: 'ClientLog' },
    })
  })

  it('is what Finesse takes from the agent, and from nobody else', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    const { inspector, redactor, agent, nodeA, info, clock } = desk
    const contents = listContents(
      {},
      { source: inspector.source, trace: inspector.state().trace, rawTrace: inspector.rawTrace },
    )
    const text = await textOf(contents, { redact: redactor.redact, holdsSecret: redactor.holds }, clock.now())
    expect(text).toMatch(/ event received localhost:\d+ /)
    const send = (userId: string) =>
      sendClientLog(
        {
          host: nodeA.host,
          port: nodeA.port,
          trust: createTrust({ extraCaPem: info.ca, pins: [] }),
          credentials: () => ({ id: agent.id, password: agent.password }),
          clock,
        },
        { userId, text, requestId: 'log1' },
      )
    expect(await send(agent.id)).toEqual({ ok: true, value: { status: 202, requestId: 'log1' } })
    const colleague = info.agents.find(({ id }) => id !== agent.id)?.id ?? ''
    expect(await send(colleague)).toMatchObject({ ok: false, error: { kind: 'status' } })
  })
})
