import type { BrowserWindow } from 'electron'
import { clipboard, dialog } from 'electron'
import type { CommandHandlers } from '../../src-contract/commands'
import type { InspectorSourceName } from '../../src-contract/inspector'
import type { Translate } from '../../src-contract/messages/translate'
import { problem } from '../../src-contract/problem'
import { err, ok } from '../../src-contract/result'
import type { InspectorSource } from '../inspector/source'
import type { Redactor } from '../platform/redact'
import { writeAtomically } from '../settings/atomicWrite'
import type { Inspection } from './inspection'

type Answered = Extract<keyof CommandHandlers, `inspector.${string}` | `trace.${string}`>

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/** What the views of the inspector ask for: of the living session, or of the bundle that is open. */
export const createInspectorCommands = (options: {
  readonly window: BrowserWindow
  readonly inspection: Inspection
  /** Null: no bundle is open. */
  readonly bundle: () => InspectorSource | null
  readonly redactor: Redactor
  readonly version: string
  readonly translate: () => Translate
}): Pick<CommandHandlers, Answered> => {
  const { inspection, redactor } = options

  const sourceOf = async (name: InspectorSourceName): Promise<InspectorSource | null> =>
    name === 'live' ? (await inspection.inspector()).source : options.bundle()

  const from = async <T>(name: InspectorSourceName, read: (source: InspectorSource) => T | Promise<T>) => {
    const source = await sourceOf(name)
    return source === null ? err(problem('previewGone')) : ok(await read(source))
  }

  return {
    'inspector.attempts': ({ source }) => from(source, (each) => each.attempts()),
    'inspector.attempt': ({ source, id }) => from(source, (each) => each.attempt(id)),
    'inspector.health': ({ source, lastMs }) => from(source, (each) => each.health(lastMs)),
    'trace.page': ({ source, filter, from: position, count }) =>
      from(source, (each) => each.tracePage(filter, position, count)),
    'trace.entry': ({ source, seq }) => from(source, (each) => each.traceEntry(seq)),
    'trace.pause': async ({ paused }) => {
      const inspector = await inspection.inspector()
      inspector.setPaused(paused)
      return ok(null)
    },
    'trace.plain': async ({ plain }) => {
      const inspector = await inspection.inspector()
      inspector.setPlain(plain)
      return ok(null)
    },
    'inspector.copy': async ({ text }) => {
      await clipboard.writeText(redactor.redact(text))
      return ok(null)
    },
    'inspector.saveHar': async ({ source: name, id }) => {
      const attempt = (await sourceOf(name))?.attempt(id) ?? null
      if (attempt === null) return err(problem('previewGone'))
      const t = options.translate()
      const answer = await dialog.showSaveDialog(options.window, {
        title: t('shell.dialog.saveHar'),
        defaultPath: `sidetone-attempt-${String(id)}.har`,
        filters: [{ name: 'HAR', extensions: ['har'] }],
      })
      if (answer.canceled || answer.filePath === '') return ok({ path: null })
      const [{ harOf }, { redactValue }] = await Promise.all([
        import('../support/har'),
        import('../support/bundle/masks'),
      ])
      const har = redactValue(harOf(attempt, { version: options.version }), redactor.redact)
      try {
        await writeAtomically(answer.filePath, `${JSON.stringify(har, null, 2)}\n`)
        return ok({ path: answer.filePath })
      } catch (error) {
        return err(problem('fileNotSaved', { path: answer.filePath, code: codeOf(error) }))
      }
    },
  }
}
