import type { StateChoices } from '../../src-contract/state'
import { hasCall } from './desk/calls'
import { choicesFor, type ChoiceInput } from './desk/choices'
import { inFlight } from './desk/requests'
import type { SessionState } from './state'

export const choiceInput = (state: SessionState): ChoiceInput => ({
  online: state.phase.name === 'online',
  serviceOk: state.service.status === 'ok',
  passwordOk: state.passwordProblem === null,
  deployment: state.facts?.deployment ?? null,
  state: state.desk.user?.state ?? null,
  pending: state.desk.pending?.state ?? state.desk.user?.pendingState ?? null,
  requesting: inFlight(state),
  onCall: hasCall(state.desk.calls),
  notReadyReasons: state.desk.reasons.notReady.length,
  signOutReasons: state.desk.reasons.signOut.length,
})

export const choicesOf = (state: SessionState): StateChoices => choicesFor(choiceInput(state))
