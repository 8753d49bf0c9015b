import type { LinkTap, RestTap } from './tap'

type Told = readonly unknown[]

/** Whoever listens must not hurt what is listened to: whatever it throws ends here. */
const quiet =
  <A extends Told>(tell: (...told: A) => void, threw: () => void) =>
  (...told: A): void => {
    try {
      tell(...told)
    } catch {
      threw()
    }
  }

const ignored = (): void => undefined

/** `threw`: called for each exception, which itself may carry a payload and is not handed on. */
export const guardedLinkTap = (tap: LinkTap | undefined, threw: () => void = ignored): LinkTap | undefined =>
  tap && {
    stage: quiet((report, endpoint) => tap.stage(report, endpoint), threw),
    chain: quiet((certificates) => tap.chain(certificates), threw),
    upgrade: quiet((direction, head, at) => tap.upgrade(direction, head, at), threw),
    frame: quiet((direction, text, at) => tap.frame(direction, text, at), threw),
    ready: quiet((jid, at) => tap.ready(jid, at), threw),
    ping: quiet((roundTripMs, at) => tap.ping(roundTripMs, at), threw),
    pingLost: quiet((at) => tap.pingLost(at), threw),
    ended: quiet((failure, at) => tap.ended(failure, at), threw),
  }

export const guardedRestTap = (tap: RestTap | undefined): RestTap | undefined =>
  tap && {
    requested: quiet((call, request, at) => tap.requested(call, request, at), ignored),
    stage: quiet((call, report) => tap.stage(call, report), ignored),
    chain: quiet((call, certificates) => tap.chain(call, certificates), ignored),
    answered: quiet((call, answer, at) => tap.answered(call, answer, at), ignored),
    finished: quiet((call, failure, at) => tap.finished(call, failure, at), ignored),
  }
