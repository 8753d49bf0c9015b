import type { Choice, StateChoices, WhyNot } from '../../../src-contract/state'

/** What the rules look at. */
export interface ChoiceInput {
  readonly online: boolean
  readonly serviceOk: boolean
  readonly passwordOk: boolean
  readonly deployment: string | null
  readonly state: string | null
  /** State chosen for after the call. */
  readonly pending: string | null
  readonly requesting: boolean
  /** A call of ours is up: a non-ICD call on UCCX does not show in the state (15.17). */
  readonly onCall: boolean
  readonly notReadyReasons: number
  readonly signOutReasons: number
}

const NOW: Choice = { allowed: true, afterCall: false }
const AFTER_CALL: Choice = { allowed: true, afterCall: true }
const no = (why: WhyNot): Choice => ({ allowed: false, why })

interface Row {
  readonly ready: Choice
  readonly notReady: Choice
  readonly signOut: Choice
  readonly changeReason: Choice
}

const all = (choice: Choice): Row => ({
  ready: choice,
  notReady: choice,
  signOut: choice,
  changeReason: choice,
})

const afterCall = (input: ChoiceInput): Row => ({
  ready: input.pending === 'READY' ? no('already') : AFTER_CALL,
  notReady: input.pending === 'NOT_READY' ? no('already') : AFTER_CALL,
  changeReason: AFTER_CALL,
  signOut: no('onCallSignOut'),
})

const wrapUp: Row = { ready: NOW, notReady: NOW, changeReason: NOW, signOut: no('wrapUpSignOut') }

/** Section 8.6, UCCE. Sign-out from Ready is asked as Not Ready, then sign-out (8.4). */
function ucceRow(state: string, input: ChoiceInput): Row {
  switch (state) {
    case 'NOT_READY':
      return { ready: NOW, notReady: no('already'), changeReason: NOW, signOut: NOW }
    case 'READY':
      return { ready: no('already'), notReady: NOW, changeReason: NOW, signOut: NOW }
    case 'RESERVED':
      return all(no('reserved'))
    case 'RESERVED_OUTBOUND':
      return { ready: NOW, notReady: NOW, changeReason: NOW, signOut: no('outboundReserved') }
    case 'RESERVED_OUTBOUND_PREVIEW':
      return { ...afterCall(input), signOut: no('outboundReserved') }
    case 'TALKING':
    case 'HOLD':
      return afterCall(input)
    case 'WORK':
    case 'WORK_READY':
      return wrapUp
    default:
      return all(no('unknownState'))
  }
}

/** Sections 8.6 and 8.7, UCCX. */
function uccxRow(state: string, input: ChoiceInput): Row {
  switch (state) {
    case 'NOT_READY':
      return {
        // 8.7: READY during a non-ICD call is refused with 33.
        ready: input.onCall ? no('onCallUccx') : NOW,
        notReady: no('already'),
        changeReason: NOW,
        signOut: NOW,
      }
    case 'READY':
      return { ready: no('already'), notReady: NOW, changeReason: NOW, signOut: NOW }
    case 'RESERVED':
      return all(no('reserved'))
    case 'RESERVED_OUTBOUND':
    case 'RESERVED_OUTBOUND_PREVIEW':
      return all(no('outboundReserved'))
    case 'TALKING':
    case 'HOLD': {
      const once = input.pending === null ? AFTER_CALL : no('pendingOnce')
      return { ready: no('onCallUccx'), notReady: once, changeReason: once, signOut: no('onCallSignOut') }
    }
    case 'WORK':
    case 'WORK_READY':
      return wrapUp
    default:
      return all(no('unknownState'))
  }
}

/** Reasons that do not depend on the state, the most telling first. */
function blanket(input: ChoiceInput): WhyNot | null {
  if (!input.online || input.state === null) return 'notConnected'
  if (!input.serviceOk) return 'serverUnavailable'
  if (!input.passwordOk) return 'passwordNeeded'
  if (input.state === 'LOGOUT') return 'signedOut'
  return input.requesting ? 'requestPending' : null
}

function rowOf(input: ChoiceInput): Row {
  const why = blanket(input)
  if (why !== null) return all(no(why))
  return input.deployment === 'UCCX' ? uccxRow(input.state ?? '', input) : ucceRow(input.state ?? '', input)
}

export const choicesFor = (input: ChoiceInput): StateChoices => ({
  ...rowOf(input),
  // 8.5: a reason has to be given where reasons are configured.
  notReadyReasonRequired: input.notReadyReasons > 0,
  signOutReasonRequired: input.signOutReasons > 0,
})

/** States in which a request only says what comes after (8.6). */
export const isPendingState = (deployment: string | null, state: string): boolean =>
  state === 'TALKING' || state === 'HOLD' || (state === 'RESERVED_OUTBOUND_PREVIEW' && deployment !== 'UCCX')
