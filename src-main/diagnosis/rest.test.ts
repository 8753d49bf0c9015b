import { restCases } from './testing/restCases'
import { testProvocations } from './testing/testProvocations'

testProvocations(restCases)
