// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { mountScene, textOf, type Mounted } from '../../../testing/mount'
import StateNote from './StateNote.vue'
import StatePanel from './StatePanel.vue'

let mounted: Mounted | null = null
afterEach(() => mounted?.unmount())

const options = (): string[] => [...(mounted?.root.querySelectorAll('[role=option]') ?? [])].map(textOf)
const press = async (key: string): Promise<void> => {
  mounted?.root.querySelector('.panel')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await nextTick()
}

it('says why a choice is impossible and does not ask for it', async () => {
  mounted = await mountScene(StatePanel, 'ready')
  const ready = mounted.root.querySelector<HTMLElement>('[data-testid=choice-ready]')
  expect(ready?.getAttribute('aria-disabled')).toBe('true')
  expect(textOf(mounted.root.querySelector('[data-testid=choice-signOut]'))).toContain('Not during a call')
  ready?.click()
  expect(mounted.bridge.asked).toEqual([])
})

it('finds a reason by typing and takes it with Enter, by its id', async () => {
  mounted = await mountScene(StatePanel, 'ready')
  const field = mounted.root.querySelector<HTMLInputElement>('[role=combobox]')
  if (!field) throw new Error('no field')
  field.value = 'techn'
  field.dispatchEvent(new Event('input'))
  await nextTick()
  expect(options()).toEqual(['Technical problem'])
  await press('Enter')
  expect(mounted.bridge.asked).toEqual([
    { name: 'agent.setState', input: { state: 'NOT_READY', reasonCodeId: '7' } },
  ])
})

it('never shows a state that was only asked for', async () => {
  mounted = await mountScene(StateNote, 'ready')
  const ask = (phase: 'asked' | 'accepted') => ({
    request: { target: 'NOT_READY', reason: null, askedAt: 0, phase, problem: null } as const,
  })
  await mounted.patch(ask('asked'))
  expect(textOf(mounted.root)).toBe('Not Ready asked for')
  await mounted.patch(ask('accepted'))
  expect(textOf(mounted.root)).toBe('Not Ready accepted, waiting for Finesse to confirm')
  await mounted.patch({ request: null })
  expect(textOf(mounted.root)).toBe('')
})
