import type { SelfTestCheck } from '../../src-contract/inspector'
import { causeOfConnection, causeOfRest, releaseOf } from '../diagnosis/causeOf'
import type { NotificationOptions } from '../finesse/notifications/types'
import type { RestFailure } from '../finesse/rest/types'
import type { Stage, StageFacts } from '../finesse/stages'
import { endpointsOf, nodesOf, teamNode, userNodesOf } from '../session/connection/nodes'
import type { NodeAddress } from '../session/ports'
import { restProblem } from '../session/problems'
import { formatServerAddress, parseServerAddress } from '../session/serverAddress'
import { createChecks, type Checks } from './checks'
import { askAbout, NOBODY, type Agent } from './agent'
import { createStageTrack, type Evidence } from './stageTrack'
import { testLink } from './testLink'
import { testNode, type TestedNode } from './testNode'
import type { OnCheck, ProbeOutcome, ProbePorts, ProbeTarget } from './types'

/** As the session's. */
const PRESENCE_WAIT_MS = 3_000

const WITH_ACCOUNT: readonly Stage[] = ['auth', 'bind', 'presence', 'subscribeUser', 'subscribeTeam', 'live']

const isTeamNode = (node: string): boolean => /\/Team\//i.test(node)

interface Run {
  readonly target: ProbeTarget
  readonly ports: ProbePorts
  readonly checks: Checks
}

interface LinkTarget {
  readonly node: NodeAddress
  /** Null: nobody has told, so the server cannot be greeted. */
  readonly xmppDomain: string | null
  readonly pubsubDomain: string
  readonly evidence: Evidence
  /** Null: as far as the greeting. */
  readonly agent: Agent | null
}

const nodesToWatch = ({ nodes, account, noRest }: ProbeTarget, agent: Agent | null) => {
  if (nodes.length > 0)
    return { user: nodes.filter((node) => !isTeamNode(node)), team: nodes.filter(isTeamNode) }
  const teamId = agent?.teamId ?? null
  return {
    user: noRest || account === null ? [] : userNodesOf(account.loginId),
    team: teamId === null ? [] : [teamNode(teamId)],
  }
}

const evidenceOf = ({ target }: Run, tested: TestedNode | null): Evidence => {
  const info = tested?.info ?? null
  return {
    loginId: target.account?.loginId ?? '',
    clockOffsetMs: tested?.clockOffsetMs ?? null,
    version: info === null ? null : releaseOf(info),
    deployment: info?.deploymentType ?? null,
    authMode: info?.systemAuthMode ?? null,
  }
}

const trustedPortsOf = (checks: Checks, { host }: NodeAddress): readonly number[] =>
  checks
    .list()
    .filter(({ stage, status, server }) => {
      return stage === 'tls' && status === 'ok' && parseServerAddress(server)?.host === host
    })
    .flatMap(({ server }) => parseServerAddress(server)?.port ?? [])

const presenceLeftOut = (agent: Agent | null): StageFacts => {
  if (agent === null) return {}
  return agent.state === null ? { why: 'stateUnknown' } : { why: 'signedIn', state: agent.state }
}

const linkTo = ({ target, ports, checks }: Run, link: LinkTarget): Promise<SelfTestCheck | null> => {
  const { account, wsPath, noRest } = target
  const watched = nodesToWatch(target, link.agent)
  const seen = new Set(checks.list().map(({ stage, server }) => `${stage} ${server}`))
  const loginId = account?.loginId ?? ''
  const track = createStageTrack({
    checks,
    evidence: {
      ...link.evidence,
      trustedPorts: trustedPortsOf(checks, link.node),
      ...(link.xmppDomain === null ? {} : { xmppDomain: link.xmppDomain }),
    },
    now: ports.clock.now,
    causeOf: causeOfConnection,
    isKnown: (stage, server) => seen.has(`${stage} ${server}`),
    skipped: (stage) => (stage === 'presence' ? presenceLeftOut(link.agent) : {}),
    isRequired: (stage) => stage.startsWith('subscribe') && target.nodes.length > 0,
  })
  const options: NotificationOptions = {
    endpoints: endpointsOf(link.node).map((one) => ({ ...one, path: wsPath ?? one.path })),
    xmppDomain: link.xmppDomain ?? link.node.host,
    pubsubDomain: link.pubsubDomain,
    loginId,
    // Nothing that is not needed for the greeting.
    password: link.agent === null ? '' : (account?.password ?? ''),
    resource: target.resource,
    // Other servers take it for the wish to act as somebody else.
    authzid: noRest ? 'empty' : 'bareJid',
    userNodes: watched.user,
    userNodeOptional: true,
    presenceWaitMs: PRESENCE_WAIT_MS,
    announce: link.agent?.announce ?? false,
  }
  const noTeam = (): void => {
    if (target.nodes.length > 0) return
    const why = noRest ? 'noNodes' : 'noTeam'
    checks.open('subscribeTeam', formatServerAddress(link.node), { status: 'skipped', facts: { why } })
  }
  const until = link.agent !== null ? 'live' : link.xmppDomain === null ? 'upgrade' : 'open'
  return testLink({ options, until, teamNodes: watched.team, noTeam }, ports, track)
}

const skip = ({ target, checks }: Run, stages: readonly Stage[], why: string): void => {
  for (const stage of stages)
    checks.open(stage, formatServerAddress(target.node), { status: 'skipped', facts: { why } })
}

/** The password was refused before it came to the notification service: a second try there would be a second strike. */
const refuse = (run: Run, failure: RestFailure, evidence: Evidence): SelfTestCheck => {
  const { node } = run.target
  const context = { ...evidence, ...node, now: run.ports.clock.now(), facts: {} }
  return run.checks
    .open('auth', formatServerAddress(node), {
      status: 'failed',
      problem: restProblem(failure, 'user', { ...context, extension: '' }),
      cause: causeOfRest(failure, 'user', context),
    })
    .get()
}

const domainsOf = ({ target }: Run, tested: TestedNode | null) => {
  const { node, xmppDomain } = target
  if (xmppDomain !== null) return { xmppDomain, pubsubDomain: `pubsub.${xmppDomain}` }
  if (tested === null) return { xmppDomain: node.host, pubsubDomain: `pubsub.${node.host}` }
  return { xmppDomain: tested.info?.xmppDomain ?? null, pubsubDomain: tested.info?.xmppPubSubDomain ?? '' }
}

/** The node SystemInfo names beside ours: everything that needs no password, and it is never shown one. */
const testPartner = async (run: Run, own: TestedNode): Promise<void> => {
  const partner = own.info === null ? undefined : nodesOf(run.target.node, own.info)[1]
  if (partner === undefined || run.ports.signal?.aborted === true) return
  const node = partner.address
  const tested = await testNode({ node, credentials: null, xmppDomain: null }, run.ports, run.checks)
  await tested.rest.close()
  if (tested.failed !== null || tested.info?.xmppDomain == null) return
  const { xmppDomain, xmppPubSubDomain } = tested.info
  const pubsubDomain = xmppPubSubDomain ?? ''
  await linkTo(run, { node, xmppDomain, pubsubDomain, evidence: evidenceOf(run, tested), agent: null })
}

const testAll = async (run: Run, own: TestedNode | null): Promise<SelfTestCheck | null> => {
  const { target } = run
  const { node, account } = target
  if (own?.failed != null) return own.failed
  const evidence = evidenceOf(run, own)
  const link = { node, ...domainsOf(run, own), evidence }
  const agent = own === null ? NOBODY : await askAbout(account, own.rest, run.ports.signal)
  if (account === null || !agent.ok) {
    const failed = await linkTo(run, { ...link, agent: null })
    if (failed !== null) return failed
    if (!agent.ok) return refuse(run, agent.error, evidence)
    if (link.xmppDomain === null) skip(run, ['open'], 'noDomain')
    skip(run, WITH_ACCOUNT, 'noCredentials')
    return null
  }
  return linkTo(run, { ...link, agent: agent.value })
}

/**
 * Goes through the stages of a session on the code of the session, and leaves no trace: nobody is signed in, no state
 * is changed, and no presence is left that Finesse could miss (docs/decisions/0023). Never throws; ends within the
 * time limits of its stages, about a minute and a half at worst.
 */
export const runProbe = async (
  target: ProbeTarget,
  ports: ProbePorts,
  on: OnCheck,
): Promise<ProbeOutcome> => {
  const checks = createChecks(on, ports.redact)
  const run: Run = { target, ports, checks }
  const { node, account, xmppDomain } = target
  const credentials = account && { id: account.loginId, password: account.password }
  const own = target.noRest ? null : await testNode({ node, credentials, xmppDomain }, ports, checks)
  if (own !== null) await testPartner(run, own)
  const failed = await testAll(run, own)
  await own?.rest.close()
  const missing = checks
    .list()
    .filter(({ id, status }) => id !== failed?.id && (status === 'failed' || status === 'degraded'))
  const broken = ports.signal?.aborted === true
  return {
    result: failed !== null || broken ? 'failed' : account === null ? 'reachable' : 'live',
    failedAt: failed?.stage ?? null,
    problem: failed?.problem ?? null,
    cause: failed?.cause ?? null,
    missing,
  }
}
