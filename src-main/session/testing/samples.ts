import type { ApiError, Dialog, SystemInfo, Team, Update, User, UserState } from '../../finesse/model'

/** Objects of the model with only what a test is about spelled out. */
export const systemInfo = (part: Partial<SystemInfo> = {}): SystemInfo => ({
  uri: '/finesse/api/SystemInfo',
  status: 'IN_SERVICE',
  statusReason: null,
  currentTimestamp: null,
  deploymentType: 'UCCE',
  lastCtiHeartbeatStatus: 'success',
  lastSuccessCtiHeartbeatTime: null,
  ctiVersion: null,
  ctiHeartbeatIntervalSeconds: null,
  ctiMMode: null,
  ctiTimeInMModeSeconds: null,
  finesseMMode: null,
  finesseTimeInMModeSeconds: null,
  license: null,
  peripheralId: null,
  primaryNode: { host: 'fin-a.example.com', httpsPort: 8445, xmppPort: null, xmppSecurePort: null },
  secondaryNode: { host: 'fin-b.example.com', httpsPort: 8445, xmppPort: null, xmppSecurePort: null },
  systemAuthMode: 'NON_SSO',
  timezoneOffsetMinutes: null,
  xmppDomain: 'fin-a.example.com',
  xmppPubSubDomain: 'pubsub.fin-a.example.com',
  ctiServers: [],
  ...part,
})

export const user = (state: UserState, part: Partial<User> = {}): User => ({
  uri: '/finesse/api/User/1071',
  loginId: '1071',
  loginName: 'anord',
  firstName: 'Ada',
  lastName: 'Nord',
  extension: state === 'LOGOUT' ? null : '1001071',
  state,
  stateChangeTime: null,
  pendingState: null,
  reasonCode: null,
  reasonCodeId: null,
  roles: ['Agent'],
  settings: null,
  teamId: '5013',
  teamName: 'Blue',
  teams: null,
  mediaType: '1',
  mediaState: null,
  mobileAgent: null,
  wrapUpTimerSeconds: null,
  skillTargetId: null,
  activeDeviceId: null,
  devices: null,
  dialogsUri: null,
  ...part,
})

/** As Team objects and one recorded event have it (8.1): identity fields absent. */
export const summary = (state: UserState, part: Partial<User> = {}): User =>
  user(state, { loginName: null, roles: null, settings: null, teamId: null, teamName: null, ...part })

export const team = (users: readonly User[]): Team => ({
  id: '5013',
  uri: '/finesse/api/Team/5013',
  name: 'Blue',
  users,
})

export const dialog = (part: Partial<Dialog> = {}): Dialog => ({
  id: '16804377',
  uri: '/finesse/api/Dialog/16804377',
  secondaryId: null,
  associatedDialogUri: null,
  mediaType: 'Voice',
  fromAddress: '0612345678',
  toAddress: '1001071',
  state: 'ALERTING',
  mediaProperties: null,
  participants: [
    {
      actions: [],
      mediaAddress: '0612345678',
      mediaAddressType: null,
      startTime: 1_000,
      state: 'INITIATED',
      stateCause: null,
      stateChangeTime: 1_000,
    },
    {
      actions: ['ANSWER'],
      mediaAddress: '1001071',
      mediaAddressType: 'AGENT_DEVICE',
      startTime: 1_000,
      state: 'ALERTING',
      stateCause: null,
      stateChangeTime: 1_000,
    },
  ],
  scheduledCallback: null,
  ...part,
})

/** The same call with the own leg in another state. */
export const ownLegIn = (base: Dialog, state: string, at: number): Dialog => ({
  ...base,
  participants: base.participants.map((leg) =>
    leg.mediaAddress === '1001071' ? { ...leg, state, stateChangeTime: at } : leg,
  ),
})

export const apiError = (data: string | null, message: string | null, type: string | null): ApiError => ({
  type,
  message,
  data,
  peripheralErrorCode: null,
  peripheralErrorMessage: null,
  peripheralErrorText: null,
})

export const userUpdate = (value: User, part: Partial<Update> = {}): Update => ({
  event: 'PUT',
  source: `/finesse/api/User/${value.loginId}`,
  requestId: null,
  data: { kind: 'user', value },
  ...part,
})

export const errorUpdate = (error: ApiError, requestId: string | null = null): Update => ({
  event: 'PUT',
  source: '/finesse/api/User/1071',
  requestId,
  data: { kind: 'apiErrors', value: [error] },
})

export const dialogUpdate = (event: Update['event'], value: Dialog): Update => ({
  event,
  source: event === 'PUT' ? `/finesse/api/Dialog/${value.id}` : '/finesse/api/User/1071/Dialogs',
  requestId: null,
  data: event === 'PUT' ? { kind: 'dialog', value } : { kind: 'dialogs', value: [value] },
})
