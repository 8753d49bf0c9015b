import type { CauseTexts } from '../text'

/** Open, authentication, bind, presence, subscriptions. */
export const xmpp: CauseTexts<'open' | 'auth' | 'bind' | 'presence' | 'subscribe'> = {
  'open.hostUnknown': {
    title: 'The notification service does not know the domain {domain}',
    agent: 'The server does not know its own name. Tell your administrator.',
    expected: 'A stream for the xmppDomain of SystemInfo.',
    came: 'The stream error {condition}.',
    reasons: [
      'The domain was taken from the other node: each node is a domain of its own.',
      'The node was renamed and the notification service was not.',
      'A load balancer leads REST to one node and the WebSocket to the other.',
    ],
    checks: [
      'xmppDomain in https://{host}:{port}/finesse/api/SystemInfo',
      'Turn on session stickiness, or address each node by its own name.',
    ],
  },
  'open.timeout': {
    title: 'The WebSocket is open, but nobody speaks XMPP',
    agent: 'Finesse’s news service hangs. Wait a minute; if others have it too, tell your administrator.',
    expected: 'Stream and features within {seconds} s.',
    came: 'Nothing.',
    reasons: [
      'The notification service (Openfire) hangs or has no memory left.',
      'A proxy accepted the upgrade itself and forwards nothing.',
      'A proxy buffers small messages.',
    ],
    checks: [
      'The same without the proxy.',
      'CPU and memory of the node; the log of the Notification Service.',
    ],
  },

  'auth.noPlain': {
    title: 'The server does not accept a password in the way Finesse does',
    agent: 'Sidetone cannot sign in here. Tell your administrator.',
    expected: 'The SASL mechanism PLAIN, the only one Finesse checks.',
    came: 'Other mechanisms, or none ({offered}).',
    reasons: [
      'This is another XMPP server.',
      'PLAIN was switched off in Openfire’s properties.',
      'The authentication provider did not load, so that no mechanism is left.',
    ],
    checks: [
      'The features in the raw answer of stage “Open”.',
      'Restart the Notification Service; see its log.',
    ],
  },
  'auth.wrongPassword': {
    title: 'ID or password is wrong',
    agent:
      'Type your password again. After five wrong tries in a row Finesse locks the account for 5 minutes.',
    expected: 'The password of {id}.',
    came: 'The server refused it ({came}).',
    reasons: [
      'A typing error, Caps Lock or another keyboard layout.',
      'The password was changed or has expired.',
      'The ID is of another user or another system.',
    ],
    checks: [
      'Can {id} sign in to the browser desktop?',
      'Does the user exist in the configuration of UCCE or UCCX, and active?',
    ],
  },
  'auth.locked': {
    title: 'The account {id} is locked',
    agent: 'There were too many wrong passwords. Wait 5 minutes, then type the right one.',
    expected: 'An account that may sign in.',
    came: 'A refusal ({came}), after five wrong passwords or in so many words.',
    reasons: [
      'Five wrong passwords in a row, here or elsewhere.',
      'Another program still tries the old password: a phone, a gadget, a wallboard.',
      'The administrator disabled the account.',
    ],
    checks: ['Who else signs in as {id}? See the node’s access log.', 'Wait 5 minutes without any try.'],
  },
  'auth.passwordChanged': {
    title: 'The password of {id} is not accepted any more',
    agent: 'It worked earlier today. If you changed it, type the new one; your screen stays as it is.',
    expected: 'The password that worked before in this shift.',
    came: 'A refusal ({came}).',
    reasons: [
      'The password was changed or expired meanwhile; Finesse remembers the old one for up to 30 minutes.',
      'The other node asks another directory, or is not synchronised.',
      'Somebody else locked the account with wrong passwords.',
    ],
    checks: ['Was it changed today?', 'Sign in to the browser desktop of both nodes.'],
  },
  'auth.loginName': {
    title: '“{id}” looks like a login name; UCCE wants the agent’s number',
    agent: 'Sign in with your agent number instead of your name.',
    expected: 'The agent ID (peripheral number), digits only.',
    came: '“{id}” was refused ({came}).',
    reasons: [
      'The login name was typed; REST takes it at times, the notification service never does.',
      'The password is wrong as well.',
    ],
    checks: ['loginId in https://{host}:{port}/finesse/api/User/{id}', 'Agent Explorer: peripheral number.'],
  },
  'auth.sso': {
    title: '{host} wants single sign-on',
    agent:
      'This server takes no passwords, and Sidetone cannot do single sign-on yet. Use the browser desktop.',
    expected: 'A server or user with ID and password (NON_SSO).',
    came: 'systemAuthMode {mode}.',
    reasons: ['Single sign-on is on for the whole system.', 'The user was moved to single sign-on.'],
    checks: [
      'systemAuthMode in https://{host}:{port}/finesse/api/SystemInfo',
      'HYBRID: /finesse/api/UserAuthMode/ and the user’s ID.',
    ],
  },
  'auth.temporary': {
    title: 'The server cannot check passwords just now',
    agent: 'Your password was not judged. Sidetone tries again; wait a minute.',
    expected: 'A yes or no to the password.',
    came: 'The SASL condition {condition}.',
    reasons: [
      'The notification service does not reach Finesse, which checks passwords for it.',
      'Finesse does not reach its database (AWDB) or directory.',
    ],
    checks: ['SystemInfo: status and CTI heartbeat.', 'Finesse Tomcat: STARTED? Its connection to the AWDB?'],
  },
  'auth.refused': {
    title: 'The sign-in was refused: {condition}',
    agent: 'The server did not take the sign-in, and not because of the password. Tell your administrator.',
    expected: 'Success, or “not-authorized”.',
    came: 'The SASL answer {condition} for {id}.',
    reasons: [
      'invalid-authzid: this server wants another form of the user’s name.',
      'credentials-expired: the password has to be changed first.',
      'challenge: this is no PLAIN as Finesse speaks it.',
    ],
    checks: ['The raw answer of this stage.', 'The log of the Notification Service at this time.'],
  },
  'auth.timeout': {
    title: 'The server does not answer the sign-in',
    agent: 'Checking your password takes too long. Wait a minute and try again.',
    expected: 'Success or failure within {seconds} s.',
    came: 'Nothing.',
    reasons: ['Finesse waits for its database or directory.', 'All agents sign in at once after a failover.'],
    checks: [
      'Does GET /finesse/api/User with the same ID hang, too?',
      'Finesse Tomcat’s log; state of the AWDB.',
    ],
  },

  'bind.conflict': {
    title: 'Another desktop already has this place',
    agent: 'You are signed in elsewhere as well. Close the other desktop, then try again.',
    expected: 'The resource “{resource}” for {id}.',
    came: 'The condition {condition}.',
    reasons: [
      'The browser desktop is open: it uses “desktop”.',
      'A session that broke a moment ago is not over yet for the server.',
      'The server is set to refuse the new session instead of ending the old one.',
    ],
    checks: [
      'Close the browser desktop, or sign in “Beside the browser”.',
      'Openfire: policy for resource conflicts.',
    ],
  },
  'bind.refused': {
    title: 'The notification service refused the session',
    agent:
      'The server let you in and then gave you no place. Try again; if it stays, tell your administrator.',
    expected: 'A full JID with the resource “{resource}”.',
    came: 'The condition {condition}.',
    reasons: [
      'resource-constraint: too many sessions of this user.',
      'not-allowed: this resource may not be used.',
      'not-offered: this is not the server it seems to be.',
    ],
    checks: ['Sessions of this user in the Notification Service.', 'The raw answer of this stage.'],
  },
  'bind.timeout': {
    title: 'The server does not confirm the session',
    agent: 'Signing in got stuck on the server. Sidetone tries again by itself.',
    expected: 'The full JID within {seconds} s.',
    came: 'Nothing.',
    reasons: ['The notification service is overloaded.', 'It hangs while it ends an older session of yours.'],
    checks: ['How many agents sign in at this moment?', 'CPU of the node; log of the Notification Service.'],
  },

  'presence.finesseAbsent': {
    title: 'The notification service runs, but Finesse is not in it',
    agent: 'State changes may not arrive yet. Sidetone goes on and notices when Finesse comes.',
    expected: 'Presence of the user “finesse” after ours.',
    came: 'None within {seconds} s.',
    reasons: [
      'Finesse Tomcat is starting or lost its own connection to the notification service.',
      'An old release that shows nobody’s presence.',
      'The domain is that of the other node.',
    ],
    checks: ['SystemInfo of this node.', 'utils service list: Finesse Tomcat STARTED? Restart it last.'],
  },
  'presence.finesseGone': {
    title: 'Finesse left the notification service',
    agent: 'Finesse on this server has stopped. Sidetone waits for it or moves to the other server.',
    expected: 'The user “finesse” stays present.',
    came: 'It became unavailable while the connection lived.',
    reasons: [
      'Finesse Tomcat was stopped or restarted, or crashed.',
      'It lost its connection to the notification service on the same node.',
    ],
    checks: ['Who restarted what at this time?', 'Finesse Tomcat’s log and memory.'],
  },

  'subscribe.userForbidden': {
    title: 'The server forbids you your own events',
    agent: 'News about you may not arrive. Tell your administrator.',
    expected: 'A subscription to {node}.',
    came: 'The condition {condition}.',
    reasons: [
      'Finesse subscribes agents to their own nodes itself and refuses it to clients: then nothing is lost.',
      'The ID typed is not the loginId of this user.',
    ],
    checks: ['Do events come all the same (stage “Live”)?', 'loginId in GET /finesse/api/User.'],
  },
  'subscribe.teamForbidden': {
    title: 'You may not watch this team',
    agent:
      'You do not see your colleagues’ states at once. Nothing else is missing; ask your administrator if you need it.',
    expected: 'A subscription to {node}.',
    came: 'The condition {condition}.',
    reasons: [
      '{id} is not a supervisor; on many systems only supervisors may watch teams.',
      'The team is not among those this supervisor looks after.',
    ],
    checks: ['Roles and teams in GET /finesse/api/User/{id}.', 'Team assignment in the administration.'],
  },
  'subscribe.nodeNotFound': {
    title: 'The server has no events under {node}',
    agent: 'One kind of news does not arrive. Tell your administrator.',
    expected: 'A subscription to {node}.',
    came: 'The condition {condition}.',
    reasons: [
      'The team was deleted, renamed or never used since the start of the node.',
      'The ID in the path is a login name instead of the loginId.',
      'This release has no such node.',
    ],
    checks: ['The team or user in the REST API of this node.', 'After a change of teams: sign out and in.'],
  },
  'subscribe.pubsubUnknown': {
    title: 'The event service does not exist at the address SystemInfo names',
    agent: 'News would not arrive. Sidetone tries the other server; tell your administrator.',
    expected: 'An event service for {node}.',
    came: 'The condition {condition}.',
    reasons: [
      'xmppPubSubDomain of SystemInfo is that of another node or an old name.',
      'The pubsub service of the notification service did not start.',
    ],
    checks: [
      'xmppDomain and xmppPubSubDomain in SystemInfo.',
      'Restart the Notification Service; see its log.',
    ],
  },
  'subscribe.refused': {
    title: 'The subscription to {node} was refused',
    agent: 'One kind of news does not arrive. Sidetone reads it from time to time instead.',
    expected: 'A subscription to {node}.',
    came: 'The condition {condition}.',
    reasons: [
      'not-allowed: the node is closed, or the service belongs to another server.',
      'pending: an owner of the node would have to agree.',
      'bad-request: the JID is not that of this session.',
      'internal-server-error or resource-constraint: the service is in trouble.',
    ],
    checks: ['The raw answer of this stage.', 'The log of the Notification Service at this time.'],
  },
  'subscribe.timeout': {
    title: 'The server does not confirm the subscription',
    agent: 'News may be missing. Sidetone tries again by itself.',
    expected: 'An answer within {seconds} s.',
    came: 'Nothing.',
    reasons: ['The pubsub service is overloaded, as after a failover.', 'It hangs while the rest lives.'],
    checks: [
      'How many agents signed in at this moment?',
      'Restart the Notification Service outside of hours.',
    ],
  },
}
