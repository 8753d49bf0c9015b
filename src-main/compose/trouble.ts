import type { SettingsTrouble } from '../settings/load'
import type { Desktop } from './desktop'

/** One message when the settings could not be used (faults D3, D4). */
export const tellTrouble = (desktop: Desktop, trouble: SettingsTrouble | null): void => {
  if (!trouble) return
  const t = desktop.translate()
  const kept = trouble.kind === 'bad' ? trouble.kept : null
  const body =
    kept !== null
      ? t('shell.settings.badBody', { file: kept })
      : t('shell.settings.unreadableBody', {
          file: trouble.file,
          code: trouble.kind === 'unreadable' ? trouble.code : '-',
        })
  desktop.tell({ id: 'settings', title: t('shell.settings.badTitle'), body })
}
