import { describe, expect, it } from 'vitest'
import { jidParts, localPartOf, normalJid } from './jid'

describe('a loginId in a JID', () => {
  it.each([
    ['1071', '1071'],
    ['AgentOne', 'agentone'],
    ['name@company.com', 'name\\40company.com'],
    ['a b', 'a\\20b'],
    ["d'artagnan", 'd\\27artagnan'],
    ['x/y:z<&>"', 'x\\2fy\\3az\\3c\\26\\3e\\22'],
    ['c:\\net', 'c\\3a\\net'],
    ['a\\2fb', 'a\\5c2fb'],
  ])('%s -> %s', (loginId, local) => {
    expect(localPartOf(loginId)).toBe(local)
  })
})

describe('JIDs', () => {
  it('are taken apart; only the resource keeps its case', () => {
    expect(jidParts('Bob@Fin-A.Example.com/Desk/Top@x')).toEqual({
      local: 'bob',
      domain: 'fin-a.example.com',
      resource: 'Desk/Top@x',
      bare: 'bob@fin-a.example.com',
    })
    expect(jidParts('fin-a.example.com')).toMatchObject({ local: '', domain: 'fin-a.example.com' })
    expect(normalJid('A@B/C')).toBe('a@b/C')
  })
})
