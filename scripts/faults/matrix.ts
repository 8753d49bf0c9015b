/** One way in which the world goes wrong, and what must happen then. */
export interface FaultRow {
  readonly id: string
  readonly fault: string
  readonly required: string
}

export interface FaultSection {
  readonly letter: string
  readonly title: string
  readonly rows: readonly FaultRow[]
}

/** One row per line: id | fault | required behaviour. */
const rows = (text: string): readonly FaultRow[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', fault = '', required = ''] = line.split(' | ').map((part) => part.trim())
      return { id, fault, required }
    })

/** All rows, in the order of the table. Ids are never given to another row. */
export const FAULT_MATRIX: readonly FaultSection[] = [
  {
    letter: 'N',
    title: 'Network and TLS',
    rows: rows(`
N1 | the living connection is reset | said within 250 ms; live again by the rule of delays; the state is the server's
N2 | the peer ends the connection without a word | as N1
N3 | nothing gets through any more, in neither direction | noticed within 30 s; the socket is destroyed, not closed politely
N4 | nothing we send arrives, while their frames still do | noticed within 30 s, whatever still comes in
N5 | the TCP connect hangs | given up after 5 s, then the next node
N6 | the TLS handshake never ends | given up after 5 s, the failure names the step, then the next node
N7 | the WebSocket upgrade is never answered | given up after 5 s
N8 | the upgrade is refused by 200, 401, 403, 404 or 500 | one clear failure each; 401 is about credentials, the others wait
N9 | the upgrade is refused by 503 with Retry-After | not tried again before that time
N10 | the upgrade is redirected to another host | not followed
N11 | another sub-protocol is chosen | refused
N12 | a frame trickles in byte by byte | given up after 10 s, without using memory
N13 | the connection is cut in the middle of a frame | the half frame is dropped; after reconnecting nothing is applied twice
N14 | two seconds of latency each way | works, and no ping fails
N15 | three seconds up, three seconds down, over and over | the delays grow until a connection has held for 30 s; at most ten sign-ins a minute
N16 | the name does not resolve for a while, or to another address | resolved anew at every try
N17 | the certificate has expired | refused, told with host, subject and dates; no secret was sent
N18 | a self-signed certificate | refused until it is pinned, by its fingerprint, for that host and port
N19 | a certificate for another host | refused although its authority is trusted
N20 | another certificate in the middle of the shift | refused and explained; the other node is tried
N21 | only TLS 1.0 or 1.1, or weak ciphers | refused
N22 | the CA file is absent, unreadable or not PEM | the app starts and says so; nothing is trusted instead
N23 | the HTTP proxy asks for a password, or dies | said clearly, waits; never a direct connection behind the user's back
N24 | the port of one node is closed, the other node is fine | live on the other one within the spread of the first try and a second
N25 | the IPv6 address hangs, the IPv4 one works | costs a second at most
N26 | the server offers to compress WebSocket messages | never agreed to
N27 | binary messages, floods of pings, reserved bits, odd close codes | a clean end; 1012 and 1013 count as ended by the server
`),
  },
  {
    letter: 'X',
    title: 'XMPP and events',
    rows: rows(`
X1 | a frame that is not well-formed | reconnect and resynchronise, no crash
X2 | a truncated frame with good ones behind it | as X1; nothing good is lost after resynchronising
X3 | an unknown entity in a text or an attribute | as X1
X4 | DOCTYPE, billion laughs, quadratic growth, external entities | refused at once; no file is read
X5 | a message of 50 MB, or one byte over the limit | closed with 1009; memory stays flat
X6 | nesting of 100,000, a million attributes, an attribute of 10 MB | refused within 30 ms
X7 | the same in the escaped payload of an event | that event is dropped and told, the connection lives, the object is read again
X8 | elements and attributes named like properties of JavaScript objects | plain data, nothing is polluted
X9 | control characters, lone surrogates, text that turns direction, huge names | shown safely, cut, never an exception
X10 | unknown kinds of events, missing fields, wrong types | ignored or read as far as possible
X11 | events of foreign senders or of nodes nobody asked for | ignored
X12 | an event twice | applied once, notified once
X13 | events out of order | the newer one wins; the end of a call is final
X14 | an event is lost | found by asking: 5 s after an own action, every 60 s while a call is up
X15 | events before the answer to the subscription, or between the snapshot and it | subscribe, buffer, read, replay: no gap
X16 | an event of a call before its snapshot | buffered, or the call is created
X17 | the password is refused at sign-in | one attempt, one message
X18 | the password is refused when reconnecting | asked for, with the screen kept; no loop
X19 | only SASL mechanisms that we do not use | refused, no password sent
X20 | the bind is refused or never answered | tried again by the rule; a late answer never touches a later attempt
X21 | a subscription is refused or never answered | goes on without it, polls that object, says so
X22 | another client takes our resource | no automatic reconnect: a choice is shown
X23 | the server sends us elsewhere | only to nodes of our own
X24 | the server ends the stream: shutdown, host gone, policy | counts as ended by the server; the other node
X25 | pings are never answered, events come | events are life enough
X26 | pings are answered, no events come | found by asking (X14); the other node
X27 | an answer with our id from somebody else | ignored
X28 | 10,000 events a second for a minute | nothing lost, no memory lost, shown within 30 ms
X29 | the presence of the Finesse service goes and comes | said; actions are disabled with a reason; back after reading all again
`),
  },
  {
    letter: 'R',
    title: 'REST',
    rows: rows(`
R1 | accepted, but no event follows | shown as pending, read back after 5 s, never stuck
R2 | the event comes before the answer | shown once
R3 | accepted, then an error event | its message is shown, the old state is back
R4 | 401 in the middle of a shift | one silent repetition, then the password is asked for; XMPP lives on
R5 | 400, 403, 404, 405, 409 | the exact reason; the state is the server's
R6 | 500, 502, 504, empty or HTML bodies | reading is repeated at most twice; a change is never repeated by itself
R7 | 503 during a failover of CTI | actions disabled, SystemInfo asked every 2 to 5 s and then more slowly
R8 | 429 or Retry-After | obeyed
R9 | the answer is lost after the server did the work | read back before anything is sent again
R10 | double click, key repeat | one request
R11 | the answer of a slow read is older than later events | does not overwrite them
R12 | a redirect to another host or to http | not followed with credentials
R13 | 30 MB, endless, or compressed without end | cut at 16 MiB and at the time limit
R14 | broken XML, JSON instead of XML, another character set | an error value, no crash
R15 | a kept connection turns out dead | reading is repeated on a new one
R16 | a team of 2,000 that takes 20 s to list | a wait mark; nothing else waits for it
R17 | an action on a call that has just ended | a quiet refusal
R18 | reason codes change during the shift | read again after a 400
`),
  },
  {
    letter: 'F',
    title: 'Failover',
    rows: rows(`
F1 | node A dies, B is healthy | live on B within 50 s (p99); the call is still shown
F2 | A, then B, then A again | no ping-pong: stays where it is
F3 | both nodes out of service | a banner and patient polling; comes back by itself, without a password
F4 | A claims to be in service, its XMPP refuses | counts as unavailable: B
F5 | XMPP works, the Finesse service is not present | not called live
F6 | A signs the agent out after we live on B | told with the reason; one click signs in again, never by itself
F7 | the failover befalls a change under way | as R9
F8 | a call began and ended during the failover | not shown as present
F9 | the lists differ between the nodes | read again after every failover
F10 | B's certificate is bad while A is down | B is refused, A is tried on, the reason is told
F11 | ten thousand clients at once | the delays spread them
F12 | SystemInfo lies | counts as a failed try
`),
  },
  {
    letter: 'T',
    title: 'Time and the operating system',
    rows: rows(`
T1 | the clock of the machine is wrong or jumps | durations from the monotonic clock and the server's time: never negative, never jumping
T2 | daylight saving time, another time zone | as T1
T3 | sleep of seconds, minutes, hours | proved at once on waking; no burst of timers; sign-in only by the user
T4 | the network changes | proved at once; an old socket is not trusted
T5 | timers a minute late | no false verdict: one more ping first
T6 | the screen is locked, the user is switched | as configured
T7 | the machine shuts down | signed off within a second, then gone
T8 | no tray, no notifications, no key store | works without; no password is stored
T9 | the monitor with the window on it is gone | the window is visible again
`),
  },
  {
    letter: 'D',
    title: 'Disk and settings',
    rows: rows(`
D1 | the disk is full | the app runs on, one message, the old settings are intact
D2 | killed in the middle of saving the settings | the file is the old or the new one
D3 | the settings file is empty, garbage, huge, of another version | defaults, a copy is kept, a message
D4 | settings cannot be written, or the file is a link | runs with defaults and says so; a link is not followed
D5 | the profile is locked | a message, no crash
D6 | logs cannot be written, or grow | rotated; never a synchronous write
D7 | the stored password cannot be decrypted | asked for again
`),
  },
  {
    letter: 'P',
    title: 'Processes',
    rows: rows(`
P1 | the page crashes, hangs or runs out of memory | loaded anew with the state of the main process, at most 3 times in 5 min; the session lives
P2 | the page is reloaded during a call | as P1; no listener twice
P3 | the GPU process crashes again and again | software rendering
P4 | the network process crashes | reconnected
P5 | a second instance is started | the first window comes to the front, the second ends within 2 s
P6 | an uncaught exception or rejection in the main process | logged, told, the session restarted; no blocking box
P7 | the main loop is blocked for 2 s | told with its place; pings do not count as lost
P8 | 10,000 times shown and hidden | nothing leaks
P9 | the app's files are replaced while it runs | a clean message
`),
  },
  {
    letter: 'S',
    title: 'Security',
    rows: rows(`
S1 | markup in a call variable | text
S2 | the same in every other text of the server | text, everywhere
S3 | template expressions in texts | text; no evaluation at run time
S4 | styles and script addresses in fields | never bound unchecked
S5 | text that turns direction, invisible characters, 1 MB of it | isolated, cut, fast
S6 | markup in notifications | escaped
S7 | line breaks and terminal codes in fields | escaped in the log
S8 | formulas in exports | quoted
S9 | ten thousand call variables | a hundred are shown
S10 | dangerous addresses for screen pops | parsed once, allowed schemes only, written anew
S11 | values that break out of an address template | encoded: origin and path cannot change
S12 | links in texts of the server | only through the one opener
S13 | another place that opens addresses | the build fails
S14 | IPC from a frame that is not ours | refused and counted
S15 | IPC with wrong types, huge or hostile values | refused by the schema
S16 | navigation by script, link, drop, form | blocked
S17 | new windows | denied
S18 | a hundred windows with script addresses | denied, no crash
S19 | redirects to files and shares | blocked
S20 | injected frames and objects | never loaded
S21 | deep links with hostile arguments | a strict grammar; a call needs a click
S22 | requests for camera, place and the like | denied
S23 | the content security policy is weak or gone | a test reads it
S24 | the page asks for secrets | there is no way to ask
S25 | secrets in logs, dumps, messages, files | nowhere
S26 | personal data in logs | names of fields and lengths only
S27 | secrets in memory after signing out | gone, as far as that can be done
S28 | the stored password is readable | encrypted, for this user only
S29 | dangerous switches and variables of the runtime | off in the packaged app
S30 | a changed app archive | refused where the system can
S31 | dependencies with holes or install scripts | none known
S32 | findings of the scanner for Electron | none unexplained
S33 | a window with other rights | every window is checked
S34 | developer tools in production | off, unless the administrator says so
S35 | hostile HTML pasted or dropped into fields | text only
S36 | the server asks about this machine over XMPP | refused, without a word
S37 | other users write to us | ignored
S38 | a server address that is more than host and port | refused
S39 | an administrator's file with hostile values | the schema decides
`),
  },
  {
    letter: 'L',
    title: 'Logs',
    rows: rows(`
L1 | a line over 8 kB, or with credentials in any spelling | cut and redacted
`),
  },
]
