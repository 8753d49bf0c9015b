import { release } from 'node:os'
import { basename, join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import type { CommandHandlers } from '../../src-contract/commands'
import type { OpenedBundle } from '../../src-contract/inspector'
import type { Translate } from '../../src-contract/messages/translate'
import { problem, type Problem } from '../../src-contract/problem'
import { err, ok, type Result } from '../../src-contract/result'
import type { Inspector } from '../inspector'
import type { InspectorSource } from '../inspector/source'
import { newId } from '../platform/ids'
import type { Redactor } from '../platform/redact'
import { previewFolder } from '../support/bundle/leftovers'
import type { BundleReadFailure, OpenBundle } from '../support/bundle/read'
import type { Bundles } from '../support/bundle/previews'
import type { BundleContents, BundleWriteFailure, EffectiveSetting } from '../support/bundle/write'
import type { Inspection } from './inspection'

const mebibytes = (bytes: number): number => Math.max(1, Math.round(bytes / 1_048_576))

const notWritten = (failure: BundleWriteFailure): Problem => {
  switch (failure.code) {
    case 'secretFound':
      return problem('bundleHoldsSecret', { name: failure.file })
    case 'disk':
      return problem('fileNotSaved', { path: failure.path, code: failure.errno })
    case 'tooLarge':
      return problem('bundleTooLarge', { path: '', limit: mebibytes(failure.limitBytes) })
    case 'gone':
      return problem('previewGone')
  }
}

const notOpened = (path: string, failure: BundleReadFailure): Problem => {
  switch (failure.code) {
    case 'unreadable':
      return problem('fileUnreadable', { path, code: failure.errno })
    case 'notABundle':
      return problem('notABundle', { path })
    case 'newer':
      return problem('bundleNewer', { path })
    case 'tooLarge':
      return problem('bundleTooLarge', { path, limit: mebibytes(failure.limitBytes) })
    case 'damaged':
    case 'unsafe':
    case 'wrongShape':
      return problem('bundleDamaged', { path, name: failure.file })
  }
}

type BundleCommands = Pick<CommandHandlers, Extract<keyof CommandHandlers, `bundle.${string}`>>

/** Support bundles: made here and looked at before they are saved, or somebody else's, opened read-only. */
export const createBundleCommands = (options: {
  readonly window: BrowserWindow
  readonly inspection: Inspection
  readonly redactor: Redactor
  /** Of the profile; temporary files go into a folder of it. */
  readonly profile: string
  readonly version: string
  /** host:port of the session or of the last one. */
  readonly server: () => string
  readonly settings: () => readonly EffectiveSetting[]
  readonly locale: string
  readonly translate: () => Translate
  readonly now: () => number
  /** Puts it into the logs of the Finesse server. */
  readonly send: (contents: BundleContents) => Promise<Result<null, Problem>>
  readonly show: (opened: OpenedBundle | null) => void
}): {
  readonly commands: BundleCommands
  /** Null: no bundle is open. */
  readonly source: () => InspectorSource | null
  readonly close: () => Promise<void>
} => {
  const { window, redactor, profile } = options
  let bundles: Promise<Bundles> | null = null
  let opened: OpenBundle | null = null

  const contents = (inspector: Inspector): BundleContents => ({
    source: inspector.source,
    // Not whether consent stands now: it may have ended, with the shift.
    trace: { ...inspector.state().trace, plain: inspector.holdsPlain() },
    rawTrace: inspector.rawTrace,
    server: options.server(),
    version: options.version,
    platform: `${process.platform} ${process.arch}`,
    versions: {
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      node: process.versions.node,
      system: release(),
      locale: options.locale,
    },
    settings: options.settings(),
    logs: ['sidetone.log', ...[1, 2, 3, 4].map((index) => `sidetone.${String(index)}.log`)].map((name) =>
      join(profile, 'logs', name),
    ),
  })

  const make = async (): Promise<Bundles> => {
    const [{ createBundles }, inspector] = await Promise.all([
      import('../support/bundle/previews'),
      options.inspection.inspector(),
    ])
    return createBundles({
      contents: () => contents(inspector),
      masks: { redact: redactor.redact, holdsSecret: redactor.holds },
      folder: previewFolder(profile),
      now: options.now,
      newId,
    })
  }
  const load = (): Promise<Bundles> => (bundles ??= make())

  const worded = <T>(result: Result<T, BundleWriteFailure>): Result<T, Problem> =>
    result.ok ? result : err(notWritten(result.error))

  /** At once, then the one before is closed: of two that are opened together none is left open unseen. */
  const put = async (next: OpenBundle | null): Promise<void> => {
    const before = opened
    opened = next
    options.show(next?.about ?? null)
    await before?.close()
  }

  const filters = () => [{ name: options.translate()('shell.dialog.bundles'), extensions: ['zip'] }]

  return {
    source: () => opened?.source ?? null,
    close: async () => {
      await opened?.close()
      await (await bundles)?.close()
    },
    commands: {
      'bundle.preview': async () => worded(await (await load()).prepare()),
      'bundle.read': async ({ id, name }) => worded(await (await load()).read(id, name)),
      'bundle.save': async ({ id }) => {
        const day = new Date(options.now()).toISOString().slice(0, 16).replace('T', '-').replace(':', '')
        const answer = await dialog.showSaveDialog(window, {
          title: options.translate()('shell.dialog.saveBundle'),
          defaultPath: `sidetone-${day}.zip`,
          filters: filters(),
        })
        if (answer.canceled || answer.filePath === '') return ok({ path: null })
        const saved = worded(await (await load()).save(id, answer.filePath))
        return saved.ok ? ok({ path: answer.filePath }) : saved
      },
      'bundle.sendToFinesse': async ({ id }) => {
        // What is sent was looked at: without a preview there is nothing to send.
        const looked = await (await load()).read(id, 'manifest.json')
        if (!looked.ok) return err(notWritten(looked.error))
        return options.send(contents(await options.inspection.inspector()))
      },
      'bundle.open': async () => {
        const answer = await dialog.showOpenDialog(window, {
          title: options.translate()('shell.dialog.openBundle'),
          properties: ['openFile'],
          filters: filters(),
        })
        const [path] = answer.filePaths
        if (answer.canceled || path === undefined) return ok({ opened: false })
        const { openBundle } = await import('../support/bundle/read')
        const bundle = await openBundle(path)
        if (!bundle.ok) return err(notOpened(basename(path), bundle.error))
        await put(bundle.value)
        return ok({ opened: true })
      },
      'bundle.close': async () => {
        await put(null)
        return ok(null)
      },
    },
  }
}
