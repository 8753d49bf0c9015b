import { randomBytes } from 'node:crypto'

/** A resource of its own for each test: one that is in use would end somebody's session (4.4). */
export const newResource = (): string => `sidetone-check-${randomBytes(2).toString('hex')}`
