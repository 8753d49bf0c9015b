/** One word per look: colour and shape never stand alone. */
export const look = {
  ready: 'Ready',
  notReady: 'Not Ready',
  call: 'On a call',
  hold: 'On hold',
  wrapUp: 'Wrap-Up',
  reserved: 'Reserved',
  signedOut: 'Signed out',
  lost: 'Not connected',
  unknown: 'Unknown',
} as const

/** Finesse's states where the look alone would say too little. */
export const state = {
  LOGOUT: 'Signed out',
  NOT_READY: 'Not Ready',
  READY: 'Ready',
  RESERVED: 'Reserved',
  RESERVED_OUTBOUND: 'Reserved, outbound',
  RESERVED_OUTBOUND_PREVIEW: 'Reserved, preview',
  TALKING: 'On a call',
  HOLD: 'On hold',
  WORK: 'Wrap-Up',
  WORK_READY: 'Wrap-Up, then Ready',
  UNKNOWN: 'Unknown',
} as const

export const whyNot = {
  notConnected: 'No connection to Finesse',
  signedOut: 'You are signed out',
  already: 'You are in this state',
  reserved: 'A call is being offered to you',
  onCallUccx: 'UCCX does not take this during a call',
  onCallSignOut: 'Not during a call',
  outboundReserved: 'Reserved for an outbound call',
  pendingOnce: 'Already chosen for after the call',
  requestPending: 'The last request is on its way',
  passwordNeeded: 'Finesse asks for your password again',
  serverUnavailable: 'Finesse is out of service',
  wrapUpSignOut: 'Finish the wrap-up first',
  unknownState: 'Your state is not known yet',
} as const

export const stage = {
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  upgrade: 'Upgrade',
  open: 'Open',
  auth: 'Auth',
  bind: 'Bind',
  presence: 'Presence',
  subscribeUser: 'Subscribe User',
  subscribeTeam: 'Subscribe Team',
  live: 'Live',
} as const

/** Calls that are not stages of the connection. */
export const restCall = {
  systemInfo: 'SystemInfo',
  signIn: 'sign-in',
  user: 'your state',
  setState: 'state change',
  signOut: 'sign-out',
  reasonCodes: 'reasons',
  team: 'team',
  dialogs: 'calls',
  clientLog: 'client log',
} as const

export const actor = {
  you: 'by you',
  colleague: 'colleague',
  supervisor: 'by a supervisor',
  finesse: 'by Finesse',
  caller: 'caller',
  sidetone: 'Sidetone',
} as const

/** A reason without a label, and one that is only a number. */
export const reason = {
  code: 'code {code}',
  unknown: 'Code {code}: ask your administrator what it stands for.',
} as const

export const call = {
  hidden: 'Hidden number',
} as const
