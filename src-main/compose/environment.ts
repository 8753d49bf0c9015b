/** All that is read from the environment and the command line, once, as data. */
export interface Environment {
  /** Another profile folder (tests); null: the ordinary one. */
  readonly profile: string | null
  /** Vite's address in development; never in a packaged app. */
  readonly rendererUrl: string | null
  /** Start the embedded simulator with the app and fill in its first agent. */
  readonly simulatorAtStart: boolean
}

export const readEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  packaged: boolean,
): Environment => ({
  profile: env['SIDETONE_PROFILE'] || null,
  rendererUrl: packaged ? null : env['ELECTRON_RENDERER_URL'] || null,
  simulatorAtStart: !packaged && env['SIDETONE_NO_SIMULATOR'] !== '1' && !argv.includes('--no-simulator'),
})
