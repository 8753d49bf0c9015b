import { describe, expect, it } from 'vitest'
import type { Dialog, User } from '../model'
import {
  encodeApiErrors,
  encodeDialogs,
  encodeQueue,
  encodeReasonCodes,
  encodeUpdate,
  encodeUser,
  encodeUserRequest,
  parseXml,
  FRAME_LIMITS,
} from './index'

const user: User = {
  uri: '/finesse/api/User/0042',
  loginId: '0042',
  loginName: 'imke',
  firstName: 'Imke',
  lastName: 'Vos',
  extension: null,
  state: 'NOT_READY',
  stateChangeTime: Date.UTC(2026, 0, 20, 9, 15, 2, 411),
  pendingState: null,
  reasonCode: null,
  reasonCodeId: null,
  roles: ['Agent'],
  settings: { wrapUpOnIncoming: 'OPTIONAL', wrapUpOnOutgoing: null, deviceSelection: null },
  teamId: '34',
  teamName: 'Harbour',
  teams: null,
  mediaType: '1',
  mediaState: null,
  mobileAgent: null,
  wrapUpTimerSeconds: 30,
  skillTargetId: null,
  activeDeviceId: null,
  devices: null,
  dialogsUri: '/finesse/api/User/0042/Dialogs',
}

const dialog: Dialog = {
  id: '7',
  uri: '/finesse/api/Dialog/7',
  secondaryId: null,
  associatedDialogUri: null,
  mediaType: 'Voice',
  fromAddress: '0301',
  toAddress: null,
  state: 'INITIATING',
  mediaProperties: null,
  participants: [],
  scheduledCallback: null,
}

const childNames = (xml: string): readonly string[] => {
  const root = parseXml(xml, FRAME_LIMITS)
  if (!root.ok) throw new Error(root.error.problem)
  return root.value.children.map((child) => child.name)
}

describe('recorded shapes', () => {
  it('a User has its elements in alphabetical order, empty where Finesse sends empty ones', () => {
    const xml = encodeUser(user, 'event')
    const names = childNames(xml)
    expect(names).toEqual(names.toSorted())
    expect(xml).toBe(
      '<user><dialogs>/finesse/api/User/0042/Dialogs</dialogs><extension></extension><firstName>Imke</firstName>' +
        '<lastName>Vos</lastName><loginId>0042</loginId><loginName>imke</loginName><mediaType>1</mediaType>' +
        '<pendingState></pendingState><reasonCodeId>-1</reasonCodeId><roles><role>Agent</role></roles>' +
        '<settings><wrapUpOnIncoming>OPTIONAL</wrapUpOnIncoming></settings><state>NOT_READY</state>' +
        '<stateChangeTime>2026-01-20T09:15:02.411Z</stateChangeTime><teamId>34</teamId>' +
        '<teamName>Harbour</teamName><uri>/finesse/api/User/0042</uri><wrapUpTimer>30</wrapUpTimer></user>',
    )
    expect(encodeUser(user, 'rest')).toBe(xml.replace('<user>', '<User>').replace('</user>', '</User>'))
  })

  it('reasonCodeId -1 stands only in full objects that are Not Ready or logged out', () => {
    expect(encodeUser({ ...user, state: 'READY' })).not.toContain('reasonCodeId')
    expect(encodeUser({ ...user, roles: null })).not.toContain('reasonCodeId')
    expect(encodeUser({ ...user, state: 'LOGOUT' })).toContain('<reasonCodeId>-1</reasonCodeId>')
    expect(encodeUser({ ...user, reasonCodeId: '49' })).toContain('<reasonCodeId>49</reasonCodeId>')
  })

  it('lists of calls keep the capital of the calls inside', () => {
    expect(encodeDialogs([], 'rest')).toBe('<Dialogs></Dialogs>')
    expect(encodeDialogs([dialog], 'event')).toMatch(/^<dialogs><Dialog>.*<\/Dialog><\/dialogs>$/)
    expect(encodeDialogs([dialog], 'event')).toContain('<toAddress></toAddress>')
  })

  it('errors are spelled by where they go', () => {
    const errors = [
      {
        type: 'Invalid Device',
        message: 'CF_X',
        data: '260',
        peripheralErrorCode: '10125',
        peripheralErrorMessage: 'PERERR_X',
        peripheralErrorText: null,
      },
    ]
    expect(encodeApiErrors(errors, 'rest')).toBe(
      '<ApiErrors><ApiError><ErrorData>260</ErrorData><ErrorMessage>CF_X</ErrorMessage><ErrorType>Invalid Device</ErrorType>' +
        '<PeripheralErrorCode>10125</PeripheralErrorCode><PeripheralErrorMsg>PERERR_X</PeripheralErrorMsg></ApiError></ApiErrors>',
    )
    expect(
      encodeUpdate({
        event: 'PUT',
        source: '/finesse/api/User/0042',
        requestId: '145',
        data: { kind: 'apiErrors', value: errors },
      }),
    ).toMatch(/^<Update><data><apiErrors><apiError><errorData>.*<\/data><event>put<\/event><requestId>145</)
  })

  it('statistics that are not available are -1, and queue times have no milliseconds', () => {
    const statistics = {
      agentsBusyOther: null,
      agentsLoggedOn: 3,
      agentsNotReady: null,
      agentsReady: 0,
      agentsTalkingInbound: null,
      agentsTalkingInternal: null,
      agentsTalkingOutbound: null,
      agentsWrapUpNotReady: null,
      agentsWrapUpReady: null,
      callsInQueue: 2,
      startTimeOfLongestCallInQueue: Date.UTC(2026, 0, 20, 9, 17, 58),
    }
    const xml = encodeQueue({ id: '5022', uri: '/finesse/api/Queue/5022', name: 'Sales', statistics })
    expect(xml).toContain('<agentsNotReady>-1</agentsNotReady><agentsReady>0</agentsReady>')
    expect(xml).toContain('>2026-01-20T09:17:58Z<')
    expect(xml).not.toContain('<id>')
  })

  it('the category of reason codes is an attribute', () => {
    expect(encodeReasonCodes({ category: 'LOGOUT', codes: [] })).toBe(
      '<ReasonCodes category="LOGOUT"></ReasonCodes>',
    )
  })

  it('a time that no calendar holds is written as none', () => {
    for (const stateChangeTime of [Number.NaN, Number.POSITIVE_INFINITY, 1e17]) {
      expect(encodeUser({ ...user, stateChangeTime })).toContain('<stateChangeTime></stateChangeTime>')
    }
  })
})

describe('encodeUserRequest', () => {
  it('carries what is asked and nothing else', () => {
    expect(encodeUserRequest({ state: 'READY' })).toBe('<User><state>READY</state></User>')
    expect(encodeUserRequest({ state: 'NOT_READY', reasonCodeId: '49', extension: null })).toBe(
      '<User><state>NOT_READY</state><reasonCodeId>49</reasonCodeId></User>',
    )
    expect(
      encodeUserRequest({
        state: 'LOGIN',
        extension: '0301&<',
        mobileAgent: { mode: 'CALL_BY_CALL', dialNumber: '0612' },
      }),
    ).toBe(
      '<User><state>LOGIN</state><extension>0301&amp;&lt;</extension>' +
        '<mobileAgent><mode>CALL_BY_CALL</mode><dialNumber>0612</dialNumber></mobileAgent></User>',
    )
  })
})
