import type { CommandHandlers, CommandInput } from '../../src-contract/commands'
import { problem, type Problem } from '../../src-contract/problem'
import { err, ok, type Result } from '../../src-contract/result'
import { choicesOf } from './choicesOf'
import { refusalOf, type StateAsk } from './desk/requests'
import type { SessionPorts } from './ports'
import type { SessionRuntime } from './runtime'
import { formatServerAddress, parseServerAddress } from './serverAddress'

export type SessionCommandName =
  | 'session.signIn'
  | 'session.cancelSignIn'
  | 'session.signOut'
  | 'session.reconnectNow'
  | 'session.takeOver'
  | 'session.givePassword'
  | 'session.signInAgain'
  | 'session.dismiss'
  | 'session.dismissGap'
  | 'agent.setState'
  | 'agent.dismissRefusal'
  | 'team.choose'

export type SessionCommandHandlers = Pick<CommandHandlers, SessionCommandName>

type Taken = Result<null, Problem>
const TAKEN: Taken = ok(null)

/** 4.4: `desktop` is Cisco's own name, and with it we are the agent's desktop. */
const REPLACE_RESOURCE = 'desktop'

const MAX_STRIKES = 4
/** As long as Finesse keeps an account locked. */
const STRIKE_PAUSE_MS = 5 * 60_000

/**
 * What a window may ask of the session. The shell adds the rest (trust, settings, simulator, app). A password goes to
 * the vault here and nowhere else.
 */
export function createSessionCommands(runtime: SessionRuntime, ports: SessionPorts): SessionCommandHandlers {
  const { vault, memory } = ports
  const phase = () => runtime.state().phase

  /** 3.1: the fifth wrong password in a row locks the account, on the phone as well. It is not sent in haste. */
  function tooManyStrikes(server: string, loginId: string): Problem | null {
    const { strikes } = runtime.state()
    if (strikes === null || strikes.server !== server || strikes.loginId !== loginId) return null
    const leftMs = strikes.at + STRIKE_PAUSE_MS - ports.clock.now()
    if (strikes.count < MAX_STRIKES || leftMs <= 0) return null
    return problem('lastPasswordTry', {
      id: loginId,
      host: server,
      minutes: Math.max(1, Math.ceil(leftMs / 60_000)),
    })
  }

  function signIn(input: CommandInput<'session.signIn'>): Taken {
    const node = parseServerAddress(input.server)
    if (node === null) return err(problem('serverAddressInvalid', { server: input.server }))
    const before = phase().name
    if (before !== 'signedOut' && before !== 'blocked') return err(problem('busy'))
    const loginId = input.loginId.trim()
    const extension = input.extension.trim()
    if (loginId === '') return err(problem('userUnknown', { id: '' }))
    if (extension === '') return err(problem('extensionUnknown', { extension: '' }))
    const server = formatServerAddress(node)
    const held = tooManyStrikes(server, loginId)
    if (held !== null) return err(held)
    if (input.password !== null) vault.hold(loginId, input.password)
    // Nothing is held for this agent: as good as a wrong one, and known before it costs a try (15.13).
    else if (vault.read()?.id !== loginId) return err(problem('passwordWrong', { id: loginId }))
    runtime.dispatch({
      type: 'signInRequested',
      account: {
        server,
        node,
        loginId,
        extension,
        mode: input.mode,
        resource: input.mode === 'replace' ? REPLACE_RESOURCE : memory.besideResource(),
        key: ports.newId(),
        partner: memory.partner(server),
      },
      favourites: memory.favourites(server, loginId),
    })
    return TAKEN
  }

  function ask(what: StateAsk): Problem | null {
    const state = runtime.state()
    return refusalOf(state, choicesOf(state), what)
  }

  function signOut(reasonCodeId: string | null): Taken {
    const state = runtime.state()
    if (state.phase.name === 'signedOut') return err(problem('notConnected'))
    if (state.phase.name === 'signingOut') return err(problem('busy'))
    const signedOn =
      state.phase.name === 'online' && state.desk.user !== null && state.desk.user.state !== 'LOGOUT'
    const why = signedOn ? ask({ state: 'LOGOUT', reasonCodeId }) : null
    if (why !== null) return err(why)
    runtime.dispatch({ type: 'signOutRequested', reasonCodeId })
    return TAKEN
  }

  function givePassword(password: string): Taken {
    const { account, phase: now } = runtime.state()
    if (account === null) return err(problem('notConnected'))
    const held = tooManyStrikes(account.server, account.loginId)
    if (held !== null) return err(held)
    vault.hold(account.loginId, password)
    if (now.name === 'blocked' || now.name === 'online') runtime.dispatch({ type: 'resumeRequested' })
    return TAKEN
  }

  return {
    'session.signIn': signIn,
    'session.cancelSignIn': () => {
      if (phase().name !== 'signingIn') return err(problem('notAllowedNow'))
      runtime.dispatch({ type: 'signInCancelled' })
      return TAKEN
    },
    'session.signOut': ({ reasonCodeId }) => signOut(reasonCodeId),
    'session.reconnectNow': () => {
      const now = phase().name
      if (now === 'blocked') runtime.dispatch({ type: 'resumeRequested' })
      else if (now === 'recovering' || now === 'online') runtime.dispatch({ type: 'reconnectRequested' })
      else return err(problem('notAllowedNow'))
      return TAKEN
    },
    'session.dismissGap': () => {
      runtime.dispatch({ type: 'gapDismissed' })
      return TAKEN
    },
    'session.takeOver': () => {
      const now = phase()
      if (now.name !== 'blocked' || now.reason !== 'signedInElsewhere') return err(problem('notAllowedNow'))
      runtime.dispatch({ type: 'resumeRequested' })
      return TAKEN
    },
    'session.givePassword': ({ password }) => givePassword(password),
    'session.signInAgain': () => {
      const state = runtime.state()
      if (state.phase.name !== 'online') return err(problem('notConnected'))
      if (state.desk.user?.state !== 'LOGOUT') return err(problem('notAllowedNow', { condition: 'already' }))
      if (state.desk.request !== null && state.desk.request.phase !== 'refused') return err(problem('busy'))
      runtime.dispatch({ type: 'loginRequested' })
      return TAKEN
    },
    'session.dismiss': () => {
      if (phase().name !== 'blocked') return err(problem('notAllowedNow'))
      runtime.dispatch({ type: 'dismissed' })
      return TAKEN
    },
    'agent.setState': ({ state, reasonCodeId }) => {
      const why = ask({ state, reasonCodeId })
      if (why !== null) return err(why)
      runtime.dispatch({ type: 'stateRequested', state, reasonCodeId })
      return TAKEN
    },
    'agent.dismissRefusal': () => {
      runtime.dispatch({ type: 'refusalDismissed' })
      return TAKEN
    },
    'team.choose': ({ teamId }) => {
      if (phase().name !== 'online') return err(problem('notConnected'))
      runtime.dispatch({ type: 'teamChosen', teamId })
      return TAKEN
    },
  }
}
