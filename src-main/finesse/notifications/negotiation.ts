import type { XmlElement } from '../codec/index'
import type { ConnectionFailure } from '../failures'
import type { Stage, StageFacts } from '../stages'
import { timeLimit } from '../timeLimit'
import type { Answers } from './answers'
import type { NotificationDeadlines } from './deadlines'
import { attributeOf, childOf, type Frame } from './frame'
import { jidParts, localPartOf } from './jid'
import type { StageLog } from './stageLog'
import type { FinesseClock, NotificationOptions } from './types'
import { createXmppClient } from './xmppClient'

/** Where the negotiation stands; a frame that does not belong there is ignored. */
type Phase = 'idle' | 'opening' | 'authenticating' | 'reopening' | 'bound'

export type NegotiationFrame = Extract<
  Frame,
  { readonly kind: 'open' | 'features' | 'success' | 'failure' | 'challenge' }
>

export interface Negotiation {
  readonly start: () => void
  readonly received: (frame: NegotiationFrame) => void
  readonly isBound: () => boolean
  /** The full JID once bound, the bare one before. */
  readonly jid: () => string
  /** Who may answer for our own server: itself, or we ourselves (RFC 6120, 8.1.2.1). */
  readonly ownServer: () => readonly string[]
  readonly frameOf: (kind: 'iq' | 'presence', stanza: object) => string
  readonly stop: () => void
}

interface NegotiationPorts {
  readonly options: NotificationOptions
  readonly clock: FinesseClock
  readonly stages: StageLog
  readonly deadlines: NotificationDeadlines
  readonly answers: Answers
  /** `told`: what listeners hear of it, where that is less. */
  readonly send: (frame: string, told?: string) => void
  readonly bound: () => void
  readonly fail: (failure: ConnectionFailure, closeCode?: number) => void
}

const boundJid = (iq: XmlElement): string | null => {
  const jid = childOf(childOf(iq, 'bind'), 'jid')?.text.trim() ?? ''
  return jid === '' ? null : jid
}

const MAX_TOLD = 20

const told = (text: string): string => text.slice(0, 300)

/** Entity capabilities (XEP-0115): what the server is. */
const capsOf = (features: XmlElement): StageFacts => {
  const caps = childOf(features, 'c')
  const facts: Record<string, string> = {}
  for (const [name, attribute] of [
    ['capsNode', 'node'],
    ['capsHash', 'hash'],
    ['capsVer', 'ver'],
  ] as const) {
    const value = attributeOf(caps, attribute)
    if (value !== null) facts[name] = told(value)
  }
  return facts
}

/** Stages 5 to 7: stream, SASL PLAIN, bind and session. stanza negotiates; what it may see is decided here. */
export const createNegotiation = (ports: NegotiationPorts): Negotiation => {
  const { options, clock, stages, deadlines, answers, fail } = ports
  const local = localPartOf(options.loginId)
  const domain = options.xmppDomain.toLowerCase()
  const bare = `${local}@${domain}`
  let phase: Phase = 'idle'
  let isBinding = false
  let jid = bare
  let cancelStep: () => void = () => undefined

  const step = (stage: Stage, ms: number): void => {
    cancelStep()
    cancelStep = timeLimit(clock, ms, () => fail({ kind: 'timeout', stage, ms }))
  }
  const ownServer = (): readonly string[] => [domain, bare, jid]

  const client = createXmppClient(
    options,
    { local, bare },
    {
      write: ports.send,
      // Binds, then opens a session where the server asks for one. Errors end the connection here: an answer of a
      // dead connection must never find its way into stanza (it would end the next session).
      ask: (id, request, frame) =>
        new Promise((resolve) => {
          answers.expect(id, ownServer(), null, (answer) => {
            if (answer.kind === 'error') return fail({ kind: 'bind', condition: answer.condition }, 1000)
            if (answer.kind === 'timeout') return
            if (request.bind === undefined) return resolve({ type: 'result' })
            const given = boundJid(answer.element)
            if (given === null) return fail({ kind: 'bind', condition: 'no-jid' }, 1000)
            jid = given
            resolve({ type: 'result', bind: { jid } })
          })
          ports.send(frame)
        }),
      started: () => {
        if (phase !== 'reopening') return
        phase = 'bound'
        cancelStep()
        stages.succeed('bind', { jid: told(jid), resource: told(jidParts(jid).resource) })
        ports.bound()
      },
      gaveUp: (problem) => fail({ kind: 'internal', problem }, 1000),
    },
  )

  const firstFeatures = (features: XmlElement): void => {
    const mechanisms = (childOf(features, 'mechanisms')?.children ?? []).map(({ text }) => text.trim())
    stages.succeed('open', { mechanisms: mechanisms.slice(0, MAX_TOLD).map(told), ...capsOf(features) })
    // Whoever listens may have seen enough.
    if (phase !== 'opening') return
    stages.begin('auth', { mechanism: 'PLAIN', user: local })
    // Never EXTERNAL, never SCRAM with the server's choice of a million rounds (section 4.3, fault X19).
    if (!mechanisms.includes('PLAIN')) return fail({ kind: 'mechanism', offered: mechanisms }, 1000)
    phase = 'authenticating'
    step('auth', deadlines.authMs)
    client.authenticate()
  }

  const secondFeatures = (features: XmlElement): void => {
    if (childOf(features, 'bind') === undefined) return fail({ kind: 'bind', condition: 'not-offered' }, 1000)
    // RFC 3921's session, only where it is offered and not optional (18, no. 4).
    const session = childOf(features, 'session')
    const isNeeded = session !== undefined && childOf(session, 'optional') === undefined
    if (isBinding) return
    isBinding = true
    client.bind(isNeeded ? 'needed' : 'notNeeded')
  }

  const authenticated = (): void => {
    phase = 'reopening'
    stages.succeed('auth', { mechanism: 'PLAIN', user: local })
    stages.begin('bind', { resource: options.resource })
    step('bind', deadlines.bindMs)
    client.authenticated()
    client.forgetPassword()
  }

  const received = (frame: NegotiationFrame): void => {
    switch (frame.kind) {
      case 'open':
        if (phase === 'opening') stages.note('open', { from: frame.from, streamId: frame.id })
        return undefined
      case 'features':
        if (phase === 'opening') firstFeatures(frame.element)
        else if (phase === 'reopening') secondFeatures(frame.element)
        return undefined
      case 'success':
        return phase === 'authenticating' ? authenticated() : undefined
      case 'failure':
        return phase === 'authenticating'
          ? fail({ kind: 'auth', condition: frame.condition }, 1000)
          : undefined
      case 'challenge':
        // PLAIN has none; answering would send the password once more.
        return phase === 'authenticating' ? fail({ kind: 'auth', condition: 'challenge' }, 1000) : undefined
    }
  }

  return {
    start: () => {
      phase = 'opening'
      stages.begin('open', { to: options.xmppDomain })
      step('open', deadlines.openMs)
      client.start()
    },
    received,
    isBound: () => phase === 'bound',
    jid: () => jid,
    ownServer,
    frameOf: client.frameOf,
    stop: () => {
      phase = 'idle'
      cancelStep()
      client.forgetPassword()
    },
  }
}
