import type { RestCallView } from '../../src-contract/inspector'
import type { StageReport } from '../finesse/stages'
import type { Direction } from '../finesse/tap'
import type { FrameShape } from './frames'

/** Hears what crosses the wire, masked, with server times. `server`: host:port. */
export interface WireListener {
  frame(
    server: string,
    direction: Direction,
    shape: FrameShape,
    asked: FrameShape | undefined,
    text: string,
    at: number,
  ): void
  upgrade(server: string, direction: Direction, head: string, at: number): void
  stage(server: string, report: StageReport, facts: StageReport['facts'], at: number): void
  requested(call: RestCallView, text: string): void
  answered(call: RestCallView, text: string, at: number): void
  /** Without an answer, or with one that could not be used. */
  callFailed(call: RestCallView, kind: string, at: number): void
  ping(roundTripMs: number, at: number): void
  pingLost(at: number): void
  /** Server clock minus ours, as an answer of SystemInfo showed it. */
  drift(ms: number, at: number): void
}

const nothing = (): void => undefined

export const NOBODY: WireListener = {
  frame: nothing,
  upgrade: nothing,
  stage: nothing,
  requested: nothing,
  answered: nothing,
  callFailed: nothing,
  ping: nothing,
  pingLost: nothing,
  drift: nothing,
}
