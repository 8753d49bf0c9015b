import type { CommandHandlers } from '../../src-contract/commands'
import { problem } from '../../src-contract/problem'
import { err, ok } from '../../src-contract/result'

type InspectorCommand = Extract<
  keyof CommandHandlers,
  `inspector.${string}` | `trace.${string}` | `bundle.${string}` | `selfTest.${string}`
>

const missing = () => err(problem('busy'))

/** The commands of the inspector, the self-test and the support bundle. */
export const createInspectorCommands = (): Pick<CommandHandlers, InspectorCommand> => ({
  'inspector.attempts': () => ok([]),
  'inspector.attempt': () => ok(null),
  'inspector.health': missing,
  'trace.page': () => ok({ first: 0, end: 0, from: 0, rows: [] }),
  'trace.entry': () => ok(null),
  'trace.pause': missing,
  'trace.plain': missing,
  'inspector.saveHar': missing,
  'inspector.copy': missing,
  'bundle.preview': missing,
  'bundle.read': missing,
  'bundle.save': missing,
  'bundle.sendToFinesse': missing,
  'bundle.open': missing,
  'bundle.close': missing,
  'selfTest.start': missing,
  'selfTest.stop': missing,
})
