import { tlsCases } from './testing/tlsCases'
import { testProvocations } from './testing/testProvocations'

testProvocations(tlsCases)
