import type { ProblemCode } from '../../../src-contract/problem'
import type { Problem } from '../../../src-contract/problem'
import type { Session, SignInForm } from '../../../src-contract/state'
import type { Mode } from '../../../src-contract/model'

export type FieldName = 'server' | 'loginId' | 'password' | 'extension' | 'caFile'

/** What has been typed so far. */
export interface Draft {
  readonly server: string
  readonly loginId: string
  readonly password: string
  readonly extension: string
  readonly mode: Mode
  readonly caFile: string | null
}

export const draftOf = (form: SignInForm): Draft => ({
  server: form.server,
  loginId: form.loginId,
  password: '',
  extension: form.extension,
  mode: form.mode,
  caFile: form.caFile,
})

const FIELD_OF: { readonly [C in ProblemCode]?: FieldName } = {
  serverAddressInvalid: 'server',
  hostNotFound: 'server',
  hostUnreachable: 'server',
  connectionRefused: 'server',
  certificateWrongHost: 'server',
  notFinesse: 'server',
  userUnknown: 'loginId',
  passwordWrong: 'password',
  accountLocked: 'password',
  extensionUnknown: 'extension',
  extensionInUse: 'extension',
  deviceRefused: 'extension',
  caFileUnreadable: 'caFile',
  caFileInvalid: 'caFile',
}

/** The field a problem belongs beside, if any. */
export const fieldOf = (problem: Problem): FieldName | null => FIELD_OF[problem.code] ?? null

/** The problem the sign-in page has to explain. */
export const problemOf = (session: Session): Problem | null => {
  if (session.phase === 'signedOut') return session.notice
  return session.phase === 'blocked' && !session.midShift ? session.problem : null
}

/** Main holds a password: for what it filled in, and for every agent of its own simulator. */
export const passwordHeldFor = (form: SignInForm, draft: Draft): boolean => {
  if (draft.server.trim() !== form.server) return false
  if (form.passwordHeld && draft.loginId.trim() === form.loginId) return true
  return (
    form.simulator === 'running' && form.simulatorAgents.some((agent) => agent.id === draft.loginId.trim())
  )
}

/** Fields that must not stay empty, in the order of the page. */
export const missingFields = (draft: Draft, passwordHeld: boolean): readonly FieldName[] =>
  (['server', 'loginId', 'password', 'extension'] as const).filter((name) =>
    name === 'password' ? draft.password === '' && !passwordHeld : draft[name].trim() === '',
  )
