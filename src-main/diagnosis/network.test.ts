import { networkCases } from './testing/networkCases'
import { testProvocations } from './testing/testProvocations'

testProvocations(networkCases)
