// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import { NO_INSPECTION } from '../../../src-contract/inspector'
import { mountScene, textOf, type Mounted, type Wish } from '../../testing/mount'
import { useView, type InspectorTab } from '../../stores/view'
import ConnectionPage from './ConnectionPage.vue'
import DisconnectList from './health/DisconnectList.vue'
import { useSelection } from './selection'

let mounted: Mounted | null = null
afterEach(() => mounted?.unmount())

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn++) await nextTick()
}
const show = async (wish: Wish, tab: InspectorTab = 'stages'): Promise<Mounted> => {
  mounted = await mountScene(ConnectionPage, 'ready', 4, wish)
  useView().openConnection(tab)
  await settle()
  return mounted
}
const find = (testId: string): HTMLElement | null => document.querySelector(`[data-testid="${testId}"]`)
const tabs = (): string[] => [...document.querySelectorAll('[role=tab]')].map(textOf)

describe('an opened bundle', () => {
  it('is looked at read-only, and unmistakably', async () => {
    const { bridge } = await show({ inspection: 'opened' }, 'selfTest')
    expect(textOf(find('bundle-bar'))).toMatch(/^You are looking at a bundle of .*2023.*, read-only/)
    expect(tabs()).toEqual(['Stages', 'Health', 'Trace'])
    expect([find('self-test'), find('bundle-start')]).toEqual([null, null])
    const sources = bridge.asked.flatMap(({ input }) => {
      const { source } = input as { source?: string }
      return source === undefined ? [] : [source]
    })
    expect(new Set(sources)).toEqual(new Set(['bundle']))
  })

  it('is left for the living session', async () => {
    const { bridge, patch } = await show({ inspection: 'opened' })
    find('bundle-close')?.click()
    expect(bridge.asked.at(-1)).toEqual({ name: 'bundle.close', input: {} })
    await patch({ inspector: { ...NO_INSPECTION, revision: 5 } })
    await settle()
    expect(find('bundle-bar')).toBeNull()
    expect(tabs()).toEqual(['Stages', 'Health', 'Trace', 'Self-test'])
    expect(bridge.asked.at(-1)?.input).toMatchObject({ source: 'live' })
  })
})

describe('the support bundle', () => {
  it('shows every file, what was taken out, and a text before it is saved', async () => {
    const { bridge } = await show({ inspection: 'healthy' })
    find('bundle-start')?.click()
    await settle()
    expect(document.querySelectorAll('[data-testid=bundle-file]')).toHaveLength(8)
    expect(textOf(find('masked-numbers'))).toBe('1,204 phone numbers')
    document.querySelectorAll<HTMLElement>('[data-testid=bundle-file]')[0]?.click()
    await settle()
    expect(bridge.asked.at(-1)).toEqual({ name: 'bundle.read', input: { id: 'b1', name: 'manifest.json' } })
    expect(textOf(find('bundle-text')?.querySelector('mark'))).toBe('[redacted]')
    expect(bridge.asked.some(({ name }) => name === 'bundle.save')).toBe(false)
    find('bundle-save')?.click()
    await settle()
    expect(textOf(find('bundle-dialog'))).toContain('Saved: /home/ada/sidetone-support.zip')
  })
})

describe('the self-test', () => {
  it('starts with the server in use, without a password', async () => {
    const { bridge } = await show({ inspection: 'healthy' }, 'selfTest')
    find('self-test-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(bridge.asked.at(-1)).toEqual({
      name: 'selfTest.start',
      input: { server: 'fin-a.example.com:8445', caFile: null, account: null },
    })
  })

  it('can be stopped while it runs, and says in a sentence how it ended', async () => {
    const { bridge, patch } = await show({ inspection: 'testing' }, 'selfTest')
    expect(find('self-test-result')?.dataset['result']).toBe('running')
    find('self-test-stop')?.click()
    expect(bridge.asked.at(-1)).toEqual({ name: 'selfTest.stop', input: {} })
    const { inspector } = (await bridge.subscribe()).slices
    if (!inspector.selfTest) throw new Error('no test')
    await patch({
      inspector: { ...inspector, selfTest: { ...inspector.selfTest, status: 'done', result: 'ok' } },
    })
    expect(textOf(find('self-test-announce'))).toBe('fin-a.example.com: everything that was tested works.')
  })

  it('says cause and cure of what failed without being asked', async () => {
    await show({ inspection: 'testFailed' }, 'selfTest')
    const failed = document.querySelector('[data-testid=self-test-check][data-status=failed]')
    expect(textOf(failed?.querySelector('[data-testid=cause-admin]'))).toContain('Expected')
    expect(textOf(find('self-test-result'))).toMatch(/^fin-a\.example\.com cannot be used: /)
  })
})

it('leads from a disconnect to the attempt that it ended', async () => {
  const { bridge } = await show({ inspection: 'opened' }, 'stages')
  useView().inspectorTab = 'stages'
  const attempts = await bridge.command('inspector.attempts', { source: 'bundle' })
  const ended = attempts.ok ? attempts.value.find((each) => each.outcome === 'ended') : undefined
  const disconnect = { from: ended?.endedAt ?? 0, to: null, fromNode: 'A', toNode: null, tries: 1 } as const
  const problem = { code: 'pingTimeout', params: {} } as const
  const cause = { id: 'unknown', params: {} } as const
  mounted?.unmount()
  mounted = await mountScene(
    { render: () => h(DisconnectList, { disconnects: [{ ...disconnect, problem, cause }] }) },
    'ready',
    4,
    { inspection: 'opened' },
  )
  useView().inspectorTab = 'health'
  find('disconnect')?.click()
  await settle()
  expect([useView().inspectorTab, useSelection().attemptId]).toEqual(['stages', ended?.id])
})

it('moves among its views by arrow keys', async () => {
  await show({ inspection: 'empty' })
  const tab = find('inspector-tab-stages')
  tab?.focus()
  tab?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }))
  await settle()
  expect(document.activeElement).toBe(find('inspector-tab-selfTest'))
  expect(find('self-test')).not.toBeNull()
})
