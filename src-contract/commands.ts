import * as z from 'zod/mini'
import { defineCommand, text } from './defineCommand'
import { inspectorCommands } from './inspectorCommands'
import type { Problem } from './problem'
import type { Result } from './result'

// No code generation: the windows run under a CSP without unsafe-eval.
z.config({ jitless: true })

const id = text(256)

/**
 * All that a window may ask of main. Input is checked by schema on arrival, output is data.
 * An answer `ok` means "taken"; what becomes of it is seen in the state.
 */
export const commands = {
  'session.signIn': defineCommand(
    z.strictObject({
      server: text(300),
      loginId: text(256),
      /** Null: use the password main holds for this server and id (simulator, later the keychain). */
      password: z.nullable(text(1024)),
      extension: text(64),
      mode: z.enum(['replace', 'beside']),
      caFile: z.nullable(text(4096)),
    }),
    z.null(),
  ),
  'session.cancelSignIn': defineCommand(z.strictObject({}), z.null()),
  'session.signOut': defineCommand(z.strictObject({ reasonCodeId: z.nullable(id) }), z.null()),
  'session.reconnectNow': defineCommand(z.strictObject({}), z.null()),
  /** After a conflict: become the agent's desktop again. */
  'session.takeOver': defineCommand(z.strictObject({}), z.null()),
  /** After a refused password in mid-shift. */
  'session.givePassword': defineCommand(z.strictObject({ password: text(1024) }), z.null()),
  /** After Finesse signed the agent out: REST LOGIN again on the living session. */
  'session.signInAgain': defineCommand(z.strictObject({}), z.null()),
  /** Leaves `blocked` for the sign-in page. */
  'session.dismiss': defineCommand(z.strictObject({}), z.null()),
  /** The summary of what changed while disconnected has been read. */
  'session.dismissGap': defineCommand(z.strictObject({}), z.null()),
  'trust.accept': defineCommand(
    z.strictObject({
      host: text(255),
      port: z.int().check(z.minimum(1), z.maximum(65535)),
      fingerprint256: text(100),
    }),
    z.null(),
  ),
  'agent.setState': defineCommand(
    z.strictObject({ state: z.enum(['READY', 'NOT_READY']), reasonCodeId: z.nullable(id) }),
    z.null(),
  ),
  'agent.dismissRefusal': defineCommand(z.strictObject({}), z.null()),
  'team.choose': defineCommand(z.strictObject({ teamId: id }), z.null()),
  'simulator.start': defineCommand(z.strictObject({}), z.null()),
  'signIn.chooseCaFile': defineCommand(z.strictObject({}), z.strictObject({ path: z.nullable(text(4096)) })),
  'settings.set': defineCommand(
    z.strictObject({
      theme: z.optional(z.enum(['system', 'light', 'dark'])),
      locale: z.optional(z.enum(['system', 'en', 'nl'])),
      notifications: z.optional(z.boolean()),
      signInAfterFailover: z.optional(z.boolean()),
      restoreReady: z.optional(z.boolean()),
    }),
    z.null(),
  ),
  'app.answerQuit': defineCommand(
    z.strictObject({ choice: z.enum(['stay', 'signOut', 'cancel']), reasonCodeId: z.nullable(id) }),
    z.null(),
  ),
  ...inspectorCommands,
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
export type CommandInput<N extends CommandName> = z.input<Commands[N]['input']>
export type CommandOutput<N extends CommandName> = z.output<Commands[N]['output']>
export type CommandResult<N extends CommandName> = Result<CommandOutput<N>, Problem>
export type CommandHandlers = {
  readonly [N in CommandName]: (
    input: z.output<Commands[N]['input']>,
  ) => Promise<CommandResult<N>> | CommandResult<N>
}

export const isCommandName = (name: unknown): name is CommandName =>
  typeof name === 'string' && Object.hasOwn(commands, name)
