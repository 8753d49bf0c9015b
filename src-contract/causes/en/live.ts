import type { CauseTexts } from '../text'

/** The living connection, the clock, and Sidetone itself. */
export const live: CauseTexts<'live' | 'clock' | 'app' | 'unknown'> = {
  'live.pingTimeout': {
    title: '{host} stopped answering',
    agent: 'The connection looked open but was dead. Sidetone connects again by itself.',
    expected: 'Answers to pings.',
    came: 'None for {seconds} s.',
    reasons: [
      'The network broke without a word: Wi-Fi, VPN, sleep, a changed address.',
      'A firewall or NAT forgot the connection after an idle time.',
      'The server or its machine hangs.',
    ],
    checks: [
      'Did others lose it at the same second? Then it was the server; else this network.',
      'Idle time-out of firewalls and VPN: above 60 s.',
    ],
  },
  'live.silent': {
    title: 'The connection lives, but no events come',
    agent: 'Changes were found only by asking. Sidetone connects again, to the other server if it can.',
    expected: 'An event for each change.',
    came: 'Answers to pings, and changes that only REST told.',
    reasons: [
      'Finesse lost its own connection to the notification service.',
      'The pubsub service hangs.',
      'The presence of this session got lost, so that events are not routed to it.',
    ],
    checks: [
      'Does the browser desktop on this node miss changes, too?',
      'Restart Finesse Tomcat, then the Notification Service, outside of hours.',
    ],
  },
  'live.conflict': {
    title: 'Another desktop took over the session of {id}',
    agent:
      'Only one can be your desktop, and Sidetone does not fight for it. Close the other one, then choose “Take over here”.',
    expected: 'One session with this resource.',
    came: 'The stream error conflict.',
    reasons: [
      'The browser desktop was opened: it uses the same resource.',
      'Sidetone runs on a second computer.',
      'Somebody else signs in with this ID.',
    ],
    checks: ['Where else is {id} signed in?', 'To use both, sign in “Beside the browser”.'],
  },
  'live.shutdown': {
    title: 'The notification service was stopped',
    agent: 'The server restarts or closes. Sidetone moves to the other one, or waits.',
    expected: 'A service that stays.',
    came: 'A farewell: {condition}.',
    reasons: [
      'A planned restart, an upgrade or a switch of versions.',
      'The node was taken out for maintenance.',
      'A proxy or load balancer was restarted.',
    ],
    checks: ['Who restarted what at this time?', 'utils service list; uptime of the node.'],
  },
  'live.policyViolation': {
    title: 'The server ended the session by its rules',
    agent:
      'The server objected to the connection. Sidetone tries again after a while; tell your administrator if it returns.',
    expected: 'A session without objection.',
    came: 'policy-violation ({condition}).',
    reasons: [
      'Too many requests in a short time.',
      'An administrator ended the session in Openfire.',
      'Our pings came too late for its rules, as after sleep.',
    ],
    checks: [
      'The log of the Notification Service at this time.',
      'Rules of a web application firewall for /ws/.',
    ],
  },
  'live.streamError': {
    title: 'The notification service ended the session: {condition}',
    agent: 'News stopped for a moment. Sidetone connects again by itself.',
    expected: 'A stream without errors.',
    came: 'The stream error {condition} ({message}).',
    reasons: [
      'An error of the service itself, such as internal-server-error or resource-constraint.',
      'connection-timeout: it had not heard from us.',
      'see-other-host: it wants to send its clients elsewhere, which Sidetone does not follow.',
    ],
    checks: ['The last frames of the trace.', 'The log of the Notification Service at this time.'],
  },
  'live.closed': {
    title: '{host} closed the connection',
    agent: 'The server ended the connection in an orderly way. Sidetone connects again by itself.',
    expected: 'A connection that stays.',
    came: 'Closed with code {code}.',
    reasons: [
      'The notification service ended the session, for example because the user was signed out.',
      'An error inside of it (1011).',
      'A load balancer moves its connections.',
    ],
    checks: ['The last frames of the trace.', 'The log of the Notification Service at this time.'],
  },
  'live.cut': {
    title: 'The connection to {host}:{port} ended without a farewell',
    agent: 'Something cut the line. Sidetone connects again by itself.',
    expected: 'A closing frame before the end.',
    came: 'The end of the TCP connection, by FIN or by reset ({code}).',
    reasons: [
      'A firewall, proxy or load balancer cut it: an idle or a total time limit, or its restart.',
      'This computer’s own network went away: Wi-Fi, VPN, sleep.',
      'The notification service or the node crashed.',
    ],
    checks: [
      'Always after the same time? Then it is a time limit on the way (nginx: proxy_read_timeout).',
      'Did others lose it at the same second? Then it was the server.',
    ],
  },
  'live.slowFrame': {
    title: 'A message arrived too slowly',
    agent: 'Your network is very slow just now. Sidetone connects again by itself.',
    expected: 'A begun message to be complete within {seconds} s.',
    came: 'Only a part of it.',
    reasons: [
      'A very slow or lossy line.',
      'Large packets are lost on the VPN (MTU).',
      'A proxy that buffers.',
    ],
    checks: ['ping {host} with 1400 bytes and “do not fragment”.', 'Loss on Wi-Fi or VPN.'],
  },
  'live.malformed': {
    title: 'The server sent XML that cannot be read',
    agent: 'Sidetone dropped the connection to be safe and connects again by itself.',
    expected: 'One well-formed stanza in each message.',
    came: '{message}',
    reasons: [
      'Something on the way changes or cuts messages.',
      'Text of a call variable or a label breaks what the server writes.',
      'An attack on clients.',
    ],
    checks: ['The last frame of the trace.', 'Which call or label came with it?'],
  },
  'live.badWebSocket': {
    title: 'The WebSocket frames are broken',
    agent: 'Something on the way spoils the connection. Sidetone connects again by itself.',
    expected: 'Text frames by RFC 6455.',
    came: '{message}',
    reasons: [
      'A proxy or TLS inspection mixes its own bytes in.',
      'Another application answers on this path.',
    ],
    checks: ['The same without the proxy.', 'Exclude the nodes from inspection.'],
  },
  'live.tooLarge': {
    title: 'The server sent a message that is too large',
    agent: 'Sidetone cut it off to stay alive, and connects again by itself.',
    expected: 'Messages of at most {limit} MB.',
    came: 'A larger one.',
    reasons: ['A fault in the server or a gadget that publishes too much.', 'An attack on clients.'],
    checks: ['The last frame of the trace.', 'Who publishes to the node at this time?'],
  },

  'clock.drift': {
    title: 'The clocks of this computer and of {host} differ by {offset}',
    agent: 'Times are corrected for it, so you see the right ones. Setting your computer’s clock cures it.',
    expected: 'Clocks that agree within a minute.',
    came: 'This computer is {offset} {offset?behind|ahead}.',
    reasons: [
      'Time synchronisation of this computer is off.',
      'The node’s NTP server is lost.',
      'A virtual machine that was paused.',
    ],
    checks: [
      'w32tm /query /status, or timedatectl, on this computer.',
      'utils ntp status on both nodes: do the two agree with each other?',
    ],
  },

  'app.cancelled': {
    title: 'Sidetone ended this by itself',
    agent: 'Nothing is wrong: it was cancelled, or a new connection was asked for.',
    expected: 'Nothing more.',
    came: 'An end on our side.',
    reasons: ['Signed out, cancelled, or “Reconnect now”.', 'A better connection was ready.'],
    checks: ['The attempt that follows.'],
  },
  'app.internal': {
    title: 'Sidetone had an error of its own',
    agent: 'It was written to the log. Try again; if it returns, please report it.',
    expected: 'That this does not happen.',
    came: '{message}',
    reasons: ['A fault in Sidetone.', 'A server that does what no other does.'],
    checks: ['Save a support bundle and report it.'],
  },

  unknown: {
    title: 'The cause is not known',
    agent: 'Sidetone cannot tell why. Give your administrator the Connection details.',
    expected: 'A connection.',
    came: 'Something that is in no table ({code}).',
    reasons: ['A case nobody has met so far.', 'Something outside of the connection.'],
    checks: ['The raw requests and answers around it.', 'Save a support bundle and report it.'],
  },
}
