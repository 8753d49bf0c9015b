/**
 * Errors nobody caught. They are written down and answered with a fresh connection; never with a box that blocks
 * the agent (fault P6). Installed before anything else; what happens before `attach` waits.
 */
export interface Fault {
  readonly kind: 'uncaughtException' | 'unhandledRejection'
  readonly name: string
  readonly message: string
  readonly stack: string
}

export interface FaultTrap {
  attach(report: (fault: Fault) => void): void
}

const MAX_WAITING = 20

const describe = (kind: Fault['kind'], reason: unknown): Fault =>
  reason instanceof Error
    ? { kind, name: reason.name, message: reason.message, stack: reason.stack ?? '' }
    : { kind, name: typeof reason, message: '', stack: '' }

export const installFaultTrap = (target: NodeJS.Process): FaultTrap => {
  const waiting: Fault[] = []
  let report = (fault: Fault): void => {
    if (waiting.length < MAX_WAITING) waiting.push(fault)
  }
  target.on('uncaughtException', (error) => report(describe('uncaughtException', error)))
  target.on('unhandledRejection', (reason) => report(describe('unhandledRejection', reason)))
  return {
    attach: (next) => {
      report = next
      for (const fault of waiting.splice(0)) next(fault)
    },
  }
}
