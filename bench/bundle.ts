import { join } from 'node:path'
import { build } from 'vite'

const folder = join(import.meta.dirname, '..', 'out', 'bench')

/** Bundles one entry for Electron's Node the way the app is bundled, and returns its path. */
export const bundle = async (name: string, entry: string): Promise<string> => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      target: 'node20.18',
      outDir: join(folder, name),
      emptyOutDir: true,
      minify: true,
      rolldownOptions: {
        external: ['electron', 'bufferutil', 'utf-8-validate'],
        output: { entryFileNames: 'index.mjs' },
      },
    },
  })
  return join(folder, name, 'index.mjs')
}
