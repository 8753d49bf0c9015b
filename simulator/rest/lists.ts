import { hostileAgent } from '../faults/hostile'
import { phoneBooks, queue, reasonCodes, team, wrapUpReasons } from '../wire/lists'
import { el, join } from '../wire/markup'
import { reasonCode } from '../wire/objects'
import type { Agent, PhoneBook } from '../world/types'
import { notFound, notYours, refusal, xml, type Reply } from './reply'
import type { Call } from './request'

/** Section 11.1. Without the parameter: signed-in agents only (18.17, our guess). */
export function getTeam(call: Call, id: string): Reply {
  const { world } = call.site.engine
  const found = world.teams.get(id)
  if (found === undefined) return notFound('Not Found', id)
  const own = call.caller.teamId === id && call.site.options.agentMayReadTeam
  if (!own && !call.caller.supervises.includes(id))
    return refusal(401, 'Authorization Failure', 'The user is not authorized to read the team.', id)
  const all = call.query.get('includeLoggedOutAgents') === 'true'
  const hostile = call.site.faults.has(call.node.name, 'hostileStrings')
  const members = found.memberIds.flatMap((memberId): Agent[] => {
    const agent = world.agents.get(memberId)
    if (agent === undefined || (!all && agent.state === 'LOGOUT')) return []
    return [hostile ? hostileAgent(agent) : agent]
  })
  return xml(team(found, members, call.node.shift))
}

function listReasons(call: Call): Reply {
  const category = call.query.get('category')
  if (category === null) return refusal(400, 'Bad Request', 'Parameter category is missing', 'category')
  if (category !== 'NOT_READY' && category !== 'LOGOUT' && category !== 'ALL')
    return refusal(400, 'Invalid Input', 'Invalid category', 'category')
  return xml(reasonCodes(call.node.reasons, category))
}

const contactsOf = (books: readonly PhoneBook[]) => books.reduce((sum, book) => sum + book.contacts.length, 0)

/** The first `count` contacts over all books. */
function firstContacts(books: readonly PhoneBook[], from: number, to: number): readonly PhoneBook[] {
  let seen = 0
  return books.flatMap((book) => {
    const start = seen
    seen += book.contacts.length
    const contacts = book.contacts.slice(Math.max(0, from - 1 - start), Math.max(0, to - start))
    return contacts.length === 0 && book.contacts.length > 0 ? [] : [{ ...book, contacts }]
  })
}

/** Section 10.3: `Range: objects=1-6000`, 200 all, 206 part, 416. Optional from 12.6(2). */
function listPhoneBooks(call: Call): Reply {
  const books = call.site.engine.world.phoneBooks
  if (call.range === null) return xml(phoneBooks(books))
  const [, first, last] = /^objects=(\d{1,9})-(\d{1,9})$/.exec(call.range.trim()) ?? []
  const from = Number(first ?? 0)
  const to = Number(last ?? 0)
  const total = contactsOf(books)
  if (from < 1 || to < from || from > Math.max(total, 1))
    return refusal(416, 'Range Not Satisfiable', 'Range Not Satisfiable', call.range)
  if (from === 1 && to >= total) return xml(phoneBooks(books))
  const headers = {
    'Content-Range': `objects ${String(from)}-${String(Math.min(to, total))}/${String(total)}`,
  }
  return xml(phoneBooks(firstContacts(books, from, to)), 206, headers)
}

/** The family of 12.5 and later; before that there is nothing at this path (section 10). */
export function getTeamResource(call: Call, teamId: string, list: string): Reply {
  if (call.site.faults.has(call.node.name, 'oldVersion')) return notFound('Not Found', call.path.join('/'))
  if (!call.site.engine.world.teams.has(teamId)) return notFound('TeamId Not Found', teamId)
  if (call.caller.teamId !== teamId && !call.caller.supervises.includes(teamId))
    return refusal(401, 'Invalid Authorization', 'The user does not belong to the team.', teamId)
  if (list === 'ReasonCodes') return listReasons(call)
  if (list === 'WrapUpReasons')
    return xml(wrapUpReasons(call.site.engine.world, `/finesse/api/TeamResource/${teamId}`))
  if (list === 'PhoneBooks') return listPhoneBooks(call)
  return notFound('Not Found', list)
}

/** The family of all versions; one's own lists only. */
export function getUserList(call: Call, id: string, list: string, item: string | undefined): Reply {
  const { world } = call.site.engine
  if (id !== call.caller.id) return notYours(id)
  if (list === 'ReasonCodes') return listReasons(call)
  if (list === 'WrapUpReasons') return xml(wrapUpReasons(world, `/finesse/api/User/${id}`))
  if (list === 'PhoneBooks') return xml(phoneBooks(world.phoneBooks))
  if (list === 'Queues') return listQueues(call)
  const reason = list === 'ReasonCode' ? call.node.reasons.find((one) => one.id === item) : undefined
  return reason === undefined ? notFound('Not Found', list) : xml(reasonCode(reason, 'ReasonCode'))
}

function listQueues(call: Call): Reply {
  const { world } = call.site.engine
  if (world.deployment === 'UCCX') return notFound('Not Found', 'Queues')
  const own = [...world.queues.values()].filter(({ teamIds }) => teamIds.includes(call.caller.teamId))
  return xml(el('Queues', join(own.map((one) => queue(world, one)))))
}

/** Section 11.2: UCCE only. */
export function getQueue(call: Call, id: string): Reply {
  const { world } = call.site.engine
  const found = world.queues.get(id)
  if (found === undefined || world.deployment === 'UCCX') return notFound('Not Found', id)
  return xml(queue(world, found))
}
