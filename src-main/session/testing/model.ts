import type { ConnectionFailure } from '../../finesse/failures'
import type { NotificationEvent } from '../../finesse/notifications/types'
import { err, ok } from '../../finesse/result'
import type { RestFailure, RestResult } from '../../finesse/rest/types'
import type { Effect, SessionEvent } from '../events'
import { reduce } from '../reduce'
import { initialState, type SessionState, type TimerName } from '../state'
import {
  apiError,
  dialog,
  dialogUpdate,
  errorUpdate,
  ownLegIn,
  summary,
  systemInfo,
  team,
  user,
  userUpdate,
} from './samples'

export const failures: readonly ConnectionFailure[] = [
  { kind: 'closed', code: 1006, reason: '' },
  { kind: 'pingTimeout', silentMs: 20_000 },
  { kind: 'tcp', host: 'fin-a.example.com', port: 8445, code: 'ECONNREFUSED' },
  { kind: 'upgrade', status: 503, retryAfterMs: 3_000, location: null },
  { kind: 'auth', condition: 'not-authorized' },
  { kind: 'conflict' },
  { kind: 'streamError', condition: 'system-shutdown', text: '' },
  {
    kind: 'tls',
    host: 'fin-a.example.com',
    port: 8445,
    problem: 'selfSigned',
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    certificate: {
      subject: 'CN=fin-a.example.com',
      issuer: 'CN=fin-a.example.com',
      validFrom: 0,
      validTo: 1,
      subjectAltNames: [],
      fingerprint256: 'AA:BB',
      selfSigned: true,
      pem: '',
    },
  },
]

const restFailures: readonly RestFailure[] = [
  { kind: 'timeout', ms: 10_000 },
  { kind: 'status', status: 401, retryAfterMs: null, errors: [], body: 'empty' },
  { kind: 'status', status: 503, retryAfterMs: 2_000, errors: [], body: 'html' },
  {
    kind: 'status',
    status: 400,
    retryAfterMs: null,
    errors: [apiError('281', 'CF_REASON_CODE_REQUIRED', 'Invalid State')],
    body: 'finesse',
  },
  { kind: 'malformed', status: 200, problem: 'not XML' },
  { kind: 'connection', failure: { kind: 'conflict' } },
  ...failures.map((failure): RestFailure => ({ kind: 'connection', failure })),
]

const STATES = [
  'NOT_READY',
  'READY',
  'LOGOUT',
  'TALKING',
  'HOLD',
  'RESERVED',
  'WORK',
  'WORK_READY',
  'SOMETHING_NEW',
]
const pickFrom = <T>(list: readonly T[], index: number): T => {
  const value = list[index % list.length]
  if (value === undefined) throw new Error('empty list')
  return value
}

const answer = <T>(value: T, failure: RestFailure | null): RestResult<T> =>
  failure === null ? ok(value) : err(failure)
const accepted = { status: 202, requestId: '' }

/** The answer to an effect that asks for one; null for the others. */
export function answerTo(effect: Effect, failure: RestFailure | null, pick: number): SessionEvent | null {
  switch (effect.type) {
    case 'readSystemInfo': {
      const info = systemInfo(pick % 7 === 3 ? { status: 'OUT_OF_SERVICE' } : {})
      return {
        type: 'systemInfoRead',
        gen: effect.gen,
        result: answer({ info, clockOffsetMs: 5, roundTripMs: 1 }, failure),
      }
    }
    case 'probeNode': {
      const info = systemInfo(pick % 5 === 2 ? { status: 'OUT_OF_SERVICE' } : {})
      return {
        type: 'nodeProbed',
        gen: effect.gen,
        name: effect.name,
        result: answer({ info, clockOffsetMs: 5, roundTripMs: 1 }, failure),
      }
    }
    case 'login':
      return {
        type: 'loginAnswered',
        gen: effect.gen,
        requestId: effect.requestId,
        result: answer(accepted, failure),
      }
    case 'setState':
      return {
        type: 'stateAnswered',
        gen: effect.gen,
        requestId: effect.requestId,
        result: answer(accepted, failure),
      }
    case 'readUser':
      return {
        type: 'userRead',
        gen: effect.gen,
        purpose: effect.purpose,
        result: answer(user(pickFrom(STATES, pick)), failure),
      }
    case 'readDialogs':
      return {
        type: 'dialogsRead',
        gen: effect.gen,
        result: answer(pick % 2 === 0 ? [] : [dialog()], failure),
      }
    case 'readReasons':
      return {
        type: 'reasonsRead',
        gen: effect.gen,
        category: effect.category,
        result: answer({ category: effect.category, codes: [] }, failure),
      }
    case 'readTeam':
      return {
        type: 'teamRead',
        gen: effect.gen,
        teamId: effect.teamId,
        result: answer(team([summary('READY')]), failure),
      }
    case 'subscribeTeam':
      return { type: 'teamSubscribed', gen: effect.gen, teamId: effect.teamId, result: ok({ subid: null }) }
    default:
      return null
  }
}

export const restFailureAt = (pick: number): RestFailure => pickFrom(restFailures, pick)

const NODE = '/finesse/api/User/1071'
/** Something the connection may tell, by number. */
export function linkEvent(kind: number, pick: number): NotificationEvent {
  const at = pick
  const endpoint = { host: 'fin-a.example.com', port: pick % 2 === 0 ? 8445 : 7443, path: '/ws/' }
  const item = { type: 'notified' as const, itemId: String(pick), at }
  const time = pick % 3 === 0 ? null : pick
  const value = user(pickFrom(STATES, pick), { stateChangeTime: time })
  switch (kind % 11) {
    case 0:
    case 1:
      return { type: 'ready', jid: '1071@fin-a.example.com/desktop', endpoint }
    case 2:
    case 3:
      return { ...item, node: NODE, update: userUpdate(value) }
    case 4:
      return {
        ...item,
        node: NODE,
        update: errorUpdate(apiError('260', 'CF_INVALID_LOGON_DEVICE_SPECIFIED', 'Invalid Device')),
      }
    case 5:
      return {
        ...item,
        node: `${NODE}/Dialogs`,
        update: dialogUpdate(
          pickFrom(['POST', 'PUT', 'DELETE'], pick),
          ownLegIn(dialog(), pickFrom(['ALERTING', 'ACTIVE', 'HELD', 'WRAP_UP', 'DROPPED'], pick), pick),
        ),
      }
    case 6:
      return {
        ...item,
        node: '/finesse/api/Team/5013/Users',
        update: userUpdate(summary(value.state, { loginId: String(pick % 5) })),
      }
    case 7:
      return { type: 'serverPresence', user: 'finesse@fin-a.example.com', available: pick % 2 === 0, at }
    case 8:
      return { type: 'undecodable', node: NODE, problem: { kind: 'notXml', problem: 'x' }, at }
    case 9:
      return { type: 'stage', report: { stage: 'dns', status: 'started', at, facts: {} }, endpoint }
    default:
      return {
        ...item,
        node: '/finesse/api/SystemInfo',
        update: {
          event: 'PUT',
          source: '/finesse/api/SystemInfo',
          requestId: null,
          data: {
            kind: 'systemInfo',
            value: systemInfo({ status: pick % 2 === 0 ? 'IN_SERVICE' : 'OUT_OF_SERVICE' }),
          },
        },
      }
  }
}

/** The world outside of the reducer: what is open, which timers run, which answers are due. Checks every step. */
export class World {
  state: SessionState = initialState
  readonly open = new Set<number>()
  readonly timers = new Map<TimerName, number>()
  due: Effect[] = []
  readonly answered: SessionEvent[] = []
  maxLinkGen = 0
  private time = 0

  dispatch(event: SessionEvent): void {
    const before = this.state
    this.time += 10
    const { state, effects } = reduce(before, event, {
      now: 1_000_000 + this.time,
      monotonic: this.time,
      random: () => 0.5,
    })
    const stale = 'gen' in event && event.gen !== before.gen && event.gen !== before.link?.gen
    if (stale && (state !== before || effects.length > 0))
      throw new Error(`a stale ${event.type} had an effect`)
    if (state.gen < before.gen || state.counter < before.counter) throw new Error('a number went back')
    this.state = state
    for (const effect of effects) this.carryOut(effect)
    this.check()
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'openLink':
        if (this.open.size > 0) throw new Error('two connections')
        if (effect.link.gen <= this.maxLinkGen) throw new Error('a connection number was used twice')
        this.maxLinkGen = effect.link.gen
        this.open.add(effect.link.gen)
        return
      case 'terminateLink':
        this.open.delete(effect.gen)
        return
      case 'startTimer':
        this.timers.set(effect.name, effect.id)
        return
      case 'cancelTimer':
        if (this.timers.get(effect.name) === effect.id) this.timers.delete(effect.name)
        return
      default:
        if (answerTo(effect, null, 0) !== null) this.due.push(effect)
    }
  }

  private check(): void {
    const { phase, link, timers, desk } = this.state
    const running = [...this.timers].map(([name, id]) => `${name}${String(id)}`).sort()
    const wanted = Object.entries(timers)
      .map(([name, timer]) => `${name}${String(timer.id)}`)
      .sort()
    if (running.join() !== wanted.join())
      throw new Error(`timers differ: ${running.join()} and ${wanted.join()}`)
    if (link !== null ? !this.open.has(link.gen) : this.open.size > 0)
      throw new Error('the connection differs from the state')
    if (phase.name === 'signedOut' || phase.name === 'blocked') {
      if (this.open.size > 0 || this.timers.size > 0) throw new Error(`something is held in ${phase.name}`)
    }
    if (phase.name === 'online' && link?.ready !== true) throw new Error('online without a connection')
    const waiting = phase.name === 'recovering' && phase.step === 'waiting'
    if (waiting && (link !== null || wanted.length !== 1 || timers.retry === undefined))
      throw new Error(`waiting with ${wanted.join()}`)
    const busy =
      phase.name === 'signingIn' || phase.name === 'signingOut' || (phase.name === 'recovering' && !waiting)
    if (busy && timers.step === undefined) throw new Error(`${phase.name} may hang`)
    const { request } = desk
    if (
      request !== null &&
      (request.phase === 'accepted' || request.phase === 'checking') &&
      timers.request === undefined
    )
      throw new Error(`a request ${request.phase} without a timer`)
    if (
      request?.phase === 'asked' &&
      !this.due.some((effect) => 'requestId' in effect && effect.requestId === request.requestId)
    )
      throw new Error('a request asked that nobody answers')
    if (desk.feedIds.length + desk.othersFeedIds.length !== desk.feed.size)
      throw new Error('the feed lost count')
  }

  answer(index: number, failure: RestFailure | null, pick: number): void {
    const [effect] = this.due.splice(index % Math.max(1, this.due.length), 1)
    const event = effect === undefined ? null : answerTo(effect, failure, pick)
    if (event === null) return
    this.answered.push(event)
    this.dispatch(event)
  }

  fire(index: number): void {
    const [name, id] = [...this.timers][index % Math.max(1, this.timers.size)] ?? []
    if (name === undefined || id === undefined) return
    this.timers.delete(name)
    this.dispatch({ type: 'timerFired', name, id })
  }

  /** Time passes as little as it can: the backstop of a step is the last to fire. */
  firePatiently(): void {
    const names = [...this.timers.keys()]
    this.fire(
      Math.max(
        0,
        names.findIndex((name) => name !== 'step' && name !== 'stable'),
      ),
    )
  }

  tellLink(event: NotificationEvent): void {
    const [gen] = this.open
    if (gen === undefined) return
    if (event.type === 'ended') this.open.delete(gen)
    this.dispatch({ type: 'linkReported', gen, event })
  }

  repeat(index: number): void {
    const event = this.answered[index % Math.max(1, this.answered.length)]
    if (event !== undefined && 'gen' in event && event.gen !== this.state.gen) this.dispatch(event)
  }

  get settled(): boolean {
    const { phase, desk } = this.state
    if (desk.request !== null && desk.request.phase !== 'refused') return false
    return phase.name === 'online' || phase.name === 'signedOut' || phase.name === 'blocked'
  }
}
