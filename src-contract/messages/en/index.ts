import { feed } from './feed'
import { outage } from './outage'
import { problem } from './problems'
import { shell } from './shell'
import { actor, call, look, reason, restCall, stage, state, whyNot } from './states'
import { systemReason } from './systemReasons'
import { ui } from './ui'

export const en = {
  actor,
  call,
  feed,
  look,
  outage,
  problem,
  reason,
  restCall,
  shell,
  stage,
  state,
  systemReason,
  ui,
  whyNot,
} as const
