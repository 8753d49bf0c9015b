import { kept } from '../../finesse/transport/testing/attempt'
import { startNode } from '../../finesse/rest/testing/node'
import { causeOfSystemInfo } from '../causeOf'
import { openLink, provocation, startSite, testCa, bare, type Link, type Provocation } from './provoke'
import { startResponder, type Script } from '../../finesse/notifications/testing/responder'
import type { NotificationOptions } from '../../finesse/notifications/types'

const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl'

const scripted = async (script: Script, changes: Partial<NotificationOptions> = {}) => {
  const responder = await startResponder(await (await testCa()).issue(), script)
  await kept({ close: () => responder.stop() })
  return { responder, link: await openLink(responder.port, changes) }
}

const answered = async (script: Script) => (await scripted(script)).link.ended()

/** The answer to a subscription that does not end the connection. */
const watched = async (link: Link, node: string) => {
  await link.clock.jumpUntil(() => link.desk.events.some(({ type }) => type === 'ready'), 60_000)
  const watching = link.desk.client.subscribe(node, 'subscribeTeam')
  const cause = link.degraded('subscribeTeam')
  await watching
  return cause
}

const TEAM = '/finesse/api/Team/1/Users'

export const xmppCases: readonly Provocation[] = [
  provocation('open.hostUnknown', 'the domain of another node', async () =>
    (await (await startSite()).link({ xmppDomain: 'fin-x.example.com' })).ended(),
  ),
  provocation('open.timeout', 'nobody speaks after the upgrade', () => answered({ deaf: true })),

  provocation('auth.noPlain', 'the simulator offers SCRAM only', async () =>
    (await (await startSite({ faults: [{ name: 'mechanisms' }] })).link()).ended(),
  ),
  provocation('auth.noPlain', 'nothing is offered', () => answered({ mechanisms: [] })),
  provocation('auth.wrongPassword', 'the simulator knows another password', async () =>
    (await (await startSite()).link({ password: 'wrong' })).ended({ deployment: 'UCCE' }),
  ),
  provocation('auth.wrongPassword', 'REST with a wrong password', async () => {
    const site = await startSite({ faults: [{ name: 'rejectAuth' }] })
    return site.rest.cause(await site.rest.client.user(site.agent.id), 'user')
  }),
  provocation('auth.locked', 'the right password after five wrong ones', async () => {
    const site = await startSite()
    for (let strike = 0; strike < 5; strike += 1) await (await site.link({ password: 'wrong' })).ended()
    return (await site.link()).ended({ wrongPasswords: 6 })
  }),
  provocation('auth.locked', 'the condition account-disabled', async () => {
    const { responder, link } = await scripted({ auth: 'silent' })
    await responder.seen('<auth')
    responder.send(`<failure xmlns="${SASL}"><account-disabled/></failure>`)
    return link.ended()
  }),
  provocation('auth.passwordChanged', 'it worked, then it was changed', async () => {
    const site = await startSite()
    const first = await site.link()
    await first.desk.until('ready')
    first.desk.client.terminate()
    site.control.changePassword(site.agent.id, 'another')
    return (await site.link()).ended({ passwordWorked: true, wrongPasswords: 1 })
  }),
  provocation('auth.loginName', 'a login name on UCCE', async () => {
    const site = await startSite()
    const answer = await site.rest.client.systemInfo()
    const user = await site.rest.client.user(site.agent.id)
    if (!answer.ok || !user.ok) throw new Error('Answers were expected.')
    const loginId = user.value.loginName ?? ''
    return (await site.link({ loginId })).ended({ deployment: answer.value.info.deploymentType })
  }),
  provocation('auth.sso', 'SystemInfo says SSO', async () => {
    const { client } = await startNode(await testCa(), (response) => {
      response.writeHead(200, { 'content-type': 'application/xml' })
      response.end(
        '<SystemInfo><status>IN_SERVICE</status><systemAuthMode>SSO</systemAuthMode><xmppDomain>fin-a.example.com</xmppDomain></SystemInfo>',
      )
    })
    const answer = await client.systemInfo()
    if (!answer.ok) throw new Error('SystemInfo was expected.')
    return causeOfSystemInfo(answer.value.info, bare('localhost', 8445)) ?? Promise.reject(new Error('none'))
  }),
  provocation('auth.sso', 'a password where single sign-on is on', async () =>
    answeredWith({ auth: 'failure' }, { authMode: 'SSO' }),
  ),
  provocation('auth.temporary', 'the condition temporary-auth-failure', async () => {
    const { responder, link } = await scripted({ auth: 'silent' })
    await responder.seen('<auth')
    responder.send(`<failure xmlns="${SASL}"><temporary-auth-failure/></failure>`)
    return link.ended()
  }),
  provocation('auth.refused', 'a challenge, which PLAIN has none', () => answered({ auth: 'challenge' })),
  provocation('auth.timeout', 'the password is not judged', () => answered({ auth: 'silent' })),

  provocation('bind.conflict', 'the resource is taken', () => answered({ bind: 'conflict' })),
  provocation('bind.refused', 'the simulator refuses to bind', async () =>
    (await (await startSite({ faults: [{ name: 'bindRefused' }] })).link()).ended(),
  ),
  provocation('bind.timeout', 'the simulator never says that it bound', async () =>
    (await (await startSite({ faults: [{ name: 'bindUnanswered' }] })).link()).ended(),
  ),

  provocation('presence.finesseAbsent', 'the simulator’s finesse never shows', async () =>
    (await (await startSite({ faults: [{ name: 'noFinessePresence' }] })).link()).degraded('presence'),
  ),
  provocation('presence.finesseGone', 'finesse leaves a living session', async () => {
    const site = await startSite()
    const link = await site.link()
    await link.desk.until('ready')
    site.control.setFinessePresence('A', false)
    await link.desk.until('serverPresence', ({ available }) => !available)
    return link.diagnose({ kind: 'presence' }, 'live')
  }),

  provocation('subscribe.userForbidden', 'the own node is refused', () =>
    answered({ subscribe: () => 'forbidden' }),
  ),
  provocation('subscribe.teamForbidden', 'the simulator forbids the team', async () => {
    const site = await startSite({ faults: [{ name: 'subscribeForbidden', path: '/Team/' }] })
    const user = await site.rest.client.user(site.agent.id)
    const team = user.ok ? (user.value.teamId ?? '') : ''
    return watched(await site.link(), `/finesse/api/Team/${team}/Users`)
  }),
  provocation('subscribe.nodeNotFound', 'the simulator has no such team', async () =>
    watched(await (await startSite()).link(), '/finesse/api/Team/99999/Users'),
  ),
  provocation('subscribe.pubsubUnknown', 'SystemInfo names a service that does not exist', async () => {
    const site = await startSite({ faults: [{ name: 'wrongPubsubDomain' }] })
    const answer = await site.rest.client.systemInfo()
    const pubsubDomain = answer.ok ? (answer.value.info.xmppPubSubDomain ?? '') : ''
    return (await site.link({ pubsubDomain })).ended()
  }),
  provocation('subscribe.refused', 'the service is in trouble', async () =>
    watched(
      (await scripted({ subscribe: (node) => (node === TEAM ? 'internal-server-error' : null) })).link,
      TEAM,
    ),
  ),
  provocation('subscribe.timeout', 'the simulator never confirms the team', async () => {
    const site = await startSite({ faults: [{ name: 'subscribeUnanswered' }] })
    return (await site.link()).ended()
  }),
]

async function answeredWith(script: Script, evidence: Parameters<Link['ended']>[0]) {
  return (await scripted(script)).link.ended(evidence)
}
