import type { Cause, CauseId } from '../../src-contract/causes/ids'
import type { Stage } from '../../src-contract/connection'
import type { ConnectionFailure } from '../finesse/failures'
import { cause, factOf, mebibytesOf, secondsOf, type CauseContext } from './context'
import { causeOfDns, causeOfTcp, causeOfTcpTimeout, type Service } from './network'
import { causeOfSasl } from './password'
import { causeOfHandshake, causeOfTls } from './tls'
import { causeOfUpgrade } from './upgrade'
import {
  causeOfBind,
  causeOfClose,
  causeOfMalformed,
  causeOfSocket,
  causeOfStreamError,
  causeOfSubscribe,
} from './xmpp'

export const TIMEOUTS: Readonly<Record<Stage, CauseId>> = {
  dns: 'dns.timeout',
  tcp: 'tcp.timeout',
  tls: 'tls.timeout',
  upgrade: 'upgrade.timeout',
  open: 'open.timeout',
  auth: 'auth.timeout',
  bind: 'bind.timeout',
  presence: 'presence.finesseAbsent',
  subscribeUser: 'subscribe.timeout',
  subscribeTeam: 'subscribe.timeout',
  live: 'live.slowFrame',
}

const isHandshakeCode = (code: string): boolean => code.startsWith('ERR_SSL_')

/** The one switch over every way a connection ends. `stage` is where it stood. */
export const causeOf = (
  failure: ConnectionFailure,
  stage: Stage,
  context: CauseContext,
  service: Service,
): Cause => {
  switch (failure.kind) {
    case 'dns':
      return causeOfDns(failure, context)
    case 'tcp':
      return causeOfTcp(failure, context, service)
    case 'tls':
      return causeOfTls(failure, context)
    case 'timeout':
      return failure.stage === 'tcp'
        ? causeOfTcpTimeout(failure.ms, context, service)
        : cause(TIMEOUTS[failure.stage], context, { seconds: secondsOf(failure.ms) })
    case 'upgrade':
      return causeOfUpgrade(failure, context)
    case 'subprotocol':
      return cause('upgrade.noSubprotocol', context, { offered: failure.offered })
    case 'mechanism':
      return cause('auth.noPlain', context, { offered: failure.offered.join(', ') })
    case 'auth':
      return causeOfSasl(failure.condition, context)
    case 'bind':
      return causeOfBind(failure, context)
    case 'presence': {
      const waited = Number(factOf(context, 'waitedMs') || factOf(context, 'waitMs'))
      return stage === 'live'
        ? cause('presence.finesseGone', context)
        : cause('presence.finesseAbsent', context, {
            seconds: Number.isNaN(waited) ? 0 : Math.round(waited / 1000),
          })
    }
    case 'subscribe':
      return causeOfSubscribe(failure, context)
    case 'conflict':
      return cause('live.conflict', context, { id: context.loginId })
    case 'streamError':
      return causeOfStreamError(failure, context)
    case 'malformed':
      return causeOfMalformed(failure, context)
    case 'tooLarge':
      return cause('live.tooLarge', context, { limit: mebibytesOf(failure.limitBytes) })
    case 'closed':
      return causeOfClose(failure, stage, context)
    case 'socket':
      return isHandshakeCode(failure.code)
        ? (causeOfHandshake(failure.code, context) ??
            cause('tls.rejected', context, { code: failure.code, subject: '' }))
        : service === 'rest'
          ? cause('rest.cut', context, { code: failure.code })
          : causeOfSocket(failure.code, stage, context)
    case 'pingTimeout':
      return cause('live.pingTimeout', context, { seconds: secondsOf(failure.silentMs) })
    case 'closedByUs':
      return cause('app.cancelled', context)
    case 'internal':
      return cause('app.internal', context, { message: failure.problem })
  }
}
