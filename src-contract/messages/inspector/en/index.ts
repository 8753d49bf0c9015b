import { bundle } from './bundle'
import { facts } from './facts'
import { health } from './health'
import { selfTest } from './selfTest'
import { stages } from './stages'
import { trace } from './trace'
import { view } from './view'

export const en = { bundle, facts, health, selfTest, stages, trace, view } as const
