import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, it } from 'vitest'
import { inspectedDesk } from '../inspector/testing/inspectedDesk'
import { createRedactor } from '../platform/redact'
import { NUMBERS, VARIABLES } from '../testing/customers'
import { formsOf } from '../testing/secrets'
import { openArchive } from './bundle/archive'
import type { Masks } from './bundle/masks'
import { openBundle } from './bundle/read'
import { writeBundle, type BundleContents } from './bundle/write'
import { clientLogOf } from './clientLog'
import { harOf } from './har'
import { listContents, removeFolders, temporaryFolder } from './testing/contents'

afterEach(removeFolders)

const PASSWORD = 'Zx9!sécret&<"\\\'$1 ü'
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.c2lkZXRvbmUtdGVzdA.Q2lzY28tRmluZXNzZQ'
const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** Where a server or a proxy could put somebody's secret. */
const leaks = (secret: string): readonly string[] => [
  `<a>${xml(secret)}</a>`,
  `<a b="${xml(secret)}"/>`,
  `<body>${xml(`<c>${xml(secret)}</c>`)}</body>`,
  `<d>${JSON.stringify({ said: secret })}</d>`,
  `<e>/x?y=${encodeURIComponent(secret)}&z=1</e>`,
  `<f>${base64(secret)} ${base64(`u:${secret}`)} ${base64(`\u0000me\u0000${secret}`)}</f>`,
]

const dialogOf = (number: string, variable: string): string =>
  `<Dialog><fromAddress>${number}</fromAddress><toAddress>2001</toAddress><mediaProperties><dialedNumber>${number}</dialedNumber>` +
  `<callvariables><CallVariable><name>callVariable1</name><value>${variable}</value></CallVariable>` +
  `<CallVariable><name>user.x</name><value>call back ${number}</value></CallVariable></callvariables></mediaProperties></Dialog>`

const eventOf = (payload: string): string =>
  `<message xmlns="jabber:client" from="pubsub.fin-a.example.com"><event xmlns="http://jabber.org/protocol/pubsub#event">` +
  `<items node="/finesse/api/User/1071/Dialogs"><item id="1"><notification xmlns="http://jabber.org/protocol/pubsub">` +
  `${xml(`<Update><data>${payload}</data></Update>`)}</notification></item></items></event></message>`

/** A shift with everything planted in it that must not be told, seen by the inspector of a real session. */
const plantedShift = async () => {
  const desk = await inspectedDesk(onTestFinished)
  const { redactor, inspector, clock } = desk
  for (const secret of [PASSWORD, TOKEN]) redactor.register(secret)
  await desk.online()
  desk.control.ringAgent(desk.agent.id, {
    from: NUMBERS[0] ?? '',
    queue: null,
    variables: VARIABLES.map((value, at) => ({ name: `callVariable${String(at + 1)}`, value })),
  })
  await desk.until(({ collections }) => collections.calls.size > 0)

  const link = inspector.linkTap({ node: 'B', mode: 'replace', resource: 'desktop' })
  const rest = inspector.restTap('fin-b.example.com:8445')
  const endpoint = { host: 'fin-b.example.com', port: 8445, path: '/ws/' }
  link.stage({ stage: 'dns', status: 'started', at: clock.now(), facts: {} }, endpoint)
  link.upgrade(
    'sent',
    `GET /ws/?token=${TOKEN} HTTP/1.1\r\nCookie: JSESSIONID=${TOKEN}\r\nAuthorization: Bearer ${TOKEN}`,
    clock.now(),
  )
  link.upgrade(
    'received',
    `HTTP/1.1 403 No\r\nSet-Cookie: a=${TOKEN}\r\n\r\n<p>${xml(PASSWORD)} ${TOKEN}`,
    clock.now(),
  )
  for (const secret of [PASSWORD, TOKEN])
    for (const leak of leaks(secret)) link.frame('received', leak, clock.now())
  for (const [at, number] of NUMBERS.entries()) {
    const variable = VARIABLES[at % VARIABLES.length] ?? ''
    link.frame('received', eventOf(dialogOf(number, xml(variable))), clock.now())
    rest.requested(
      at + 1,
      {
        method: 'PUT',
        path: `/finesse/api/Dialog/7?number=${encodeURIComponent(number)}`,
        headers: { authorization: `Basic ${base64(`1071:${PASSWORD}`)}` },
        body: `<Dialog><toAddress>${number}</toAddress></Dialog>`,
      },
      clock.now(),
    )
    rest.answered(
      at + 1,
      {
        status: 200,
        statusText: 'OK',
        headers: [['Set-Cookie', `JSESSIONID=${TOKEN}`]],
        body: dialogOf(number, xml(variable)),
        bytes: 1,
        roundTripMs: 5,
      },
      clock.now(),
    )
    rest.finished(at + 1, null, clock.now())
  }
  link.ended({ kind: 'upgrade', status: 403, retryAfterMs: null, location: `/?t=${TOKEN}` }, clock.now())
  const masks: Masks = { redact: redactor.redact, holdsSecret: redactor.holds }
  return { desk, masks }
}

const contentsOf = (
  { inspector }: Awaited<ReturnType<typeof inspectedDesk>>,
  over: Partial<BundleContents> = {},
): BundleContents => ({
  source: inspector.source,
  trace: inspector.state().trace,
  rawTrace: inspector.rawTrace,
  server: 'fin-a.example.com:8445',
  version: '0.1.0',
  platform: 'linux x64',
  versions: { node: '20.18.1' },
  settings: [],
  logs: [],
  ...over,
})

const filesIn = async (path: string): Promise<ReadonlyMap<string, string>> => {
  const archive = await openArchive(path)
  if (!archive.ok) throw new Error(archive.error.code)
  const files = new Map<string, string>()
  for (const name of archive.value.sizes.keys()) {
    const text = await archive.value.text(name, null)
    if (!text.ok) throw new Error(name)
    files.set(name, text.value)
  }
  await archive.value.close()
  return files
}

/** What of the planted is in a text. */
const foundIn = (text: string, secrets: readonly string[]): readonly string[] =>
  [
    ...secrets.flatMap(formsOf),
    ...NUMBERS,
    ...NUMBERS.map((number) => encodeURIComponent(number)),
    // Without anything between the digits, and without the country's or the trunk's part.
    ...NUMBERS.map((number) => number.replace(/\D/g, '').slice(-8)),
    ...VARIABLES,
  ].filter((form) => text.includes(form))

it('what was planted is in no file of a bundle, in no HAR and in no client log', async () => {
  const { desk, masks } = await plantedShift()
  const secrets = [PASSWORD, TOKEN, desk.agent.password]
  const folder = await temporaryFolder()
  // A log of somebody else's making: the second masking has to find what the first one never saw.
  const log = join(folder, 'sidetone.log')
  await writeFile(
    log,
    `${PASSWORD}\n${encodeURIComponent(PASSWORD)}\nAuthorization: Basic ${base64(`a:${PASSWORD}`)}\n`,
  )
  const contents = contentsOf(desk, {
    logs: [log],
    settings: [{ name: 'server', value: `https://x/?token=${TOKEN}`, source: 'commandLine' }],
    server: `a${TOKEN}:1`,
  })
  const path = join(folder, 'a.zip')
  const written = await writeBundle(path, { contents, masks, createdAt: desk.clock.now() })
  if (!written.ok) throw new Error(JSON.stringify(written.error))
  const files = await filesIn(path)
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['manifest.json', 'attempts.json', 'logs/sidetone.log']),
  )
  for (const [name, text] of files) expect([name, foundIn(text, secrets)]).toEqual([name, []])

  const all = [...files.values()].join('\n')
  // It was there to be found: the shift is told, with marks in place of what was taken out.
  for (const mark of ['[redacted]', '[number 1]', '[variable 1]', 'callVariable1', 'fin-b.example.com'])
    expect(all).toContain(mark)
  expect(written.value.masked.numbers).toBeGreaterThan(2 * NUMBERS.length)
  expect(written.value.masked.callVariables).toBeGreaterThan(2 * NUMBERS.length)
  expect(written.value.masked.secrets).toBeGreaterThan(20)

  for (const { id } of contents.source.attempts()) {
    const attempt = contents.source.attempt(id)
    if (attempt === null) continue
    expect(foundIn(JSON.stringify(harOf(attempt, contents)), secrets)).toEqual([])
  }
  const sent = await clientLogOf(contents, masks, desk.clock.now())
  expect(sent.ok && foundIn(sent.value, secrets)).toEqual([])
  expect(sent.ok && sent.value).toContain('fin-b.example.com:8445')
})

it('nothing is written while a registered secret is still found', async () => {
  const { desk, masks } = await plantedShift()
  const folder = await temporaryFolder()
  const log = join(folder, 'sidetone.log')
  await writeFile(log, `once ${PASSWORD}`)
  const contents = contentsOf(desk, { logs: [log] })
  const blind = { ...masks, redact: (text: string) => text }
  const written = await writeBundle(join(folder, 'a.zip'), { contents, masks: blind, createdAt: 0 })
  expect(written).toEqual({ ok: false, error: { code: 'secretFound', file: 'logs/sidetone.log' } })
})

it.each(['1234567', 'presence', 'kind', 'event', 'Finesse', 'live'])(
  'a password that is a word or a number of ours, %s, does not stand in the way',
  async (password) => {
    const { desk, masks } = await plantedShift()
    desk.redactor.register(password)
    const path = join(await temporaryFolder(), 'a.zip')
    const contents = contentsOf(desk)
    const written = await writeBundle(path, { contents, masks, createdAt: 1_712_345_670_000 })
    expect(written).toMatchObject({ ok: true })
    const opened = await openBundle(path)
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    expect(opened.value.source.attempts().map(({ id }) => id)).toEqual(
      contents.source.attempts().map(({ id }) => id),
    )
    await opened.value.close()
  },
)

it('a mistyped password that is part of a mark does not make bundles and client logs impossible', async () => {
  for (const secret of ['e', 'red', '[', 'redacted']) {
    const redactor = createRedactor()
    redactor.register(secret)
    const masks = { redact: redactor.redact, holdsSecret: redactor.holds }
    const contents = listContents()
    const path = join(await temporaryFolder(), 'typo.zip')
    expect(await writeBundle(path, { contents, masks, createdAt: 1 })).toMatchObject({ ok: true })
    expect(await clientLogOf(contents, masks, 1)).toMatchObject({ ok: true })
    const blind = { ...masks, redact: (text: string) => `${text} ${secret}` }
    const other = join(await temporaryFolder(), 'leak.zip')
    expect(await writeBundle(other, { contents, masks: blind, createdAt: 1 })).toMatchObject({ ok: false })
  }
})
