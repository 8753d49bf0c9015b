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
    passwordWorked: () => {
      wrongPasswords = 0
      worked = true
    },
    connection: (failure, stage, at) => {
      if (failure.kind === 'auth') wrongPasswords += 1
      return {
        problem: connectionProblem(failure, people(at)),
        cause: causeOfConnection(failure, stage, context(at, at.facts, at.chain)),
      }
    },
    rest: (failure, call, at) => {
      if (failure.kind === 'status' && failure.status === 401 && call !== 'systemInfo') wrongPasswords += 1
      return {
        problem: restProblem(failure, call === 'other' ? 'user' : call, people(at)),
        cause: causeOfRest(failure, call, context(at)),
      }
    },
    problem: (problem, at) => causeOfProblem(problem, context(at)),
    info: (info, at) => causeOfSystemInfo(info, context(at)),
  }
}
