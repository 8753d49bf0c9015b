import type { ConnectionFailure } from '../../finesse/failures'
import type { Update } from '../../finesse/model'
import type { NotificationEvent, NotificationOptions } from '../../finesse/notifications/types'
import { err, ok, type Result } from '../../finesse/result'
import type { RestClient, RestFailure, RestResult } from '../../finesse/rest/types'
import { createSessionCommands } from '../commands'
import type { LogValue, SessionPorts } from '../ports'
import { createSessionRuntime } from '../runtime'
import { systemInfo, team, user } from './samples'

/** Time that passes only when a test says so. */
export function createTestClock(start = Date.UTC(2026, 0, 20, 9, 0, 0)) {
  let elapsed = 0
  let next = 0
  const timers = new Map<number, { readonly due: number; readonly run: () => void }>()
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(ms: number, run: () => void) {
      const id = (next += 1)
      timers.set(id, { due: elapsed + ms, run })
      return () => {
        timers.delete(id)
      }
    },
    pending: () => timers.size,
    /** Runs what falls due, in order, letting promises settle in between. */
    async advance(ms: number) {
      const until = elapsed + ms
      for (;;) {
        await settle()
        const due = [...timers]
          .filter(([, timer]) => timer.due <= until)
          .sort((a, b) => a[1].due - b[1].due)[0]
        if (due === undefined) break
        timers.delete(due[0])
        elapsed = Math.max(elapsed, due[1].due)
        due[1].run()
      }
      elapsed = until
      await settle()
    },
  }
}

export const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

export interface FakeLink {
  readonly options: NotificationOptions
  readonly emit: (event: NotificationEvent) => void
  readonly subscribed: string[]
  readonly unsubscribed: string[]
  /** Limits of the checks asked for, ms. */
  readonly checks: number[]
  open: boolean
  closedBy: 'close' | 'terminate' | null
}

const accepted = { status: 202, requestId: '' }
type Answers = { -readonly [K in Exclude<keyof RestClient, 'close' | 'warm'>]: RestClient[K] } & {
  /** SystemInfo of the node the session is not on. */
  probe: (host: string) => ReturnType<RestClient['systemInfo']>
}

const reasonCodes = (category: 'NOT_READY' | 'LOGOUT') => ({
  category,
  codes: [
    {
      id: category === 'LOGOUT' ? '5' : '49',
      uri: null,
      category,
      code: 27,
      label: 'Lunch',
      forAll: true,
      systemCode: false,
    },
    {
      id: category === 'LOGOUT' ? '6' : '50',
      uri: null,
      category,
      code: 28,
      label: 'Meeting',
      forAll: true,
      systemCode: false,
    },
  ],
})

/** Ports of a healthy Finesse with one agent, to be spoilt by the test, and everything the session did with them. */
export function createBench() {
  const clock = createTestClock()
  const links: FakeLink[] = []
  const requests: string[] = []
  const logged: string[] = []
  let password: { readonly id: string; readonly password: string } | null = null
  let favourites: readonly string[] = []
  let subscribeResult: Result<{ subid: string | null }, ConnectionFailure> = ok({ subid: null })
  let ids = 0

  const answers: Answers = {
    systemInfo: () => Promise.resolve(ok({ info: systemInfo(), clockOffsetMs: 0, roundTripMs: 1 })),
    probe: () => answers.systemInfo(),
    user: () => Promise.resolve(ok(user('NOT_READY', { stateChangeTime: clock.now() }))),
    signIn: () => Promise.resolve(ok(accepted)),
    signOut: () => Promise.resolve(ok(accepted)),
    setState: () => Promise.resolve(ok(accepted)),
    reasonCodes: (_user, _team, category) =>
      Promise.resolve(ok(reasonCodes(category === 'LOGOUT' ? 'LOGOUT' : 'NOT_READY'))),
    team: () =>
      Promise.resolve(ok(team([user('NOT_READY'), user('READY', { loginId: '1072', firstName: 'Bo' })]))),
    dialogs: () => Promise.resolve(ok([])),
  }

  const record = (event: string, fields?: Readonly<Record<string, LogValue>>) => {
    logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
  }

  const createRest = (node: { readonly host: string }): RestClient => {
    const said = (call: string) => requests.push(`${node.host} ${call}`)
    return {
      systemInfo: (signal, anonymous) => (
        said(anonymous === true ? 'probe' : 'systemInfo'),
        anonymous === true ? answers.probe(node.host) : answers.systemInfo(signal)
      ),
      user: (id, signal) => (said('user'), answers.user(id, signal)),
      signIn: (...args) => (said(`signIn ${args[1]}`), answers.signIn(...args)),
      signOut: (...args) => (said(`signOut ${args[1] ?? '-'}`), answers.signOut(...args)),
      setState: (...args) => (
        said(`setState ${args[1].state} ${args[1].reasonCodeId ?? '-'}`),
        answers.setState(...args)
      ),
      reasonCodes: (...args) => (said(`reasonCodes ${args[2]}`), answers.reasonCodes(...args)),
      team: (id, signal) => (said('team'), answers.team(id, signal)),
      dialogs: (id, signal) => (said('dialogs'), answers.dialogs(id, signal)),
      warm: () => undefined,
      close: () => Promise.resolve(),
    }
  }

  const ports: SessionPorts = {
    clock,
    random: () => 0.5,
    newId: () => `id${String((ids += 1))}`,
    vault: {
      hold: (id, secret) => {
        password = { id, password: secret }
      },
      read: () => password,
      forget: () => {
        password = null
      },
    },
    log: { debug: record, info: record, warn: record, error: record },
    createRest,
    openNotifications: (options, emit) => {
      const link: FakeLink = {
        options,
        emit,
        subscribed: [],
        unsubscribed: [],
        checks: [],
        open: true,
        closedBy: null,
      }
      links.push(link)
      return Promise.resolve({
        subscribe: (node) => {
          link.subscribed.push(node)
          return Promise.resolve(subscribeResult)
        },
        check: (limitMs) => {
          link.checks.push(limitMs)
        },
        unsubscribe: (node) => {
          link.unsubscribed.push(node)
          return Promise.resolve()
        },
        close: () => {
          link.open = false
          link.closedBy = 'close'
          emit({ type: 'ended', failure: { kind: 'closedByUs' }, at: clock.now() })
          return Promise.resolve()
        },
        terminate: () => {
          link.open = false
          link.closedBy ??= 'terminate'
        },
      })
    },
    memory: {
      favourites: () => favourites,
      rememberFavourites: (_server, _id, next) => {
        favourites = next
      },
      besideResource: () => 'sidetone-3f9c',
      pins: () => [],
      partner: () => null,
      rememberPartner: () => undefined,
    },
  }

  const runtime = createSessionRuntime(ports)
  const commands = createSessionCommands(runtime, ports)
  const link = (): FakeLink => {
    const last = links.at(-1)
    if (last === undefined) throw new Error('no connection was opened')
    return last
  }
  let items = 0

  return {
    clock,
    ports,
    runtime,
    commands,
    answers,
    links,
    link,
    requests,
    logged,
    favourites: () => favourites,
    password: () => password,
    refuseSubscriptions: (failure: ConnectionFailure) => {
      subscribeResult = err(failure)
    },
    slices: () => runtime.view().slices,
    session: () => runtime.view().slices.session,
    ready: () => {
      const { emit, options } = link()
      const [endpoint] = options.endpoints
      if (endpoint === undefined) throw new Error('no endpoint')
      emit({ type: 'ready', jid: `${options.loginId}@${options.xmppDomain}/${options.resource}`, endpoint })
    },
    end: (failure: ConnectionFailure) => {
      link().open = false
      link().emit({ type: 'ended', failure, at: clock.now() })
    },
    notify: (node: string, update: Update, itemId = `item${String((items += 1))}`) => {
      link().emit({ type: 'notified', node, itemId, update, at: clock.now() })
    },
    signIn: () =>
      commands['session.signIn']({
        server: 'fin-a.example.com',
        loginId: '1071',
        password: SECRET,
        extension: '1001071',
        mode: 'replace',
        caFile: null,
      }),
  }
}

export const SECRET = 'marker-password-7f3a'
export const USER_NODE = '/finesse/api/User/1071'
export const DIALOGS_NODE = '/finesse/api/User/1071/Dialogs'
export const TEAM_NODE = '/finesse/api/Team/5013/Users'

export const failed = <T>(failure: RestFailure): Promise<RestResult<T>> => Promise.resolve(err(failure))

export const statusFailure = (status: number): RestFailure => ({
  kind: 'status',
  status,
  retryAfterMs: null,
  errors: [],
  body: 'html',
})
