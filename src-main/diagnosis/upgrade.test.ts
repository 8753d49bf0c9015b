import { upgradeCases } from './testing/upgradeCases'
import { testProvocations } from './testing/testProvocations'

testProvocations(upgradeCases)
