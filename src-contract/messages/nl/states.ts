import type * as english from '../en/states'
import type { Words } from '../words'

export const look: Words<typeof english.look> = {
  ready: 'Gereed',
  notReady: 'Niet gereed',
  call: 'In gesprek',
  hold: 'In de wacht',
  wrapUp: 'Nawerktijd',
  reserved: 'Gereserveerd',
  signedOut: 'Afgemeld',
  lost: 'Niet verbonden',
  unknown: 'Onbekend',
}

export const state: Words<typeof english.state> = {
  LOGOUT: 'Afgemeld',
  NOT_READY: 'Niet gereed',
  READY: 'Gereed',
  RESERVED: 'Gereserveerd',
  RESERVED_OUTBOUND: 'Gereserveerd, uitgaand',
  RESERVED_OUTBOUND_PREVIEW: 'Gereserveerd, voorbeeld',
  TALKING: 'In gesprek',
  HOLD: 'In de wacht',
  WORK: 'Nawerktijd',
  WORK_READY: 'Nawerktijd, daarna Gereed',
  UNKNOWN: 'Onbekend',
}

export const whyNot: Words<typeof english.whyNot> = {
  notConnected: 'Geen verbinding met Finesse',
  signedOut: 'Je bent afgemeld',
  already: 'Dit is je status al',
  reserved: 'Er wordt je een gesprek aangeboden',
  onCallUccx: 'UCCX accepteert dit niet tijdens een gesprek',
  onCallSignOut: 'Niet tijdens een gesprek',
  outboundReserved: 'Gereserveerd voor een uitgaand gesprek',
  pendingOnce: 'Al gekozen voor na het gesprek',
  requestPending: 'Het vorige verzoek is onderweg',
  passwordNeeded: 'Finesse vraagt opnieuw om je wachtwoord',
  serverUnavailable: 'Finesse is buiten dienst',
  wrapUpSignOut: 'Rond eerst de nawerktijd af',
  unknownState: 'Je status is nog niet bekend',
}

export const stage: Words<typeof english.stage> = {
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  upgrade: 'Upgrade',
  open: 'Openen',
  auth: 'Aanmelden',
  bind: 'Binden',
  presence: 'Aanwezigheid',
  subscribeUser: 'Agent volgen',
  subscribeTeam: 'Team volgen',
  live: 'Live',
}

export const restCall: Words<typeof english.restCall> = {
  systemInfo: 'SystemInfo',
  signIn: 'aanmelden',
  user: 'je status',
  setState: 'statuswijziging',
  signOut: 'afmelden',
  reasonCodes: 'redenen',
  team: 'team',
  dialogs: 'gesprekken',
  clientLog: 'clientlogboek',
}

export const actor: Words<typeof english.actor> = {
  you: 'door jou',
  colleague: 'collega',
  supervisor: 'door een supervisor',
  finesse: 'door Finesse',
  caller: 'beller',
  sidetone: 'Sidetone',
}

export const reason: Words<typeof english.reason> = {
  code: 'code {code}',
  unknown: 'Code {code}: vraag je beheerder waar die voor staat.',
}

export const call: Words<typeof english.call> = {
  hidden: 'Verborgen nummer',
}
