import type { CauseTexts } from '../text'

export const upgrade: CauseTexts<'upgrade'> = {
  'upgrade.stripped': {
    title: 'Something on the way takes the WebSocket upgrade out',
    agent:
      'Calls and states cannot reach you through this network path. Tell your administrator: WebSockets are blocked.',
    expected: '101 Switching Protocols from {host}:{port}.',
    came: 'HTTP {status}: the answer to an ordinary request.',
    reasons: [
      'A reverse proxy or load balancer does not pass Upgrade and Connection on.',
      'A proxy or virus scanner on this side removes them.',
      'The path leads to another application.',
    ],
    checks: [
      'nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade".',
      'The same against the node itself, without the proxy in between.',
    ],
  },
  'upgrade.unauthorized': {
    title: 'The proxy in front of Finesse wants to know you first',
    agent: 'The way in from outside is protected. Sign in again; if it stays, tell your administrator.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} to the upgrade.',
    reasons: [
      'The reverse proxy of VPN-less access admits WebSockets only after an authenticated REST call.',
      'The REST call went to the other node’s name.',
      'The proxy’s own sign-in has run out.',
    ],
    checks: [
      'The reverse proxy’s log at this time: “Authorization Failed”.',
      'Do REST and WebSocket use the same host name?',
    ],
  },
  'upgrade.forbidden': {
    title: 'The WebSocket is forbidden for this computer',
    agent: 'A rule keeps this computer out. Your administrator has to allow it.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status}.',
    reasons: [
      'A rule of the reverse proxy or web application firewall forbids /ws/.',
      'Only certain networks are allowed.',
      'A filter on Origin: Sidetone sends none.',
    ],
    checks: ['The log of whoever answers {status}.', 'The rule for /ws/ of {host}:{port}.'],
  },
  'upgrade.notFound': {
    title: 'There is no notification service at {host}:{port}',
    agent: 'Finesse sends its news from another port or machine. Tell your administrator.',
    expected: '101 Switching Protocols at {path}.',
    came: 'HTTP {status}.',
    reasons: [
      'The WebSocket is on another port: 8445 from 12.6 on, 7443 before.',
      'The reverse proxy forwards /finesse but not /ws/.',
      'The Notification Service is not started, so nothing stands behind the path.',
    ],
    checks: [
      'Try the other port: wss://{host}:7443/ws/ or wss://{host}:8445/ws/.',
      'utils service list on the node.',
    ],
  },
  'upgrade.port7443': {
    title: 'This version has its notifications on 7443, not on {port}',
    agent: 'Sidetone asked at the wrong door of the server. Your administrator can correct the port.',
    expected: 'A notification service on {host}:7443: SystemInfo looks like Finesse {version}.',
    came: 'HTTP {status} on port {port}, where only REST is.',
    reasons: [
      'The port was set for 12.6 and later.',
      'This node has not been upgraded yet and the other one has.',
    ],
    checks: ['Open wss://{host}:7443/ws/ instead.', 'Firewall: 7443 from agents to both nodes.'],
  },
  'upgrade.notAllowed': {
    title: 'The path takes no WebSockets',
    agent: 'Sidetone was sent to the wrong place on the server. Tell your administrator.',
    expected: '101 Switching Protocols at {path}.',
    came: 'HTTP {status}: the method GET is not allowed there.',
    reasons: [
      'The path is that of BOSH (/http-bind/), which takes POST only.',
      'The proxy maps /ws/ to BOSH.',
    ],
    checks: ['The path has to be /ws/, with the slash at the end.', 'The proxy’s rule for /ws/.'],
  },
  'upgrade.gateway': {
    title: 'The proxy does not reach the notification service',
    agent:
      'Finesse’s news service seems to be down behind its gateway. Wait a minute; then tell your administrator.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} from whoever stands in front of it.',
    reasons: [
      '502: the Notification Service (Openfire) is stopped or starting.',
      '504: it hangs, or a firewall between proxy and node drops packets.',
      'The proxy points at the wrong port: 8445 from 12.6 on, 7443 before.',
    ],
    checks: [
      'utils service list on the node: is the Notification Service STARTED?',
      'The upstream in the proxy’s error log.',
    ],
  },
  'upgrade.unavailable': {
    title: 'The notification service takes no more sessions now',
    agent: 'The server is starting or overloaded. Sidetone tries again by itself.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} (ask again after {retrySeconds} s).',
    reasons: [
      'The service is starting, or the node is out of service.',
      'A limit of connections is reached, as after a failover of all agents.',
      'A load balancer finds no healthy node.',
    ],
    checks: ['SystemInfo of both nodes.', 'Health checks and limits of the load balancer.'],
  },
  'upgrade.redirected': {
    title: '{host}:{port} sends the WebSocket elsewhere',
    agent:
      'The server points to another place, and Sidetone does not follow with your password. Tell your administrator.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} to {location}.',
    reasons: [
      'The sign-in page of a proxy or of a guest network.',
      'A load balancer sends to the other node.',
      'A rule from HTTP to HTTPS or from one port to another.',
    ],
    checks: ['Who is {location}? If it is the right server, use its name.', 'The redirect rules for /ws/.'],
  },
  'upgrade.refused': {
    title: 'The WebSocket was refused with HTTP {status}',
    agent: 'Finesse’s news service said no. Try again; if it stays, tell your administrator.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status}.',
    reasons: [
      '500: the notification service has an error of its own.',
      '429: too many attempts from this address.',
      'Something in front of Finesse has its own rules.',
    ],
    checks: ['The raw answer of this stage: who signed it (header Server)?', 'Its log at this time.'],
  },
  'upgrade.badAccept': {
    title: 'The answer to the upgrade is not one for us',
    agent: 'Something on the way spoils the connection. Tell your administrator.',
    expected: '101 with the Sec-WebSocket-Accept that belongs to our key.',
    came: 'HTTP {status} with another one, or with extensions nobody asked for.',
    reasons: [
      'A proxy answers from a cache or mixes up two connections.',
      'A home-made gateway does not follow RFC 6455.',
    ],
    checks: ['The raw headers of this stage.', 'The same without the proxy; no caching for /ws/.'],
  },
  'upgrade.noSubprotocol': {
    title: 'The WebSocket at {host}:{port} does not speak XMPP',
    agent: 'This is not Finesse’s news service. Check server name and port with your administrator.',
    expected: 'Sec-WebSocket-Protocol: xmpp (RFC 7395).',
    came: 'Another subprotocol or none ({offered}).',
    reasons: ['Another application answers at this path.', 'A proxy drops Sec-WebSocket-Protocol.'],
    checks: ['The raw headers of this stage.', 'The proxy has to pass Sec-WebSocket-* in both directions.'],
  },
  'upgrade.notHttp': {
    title: '{host}:{port} does not answer in HTTP',
    agent: 'This is not the right port of the server. Check it with your administrator.',
    expected: 'An HTTP answer.',
    came: 'Something that cannot be read as HTTP ({code}).',
    reasons: ['The port is that of raw XMPP over TLS (5223).', 'A gateway forwards TLS to another service.'],
    checks: [
      'openssl s_client -connect {host}:{port}, then type GET / HTTP/1.0.',
      'Use 8445, or 7443 before 12.6.',
    ],
  },
  'upgrade.cut': {
    title: '{host}:{port} hung up instead of answering the upgrade',
    agent: 'Something ended the connection. Try again; if it stays, tell your administrator.',
    expected: '101 Switching Protocols.',
    came: 'The end of the connection ({code}).',
    reasons: [
      'A firewall recognises WebSockets and cuts them.',
      'The notification service is stopping or starting.',
      'A proxy gives up on requests it does not understand.',
    ],
    checks: ['The firewall’s log at this time.', 'The same from a computer beside the node.'],
  },
  'upgrade.timeout': {
    title: '{host}:{port} does not answer the upgrade',
    agent: 'The server seems to hang. Wait a minute; if others have it too, tell your administrator.',
    expected: '101 Switching Protocols within {seconds} s.',
    came: 'Nothing.',
    reasons: [
      'A proxy waits for a body or for the end of the answer, because it does not know upgrades.',
      'The notification service hangs.',
    ],
    checks: [
      'The same without the proxy.',
      'Restart the Notification Service outside of hours; see its log first.',
    ],
  },
}
