import { createRequire } from 'node:module'

/** The runtime in use; `npm run bench` has fetched it. */
export const electronBinary = (): string => createRequire(import.meta.url)('electron') as string

/** Chromium refuses to run as root with its sandbox on. */
export const sandboxArguments = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])
