import type { Words } from '../../words'
import type { view as english } from '../en/view'

export const view = {
  title: 'Verbinding',
  views: 'Weergaven van de verbinding',
  stages: 'Stappen',
  health: 'Conditie',
  trace: 'Verkeer',
  selfTest: 'Zelftest',
  back: 'Terug',
  backToSignIn: 'Terug naar aanmelden',
  more: 'Meer',
  bundle: 'Supportbundel…',
  open: 'Bundel openen…',
  saveHar: 'Opslaan als HAR',
  copy: 'Kopiëren',
  copied: 'Gekopieerd',
  saved: 'Opgeslagen: {path}',
  close: 'Sluiten',
  bundleBar: 'Je bekijkt een bundel van {date}, alleen-lezen',
  bundleFrom: '{name} · {server} · Sidetone {version} op {platform}',
  bundleClose: 'Bundel sluiten',
  redacted: 'weggehaald voordat het werd bewaard',
} as const satisfies Words<typeof english>
