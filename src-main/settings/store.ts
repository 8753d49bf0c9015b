import type { StoredSettings } from './schema'

export interface SettingsStore {
  get(): StoredSettings
  /** Writes soon; several changes in a row become one write. */
  update(change: (settings: StoredSettings) => StoredSettings): void
  /** Writes although nothing changed: the first time. */
  save(): void
  /** Resolves when all that was asked for is on disk, or could not be written. */
  flush(): Promise<void>
}

export interface SettingsStoreOptions {
  readonly initial: StoredSettings
  readonly write: (content: string) => Promise<void>
  /** Told once per run of failures, not per write: a full disk must not shout (fault D1). */
  readonly onWriteFailed: (error: unknown) => void
}

export const createSettingsStore = (options: SettingsStoreOptions): SettingsStore => {
  let current = options.initial
  let written = current
  let failing = false
  let writing: Promise<void> | null = null

  const writeAll = async (): Promise<void> => {
    // Leaves the present turn first, so that changes made together are one write.
    await Promise.resolve()
    while (written !== current) {
      const target = current
      try {
        await options.write(`${JSON.stringify(target, null, 2)}\n`)
        failing = false
      } catch (error) {
        if (!failing) options.onWriteFailed(error)
        failing = true
      }
      written = target
    }
  }

  const start = (): void => {
    writing ??= writeAll().finally(() => {
      writing = null
      if (written !== current) start()
    })
  }

  return {
    get: () => current,
    update: (change) => {
      const next = change(current)
      if (next === current) return
      current = next
      start()
    },
    save: () => {
      current = { ...current }
      start()
    },
    flush: async () => {
      while (writing) await writing
    },
  }
}
