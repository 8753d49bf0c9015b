import type { Translate } from '../../src-contract/messages/translate'
import type { MenuWords } from '../app/menu'

export const menuWords = (t: Translate): MenuWords => ({
  file: t('shell.menu.file'),
  edit: t('shell.menu.edit'),
  view: t('shell.menu.view'),
  help: t('shell.menu.help'),
  about: t('shell.menu.about'),
  quit: t('shell.menu.quit'),
  close: t('shell.menu.close'),
  undo: t('shell.menu.undo'),
  redo: t('shell.menu.redo'),
  cut: t('shell.menu.cut'),
  copy: t('shell.menu.copy'),
  paste: t('shell.menu.paste'),
  selectAll: t('shell.menu.selectAll'),
  zoomIn: t('shell.menu.zoomIn'),
  zoomOut: t('shell.menu.zoomOut'),
  zoomReset: t('shell.menu.zoomReset'),
  devTools: t('shell.menu.devTools'),
})
