import { liveCases } from './testing/liveCases'
import { testProvocations } from './testing/testProvocations'

testProvocations(liveCases)
