import type { CauseTexts } from '../text'

/** DNS, proxy, TCP. */
export const network: CauseTexts<'dns' | 'proxy' | 'tcp'> = {
  'dns.notFound': {
    title: '{host} has no address',
    agent:
      'The server name is misspelt, or it is known only inside the company network. Check the spelling and your VPN.',
    expected: 'An IPv4 or IPv6 address for {host}.',
    came: 'The name servers answered that there is none ({code}).',
    reasons: [
      'The VPN is down, so that public name servers are asked for an internal name.',
      'The name is misspelt or was changed.',
      'The record is missing in this zone, often of the second node.',
    ],
    checks: [
      'nslookup {host} on this computer, with and without VPN.',
      'Compare with the host names of SystemInfo or of the Finesse administration console.',
    ],
  },
  'dns.shortName': {
    title: 'The short name {host} has no address',
    agent: 'Type the full name of the server, such as {host}.example.com.',
    expected: 'A full host name, or a search domain that completes {host}.',
    came: 'No address ({code}).',
    reasons: [
      'Only the first part of the name was typed, and this network has no search domain for it.',
      'Working from home: the VPN brings no search domain.',
    ],
    checks: [
      'nslookup with the full name of the node.',
      'The DNS search list of this computer. Certificates and XMPP need the full name anyway.',
    ],
  },
  'dns.noAnswer': {
    title: 'The name servers do not answer',
    agent: 'Your computer cannot look up any names just now. Check the cable, Wi-Fi or VPN.',
    expected: 'An answer for {host}.',
    came: 'No usable answer from the resolver ({code}).',
    reasons: [
      'No network, or one that has just changed (sleep, Wi-Fi, VPN).',
      'The configured name servers are reachable through the VPN only.',
      'The name server itself fails for this zone.',
    ],
    checks: [
      'Does another internal name resolve? nslookup {host}',
      'The name servers this computer uses: ipconfig /all, scutil --dns or resolvectl status.',
    ],
  },
  'dns.timeout': {
    title: 'Looking up {host} took too long',
    agent: 'Your network is very slow or half connected. Check the VPN, or wait until it is up.',
    expected: 'An address within {seconds} s.',
    came: 'Nothing.',
    reasons: [
      'The first name server is dead and the second is asked late.',
      'The VPN is still connecting.',
      'A proxy configuration file (PAC) does not load.',
    ],
    checks: ['Time of nslookup {host}, with each name server in turn.', 'Can the PAC file be fetched?'],
  },

  'proxy.unreachable': {
    title: 'The proxy {host}:{port} cannot be reached',
    agent: 'Your company’s proxy does not answer, so there is no way to Finesse. Check the network or VPN.',
    expected: 'A connection to the proxy that the system names for Finesse.',
    came: 'No connection ({code}). Sidetone does not go around the proxy.',
    reasons: [
      'The proxy is for the office network, and this computer is elsewhere.',
      'The proxy is down or its name has changed.',
      'A firewall drops it.',
    ],
    checks: [
      'The proxy settings or PAC file of the system: they should say DIRECT for the Finesse nodes.',
      'Test-NetConnection {host} -Port {port}, or nc -vz {host} {port}.',
    ],
  },
  'proxy.auth': {
    title: 'The proxy {host}:{port} wants a password',
    agent: 'Sidetone cannot sign in to the proxy. Your administrator can let Finesse through without one.',
    expected: 'A tunnel to Finesse (CONNECT, answer 200).',
    came: 'HTTP 407 Proxy Authentication Required.',
    reasons: [
      'The proxy asks everybody, and browsers answer by themselves with the Windows account.',
      'The Finesse nodes are missing in the proxy’s list of exceptions.',
    ],
    checks: [
      'Set the nodes to DIRECT in the PAC file or the list of exceptions.',
      'Or let the proxy allow CONNECT to ports 8445 and 7443 of both nodes without authentication.',
    ],
  },
  'proxy.refused': {
    title: 'The proxy {host}:{port} opens no way to Finesse',
    agent:
      'Your company’s proxy does not let Sidetone through to Finesse. Your administrator has to allow it.',
    expected: 'A tunnel to {target} (CONNECT, answer 200).',
    came: 'The proxy answered {code}.',
    reasons: [
      '403: the port is not allowed; many proxies allow CONNECT to 443 only.',
      '502, 503, 504: the proxy cannot reach an internal host.',
      'MALFORMED: this is no HTTP proxy.',
    ],
    checks: [
      'curl -v -x http://{host}:{port} https://{target}/',
      'The rule for ports 8445 and 7443 in the proxy, or DIRECT for the nodes.',
    ],
  },
  'proxy.unsupported': {
    title: 'The system names a proxy that cannot be used',
    agent: 'The proxy settings of this computer do not fit. Your administrator can correct them.',
    expected: 'DIRECT or an HTTP proxy for {target}.',
    came: 'Another kind of proxy, or no answer about it ({code}).',
    reasons: [
      'The PAC file answers only SOCKS or HTTPS proxies for the nodes.',
      'The PAC file cannot be loaded or has an error.',
    ],
    checks: ['What the PAC file answers for https://{target}/.', 'Add DIRECT for the Finesse nodes.'],
  },

  'tcp.refused': {
    title: 'Nothing listens on {host}:{port}',
    agent: 'The server is there, but Finesse is not running on this port. Tell your administrator.',
    expected: 'A TCP connection to port {port}.',
    came: 'It was refused ({code}).',
    reasons: [
      'The Finesse services are stopped or still starting; after a restart that takes minutes.',
      'Wrong port: REST is on 8445; the WebSocket on 8445 from 12.6 on and on 7443 before.',
      'A firewall answers for the server.',
    ],
    checks: [
      'utils service list on the node: Cisco Finesse Tomcat and the Notification Service have to be STARTED.',
      'Test-NetConnection {host} -Port {port}, also from another network.',
    ],
  },
  'tcp.port8445': {
    title: 'This version has its notifications on 8445, not on {port}',
    agent: 'Sidetone asked at the wrong door of the server. Your administrator can correct the port.',
    expected: 'A notification service on {host}:8445: SystemInfo looks like Finesse {version}.',
    came: 'No connection to port {port} ({code}).',
    reasons: [
      'The port was set for a release before 12.6; since then 7443 is deprecated and may be closed.',
      'A firewall rule from the old release remains.',
    ],
    checks: ['Open wss://{host}:8445/ws/ instead.', 'Firewall: 8445 from agents to both nodes.'],
  },
  'tcp.port7443': {
    title: 'This version has its notifications on 7443, not on {port}',
    agent: 'Sidetone asked at the wrong door of the server. Your administrator can correct the port.',
    expected: 'A notification service on {host}:7443: SystemInfo looks like Finesse {version}.',
    came: 'No connection to port {port} ({code}).',
    reasons: [
      'The port was set for 12.6 and later; before, the WebSocket is on 7443 only.',
      'This node has not been upgraded yet and the other one has.',
    ],
    checks: ['Open wss://{host}:7443/ws/ instead.', 'Firewall: 7443 from agents to both nodes.'],
  },
  'tcp.timeout': {
    title: '{host}:{port} does not answer',
    agent: 'Nothing comes back from the server. Check your VPN; if others work, tell your administrator.',
    expected: 'A TCP connection to port {port}.',
    came: 'Neither yes nor no.',
    reasons: [
      'A firewall drops packets to this port without a word.',
      'The VPN does not lead to this network.',
      'The node is switched off, or its address is an old one.',
    ],
    checks: [
      'Test-NetConnection {host} -Port {port}, inside and outside of the VPN.',
      'The firewall’s log for this computer’s address.',
      'Are the addresses of stage DNS those of the node?',
    ],
  },
  'tcp.unreachable': {
    title: 'No way leads to {host}',
    agent: 'Your computer has no connection to the company network. Check the cable, Wi-Fi or VPN.',
    expected: 'A route to {host}.',
    came: 'The system knows none ({code}).',
    reasons: [
      'No network, or the VPN is down.',
      'The name has an IPv6 address only, and this network has no IPv6.',
      'A router on the way says that the network is not reachable.',
    ],
    checks: ['ping {host}; tracert or traceroute {host}.', 'The routes the VPN sets.'],
  },
}
