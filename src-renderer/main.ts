import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { bridge } from './bridge'
import { createServerClock } from './clock/serverClock'
import { startTicker } from './clock/ticker'
import { CONTEXT } from './context'
import { createFrameScheduler } from './stores/frame'
import { useReplica } from './stores/replica'

const clock = createServerClock(
  () => performance.now(),
  () => Date.now(),
)
const app = createApp(App)
app.use(createPinia())
app.provide(CONTEXT, { bridge, clock, ticker: startTicker(clock) })
useReplica().connect(bridge, clock, createFrameScheduler())
app.mount('#app')
