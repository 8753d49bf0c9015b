import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeDocument, encodeUpdate, escapeText } from '../../src-main/finesse/codec/index'
import type { User } from '../../src-main/finesse/model'
import { frames } from '../decode-rate/frames'
import { TEAM_NODE } from './nodes'

const golden = join(import.meta.dirname, '..', '..', 'src-main', 'finesse', 'golden')
const STATES = ['READY', 'NOT_READY', 'TALKING', 'WORK']
const DIFFERENT = 500

const someUser = (): User => {
  const document = decodeDocument(readFileSync(join(golden, 'get-user.xml'), 'utf8').trim())
  if (!document.ok || document.value.kind !== 'user') throw new Error('The golden user cannot be read.')
  return document.value.value
}

const userFrames = (): readonly string[] => {
  const user = someUser()
  return Array.from({ length: DIFFERENT }, (_, index) => {
    const id = String(2000 + index)
    const source = `/finesse/api/User/${id}`
    const value: User = {
      ...user,
      loginId: id,
      extension: String(30_000 + index),
      state: STATES[index % STATES.length] ?? 'READY',
    }
    const update = encodeUpdate({ event: 'PUT', source, requestId: null, data: { kind: 'user', value } })
    return `<message xmlns="jabber:client" from="pubsub.fin-a.example.com" to="1001@fin-a.example.com" id="u${id}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="${TEAM_NODE}"><item id="3fa1c02e-0e44-4b37-a0ce-4c7be7a4${id}"><notification xmlns="http://jabber.org/protocol/pubsub">${escapeText(update)}</notification></item></items></event></message>`
  })
}

/** Calls of the agent and states of the team in turn, as on the wire; each with an item id of its own. */
export const eventSource = (): (() => string) => {
  const dialogs = frames(DIFFERENT)
  const users = userFrames()
  let count = 0
  return () => {
    const from = count % 2 === 0 ? dialogs : users
    const frame = from[(count >> 1) % DIFFERENT] ?? ''
    count += 1
    return frame.replace('<item id="', `<item id="${String(count)}-`)
  }
}
