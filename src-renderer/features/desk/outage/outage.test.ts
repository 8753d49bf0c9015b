// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick, type Component } from 'vue'
import { shareLeft } from './shareLeft'
import { wordNextTry } from './nextTry'
import { problem } from '../../../../src-contract/problem'
import { createTranslator } from '../../../../src-contract/messages/translate'
import { mountScene, type Mounted } from '../../../testing/mount'
import { onlineAt } from '../../../testing/deskParts'
import CallList from '../calls/CallList.vue'
import ConnectionPill from '../ConnectionPill.vue'
import LiveAnnouncer from '../LiveAnnouncer.vue'
import SessionBanner from '../SessionBanner.vue'

let mounted: Mounted | null = null
afterEach(() => mounted?.unmount())

const show = async (component: Component, scene: string): Promise<Mounted> => {
  mounted = await mountScene(component, scene)
  return mounted
}
/** As a person reads it: what stands in boxes of its own is a word of its own. */
const textOf = (element: Element | null): string => {
  const walker = document.createTreeWalker(element ?? document.createElement('p'), NodeFilter.SHOW_TEXT)
  const parts: string[] = []
  while (walker.nextNode()) parts.push(walker.currentNode.textContent ?? '')
  return parts.join(' ').replace(/\s+/g, ' ').trim()
}
const find = (testId: string): Element | null =>
  mounted?.root.querySelector(`[data-testid=${testId}]`) ?? null
const press = (text: string): void => {
  const button = [...(mounted?.root.querySelectorAll('button') ?? [])].find((each) => textOf(each) === text)
  if (!button) throw new Error(`no button ${text}`)
  button.click()
}

describe('while recovering', () => {
  it('shows on the pill how long Finesse leaves, then what it may have done', async () => {
    await show(ConnectionPill, 'recovering')
    expect(textOf(find('connection-pill'))).toBe('Reconnecting signed out in 0:42')
    mounted?.unmount()
    await show(ConnectionPill, 'recoveringLate')
    expect(textOf(find('connection-pill'))).toBe('Reconnecting maybe signed out')
    mounted?.unmount()
    await show(ConnectionPill, 'recoveringNobody')
    expect(textOf(find('connection-pill'))).toBe('Reconnecting next try in 6 s')
  })

  it('says what happened, what it means and what to do, in that order', async () => {
    await show(SessionBanner, 'recoveringCall')
    expect(textOf(find('banner-recovering'))).toMatch(
      /^Connection lost for 00:18\. Not only you: .* Your call goes on\. .* in 0:42 .* Nothing to do: .* node B now\./,
    )
    press('Reconnect now')
    expect(mounted?.bridge.asked).toEqual([{ name: 'session.reconnectNow', input: {} }])
  })

  it('keeps the call on screen and says that it is old', async () => {
    await show(CallList, 'recoveringCall')
    expect(textOf(find('call'))).toContain('+44 7700 900 114')
    expect(textOf(find('calls-stale'))).toMatch(/^As of \d\d:\d\d:\d\d\. The call itself goes on\.$/)
    await mounted?.patch({ session: onlineAt(0) })
    expect(find('calls-stale')).toBeNull()
    await mounted?.patch({ session: onlineAt(0, { outOfServiceSince: 0 }) })
    expect(textOf(find('calls-stale'))).toContain('The call itself goes on.')
  })

  it('names the node of the next try only where there are two', () => {
    const t = createTranslator('en')
    const session = { step: 'waiting', nextTryAt: 7500, node: 'B' } as Parameters<typeof wordNextTry>[1]
    expect(wordNextTry(t, session, 2, 1)).toBe('Next try in 7 s on node B.')
    expect(wordNextTry(t, session, 1, 1)).toBe('Next try in 7 s.')
    expect(wordNextTry(t, session, 2, 8)).toBe('Trying node B now.')
    expect(wordNextTry(t, { ...session, step: 'connecting' }, 2, 1)).toBe('Trying node B now.')
  })

  it('lets the line run out with the time, never beyond its ends', () => {
    const forced = { earliest: 100_000, latest: 220_000, afterCall: false }
    expect([0, 40_000, 70_000, 100_000, 300_000].map((now) => shareLeft(forced, now))).toEqual([
      1, 1, 0.5, 0, 0,
    ])
  })
})

describe('afterwards', () => {
  it('tells what changed until it is dismissed', async () => {
    await show(SessionBanner, 'gapFull')
    const words = textOf(find('gap'))
    expect(words).toContain(', 47 s, one Finesse server')
    expect(words).toContain('Ready became Not Ready')
    expect(words).toContain('Call with +44 7700 900 114 ended')
    expect(words).toContain('7 colleagues changed state')
    expect(words).toContain('You are on node B now')
    expect(words).toContain('Calls that began and ended in between are not known.')
    press('Dismiss')
    expect(mounted?.bridge.asked).toEqual([{ name: 'session.dismissGap', input: {} }])
    await mounted?.patch({ gap: null })
    expect(find('gap')).toBeNull()
  })

  it('offers to sign in again once, where the loss is told, and below when that is dismissed', async () => {
    await show(SessionBanner, 'gapSignedOut')
    expect(find('banner-signed-out')).toBeNull()
    press('Sign in again')
    expect(mounted?.bridge.asked).toEqual([{ name: 'session.signInAgain', input: {} }])
    await mounted?.patch({ gap: null })
    expect(textOf(find('banner-signed-out'))).toContain('Finesse has signed you out')
  })

  it('is read aloud once, not again when the team is known', async () => {
    await show(LiveAnnouncer, 'recovering')
    const gap = { from: 1, to: 2, nodes: ['A', 'A'], changes: [] } as const
    await mounted?.patch({ session: onlineAt(0), gap })
    await nextTick()
    expect(textOf(find('announce-polite'))).toBe('Connected again. Your state and your calls are as before.')
    const polite = find('announce-polite')
    if (polite) polite.textContent = ''
    await mounted?.patch({ gap: { ...gap, changes: [{ kind: 'members', count: 3 }] } })
    await nextTick()
    expect(textOf(polite)).toBe('')
  })
})

it('blames nobody for a reconnect that was asked for', async () => {
  await show(SessionBanner, 'gapSmall')
  expect(textOf(find('gap'))).toContain('your network')
  const cause = problem('reconnectAsked', { host: 'fin-a.example.com' })
  await mounted?.patch({
    connection: {
      pill: 'live',
      roundTripMs: null,
      lastEventAt: null,
      nodes: [],
      verdict: { who: 'yourNetwork', evidence: [{ kind: 'cause', problem: cause }] },
      attempts: [],
    },
  })
  expect(textOf(find('gap'))).not.toContain('your network')
})

it('asks about the certificate of the other node only where it can be answered', async () => {
  await show(SessionBanner, 'otherUntrusted')
  expect(textOf(find('banner-certificate'))).toBe(
    'The certificate of node B is not trusted: Sidetone does not use it. ' +
      'If node A fails, there is nowhere to move to. Review certificate',
  )
})

it('says since when Finesse is out of service and that Sidetone asks again', async () => {
  await show(SessionBanner, 'outOfService')
  expect(textOf(find('banner-service'))).toMatch(
    /^Finesse is out of service since .* lost the phone system\. Calls go on .* Sidetone asks again by itself\./,
  )
})
