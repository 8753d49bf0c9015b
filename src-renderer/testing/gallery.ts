// A page that shows any view with invented data: gallery.html?scene=call&size=2000&rate=100&theme=dark&locale=nl
// The inspector: &inspect=badDay&tab=health
import { createFakeBridge } from './fakeBridge'
import { useView, type InspectorTab } from '../stores/view'
import { inspectionOf } from './inspector'
import { chance, memberAt } from './people'
import { sceneSnapshot } from './scenes'

const asked = new URLSearchParams(location.search)
const size = Number(asked.get('size') ?? 18)
const rate = Number(asked.get('rate') ?? 0)
const snapshot = sceneSnapshot(asked.get('scene') ?? 'ready', Date.now(), size)
const locale = asked.get('locale') === 'nl' ? 'nl' : 'en'
const theme = asked.get('theme')
const settings = {
  ...snapshot.slices.settings,
  effectiveLocale: locale,
  theme: theme === 'dark' || theme === 'light' ? theme : 'system',
} as const
if (asked.get('dir') === 'rtl') document.documentElement.dir = 'rtl'
const inspect = asked.get('inspect')
const inspection = inspectionOf(inspect ?? 'healthy', Date.now(), Number(asked.get('rows') ?? 4000))
const slices = { ...snapshot.slices, settings, inspector: inspection.state }
const bridge = createFakeBridge({ ...snapshot, slices }, () => Date.now(), inspection.answers)
Object.assign(globalThis, { sidetone: bridge })

if (rate > 0) {
  const random = chance(5)
  setInterval(() => {
    for (let n = 0; n < rate / 100; n++)
      bridge.send({ collections: { members: { set: [memberAt(random(size), Date.now(), random)] } } })
  }, 10)
}
void import('../main').then(() => {
  if (inspect !== null) useView().openConnection((asked.get('tab') ?? 'stages') as InspectorTab)
})
