import { inspectorCommands } from '../../src-contract/inspectorCommands'
import type { InspectorHandlers, InspectorPartsOptions } from './inspectorParts'

type Handler = (input: unknown) => unknown

/** The commands of the inspector, whose code is loaded with the first of them: an ordinary start does without. */
export const createLazyInspector = (
  options: InspectorPartsOptions,
): { readonly handlers: InspectorHandlers; readonly close: () => Promise<void> } => {
  const create = async () => (await import('./inspectorParts')).createInspectorParts(options)
  let parts: ReturnType<typeof create> | null = null
  const load = () => (parts ??= create())
  const names = Object.keys(inspectorCommands) as readonly (keyof InspectorHandlers)[]
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      // The command server has checked the input by this command's own schema.
      async (input: unknown) => ((await load()).handlers[name] as Handler)(input),
    ]),
  ) as unknown as InspectorHandlers
  // What did not load, or does not close, must not keep the settings from being written.
  const close = async (): Promise<void> => {
    await parts?.then((loaded) => loaded.close()).catch(() => undefined)
  }
  return { handlers, close }
}
