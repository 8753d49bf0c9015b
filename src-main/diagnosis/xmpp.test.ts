import { xmppCases } from './testing/xmppCases'
import { testProvocations } from './testing/testProvocations'

testProvocations(xmppCases)
