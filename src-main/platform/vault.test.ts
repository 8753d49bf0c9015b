import { expect, it } from 'vitest'
import { createRedactor } from './redact'
import { createHeldPasswords, createVault } from './vault'

it('holds one password, tells it to the redactor, and forgets it', () => {
  const redactor = createRedactor()
  const vault = createVault(redactor)
  vault.hold('1001', 'Zx9!märker')
  expect(vault.read()).toEqual({ id: '1001', password: 'Zx9!märker' })
  expect(redactor.redact('it is Zx9!märker')).toBe('it is [redacted]')
  vault.forget()
  expect(vault.read()).toBeNull()
})

it('finds a held password for exactly this server and id', () => {
  const held = createHeldPasswords(createRedactor())
  held.hold('localhost:4000', '1001', 'pw')
  expect(held.find(' LOCALHOST:4000', '1001')).toBe('pw')
  expect(held.find('localhost:4001', '1001')).toBeNull()
  expect(held.find('localhost:4000', '1002')).toBeNull()
  held.forgetServer('localhost:4000')
  expect(held.find('localhost:4000', '1001')).toBeNull()
})
