// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { STAGES } from '../../../../src-contract/connection'
import { wordCause } from '../../../../src-contract/causes/words'
import type { Locale } from '../../../../src-contract/state'
import { FAILURES } from '../../../testing/inspector/attempts'
import { mountScene, textOf, type Mounted, type Wish } from '../../../testing/mount'
import StagesView from './StagesView.vue'

let mounted: Mounted | null = null
afterEach(() => mounted?.unmount())

const show = async (wish: Wish): Promise<Mounted> => {
  mounted = await mountScene(StagesView, 'ready', 4, wish)
  for (let turn = 0; turn < 6; turn++) await nextTick()
  return mounted
}
const find = (testId: string): HTMLElement | null =>
  mounted?.root.querySelector(`[data-testid="${testId}"]`) ?? null
const press = async (element: HTMLElement | null, key: string): Promise<void> => {
  element?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await nextTick()
}

describe('a failed stage', () => {
  it.each(
    STAGES.flatMap((stage) => (['en', 'nl'] as const).map((locale): [string, Locale] => [stage, locale])),
  )('%s is chosen by itself and says why, for both (%s)', async (name, locale) => {
    const stage = STAGES.find((each) => each === name) ?? 'dns'
    await show({ inspection: `failed-${stage}`, locale })
    const words = wordCause(locale, FAILURES('fin-a.example.com')[stage].cause)
    expect(find('stage-panel')?.dataset['stage']).toBe(stage)
    expect(textOf(find('stage-title'))).toBe(words.title)
    expect(textOf(find('cause-agent'))).toBe(words.agent)
    const admin = textOf(find('cause-admin'))
    for (const sentence of [words.expected, words.came, ...words.reasons, ...words.checks])
      expect(admin).toContain(sentence.replace(/\s+/g, ' '))
    expect(find(`stage-${stage}`)?.getAttribute('aria-selected')).toBe('true')
  })

  it('lists the reasons in their order', async () => {
    await show({ inspection: 'failed-tls' })
    const words = wordCause('en', FAILURES('fin-a.example.com').tls.cause)
    const items = [...(find('cause-admin')?.querySelectorAll('ol li') ?? [])].map(textOf)
    expect(items).toEqual(words.reasons)
  })
})

it('shows a refused REST call where the attempt broke on one', async () => {
  await show({ inspection: 'rest' })
  expect(find('call-panel')).not.toBeNull()
  expect(textOf(find('cause'))).not.toBe('')
})

it('marks what was taken out of the texts', async () => {
  await show({ inspection: 'failed-auth' })
  const marks = [...(find('line-detail')?.querySelectorAll('mark') ?? [])]
  expect(marks.map(textOf)).toContain('[redacted]')
  expect(marks.every((mark) => mark.classList.contains('masked'))).toBe(true)
})

it('goes from line to line by the arrow keys, through stages and calls', async () => {
  await show({ inspection: 'healthy' })
  const list = find('stage-list')
  find('stage-dns')?.focus()
  await press(list, 'ArrowDown')
  expect(find('stage-panel')?.dataset['stage']).toBe('tcp')
  expect(document.activeElement).toBe(find('stage-tcp'))
  await press(list, 'End')
  expect(find('call-panel')).not.toBeNull()
  expect(list?.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
})

it('shows the chain with who vouches for it', async () => {
  await show({ inspection: 'healthy' })
  find('stage-tls')?.click()
  await nextTick()
  const chain = textOf(find('chain'))
  expect(chain).toContain('Example Root CAroot')
  expect(chain).toContain('211 days left')
  expect(chain).toContain('fin-a.example.com, fin-b.example.com')
  expect(chain).toContain('Trusted by this computer')
})

it('keeps an earlier attempt while the newest changes, and now follows it', async () => {
  const { bridge, patch } = await show({ inspection: 'failover' })
  const attempts = (): HTMLElement[] => [
    ...(mounted?.root.querySelectorAll<HTMLElement>('[data-testid=attempt]') ?? []),
  ]
  expect(attempts().map((each) => each.dataset['outcome'])).toEqual(['running', 'failed', 'ended'])
  attempts()[1]?.click()
  for (let turn = 0; turn < 4; turn++) await nextTick()
  expect(find('stage-panel')?.dataset['stage']).toBe('tcp')
  const before = bridge.asked.length
  await patch({ inspector: { ...(await bridge.subscribe()).slices.inspector, revision: 2 } })
  const names = bridge.asked.slice(before).map((each) => each.name)
  expect(names).toEqual(['inspector.attempts', 'inspector.attempt'])
  expect(find('stage-panel')?.dataset['stage']).toBe('tcp')
})

it('copies the stage as text and saves the attempt as HAR', async () => {
  const { bridge } = await show({ inspection: 'failed-upgrade' })
  find('copy-line')?.click()
  const asked = bridge.asked.at(-1)
  expect(asked?.name).toBe('inspector.copy')
  expect(JSON.stringify(asked?.input)).toContain('403 Forbidden')
  find('save-har')?.click()
  for (let turn = 0; turn < 4; turn++) await nextTick()
  expect(bridge.asked.at(-1)).toEqual({ name: 'inspector.saveHar', input: { source: 'live', id: 1 } })
  expect(textOf(find('line-detail'))).toContain('Saved: /home/ada/attempt-3.har')
})

it('says that nothing was tried yet', async () => {
  await show({ inspection: 'empty' })
  expect(textOf(find('stages-empty'))).toContain('No connection was tried yet')
})
