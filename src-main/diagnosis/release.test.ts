import { expect, it } from 'vitest'
import type { SystemInfo } from '../finesse/model'
import { decodeDocument } from '../finesse/codec'
import { notificationPort, releaseOf } from './release'

const info = (elements: string): SystemInfo => {
  const read = decodeDocument(`<SystemInfo><status>IN_SERVICE</status>${elements}</SystemInfo>`)
  if (!read.ok || read.value.kind !== 'systemInfo') throw new Error('SystemInfo was expected.')
  return read.value.value
}

const UCCE = '<deploymentType>UCCE</deploymentType>'
const UCCX = '<deploymentType>UCCX</deploymentType>'
const HEARTBEAT = '<lastCTIHeartbeatStatus>success</lastCTIHeartbeatStatus>'
const MODES = '<ctiMMode></ctiMMode><ctiTimeInMMode>-1</ctiTimeInMMode>'
const SERVERS = '<ctiServers><ctiServer><host>cti-a</host><active>true</active></ctiServer></ctiServers>'

it.each([
  ['maintenance modes', UCCE + HEARTBEAT + MODES, '12.6+'],
  ['CTI servers', UCCX + HEARTBEAT + SERVERS, '12.6+'],
  ['a heartbeat without modes on UCCE', UCCE + HEARTBEAT, '12.5'],
  ['a heartbeat on UCCX, which has no modes', UCCX + HEARTBEAT, null],
  ['none of them', UCCE, '<12.5'],
])('%s', (_, elements, release) => {
  expect(releaseOf(info(elements))).toBe(release)
})

it.each([
  ['12.6+', 8445],
  ['12.6(1)', 8445],
  ['15.0(1)', 8445],
  ['12.5', 7443],
  ['<12.5', 7443],
  ['11.6(1)', 7443],
  ['unknown', null],
  [null, null],
] as const)('the notifications of %s are on %s', (release, port) => {
  expect(notificationPort(release)).toBe(port)
})
