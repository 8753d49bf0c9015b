import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures'
import { launchApp } from './support/launch'

test.use({ trustSimulator: 'no' })

test('D3: a settings file of garbage is set aside and said once; the app runs with its defaults', async ({
  desktop,
  profile,
  t,
}) => {
  const file = join(profile.folder, 'settings.json')
  writeFileSync(file, '{"version":1,"theme"')
  desktop.forgetNotifications()
  const launched = await launchApp({ profile: profile.folder, env: { LANGUAGE: 'en', LANG: 'en_US.UTF-8' } })
  try {
    const told = await desktop.waitForNotification({ summary: t('shell.settings.badTitle') })
    expect(told.body).toBe(t('shell.settings.badBody', { file: `${file}.bad` }))
    await expect(launched.page.getByRole('button', { name: t('ui.signIn.submit') })).toBeVisible()
    expect(readFileSync(`${file}.bad`, 'utf8')).toBe('{"version":1,"theme"')
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('"theme": "system"')
    expect(desktop.notifications).toHaveLength(1)
  } finally {
    await launched.stop()
  }
})
