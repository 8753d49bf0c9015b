import type { Device, MobileAgent, TeamRef, User, UserSettings } from '../model'
import { ok, type Result } from '../result'
import { missing, type CodecProblem } from './problem'
import {
  childOf,
  childrenOf,
  filledChildOf,
  idOf,
  integerOf,
  lastSegment,
  textOf,
  textsOf,
  timeOf,
} from './read'
import { decodeReasonCode, reasonCodeElementAs } from './reasonCode'
import { element, isoTime, leaf, optionalLeaf, optionalList, spelled, type Spelling } from './write'
import type { XmlElement } from './xml'

const decodeSettings = (el: XmlElement): UserSettings => ({
  wrapUpOnIncoming: textOf(el, 'wrapUpOnIncoming'),
  wrapUpOnOutgoing: textOf(el, 'wrapUpOnOutgoing'),
  deviceSelection: textOf(el, 'deviceSelection'),
})

const decodeMobileAgent = (el: XmlElement): MobileAgent => ({
  mode: textOf(el, 'mode'),
  dialNumber: textOf(el, 'dialNumber'),
})

/** Entries that cannot be identified are left out: nothing could be asked about them. */
const decodeTeamRefs = (list: XmlElement): readonly TeamRef[] =>
  childrenOf(list, 'team').flatMap((el) => {
    const uri = textOf(el, 'uri')
    const id = textOf(el, 'id') ?? lastSegment(uri)
    return id === null ? [] : [{ id, name: textOf(el, 'name'), uri }]
  })

const decodeDevices = (list: XmlElement): readonly Device[] =>
  childrenOf(list, 'device').flatMap((el) => {
    const deviceId = textOf(el, 'deviceId')
    if (deviceId === null) return []
    return [{ deviceId, deviceType: textOf(el, 'deviceType'), deviceTypeName: textOf(el, 'deviceTypeName') }]
  })

const read = <T>(el: XmlElement | null, decode: (el: XmlElement) => T): T | null =>
  el === null ? null : decode(el)

/** Section 8.1, the full object as well as the summary of a team. Fails only without loginId and uri. */
export const decodeUser = (el: XmlElement): Result<User, CodecProblem> => {
  const uri = textOf(el, 'uri')
  const loginId = textOf(el, 'loginId') ?? lastSegment(uri)
  if (loginId === null) return missing('A User has neither a loginId nor a uri, so nobody knows who it is.')
  return ok({
    uri,
    loginId,
    loginName: textOf(el, 'loginName'),
    firstName: textOf(el, 'firstName'),
    lastName: textOf(el, 'lastName'),
    extension: textOf(el, 'extension'),
    state: textOf(el, 'state') ?? 'UNKNOWN',
    stateChangeTime: timeOf(el, 'stateChangeTime'),
    pendingState: textOf(el, 'pendingState'),
    reasonCode: read(filledChildOf(el, 'reasonCode'), decodeReasonCode),
    reasonCodeId: idOf(el, 'reasonCodeId'),
    roles: read(childOf(el, 'roles'), (list) => textsOf(list, 'role')),
    settings: read(filledChildOf(el, 'settings'), decodeSettings),
    teamId: textOf(el, 'teamId'),
    teamName: textOf(el, 'teamName'),
    teams: read(childOf(el, 'teams'), decodeTeamRefs),
    mediaType: textOf(el, 'mediaType'),
    mediaState: textOf(el, 'mediaState'),
    mobileAgent: read(filledChildOf(el, 'mobileAgent'), decodeMobileAgent),
    wrapUpTimerSeconds: integerOf(el, 'wrapUpTimer'),
    skillTargetId: textOf(el, 'skillTargetId'),
    activeDeviceId: textOf(el, 'activeDeviceId'),
    devices: read(childOf(el, 'devices'), decodeDevices),
    dialogsUri: textOf(el, 'dialogs'),
  })
}

const encodeSettings = (settings: UserSettings): XmlElement =>
  element('settings', [
    optionalLeaf('deviceSelection', settings.deviceSelection),
    leaf('wrapUpOnIncoming', settings.wrapUpOnIncoming),
    optionalLeaf('wrapUpOnOutgoing', settings.wrapUpOnOutgoing),
  ])

const encodeMobileAgent = ({ mode, dialNumber }: MobileAgent): XmlElement =>
  element('mobileAgent', [leaf('dialNumber', dialNumber), leaf('mode', mode)])

const encodeTeamRef = (team: TeamRef): XmlElement =>
  element('Team', [leaf('id', team.id), optionalLeaf('name', team.name), optionalLeaf('uri', team.uri)])

const encodeDevice = (device: Device): XmlElement =>
  element('device', [
    leaf('deviceId', device.deviceId),
    optionalLeaf('deviceType', device.deviceType),
    optionalLeaf('deviceTypeName', device.deviceTypeName),
  ])

/** Recorded: a full object that is logged out or Not Ready without a code says -1, others leave it out. */
const writtenReasonCodeId = (user: User): string | null =>
  user.reasonCodeId ??
  (user.roles !== null && (user.state === 'NOT_READY' || user.state === 'LOGOUT') ? '-1' : null)

export const userElementAs = (name: string, user: User): XmlElement =>
  element(name, [
    optionalLeaf('activeDeviceId', user.activeDeviceId),
    optionalList('devices', user.devices, encodeDevice),
    optionalLeaf('dialogs', user.dialogsUri),
    leaf('extension', user.extension),
    optionalLeaf('firstName', user.firstName),
    optionalLeaf('lastName', user.lastName),
    leaf('loginId', user.loginId),
    optionalLeaf('loginName', user.loginName),
    optionalLeaf('mediaState', user.mediaState),
    leaf('mediaType', user.mediaType),
    user.mobileAgent === null ? null : encodeMobileAgent(user.mobileAgent),
    leaf('pendingState', user.pendingState),
    user.reasonCode === null ? null : reasonCodeElementAs('reasonCode', user.reasonCode),
    optionalLeaf('reasonCodeId', writtenReasonCodeId(user)),
    optionalList('roles', user.roles, (role) => leaf('role', role)),
    user.settings === null ? null : encodeSettings(user.settings),
    optionalLeaf('skillTargetId', user.skillTargetId),
    leaf('state', user.state),
    leaf('stateChangeTime', isoTime(user.stateChangeTime)),
    optionalLeaf('teamId', user.teamId),
    optionalLeaf('teamName', user.teamName),
    optionalList('teams', user.teams, encodeTeamRef),
    optionalLeaf('uri', user.uri),
    optionalLeaf('wrapUpTimer', user.wrapUpTimerSeconds),
  ])

export const userElement = (user: User, spelling: Spelling): XmlElement =>
  userElementAs(spelled('User', spelling), user)
