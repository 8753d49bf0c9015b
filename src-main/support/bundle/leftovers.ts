import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Of bundles that are being looked at before they are saved. */
export const previewFolder = (profile: string): string => join(profile, 'bundles')

/** Previews that a run which ended badly left in this folder. What is not ours stays. No folder: nothing to do. */
export const removePreviews = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder).catch(() => []))
    if (/^bundle-.*\.zip$/.test(name)) await rm(join(folder, name), { force: true })
}
