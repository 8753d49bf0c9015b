import type { Agent, PhoneBook, Queue, ReasonCategory, Reason, Team, World } from '../world/types'
import { el, leaf, tag, type Markup } from './markup'
import { userSummary } from './objects'

const listedReason = (reason: Reason): Markup =>
  el(
    'ReasonCode',
    leaf('uri', `/finesse/api/ReasonCode/${reason.id ?? ''}`),
    leaf('id', reason.id),
    leaf('category', reason.category),
    leaf('code', reason.code),
    leaf('label', reason.label),
    leaf('forAll', reason.forAll),
    leaf('systemCode', false),
  )

/** Section 10.1. System codes are never listed. */
export const reasonCodes = (reasons: readonly Reason[], category: ReasonCategory | 'ALL'): Markup =>
  tag(
    'ReasonCodes',
    { category },
    ...reasons.filter((one) => category === 'ALL' || one.category === category).map(listedReason),
  )

/** Section 10.2. */
export const wrapUpReasons = (world: World, base: string): Markup =>
  el(
    'WrapUpReasons',
    ...world.wrapUpReasons.map((one) =>
      el(
        'WrapUpReason',
        leaf('uri', `${base}/WrapUpReason/${one.id}`),
        leaf('label', one.label),
        leaf('forAll', one.forAll),
      ),
    ),
  )

/** Section 10.3. */
export const phoneBooks = (books: readonly PhoneBook[]): Markup =>
  el(
    'PhoneBooks',
    ...books.map((book) =>
      el(
        'PhoneBook',
        leaf('name', book.name),
        leaf('type', book.type),
        leaf('uri', `/finesse/api/PhoneBook/${book.id}`),
        el(
          'Contacts',
          ...book.contacts.map((one) =>
            el(
              'Contact',
              leaf('firstName', one.firstName),
              leaf('lastName', one.lastName),
              leaf('phoneNumber', one.phoneNumber),
              leaf('description', one.description),
              leaf('uri', `/finesse/api/PhoneBook/${book.id}/Contact/${one.id}`),
            ),
          ),
        ),
      ),
    ),
  )

/** Section 11.1. */
export const team = (found: Team, members: readonly Agent[], shift: number): Markup =>
  el(
    'Team',
    leaf('uri', `/finesse/api/Team/${found.id}`),
    leaf('id', found.id),
    leaf('name', found.name),
    el('users', ...members.map((member) => userSummary(member, 'rest', shift))),
  )

/** Section 11.2. Calls waiting are not modelled: the queue is always empty. */
export function queue(world: World, found: Queue): Markup {
  const counts = { on: 0, notReady: 0, ready: 0, talking: 0, wrapNotReady: 0, wrapReady: 0 }
  for (const teamId of found.teamIds)
    for (const id of world.teams.get(teamId)?.memberIds ?? []) {
      const state = world.agents.get(id)?.state
      if (state === undefined || state === 'LOGOUT') continue
      counts.on += 1
      if (state === 'NOT_READY') counts.notReady += 1
      if (state === 'READY') counts.ready += 1
      if (state === 'TALKING' || state === 'HOLD') counts.talking += 1
      if (state === 'WORK') counts.wrapNotReady += 1
      if (state === 'WORK_READY') counts.wrapReady += 1
    }
  return el(
    'Queue',
    leaf('name', found.name),
    el(
      'statistics',
      leaf('agentsBusyOther', 0),
      leaf('agentsLoggedOn', counts.on),
      leaf('agentsNotReady', counts.notReady),
      leaf('agentsReady', counts.ready),
      leaf('agentsTalkingInbound', counts.talking),
      leaf('agentsTalkingInternal', 0),
      leaf('agentsTalkingOutbound', 0),
      leaf('agentsWrapUpNotReady', counts.wrapNotReady),
      leaf('agentsWrapUpReady', counts.wrapReady),
      leaf('callsInQueue', 0),
      leaf('startTimeOfLongestCallInQueue', ''),
    ),
    leaf('uri', `/finesse/api/Queue/${found.id}`),
  )
}
