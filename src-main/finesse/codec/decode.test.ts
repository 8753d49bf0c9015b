import { describe, expect, it } from 'vitest'
import { decodeAny, decodeDocument, decodeNotificationPayload, decodeUpdate, FRAME_LIMITS } from './index'
import { toTime } from './read'

const update = (data: string, rest = '<event>PUT</event><source>/finesse/api/User/1</source>'): string =>
  `<Update><data>${data}</data>${rest}</Update>`

describe('problems in words', () => {
  it.each([
    ['<User><state>READY</state></User>', 'missing', 'neither a loginId nor a uri'],
    ['<Dialog><state>ACTIVE</state></Dialog>', 'missing', 'neither an id nor a uri'],
    ['<Dialogs><Dialog><id>1</id></Dialog><Dialog/></Dialogs>', 'missing', 'neither an id nor a uri'],
    ['<Team><name>x</name></Team>', 'missing', 'neither an id nor a uri'],
    ['<!DOCTYPE html><html><body>502</body></html>', 'doctype', 'HTML'],
    ['', 'notXml', 'empty'],
    ['Service unavailable', 'notXml', 'not well-formed'],
  ])('%s', (xml, kind, words) => {
    const result = decodeDocument(xml)
    expect(result).toMatchObject({ ok: false, error: { kind } })
    if (!result.ok) expect(result.error.problem).toContain(words)
  })

  it.each([
    ['<User/>', 'unexpected'],
    ['<Update><event>PUT</event></Update>', 'missing'],
    ['<Update><source>/x</source></Update>', 'missing'],
    ['<Update><event>PATCH</event><source>/x</source></Update>', 'unexpected'],
    [update('<user/>'), 'missing'],
  ])('%s is no Update', (xml, kind) => {
    expect(decodeUpdate(xml)).toMatchObject({ ok: false, error: { kind } })
  })
})

describe('Update', () => {
  it('takes the event in any case and its children in any order', () => {
    expect(
      decodeUpdate('<p:update xmlns:p="x"><Source>/x/1/</Source><event>delete</event></p:update>'),
    ).toEqual({ ok: true, value: { event: 'DELETE', source: '/x/1', requestId: null, data: null } })
  })

  it.each([update(''), update('  \n '), update('').replace('<data></data>', '')])('%s has no data', (xml) => {
    expect(decodeUpdate(xml)).toMatchObject({ ok: true, value: { data: null } })
  })

  it('keeps to the limits of a frame, a REST body to its own', () => {
    const team = `<Team><id>1</id><users>${'<User><loginId>1</loginId></User>'.repeat(3000)}</users></Team>`
    expect(decodeUpdate(update(team))).toMatchObject({ ok: false, error: { kind: 'tooManyElements' } })
    expect(decodeDocument(team)).toMatchObject({ ok: true })
    expect(decodeDocument(team, FRAME_LIMITS)).toMatchObject({ ok: false })
    const variable = `<CallVariable><name>a</name><value>${'x'.repeat(1024 * 1024)}</value></CallVariable>`
    const big = `<mediaProperties><callvariables>${variable}</callvariables></mediaProperties>`
    expect(decodeUpdate(update(`<dialog><id>1</id>${big}</dialog>`))).toMatchObject({
      error: { kind: 'tooLarge' },
    })
  })
})

describe('decodeNotificationPayload', () => {
  it.each(['{"a":1}', '', '  ', 'plain'])('%j is not for us', (text) => {
    expect(decodeNotificationPayload(text)).toMatchObject({ ok: false, error: { kind: 'unexpected' } })
  })

  it('refuses what is large and still escaped: every round goes through all of it', () => {
    const large = `&lt;Update>${'x'.repeat(256 * 1024)}&lt;/Update>`
    expect(decodeNotificationPayload(large)).toMatchObject({ ok: false, error: { kind: 'tooLarge' } })
  })

  it('refuses a mixture of escaped and plain', () => {
    expect(decodeNotificationPayload('&lt;Update>&lt;data/><x/>')).toMatchObject({ ok: false })
  })
})

describe('decodeAny', () => {
  it('applies the limits of a frame to stanzas and Updates, whatever stands before the root', () => {
    const filler = '<x/>'.repeat(6000)
    for (const text of [
      `<Update>${filler}</Update>`,
      `<?xml version="1.0"?><!-- a --> <!-- <User> --><message>${filler}</message>`,
      ` <c:message xmlns:c="jabber:client">${filler}</c:message>`,
    ]) {
      expect(decodeAny(text)).toMatchObject({ ok: false, error: { kind: 'tooManyElements' } })
    }
    expect(decodeAny(`<!-- <Update> --><Team><id>1</id>${filler}</Team>`)).toMatchObject({ ok: true })
  })

  it('says so when a stanza carries no notification', () => {
    expect(decodeAny('<message><body>hello</body></message>')).toMatchObject({
      ok: false,
      error: { kind: 'unexpected' },
    })
  })

  it('survives a prolog of a hundred thousand comments', () => {
    expect(decodeAny(`${'<!-- a --> '.repeat(100_000)}<User><loginId>1</loginId></User>`)).toMatchObject({
      ok: true,
    })
  })
})

describe('times', () => {
  it.each([
    ['2026-01-20T09:15:02.411Z', Date.UTC(2026, 0, 20, 9, 15, 2, 411)],
    ['2026-01-20T09:15:02.41Z', Date.UTC(2026, 0, 20, 9, 15, 2, 410)],
    ['2026-01-20T09:17:58Z', Date.UTC(2026, 0, 20, 9, 17, 58)],
    ['2026-01-20T09:17:58', Date.UTC(2026, 0, 20, 9, 17, 58)],
    ['2026-01-20T10:17:58+01:00', Date.UTC(2026, 0, 20, 9, 17, 58)],
    ['1768900500123', 1768900500123],
    ['2026-13-20T09:17:58Z', null],
    ['2026-01-20', null],
    ['12', null],
    ['-1', null],
    ['Tue Jan 20 2026', null],
  ])('%s', (text, time) => {
    expect(toTime(text)).toBe(time)
  })
})
