import { createTranslator } from '../../src-contract/messages/translate'
import type { ClientTruth, PersonTruth } from '../../simulator/truth'
import type { Shown } from './page'

const translate = createTranslator('en')
const wordOf = (state: string): string => translate(`state.${state}` as Parameters<typeof translate>[0])

const person = ({ state, reason, stateChangeTime }: PersonTruth): string =>
  `${state} ${reason?.label ?? String(reason?.code ?? '-')} since ${String(stateChangeTime)}`

const shownPerson = (one: {
  readonly state: string
  readonly reason: { readonly label: string | null; readonly code: number | null } | null
  readonly since: number | null
}): string =>
  `${one.state} ${one.reason?.label ?? String(one.reason?.code ?? '-')} since ${String(one.since)}`

/** Everything that is shown otherwise than it is: nothing, when the app is right. */
export const wrongs = (shown: Shown, truth: ClientTruth): readonly string[] => {
  const found: string[] = []
  const expect = (what: string, is: string, should: string): void => {
    if (is !== should) found.push(`${what}: ${is}, should be ${should}`)
  }
  expect('session', shown.session.phase, 'online')
  expect('own state', shown.agent === null ? 'none' : shownPerson(shown.agent), person(truth.me))
  expect('state on screen', shown.stateControl.trim(), wordOf(truth.me.state))
  const own = (call: ClientTruth['calls'][number]): string =>
    call.participants.find((one) => one.own)?.state ?? 'none'
  expect(
    'calls',
    shown.calls.map(({ id, ownState }) => `${id} ${String(ownState)}`).join(),
    truth.calls.map((call) => `${call.id} ${own(call)}`).join(),
  )
  expect('calls on screen', String(shown.callCards), String(truth.calls.length))
  const members = new Map(shown.members.map((member) => [member.id, member]))
  expect('members', String(members.size), String(truth.team?.members.length ?? 0))
  for (const one of truth.team?.members ?? []) {
    const member = members.get(one.id)
    expect(`member ${one.id}`, member === undefined ? 'none' : shownPerson(member), person(one))
  }
  return found
}
