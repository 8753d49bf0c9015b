import type { Cause } from '../../src-contract/causes/ids'
import type { Stage } from '../../src-contract/connection'
import type { Problem } from '../../src-contract/problem'
import {
  causeOfConnection,
  causeOfProblem,
  causeOfRest,
  causeOfSystemInfo,
  releaseOf,
  type CauseContext,
} from '../diagnosis/causeOf'
import { decodeDocument } from '../finesse/codec'
import type { CertificateFacts, ConnectionFailure } from '../finesse/failures'
import type { SystemInfo } from '../finesse/model'
import type { RestFailure } from '../finesse/rest/types'
import type { StageFacts } from '../finesse/stages'
import { connectionProblem, restProblem, type RestCall } from '../session/problems'

/** Whose session it is, as far as known. */
export interface Who {
  readonly loginId: string
  readonly extension: string
}

export interface Verdict {
  readonly problem: Problem
  readonly cause: Cause
}

/** What was learned of a host on the way; decides between causes that look the same on the wire. */
export interface Evidence {
  systemInfo(host: string, info: SystemInfo, offsetMs: number | null): void
  trusted(host: string, port: number): void
  passwordWorked(): void
  /** A password was typed: that another one worked before says nothing of it. */
  passwordTyped(): void
  /** Null: none of the three. */
  connection(
    failure: ConnectionFailure,
    stage: Stage,
    at: EvidencePlace & { readonly facts: StageFacts; readonly chain: readonly CertificateFacts[] },
  ): Verdict
  rest(failure: RestFailure, call: RestCall | 'other', at: EvidencePlace): Verdict
  /** What the session found out by itself. */
  problem(problem: Problem, at: EvidencePlace): Cause
  /** A good answer that says of trouble. */
  info(info: SystemInfo, at: EvidencePlace): Cause | null
}

export interface EvidencePlace {
  readonly host: string
  readonly port: number
  /** Our wall clock. */
  readonly now: number
}

interface HostFacts {
  info: SystemInfo | null
  offsetMs: number | null
  readonly trustedPorts: Set<number>
}

/** A session knows two hosts; a self-test some more. */
const MOST_HOSTS = 50

export const readSystemInfo = (body: string): SystemInfo | null => {
  const read = decodeDocument(body)
  return read.ok && read.value.kind === 'systemInfo' ? read.value.value : null
}

export const createEvidence = (who: () => Who): Evidence => {
  const hosts = new Map<string, HostFacts>()
  let wrongPasswords = 0
  let worked = false
  /** Of whom both tell: the next at this workstation has passwords of their own. */
  let person = ''
  const meet = (): void => {
    const { loginId } = who()
    if (loginId === '' || loginId === person) return
    person = loginId
    wrongPasswords = 0
    worked = false
  }

  const factsOf = (host: string): HostFacts => {
    const key = host.toLowerCase()
    const known = hosts.get(key)
    if (known !== undefined) return known
    if (hosts.size >= MOST_HOSTS) hosts.clear()
    const fresh: HostFacts = { info: null, offsetMs: null, trustedPorts: new Set() }
    hosts.set(key, fresh)
    return fresh
  }
  const context = (
    { host, port, now }: EvidencePlace,
    facts: StageFacts = {},
    chain: readonly CertificateFacts[] = [],
  ): CauseContext => {
    const { info, offsetMs, trustedPorts } = factsOf(host)
    const { loginId, extension } = who()
    return {
      host,
      port,
      loginId,
      extension,
      version: info === null ? null : releaseOf(info),
      clockOffsetMs: offsetMs,
      facts,
      now,
      chain,
      trustedPorts: [...trustedPorts],
      deployment: info?.deploymentType ?? null,
      authMode: info?.systemAuthMode ?? null,
      wrongPasswords,
      passwordWorked: worked,
      ...(info?.xmppDomain == null ? {} : { xmppDomain: info.xmppDomain }),
    }
  }
  const people = ({ host, port }: EvidencePlace) => ({ host, port, ...who() })

  return {
    systemInfo: (host, info, offsetMs) => {
      const facts = factsOf(host)
      facts.info = info
      if (offsetMs !== null) facts.offsetMs = offsetMs
    },
    trusted: (host, port) => void factsOf(host).trustedPorts.add(port),
    passwordTyped: () => {
      worked = false
    },
    passwordWorked: () => {
      meet()
      wrongPasswords = 0
      worked = true
    },
    connection: (failure, stage, at) => {
      meet()
      if (failure.kind === 'auth') wrongPasswords += 1
      return {
        problem: connectionProblem(failure, people(at)),
        cause: causeOfConnection(failure, stage, context(at, at.facts, at.chain)),
      }
    },
    rest: (failure, call, at) => {
      meet()
      const before = wrongPasswords
      wrongPasswords += 1
      const cause = causeOfRest(failure, call, context(at))
      // A 401 may also be a missing right or an invalid state (15.12).
      if (failure.kind !== 'status' || failure.status !== 401 || !cause.id.startsWith('auth.'))
        wrongPasswords = before
      return { problem: restProblem(failure, call === 'other' ? 'user' : call, people(at)), cause }
    },
    problem: (problem, at) => causeOfProblem(problem, context(at)),
    info: (info, at) => causeOfSystemInfo(info, context(at)),
  }
}
