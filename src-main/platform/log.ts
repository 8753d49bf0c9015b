import type { Log } from '../session/ports'
import type { LogFiles } from './logFiles'
import type { LogLevel } from './logLine'
import { formatLine } from './logLine'
import type { Redactor } from './redact'

export interface LogOptions {
  readonly files: LogFiles
  readonly redactor: Redactor
  readonly now: () => number
}

export const createLog = (options: LogOptions): Log => {
  const at =
    (level: LogLevel): Log['info'] =>
    (event, fields = {}) =>
      options.files.write(
        formatLine({ at: options.now(), level, event, fields }, (text) => options.redactor.redact(text)),
      )
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
