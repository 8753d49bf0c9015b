import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

// Targets are explicit: electron-vite would derive them from the npm version of Electron (45), while tests may
// run on the pinned fallback runtime (33.2.1: Chromium 130, Node 20.18). See docs/decisions/.
const node = 'node20.18'
const chrome = 'chrome130'

/**
 * What lets the form be on the first frame, laid out once: the page waits for its script, or it would paint itself
 * empty before; and its typeface comes along with that script, or every text is shaped twice.
 */
const firstFrame: Plugin = {
  name: 'first-frame',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle }) => {
      const blocking = html.replaceAll('<script type="module"', '<script type="module" blocking="render"')
      // The development server has no bundle.
      if (!bundle) return blocking
      const font = Object.keys(bundle).find((file) => file.includes('inter-latin-wght-normal'))
      if (!font) throw new Error('The typeface of the first frame is not in the bundle')
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `./${font}` }
      return { html: blocking, tags: [{ tag: 'link', attrs, injectTo: 'head-prepend' }] }
    },
  },
}

/** Loaded at every start once the window is being made, and shared with what is loaded later. */
const CORE =
  /src-contract\/(?!result|causes\/|messages\/(?:inspector|probe)\/)|node_modules\/zod\/|src-main\/(?:session|settings|platform\/(?!faultTrap))/

export default defineConfig({
  main: {
    build: {
      target: node,
      outDir: 'out/main',
      // Everything but Electron is bundled: module loading is the one part of start-up that is ours.
      externalizeDeps: false,
      lib: { entry: 'src-main/index.ts', formats: ['es'] },
      rolldownOptions: {
        input: {
          index: resolve('src-main/index.ts'),
          simulator: resolve('simulator/embedded.ts'),
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // What the start needs and pages that come later need too is one file, not a dozen small ones.
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'core', test: CORE }] },
          // Names of functions stay: stack traces in the log must be readable. The rest is read for nothing at each start.
          minify: {
            compress: true,
            mangle: { toplevel: false, keepNames: { function: true, class: true } },
            codegen: { removeWhitespace: true },
          },
        },
        external: ['electron', /^electron\/.+/, 'bufferutil', 'utf-8-validate'],
      },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      lib: { entry: 'src-main/preload/index.ts', formats: ['cjs'] },
      rolldownOptions: { output: { entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [vue(), firstFrame],
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    build: {
      target: chrome,
      minify: true,
      outDir: 'out/renderer',
      rolldownOptions: {
        input: resolve('src-renderer/index.html'),
        // What the first frame needs stays in one file: pages that come later would else have it split for them.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
})
