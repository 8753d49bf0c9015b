import type { LinkTap, RestTap } from '../../src-main/finesse/tap'
import { frames } from '../decode-rate/frames'

const HOURS = 9
const AGENTS = 200
/** Events of calls: more than anybody's shift has. */
const DIFFERENT_CALLS = 2_000
const STATES = ['READY', 'NOT_READY', 'TALKING', 'WORK', 'HOLD', 'RESERVED']

const userFrame = (count: number, at: number): string => {
  const id = String(2_000 + ((count * 7919) % AGENTS))
  const state = STATES[(count * 31) % STATES.length] ?? 'READY'
  const time = new Date(at).toISOString()
  return `<message xmlns="jabber:client" from="pubsub.fin-a.example.com" to="1001@fin-a.example.com" id="u${count}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/Team/5013/Users"><item id="${crypto.randomUUID()}${count}"><notification xmlns="http://jabber.org/protocol/pubsub">&lt;Update&gt;&lt;event&gt;PUT&lt;/event&gt;&lt;requestId&gt;&lt;/requestId&gt;&lt;source&gt;/finesse/api/Team/5013/Users&lt;/source&gt;&lt;data&gt;&lt;user&gt;&lt;dialogs&gt;/finesse/api/User/${id}/Dialogs&lt;/dialogs&gt;&lt;extension&gt;${id}1&lt;/extension&gt;&lt;firstName&gt;First${id}&lt;/firstName&gt;&lt;lastName&gt;Last${id}&lt;/lastName&gt;&lt;loginId&gt;${id}&lt;/loginId&gt;&lt;pendingState&gt;&lt;/pendingState&gt;&lt;state&gt;${state}&lt;/state&gt;&lt;stateChangeTime&gt;${time}&lt;/stateChangeTime&gt;&lt;uri&gt;/finesse/api/User/${id}&lt;/uri&gt;&lt;/user&gt;&lt;/data&gt;&lt;/Update&gt;</notification></item></items></event></message>`
}

const ping = (link: LinkTap, count: number, at: number): void => {
  const id = crypto.randomUUID()
  link.frame(
    'sent',
    `<iq type="get" id="${id}" to="fin-a.example.com"><ping xmlns="urn:xmpp:ping"/></iq>`,
    at,
  )
  link.frame(
    'received',
    `<iq type="result" id="${id}" from="fin-a.example.com" to="1001@fin-a.example.com"/>`,
    at,
  )
  link.ping(5 + (count % 40), at)
}

const restCall = (rest: RestTap, call: number, at: number): void => {
  const body = '<Dialogs></Dialogs>'
  rest.requested(
    call,
    {
      method: 'GET',
      path: '/finesse/api/User/1001/Dialogs',
      headers: { accept: 'application/xml' },
      body: null,
    },
    at,
  )
  rest.answered(
    call,
    {
      status: 200,
      statusText: 'OK',
      headers: [
        ['Content-Type', 'application/xml'],
        ['Date', new Date(at).toUTCString()],
      ],
      body,
      bytes: body.length,
      roundTripMs: 20,
    },
    at,
  )
  rest.finished(call, null, at)
}

/** Nine hours of one agent with a team of 200, told to the taps as the library would: `entries` lines of the trace. */
export const playShift = async (
  entries: number,
  { link, rest, start }: { readonly link: LinkTap; readonly rest: RestTap; readonly start: number },
): Promise<void> => {
  const calls = frames(DIFFERENT_CALLS)
  const stepMs = (HOURS * 3_600_000) / entries
  for (let count = 0; count < entries;) {
    const at = start + count * stepMs
    const turn = count % 20
    if (turn < 11) link.frame('received', userFrame(count, at), at)
    else if (turn < 16)
      link.frame(
        'received',
        (calls[count % DIFFERENT_CALLS] ?? '').replace('<item id="', `<item id="${crypto.randomUUID()}`),
        at,
      )
    else if (turn < 18) ping(link, count, at)
    else restCall(rest, count, at)
    count += turn < 16 ? 1 : 2
    // Slabs are packed in the background.
    if (count % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

const ENDPOINT = { host: 'fin-a.example.com', port: 8445, path: '/ws/' }
const HEAD = 'HTTP/1.1 403 Forbidden\r\nServer: nginx\r\nContent-Type: text/html\r\n\r\n'

/** A bad day: tries that end at the upgrade, spread over the shift. */
export const playOutages = (tries: number, newLink: () => LinkTap, start: number): void => {
  for (let count = 0; count < tries; count += 1) {
    const at = start + (count * HOURS * 3_600_000) / tries
    const link = newLink()
    for (const stage of ['dns', 'tcp', 'tls'] as const) {
      link.stage({ stage, status: 'started', at, facts: {} }, ENDPOINT)
      link.stage({ stage, status: 'succeeded', at: at + 3, ms: 3, facts: {} }, ENDPOINT)
    }
    link.stage({ stage: 'upgrade', status: 'started', at, facts: {} }, ENDPOINT)
    link.upgrade('sent', 'GET /ws/ HTTP/1.1\r\nHost: fin-a.example.com:8445\r\nUpgrade: websocket', at)
    link.upgrade('received', HEAD + `<p>${crypto.randomUUID()} `.repeat(40), at + 5)
    const failure = { kind: 'upgrade', status: 403, retryAfterMs: null, location: null } as const
    link.stage({ stage: 'upgrade', status: 'failed', at: at + 5, ms: 5, facts: {}, failure }, ENDPOINT)
    link.ended(failure, at + 5)
  }
}
