import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { _electron, expect, test } from 'playwright/test'
import { prepareOrdinaryUser, sandboxIsPossible } from './desktop/ordinaryUser'

const projectFolder = join(import.meta.dirname, '..')

/** @see man 5 proc: 2 is filter mode, one of Chromium's two layers; the other is a user namespace of its own */
const SECCOMP_FILTER = '2'

function statusOf(pid: number): Map<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n')
  return new Map(lines.map((line) => [line.split(':')[0] ?? '', line.split(':')[1]?.trim() ?? '']))
}

test('an ordinary user gets a sandboxed renderer', async () => {
  test.skip(
    !sandboxIsPossible(),
    'LOUD: this machine refuses user namespaces, so no sandbox can be shown here',
  )
  const electron = createRequire(import.meta.url)('electron') as string
  const user = prepareOrdinaryUser(electron, projectFolder)
  try {
    const app = await _electron.launch({
      executablePath: user.executable,
      args: [user.appFolder],
      env: user.env,
      chromiumSandbox: true,
    })
    try {
      await app.firstWindow()
      const [argv, metrics] = await app.evaluate(
        ({ app: running }) =>
          [process.argv, running.getAppMetrics().map(({ type, pid }) => ({ type, pid }))] as const,
      )
      expect(argv).not.toContain('--no-sandbox')
      const renderers = metrics.filter(({ type }) => type === 'Tab').map(({ pid }) => statusOf(pid))
      expect(renderers.length).toBeGreaterThan(0)
      for (const status of renderers) {
        expect(status.get('Seccomp')).toBe(SECCOMP_FILTER)
        expect(status.get('NoNewPrivs')).toBe('1')
        expect(status.get('Uid')?.split('\t')[0]).toBe(String(user.uid))
      }
    } finally {
      await app.close()
    }
  } finally {
    user.remove()
  }
})
