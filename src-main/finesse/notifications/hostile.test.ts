import fs from 'node:fs'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { faultTest, type FaultRun } from '../../testing/faultTest'
import { authority, type TestIdentity } from '../transport/testing/certificates'
import type { Trust } from '../transport/trust'
import { readFrame } from './frame'
import { openDesk, optionsFor, trusting, watchDesk, type Desk } from './testing/desk'
import { escaped, escapedUpdate, eventFrame, startResponder, type Responder } from './testing/responder'

const NODE = '/finesse/api/User/1071'
const MIB = 1024 * 1024

let identity: TestIdentity
let trust: Trust
let responder: Responder
let desk: Desk

beforeAll(async () => {
  const ca = await authority()
  identity = await ca.issue()
  trust = trusting(ca.cert)
})

afterEach(async () => {
  desk.client.terminate()
  await responder.stop()
})

const live = async (): Promise<void> => {
  responder = await startResponder(identity)
  desk = openDesk(optionsFor(responder.port), { trust })
  await desk.until('pinged')
}

const endings = () => desk.events.filter(({ type }) => type === 'ended')

/** Everything sent before it has been read when this one arrives. */
const settled = async (): Promise<void> => {
  responder.send(eventFrame({ node: NODE, id: 'last', content: escapedUpdate('LAST') }))
  await desk.until('notified', ({ itemId }) => itemId === 'last')
}

const refusedAtOnce = async (t: FaultRun, frame: string): Promise<void> => {
  await live()
  watchDesk(t, desk)
  const before = performance.now()
  responder.send(frame)
  const { failure } = await desk.until('ended')
  expect(failure.kind).toBe('malformed')
  expect(performance.now() - before).toBeLessThan(500)
  responder.send(eventFrame({ node: NODE }))
  expect(endings()).toHaveLength(1)
  expect(desk.events.at(-1)?.type).toBe('ended')
}

const many = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join('')

const itemsFrame = (count: number): string => {
  const [, before = '', item = '', after = ''] =
    /^([^]*?)(<item [^]*<\/item>)([^]*)$/.exec(eventFrame({ node: NODE, content: escapedUpdate() })) ?? []
  return before + many(count, (at) => item.replace('id="i1"', `id="i${String(at)}"`)) + after
}

const NOT_WELL_FORMED = {
  mismatched: '<message><a></message>',
  'two roots': '<message/><message/>',
  'no XML at all': 'not xml',
  'a control character': '<message>\u0000</message>',
  'a reference to one': '<message>&#0;</message>',
  'a lone surrogate by number': '<message>&#xD800;</message>',
  'an attribute twice': '<message a="1" a="2"/>',
}
const ENTITIES = {
  'in a text': '<message xmlns="jabber:client"><body>&bogus;</body></message>',
  'in an attribute': '<message xmlns="jabber:client" from="&lol;"/>',
}
const DOCTYPES = {
  'billion laughs': `<!DOCTYPE lolz [<!ENTITY a "lol">${many(20, (at) => `<!ENTITY a${String(at)} "&a;&a;&a;&a;">`)}]><message>&a19;</message>`,
  'quadratic growth': `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(100_000)}">]><message>${'&a;'.repeat(10_000)}</message>`,
  'an external entity': '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><message>&f;</message>',
  'an external subset': '<!DOCTYPE x SYSTEM "file:///etc/passwd"><message/>',
}
const TOO_MUCH = {
  'nesting of 100,000': '<a>'.repeat(100_000),
  '60,000 attributes': `<message ${many(60_000, (at) => `a${String(at)}="" `)}/>`,
  '6,000 elements': `<message>${'<a/>'.repeat(6_000)}</message>`,
  'a megabyte of brackets': `<message><![CDATA[${']'.repeat(1_000_000)}]]></message>`,
  'half a megabyte of them, one by one': `<message><![CDATA[${']x'.repeat(500_000)}]]></message>`,
  '200,000 references': `<message a="${'&lt;'.repeat(200_000)}"/>`,
  '500,000 lines': `<message>${'\r\n'.repeat(500_000)}</message>`,
  '130,000 comments': `<message>${'<!---->'.repeat(130_000)}</message>`,
  '101 items': itemsFrame(101),
}

describe('a frame that must not be ends the connection once, at once and cleanly', () => {
  for (const [name, frame] of Object.entries(NOT_WELL_FORMED))
    faultTest('X1', `not well-formed: ${name}`, (t) => refusedAtOnce(t, frame))

  for (const [name, frame] of Object.entries(ENTITIES))
    faultTest('X3', `an unknown entity ${name}`, (t) => refusedAtOnce(t, frame))

  for (const [name, frame] of Object.entries(DOCTYPES))
    faultTest('X4', `${name}: refused, and no file is read`, async (t) => {
      const reads = (['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream'] as const).map(
        (method) => vi.spyOn(fs, method),
      )
      await refusedAtOnce(t, frame)
      expect(reads.flatMap((read) => read.mock.calls)).toEqual([])
      for (const read of reads) read.mockRestore()
    })

  for (const [name, frame] of Object.entries(TOO_MUCH))
    faultTest('X6', `within a megabyte, ${name}`, (t) => refusedAtOnce(t, frame))

  /** CPU time, ms, best of five: what it costs where the machine is not busy with something else. */
  const cost = (frame: string): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const start = process.cpuUsage()
        expect(readFrame(frame).ok).toBe(false)
        const { user, system } = process.cpuUsage(start)
        return (user + system) / 1000
      }),
    )

  faultTest('X4', 'it costs less than 10 ms to refuse', (t) => {
    t.watch()
    for (const [name, frame] of Object.entries(DOCTYPES)) expect(cost(frame), name).toBeLessThan(10)
  })

  for (const [name, frame] of Object.entries(TOO_MUCH))
    faultTest('X6', `it costs less than 30 ms to refuse ${name}`, (t) => {
      t.watch()
      expect(cost(frame)).toBeLessThan(30)
    })

  for (const [name, size] of [
    ['one byte over 1 MiB', MIB + 1],
    ['50 MB', 50_000_000],
  ] as const)
    faultTest('X5', `${name}: refused by its length, unread, and the server is told 1009`, async (t) => {
      await live()
      const told = responder.closed()
      const head = Buffer.from([0x81, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0])
      head.writeUInt32BE(size, 6)
      const before = process.memoryUsage().rss
      watchDesk(t, desk)
      responder.sendRaw(head)
      responder.sendRaw(Buffer.alloc(64 * 1024, 'x'))
      expect((await desk.until('ended')).failure).toEqual({ kind: 'tooLarge', limitBytes: MIB })
      expect(await told).toBe(1009)
      expect(process.memoryUsage().rss - before).toBeLessThan(20 * MIB)
    })

  faultTest('X5', 'a message of exactly 1 MiB is read', async (t) => {
    await live()
    const frame = `<message>${'x'.repeat(MIB - '<message></message>'.length)}</message>`
    watchDesk(t, desk)
    responder.send(frame)
    await settled()
    expect(endings()).toHaveLength(0)
  })

  faultTest('X6', 'a message of 100 items is read', async (t) => {
    await live()
    watchDesk(t, desk)
    responder.send(itemsFrame(100))
    await settled()
    expect(desk.events.filter(({ type }) => type === 'notified')).toHaveLength(101)
  })

  for (const [name, frame] of [
    ['a million attributes', `<message ${many(1_000_000, (at) => `a${String(at)}="" `)}/>`],
    ['an attribute of 10 MB', `<message a="${'x'.repeat(10_000_000)}"/>`],
  ] as const)
    faultTest('X6', `${name}: too long to be read at all`, async (t) => {
      await live()
      watchDesk(t, desk)
      responder.send(frame)
      expect((await desk.until('ended')).failure.kind).toBe('tooLarge')
    })

  faultTest('N27', 'a binary message', async (t) => {
    await live()
    watchDesk(t, desk)
    responder.sendBinary(Buffer.from('<message/>'))
    expect((await desk.until('ended')).failure.kind).toBe('malformed')
  })

  for (const [name, bytes, problem] of [
    ['reserved bits', [0xf1, 0x01, 0x41], 'WS_ERR_UNEXPECTED_RSV_2_3'],
    ['a compressed message nobody agreed to', [0xc1, 0x01, 0x41], 'WS_ERR_UNEXPECTED_RSV_1'],
    ['an unknown opcode', [0x83, 0x01, 0x41], 'WS_ERR_INVALID_OPCODE'],
    ['a masked frame from the server', [0x81, 0x81, 1, 2, 3, 4, 0x41], 'WS_ERR_UNEXPECTED_MASK'],
    ['a ping of 126 bytes', [0x89, 0x7e, 0x00, 0x7e], 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH'],
    ['a text that is not UTF-8', [0x81, 0x02, 0xc3, 0x28], 'WS_ERR_INVALID_UTF8'],
  ] as const)
    faultTest('N27', `${name}: refused by its name`, async (t) => {
      await live()
      watchDesk(t, desk)
      responder.sendRaw(Buffer.from(bytes))
      expect((await desk.until('ended')).failure).toEqual({ kind: 'malformed', problem })
      expect(endings()).toHaveLength(1)
    })

  faultTest('N27', 'a flood of WebSocket pings ends it', async (t) => {
    await live()
    watchDesk(t, desk)
    const ping = Buffer.from([0x89, 0x04, 1, 2, 3, 4])
    for (let round = 0; round < 50 && endings().length === 0; round += 1) {
      responder.sendRaw(Buffer.concat(Array.from({ length: 200 }, () => ping)))
      await new Promise(setImmediate)
    }
    expect((await desk.until('ended')).failure).toEqual({ kind: 'closed', code: 1006, reason: '' })
    expect(endings()).toHaveLength(1)
  })
})

describe('a truncated frame', () => {
  faultTest(
    'X2',
    'with good ones behind it ends the connection; none of them is mixed up with it',
    async (t) => {
      await live()
      watchDesk(t, desk)
      responder.send('<message><body>trunc')
      for (const id of ['a', 'b', 'c']) responder.send(eventFrame({ node: NODE, id }))
      expect((await desk.until('ended')).failure.kind).toBe('malformed')
      expect(desk.events.filter(({ type }) => type === 'notified')).toEqual([])
      // The good ones come again when the next connection reads everything anew.
      await responder.stop()
      await live()
      await settled()
    },
  )
})

describe('hostile names and texts', () => {
  faultTest('X8', 'names like properties of JavaScript objects are plain data', async (t) => {
    await live()
    watchDesk(t, desk)
    const hostile = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype', 'valueOf']
    const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype))
    for (const name of hostile) {
      responder.send(`<message xmlns="jabber:client" ${name}="1"><${name} polluted="yes"/></message>`)
      responder.send(`<${name} ${name}="x"/>`)
      const variable = `<CallVariable><name>${name}</name><value>polluted</value></CallVariable>`
      const dialog = `<Dialog><id>1</id><${name}>x</${name}><mediaProperties><callvariables>${variable}</callvariables><${name}>polluted</${name}></mediaProperties></Dialog>`
      responder.send(
        eventFrame({
          node: `${NODE}/Dialogs`,
          id: name,
          content: escaped(
            `<Update><data><dialogs>${dialog}</dialogs></data><event>POST</event><source>/x</source></Update>`,
          ),
        }),
      )
    }
    await settled()
    const dialogs = desk.events.flatMap((event) =>
      event.type === 'notified' && event.update.data?.kind === 'dialogs' ? [event.update.data.value[0]] : [],
    )
    expect(
      dialogs.map((dialog) => dialog?.mediaProperties?.callVariables.map(({ name, value }) => [name, value])),
    ).toEqual(hostile.map((name) => [[name, 'polluted']]))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before)
    expect(endings()).toHaveLength(0)
  })

  faultTest('X9', 'odd characters arrive as they are or are refused, and nothing throws', async (t) => {
    await live()
    watchDesk(t, desk)
    const texts = {
      turned: 'abc\u202Edef\u2066x',
      invisible: 'a\u200B\uFEFF\u00AD',
      huge: 'n'.repeat(64 * 1024),
      emoji: '\u{1F469}\u200D\u{1F4BB}'.repeat(500),
    }
    for (const [id, text] of Object.entries(texts)) {
      const content = escaped(
        `<Update><data><user><loginId>1071</loginId><firstName>${text}</firstName></user></data><event>PUT</event><source>${NODE}</source></Update>`,
      )
      responder.send(eventFrame({ node: NODE, id, content }))
    }
    for (const [id, text] of [
      ['control', '&#1;'],
      ['surrogate', '&#xDC00;'],
    ] as const) {
      const content = escaped(`<Update><data><user><firstName>${text}</firstName></user></data></Update>`)
      responder.send(eventFrame({ node: NODE, id, content }))
    }
    await settled()
    const names = desk.events.flatMap((event) =>
      event.type === 'notified' && event.update.data?.kind === 'user' && event.itemId !== 'last'
        ? [event.update.data.value.firstName]
        : [],
    )
    expect(names).toHaveLength(4)
    expect(names[0]).toBe(texts.turned)
    expect(desk.events.filter(({ type }) => type === 'undecodable')).toHaveLength(2)
    expect(endings()).toHaveLength(0)
  })

  faultTest(
    'X10',
    'unknown events, missing fields and wrong types are read as far as possible',
    async (t) => {
      await live()
      watchDesk(t, desk)
      const contents = [
        '<Update/>',
        '<Update><data/></Update>',
        '<Update><data/><event>EXPLODE</event><source>/x</source></Update>',
        '<Update><data><unheardOf><a>1</a></unheardOf></data><event>PUT</event></Update>',
        '<Update><data><user/></data><event>PUT</event></Update>',
        '<Update><data><user><state/><stateChangeTime>soon</stateChangeTime><teams><Team/></teams></user></data><event>PUT</event></Update>',
        '<Update><data><dialogs><Dialog><id/><participants><Participant><actions/></Participant></participants></Dialog></dialogs></data><event>PUT</event></Update>',
        '<Surprise/>',
      ]
      for (const [at, content] of contents.entries())
        responder.send(eventFrame({ node: NODE, id: String(at), content: escaped(content) }))
      await settled()
      const told = desk.events.filter(
        (event) => event.type === 'undecodable' || (event.type === 'notified' && event.itemId !== 'last'),
      )
      expect(told).toHaveLength(contents.length)
      expect(endings()).toHaveLength(0)
    },
  )

  it('frames that mean nothing are ignored: white space, unknown stanzas', async () => {
    await live()
    for (const frame of [' ', '', '<html><body>502</body></html>']) responder.send(frame)
    await settled()
    expect(endings()).toHaveLength(0)
  })
})
