/**
 * What happened, what it means for the shift, what to do: in that order, each a whole sentence.
 * A parameter that is missing leaves a gap: name only what the problem is sure to carry.
 */
export const problem = {
  serverAddressInvalid: {
    what: 'This is not a server address.',
    means: 'Nothing was sent.',
    cure: 'Type a host name and, if needed, a port: finesse.example.com or finesse.example.com:8445.',
  },
  caFileUnreadable: {
    what: 'The certificate file {path} cannot be read.',
    means: 'Nothing was sent.',
    cure: 'Choose another file, or leave the field empty if your administrator gave you none.',
  },
  caFileInvalid: {
    what: 'The file {path} holds no certificate.',
    means: 'Nothing was sent.',
    cure: 'Choose a PEM file: it contains the line “BEGIN CERTIFICATE”.',
  },
  hostNotFound: {
    what: 'There is no server named {host}.',
    means: 'Sidetone could not find its address. Nothing was sent.',
    cure: 'Check the spelling, and whether you need the company network or VPN.',
  },
  hostUnreachable: {
    what: '{host} cannot be reached.',
    means: 'No network path leads there. Nothing was sent.',
    cure: 'Check your cable, Wi-Fi or VPN.',
  },
  connectionRefused: {
    what: '{host} refuses connections on port {port}.',
    means: 'The machine is there, but Finesse is not listening on this port.',
    cure: 'Check the port: 8445 is usual. If it is right, Finesse is starting or stopped: tell your administrator.',
  },
  connectionReset: {
    what: '{host} broke off the connection.',
    means: 'Something on the way, or the server itself, ended it.',
    cure: 'Try again. If it keeps happening, give your administrator the Connection details.',
  },
  proxyAuth: {
    what: 'The proxy {host}:{port} asks for a password.',
    means: 'Sidetone cannot reach Finesse through it.',
    cure: 'Ask your administrator for a way to Finesse without a proxy password.',
  },
  proxyRefused: {
    what: 'The proxy {host}:{port} gives no way to Finesse ({code}).',
    means: 'Sidetone does not go around the proxy.',
    cure: 'Ask your administrator to allow Finesse in the proxy.',
  },
  stepTimeout: {
    what: '{host} did not answer within {seconds} s at the step “{stage}”.',
    means: 'The connection stopped there.',
    cure: 'Try again. If it keeps happening, a firewall or the server is holding the connection back.',
  },
  certificateExpired: {
    what: 'The certificate of {host} expired on {validTo}.',
    means: 'Sidetone cannot be sure that this is your server. Your password was not sent.',
    cure: 'Ask your administrator to renew it.',
  },
  certificateNotYetValid: {
    what: 'The certificate of {host} is valid only from {validFrom}.',
    means: 'Your password was not sent.',
    cure: 'Check the date and time of this computer. If they are right, tell your administrator.',
  },
  certificateWrongHost: {
    what: 'The certificate belongs to {subject}, not to {host}.',
    means: 'This may be another server. Your password was not sent.',
    cure: 'Type the full name of the server, as your administrator wrote it.',
  },
  certificateUntrusted: {
    what: 'Nobody this computer trusts has signed the certificate of {host}.',
    means: 'Sidetone cannot be sure that this is your server. Your password was not sent.',
    cure: 'Compare the fingerprint with your administrator’s before you trust it, or choose the company’s certificate file.',
  },
  certificateChanged: {
    what: 'The certificate of {host} is not the one you trusted.',
    means: 'It was renewed, or somebody stands in between. Your password was not sent.',
    cure: 'Ask your administrator whether it was renewed before you trust the new one.',
  },
  tlsProtocol: {
    what: 'No secure connection to {host} is possible ({code}).',
    means: 'The server offers only outdated encryption, or port {port} is not an HTTPS port.',
    cure: 'Check the port. If it is right, tell your administrator.',
  },
  notFinesse: {
    what: '{host} answered, but not as Finesse does (HTTP {status}).',
    means: 'This is another web server or a proxy page.',
    cure: 'Check the server name and port with your administrator.',
  },
  httpStatus: {
    what: '{host} answered with HTTP {status}.',
    means: 'The request was not carried out.',
    cure: 'Try again. If it keeps happening, tell your administrator.',
  },
  redirected: {
    what: '{host} points elsewhere: {path}.',
    means: 'Sidetone does not follow it with your password.',
    cure: 'If that is the right server, type its name as the server.',
  },
  answerUnreadable: {
    what: '{host} sent an answer that cannot be read.',
    means: 'It was not used.',
    cure: 'Try again. If it keeps happening, a proxy may change the answers: tell your administrator.',
  },
  answerTooLarge: {
    what: '{host} sent more than {limit} MB.',
    means: 'The answer was cut off and not used.',
    cure: 'Tell your administrator.',
  },
  outOfService: {
    what: 'Finesse on {host} is out of service.',
    means: 'It runs, but has no connection to the phone system. Nobody can sign in there now.',
    cure: 'Wait a minute and try again; other agents have the same problem.',
  },
  serverError: {
    what: 'Finesse on {host} had an internal error (HTTP {status}).',
    means: 'The request was not carried out.',
    cure: 'Try again in a moment.',
  },
  systemInfoIncomplete: {
    what: '{host} does not say where its notification service is.',
    means: 'Without it there are no events, so Sidetone does not sign in.',
    cure: 'Tell your administrator: SystemInfo lacks xmppDomain.',
  },
  ssoNotSupported: {
    what: '{host} wants single sign-on.',
    means: 'This version of Sidetone signs in with ID and password only.',
    cure: 'Use the browser desktop for this server.',
  },
  upgradeRefused: {
    what: 'The notification service of {host} refused the WebSocket (HTTP {status}).',
    means: 'Without it there are no events, so Sidetone does not sign in.',
    cure: 'A proxy may not let WebSockets through: tell your administrator.',
  },
  subprotocolMissing: {
    what: 'The WebSocket of {host} does not speak XMPP.',
    means: 'This is not a Finesse notification service.',
    cure: 'Check the server name and port with your administrator.',
  },
  mechanismMissing: {
    what: 'The notification service of {host} does not accept a password.',
    means: 'It offers only: {mechanisms}.',
    cure: 'Tell your administrator.',
  },
  bindRefused: {
    what: 'The notification service refused the session ({condition}).',
    means: 'No events would arrive, so Sidetone does not go on.',
    cure: 'Try again. If another desktop is open under your ID, close it.',
  },
  subscribeRefused: {
    what: 'The server does not let you watch {node} ({condition}).',
    means: 'Events of it do not arrive.',
    cure: 'Nothing for you to do. Your administrator can tell whether this is intended.',
  },
  streamError: {
    what: 'The notification service ended the session ({condition}).',
    means: 'Events stopped for a moment.',
    cure: 'Sidetone connects again by itself.',
  },
  malformedFrame: {
    what: 'The notification service sent something unreadable.',
    means: 'Sidetone dropped the connection to be safe.',
    cure: 'Sidetone connects again by itself.',
  },
  connectionClosed: {
    what: 'The connection to {host} was closed.',
    means: 'Events stopped for a moment.',
    cure: 'Sidetone connects again by itself.',
  },
  pingTimeout: {
    what: '{host} has not answered for {seconds} s.',
    means: 'The connection looks open but is dead.',
    cure: 'Sidetone connects again by itself.',
  },
  reconnectAsked: {
    what: 'You asked to connect anew to {host}.',
    means: 'The old connection was given up.',
    cure: 'Sidetone connects at once.',
  },
  eventsSilent: {
    what: '{host} answers but sends no notifications.',
    means: 'Changes were found only by reading them.',
    cure: 'Sidetone connects again by itself, to the other node if it can.',
  },
  finesseAbsent: {
    what: 'The notification service runs, but Finesse itself is not there.',
    means: 'State changes are not possible until it is back.',
    cure: 'Wait; Sidetone notices when it returns.',
  },
  passwordWrong: {
    what: 'The server does not accept this ID and password.',
    means: 'Sidetone tried once only: after five wrong tries Finesse locks the account for 5 minutes.',
    cure: 'Type the password again.',
  },
  accountLocked: {
    what: 'The account {id} is locked.',
    means: 'There were too many wrong passwords.',
    cure: 'Wait 5 minutes, then type the right password.',
  },
  lastPasswordTry: {
    what: 'Four wrong passwords for {id} in a row.',
    means: 'A fifth would lock the account, on the phone as well.',
    cure: 'Make sure of the password and try again in {minutes} min, or ask your administrator.',
  },
  userUnknown: {
    what: 'The server knows no agent {id}.',
    means: 'You were not signed in.',
    cure: 'Check the agent ID. On UCCE it is a number, not your login name.',
  },
  forbidden: {
    what: 'The server does not allow this.',
    means: 'The request was not carried out.',
    cure: 'Ask your administrator for the right.',
  },
  extensionUnknown: {
    what: 'The phone system knows no extension {extension}.',
    means: 'You were not signed in.',
    cure: 'Check the extension: it is the number of the phone you use today.',
  },
  extensionInUse: {
    what: 'Extension {extension} is in use by somebody else.',
    means: 'You were not signed in.',
    cure: 'Use another phone, or ask the person to sign out.',
  },
  alreadySignedOn: {
    what: 'Agent {id} is signed in already, with another extension.',
    means: 'You were not signed in here.',
    cure: 'Use the same extension as there, or sign out there first.',
  },
  deviceRefused: {
    what: 'The phone system refused the phone: {message} ({code}).',
    means: 'You were not signed in.',
    cure: 'Check that the phone is on and shows the extension.',
  },
  signedInElsewhere: {
    what: 'Another desktop took over your session.',
    means: 'Only one can be your desktop. Sidetone stopped and does not fight for it.',
    cure: 'Close the other one, then choose “Take over here”.',
  },
  reasonRequired: {
    what: 'Finesse wants a reason for this.',
    means: 'Your state did not change.',
    cure: 'Choose a reason.',
  },
  reasonUnknown: {
    what: 'Finesse does not know this reason any more.',
    means: 'Your state did not change.',
    cure: 'Choose another; the list is being read again.',
  },
  stateRefused: {
    what: 'Finesse refused the change: {message} ({code}).',
    means: 'Your state did not change.',
    cure: 'Try again when the call or the wrap-up is over.',
  },
  notAllowedNow: {
    what: 'This is not possible in your present state.',
    means: 'Nothing was sent.',
    cure: 'Your state may have changed meanwhile: look at it and choose again.',
  },
  noConfirmation: {
    what: 'Finesse accepted the request but did not carry it out.',
    means: 'Your state is what you see.',
    cure: 'Ask once more if you still want it.',
  },
  finesseRefused: {
    what: 'Finesse refused: {message} ({type}).',
    means: 'The request was not carried out.',
    cure: 'Try again. If it keeps happening, tell your administrator these words.',
  },
  signOutUnconfirmed: {
    what: '{host} did not confirm that you are signed out.',
    means:
      'There was no connection. Finesse ends the shift of an agent without a desktop by itself, mostly within 3 minutes.',
    cure: 'To be sure, sign in again and sign out, or ask your supervisor.',
  },
  fileUnreadable: {
    what: '{path} cannot be read ({code}).',
    means: 'Nothing was opened.',
    cure: 'Check that the file is there and that you may read it.',
  },
  fileNotSaved: {
    what: '{path} could not be written ({code}).',
    means: 'What was there before is unchanged.',
    cure: 'Choose another folder, or make room on the disk.',
  },
  notABundle: {
    what: '{path} is not a support bundle of Sidetone.',
    means: 'Nothing was opened.',
    cure: 'Choose the file that was saved with “Support bundle…”.',
  },
  bundleNewer: {
    what: '{path} was made by a newer Sidetone.',
    means: 'This version cannot show it.',
    cure: 'Update Sidetone, then open it again.',
  },
  bundleDamaged: {
    what: '{path} is damaged: {name} is not what it should be.',
    means: 'Nothing of it is shown, because it could mislead.',
    cure: 'Ask for the file again.',
  },
  bundleTooLarge: {
    what: 'The bundle is larger than {limit} MiB.',
    means: 'It was not made or not opened.',
    cure: 'If it was sent to you, ask for a smaller one. Else please report it.',
  },
  bundleHoldsSecret: {
    what: 'A password was still found in {name}.',
    means: 'So the bundle was not made: nothing has left this computer.',
    cure: 'Please report this to the makers of Sidetone.',
  },
  previewGone: {
    what: 'This preview is no longer there.',
    means: 'Nothing was saved or sent.',
    cure: 'Prepare the bundle again.',
  },
  notConnected: {
    what: 'There is no connection to Finesse now.',
    means: 'Nothing was sent.',
    cure: 'Wait until it is live again.',
  },
  busy: {
    what: 'The last request is still on its way.',
    means: 'Nothing was sent twice.',
    cure: 'Wait a moment.',
  },
  cancelled: {
    what: 'You cancelled.',
    means: 'You are not signed in.',
    cure: 'Sign in when you are ready.',
  },
  simulatorFailed: {
    what: 'The simulator did not start.',
    means: 'You can still sign in to a real server.',
    cure: 'Start Sidetone again.',
  },
  internal: {
    what: 'Sidetone had an error of its own.',
    means: 'It was written to the log. Nothing was sent twice.',
    cure: 'Try again. If it happens again, please report it.',
  },
} as const
