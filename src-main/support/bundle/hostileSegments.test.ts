import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeFolders } from '../testing/contents'
import { DEEP, FIRST_SEGMENT, place, soundBundle, zipOf, type Files } from '../testing/soundBundle'
import { openBundle } from './read'

afterEach(removeFolders)

let sound: Files = {}
let withFiles: Spoil['withFiles']
let changed: Spoil['changed']

type Spoil = Awaited<ReturnType<typeof soundBundle>>

beforeAll(async () => {
  ;({ sound, withFiles, changed } = await soundBundle())
})

describe('what a later version may add', () => {
  it('files and fields are passed over; unknown causes, problems and kinds become the vaguest', async () => {
    const bytes = withFiles(
      {
        ...changed('attempts.json', '"id":"unknown"', '"id":"solarFlare","more":1'),
        ...changed(FIRST_SEGMENT, '"kind":"event"', '"kind":"telepathy"'),
      },
      { added: true },
    )
    const opened = await openBundle(await place(bytes))
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    const { source, close } = opened.value
    expect(source.attempts().at(-1)?.cause).toEqual({ id: 'unknown', params: {} })
    expect(await source.traceEntry(0)).toMatchObject({ seq: 0, kind: 'note' })
    await close()
  })
})

describe('a segment that turns out to be bad when it is looked at', () => {
  const ALL = { kinds: [], text: '', failedOnly: false }

  it.each<readonly [string, () => Buffer]>([
    ['damaged', () => zipOf({ ...sound, ...changed(FIRST_SEGMENT, '<a>7</a>', '<a>8</a>') })],
    ['of another shape', () => withFiles(changed(FIRST_SEGMENT, '"seq":7,', '"seq":"7",'))],
    ['out of order', () => withFiles(changed(FIRST_SEGMENT, '"seq":7,', '"seq":6,'))],
    ['shorter than told', () => withFiles(changed(FIRST_SEGMENT, /^.*\n/, ''))],
    ['of brackets', () => withFiles({ [FIRST_SEGMENT]: `${DEEP}\n` })],
  ])('%s: its entries say so, the others stay readable', async (_, make) => {
    const opened = await openBundle(await place(make()))
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    const { source, close } = opened.value
    const page = await source.tracePage(ALL, 498, 4)
    expect(page).toMatchObject({ end: 2_500, from: 498 })
    expect(page.rows.map(({ seq, line }) => [seq, line])).toEqual([
      [498, `${FIRST_SEGMENT} damaged`],
      [499, `${FIRST_SEGMENT} damaged`],
      [500, 'event'],
      [501, 'event'],
    ])
    expect(await source.traceEntry(500)).toMatchObject({ text: '<a>500</a>' })
    expect((await source.tracePage({ ...ALL, text: '<a>2' }, 0, 1)).rows).toHaveLength(1)
    await close()
  })

  it('nothing is read any more once it is closed', async () => {
    const opened = await openBundle(await place(zipOf(sound)))
    if (!opened.ok) throw new Error(opened.error.code)
    await opened.value.close()
    expect(await opened.value.source.traceEntry(5)).toMatchObject({ line: `${FIRST_SEGMENT} damaged` })
  })
})
