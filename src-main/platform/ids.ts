import { randomBytes, randomUUID } from 'node:crypto'

export const newId = (): string => randomUUID()

/** Uniform in [0, 1); not for secrets. */
export const random = (): number => Math.random()

/** A stable name for the XMPP resource of Beside mode. */
export const newBesideResource = (): string => `sidetone-${randomBytes(4).toString('hex')}`
