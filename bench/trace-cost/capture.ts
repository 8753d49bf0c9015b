import type { FinesseClock } from '../../src-main/finesse/notifications/types'
import type { LinkTap } from '../../src-main/finesse/tap'
import { createInspector } from '../../src-main/inspector'
import { createRedactor } from '../../src-main/platform/redact'
import { createSessionRuntime } from '../../src-main/session/runtime'
import { realPorts } from '../../src-main/session/testing/realPorts'

export interface Capture {
  /** For one connection. */
  tap(): LinkTap
  kept(): { readonly traceBytes: number; readonly traceEntries: number }
}

/** The app's inspector as the app makes it, beside a session that is signed out; what windows show is asked for. */
export const createCapture = (clock: FinesseClock, password: string): Capture => {
  const session = createSessionRuntime(realPorts(null).ports)
  const redactor = createRedactor()
  redactor.register(password)
  const inspector = createInspector({
    clock,
    serverNow: session.serverNow,
    view: session.view,
    redact: redactor.redact,
    mayHide: redactor.mayHide,
  })
  inspector.onChange(() => void inspector.state())
  return {
    tap: () => inspector.linkTap({ node: 'A', mode: 'replace', resource: 'desktop' }),
    kept: () => {
      const { bytes, first, next } = inspector.state().trace
      return { traceBytes: bytes, traceEntries: next - first }
    },
  }
}
