import { z } from 'zod'
import type { Problem } from './problem'
import type { Result } from './result'

// No code generation: the windows run under a CSP without unsafe-eval.
z.config({ jitless: true })

const text = (max: number) => z.string().max(max)
const id = text(256)

const defineCommand = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output })

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
      password: text(1024).nullable(),
      extension: text(64),
      mode: z.enum(['replace', 'beside']),
      caFile: text(4096).nullable(),
    }),
    z.null(),
  ),
  'session.cancelSignIn': defineCommand(z.strictObject({}), z.null()),
  'session.signOut': defineCommand(z.strictObject({ reasonCodeId: id.nullable() }), z.null()),
  'session.reconnectNow': defineCommand(z.strictObject({}), z.null()),
  /** After a conflict: become the agent's desktop again. */
  'session.takeOver': defineCommand(z.strictObject({}), z.null()),
  /** After a refused password in mid-shift. */
  'session.givePassword': defineCommand(z.strictObject({ password: text(1024) }), z.null()),
  /** After Finesse signed the agent out: REST LOGIN again on the living session. */
  'session.signInAgain': defineCommand(z.strictObject({}), z.null()),
  /** Leaves `blocked` for the sign-in page. */
  'session.dismiss': defineCommand(z.strictObject({}), z.null()),
  'trust.accept': defineCommand(
    z.strictObject({ host: text(255), port: z.int().min(1).max(65535), fingerprint256: text(100) }),
    z.null(),
  ),
  'agent.setState': defineCommand(
    z.strictObject({ state: z.enum(['READY', 'NOT_READY']), reasonCodeId: id.nullable() }),
    z.null(),
  ),
  'agent.dismissRefusal': defineCommand(z.strictObject({}), z.null()),
  'team.choose': defineCommand(z.strictObject({ teamId: id }), z.null()),
  'simulator.start': defineCommand(z.strictObject({}), z.null()),
  'signIn.chooseCaFile': defineCommand(z.strictObject({}), z.strictObject({ path: text(4096).nullable() })),
  'settings.set': defineCommand(
    z.strictObject({
      theme: z.enum(['system', 'light', 'dark']).optional(),
      locale: z.enum(['system', 'en', 'nl']).optional(),
      notifications: z.boolean().optional(),
    }),
    z.null(),
  ),
  'app.answerQuit': defineCommand(
    z.strictObject({ choice: z.enum(['stay', 'signOut', 'cancel']), reasonCodeId: id.nullable() }),
    z.null(),
  ),
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
