/** What `probe` says in a terminal. */
export const en = {
  usage: `usage: {command} --server HOST[:PORT] [option]...

Tests the connection to a Finesse server stage by stage. Nobody is signed in and no state is changed.

  --server HOST[:PORT]     the server; port 8445 unless given
  --user ID                the agent; without it everything that needs no password is tested
  --password-file FILE     first line: the password; - reads it from the standard input
  --ca FILE                certificate authorities (PEM) to trust besides the built-in ones
  --xmpp-domain DOMAIN     instead of the one SystemInfo names; with --no-rest instead of HOST
  --ws-path PATH           instead of /ws/
  --resource NAME          instead of sidetone-check-XXXX
  --node NODE              a pubsub node to subscribe, instead of the agent's and the team's; may be repeated
  --no-rest                no REST: works against any XMPP server that speaks RFC 7395. Presence is then always
                           sent: against Finesse use it only for an agent who is signed out
  --json                   one JSON object per line: {"stage","ok","ms","detail"},
                           the last one {"result","failedAt","cause","missing"}
  --help                   this text

Results: live: every stage works. reachable: no --user was given, and all that can be tested without one works.
failed: stopped at the stage named.
Exit status: 0 live or reachable, 1 failed, 2 wrong arguments.`,
  bad: {
    unknown: 'There is no option {option}.',
    value: '{option} needs a value.',
    noValue: '{option} takes no value.',
    twice: '{option} was given twice.',
    word: 'Something stands there without an option before it. A password belongs into a file: --password-file.',
    noServer: '--server is missing.',
    server: 'What follows --server is no address. Write HOST or HOST:PORT.',
    userAlone: '--user needs --password-file: a password is never given on the command line.',
    passwordAlone: '--password-file needs --user.',
    path: '{option} begins with a slash.',
    blank: '{option} holds a blank or nothing at all.',
    passwordUnreadable: 'The password file cannot be read.',
    passwordEmpty: 'The password file is empty.',
    caUnreadable: 'The file of certificate authorities cannot be read.',
    caInvalid: 'The file of certificate authorities holds no certificate, or something else besides.',
    help: '--help shows the usage.',
  },
  warnDesktop:
    'Warning: "desktop" is the resource of the agent\'s own desktop; a session that is open there ends now.',
  warnReadable: 'Warning: the password file can be read by others on this machine.',
  status: {
    ok: 'ok',
    failed: 'failed',
    degraded: 'partly',
    skipped: 'skipped',
    running: 'running',
    waiting: 'waiting',
  },
  stage: { systemInfo: 'SystemInfo', clock: 'Clock' },
  why: {
    noCredentials: 'needs --user',
    signedIn: 'left out: the agent is signed in ({state}), and Finesse could end the shift when it goes',
    stateUnknown: 'left out: it is not known whether the agent is signed in',
    noDomain: 'not known: SystemInfo names the XMPP domain',
    noTeam: 'the team is not known',
    noNodes: 'no --node was given',
  },
  clock: 'server {offset} ms {direction}',
  ahead: 'ahead of this machine',
  behind: 'behind this machine',
  trusted: {
    system: 'trusted by the built-in authorities',
    extraCa: 'trusted by --ca',
    pin: 'trusted by its fingerprint',
  },
  until: 'valid until {day}',
  ping: 'ping answered in {ms} ms',
  expected: 'Expected',
  came: 'Came',
  reasons: 'Usual reasons, likeliest first',
  checks: 'What to check',
  result: {
    live: 'Live: every stage works.',
    reachable: 'Reachable: all that can be tested without a password works.',
    failed: 'Failed at {stage}: {what}',
    stopped: 'Stopped before the end.',
    missing: 'Not working beside it: {list}',
  },
} as const
