import { defineConfig } from 'playwright/test'

// One worker: the tests share a screen, a session bus and the keyboard focus.
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A real window on a busy machine: one more try in CI, and the list names what needed it (flaky).
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  globalTimeout: 15 * 60_000,
  expect: { timeout: 10_000 },
  use: { trace: 'off', screenshot: 'off', video: 'off' },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [
    { name: 'app', testMatch: '**/*.spec.ts' },
    // Writes the README's pictures; only `npm run screenshots` asks for it.
    { name: 'screenshots', testMatch: 'screenshots/*.shots.ts' },
  ],
})
