// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { h } from 'vue'
import { problem } from '../../../src-contract/problem'
import { mountScene, textOf, type Mounted } from '../../testing/mount'
import SignInForm from './SignInForm.vue'

let mounted: Mounted | null = null
afterEach(() => mounted?.unmount())

const form = { render: () => h(SignInForm, { busy: false }) }
const field = (name: string): HTMLInputElement => {
  const input = mounted?.root.querySelector(`input[name=${name}]`)
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${name}`)
  return input
}
const type = (name: string, value: string): void => {
  field(name).value = value
  field(name).dispatchEvent(new Event('input'))
}
const submit = async (): Promise<void> => {
  mounted?.root.querySelector('form')?.dispatchEvent(new Event('submit'))
  await new Promise((done) => setTimeout(done))
}

it('starts at the first empty field and sends nothing while something is missing', async () => {
  mounted = await mountScene(form, 'empty')
  expect(document.activeElement).toBe(field('server'))
  type('server', 'fin-a.example.com')
  await submit()
  expect(mounted.bridge.asked).toEqual([])
  expect(document.activeElement).toBe(field('loginId'))
  expect(textOf(mounted.root)).toContain('Type your agent ID.')
})

it('asks main to use the password it holds when the field is left empty', async () => {
  mounted = await mountScene(form, 'simulator')
  await submit()
  expect(mounted.bridge.asked).toEqual([
    {
      name: 'session.signIn',
      input: {
        server: 'localhost:44321',
        loginId: '1001',
        password: null,
        extension: '2001',
        mode: 'replace',
        caFile: null,
      },
    },
  ])
})

it('keeps what was typed after a refusal, except the password, and puts the words beside it', async () => {
  mounted = await mountScene(form, 'empty')
  for (const [name, value] of [
    ['server', 'fin-b.example.com'],
    ['loginId', '1007'],
    ['extension', '2007'],
    ['password', 'wrong'],
  ] as const)
    type(name, value)
  await submit()
  await mounted.patch({
    session: { phase: 'signedOut', notice: problem('passwordWrong', { loginId: '1007' }) },
  })
  expect(['server', 'loginId', 'extension', 'password'].map((name) => field(name).value)).toEqual([
    'fin-b.example.com',
    '1007',
    '2007',
    '',
  ])
  expect(field('password').getAttribute('aria-invalid')).toBe('true')
  expect(document.activeElement).toBe(field('password'))
})

it('shows a problem of no field above the form', async () => {
  mounted = await mountScene(form, 'timeout')
  expect(textOf(mounted.root.querySelector('[role=alert]'))).toContain('did not answer within 5 s')
})
