import type { problem as english } from '../en/problems'
import type { Words } from '../words'

export const problem: Words<typeof english> = {
  serverAddressInvalid: {
    what: 'Dit is geen serveradres.',
    means: 'Er is niets verstuurd.',
    cure: 'Typ een hostnaam en zo nodig een poort: finesse.example.com of finesse.example.com:8445.',
  },
  caFileUnreadable: {
    what: 'Het certificaatbestand {path} kan niet worden gelezen.',
    means: 'Er is niets verstuurd.',
    cure: 'Kies een ander bestand, of laat het veld leeg als je beheerder er geen gaf.',
  },
  caFileInvalid: {
    what: 'Het bestand {path} bevat geen certificaat.',
    means: 'Er is niets verstuurd.',
    cure: 'Kies een PEM-bestand: daarin staat de regel “BEGIN CERTIFICATE”.',
  },
  hostNotFound: {
    what: 'Er is geen server met de naam {host}.',
    means: 'Sidetone vond geen adres. Er is niets verstuurd.',
    cure: 'Controleer de spelling, en of je het bedrijfsnetwerk of de VPN nodig hebt.',
  },
  hostUnreachable: {
    what: '{host} is niet bereikbaar.',
    means: 'Geen netwerkpad leidt erheen. Er is niets verstuurd.',
    cure: 'Controleer de kabel, de wifi of de VPN.',
  },
  connectionRefused: {
    what: '{host} weigert verbindingen op poort {port}.',
    means: 'De machine is er, maar Finesse luistert niet op deze poort.',
    cure: 'Controleer de poort: meestal 8445. Klopt die, dan start Finesse nog of staat het stil: meld het je beheerder.',
  },
  connectionReset: {
    what: '{host} verbrak de verbinding.',
    means: 'Iets onderweg, of de server zelf, maakte er een eind aan.',
    cure: 'Probeer het opnieuw. Blijft het gebeuren, geef je beheerder dan de verbindingsgegevens.',
  },
  proxyAuth: {
    what: 'De proxy {host}:{port} vraagt om een wachtwoord.',
    means: 'Sidetone kan Finesse er niet doorheen bereiken.',
    cure: 'Vraag je beheerder om een weg naar Finesse zonder proxywachtwoord.',
  },
  proxyRefused: {
    what: 'De proxy {host}:{port} laat geen verbinding met Finesse toe ({code}).',
    means: 'Sidetone gaat niet om de proxy heen.',
    cure: 'Vraag je beheerder om Finesse in de proxy toe te staan.',
  },
  stepTimeout: {
    what: '{host} antwoordde niet binnen {seconds} s bij de stap “{stage}”.',
    means: 'De verbinding bleef daar steken.',
    cure: 'Probeer het opnieuw. Blijft het gebeuren, dan houdt een firewall of de server de verbinding tegen.',
  },
  certificateExpired: {
    what: 'Het certificaat van {host} is verlopen op {validTo}.',
    means: 'Sidetone weet niet zeker of dit jouw server is. Je wachtwoord is niet verstuurd.',
    cure: 'Vraag je beheerder het te vernieuwen.',
  },
  certificateNotYetValid: {
    what: 'Het certificaat van {host} geldt pas vanaf {validFrom}.',
    means: 'Je wachtwoord is niet verstuurd.',
    cure: 'Controleer datum en tijd van deze computer. Kloppen die, meld het dan je beheerder.',
  },
  certificateWrongHost: {
    what: 'Het certificaat hoort bij {subject}, niet bij {host}.',
    means: 'Dit kan een andere server zijn. Je wachtwoord is niet verstuurd.',
    cure: 'Typ de volledige naam van de server, zoals je beheerder die schreef.',
  },
  certificateUntrusted: {
    what: 'Niemand die deze computer vertrouwt heeft het certificaat van {host} ondertekend.',
    means: 'Sidetone weet niet zeker of dit jouw server is. Je wachtwoord is niet verstuurd.',
    cure: 'Vergelijk de vingerafdruk met die van je beheerder voordat je het vertrouwt, of kies het certificaatbestand van je bedrijf.',
  },
  certificateChanged: {
    what: 'Het certificaat van {host} is niet het certificaat dat je vertrouwde.',
    means: 'Het is vernieuwd, of er zit iemand tussen. Je wachtwoord is niet verstuurd.',
    cure: 'Vraag je beheerder of het vernieuwd is voordat je het nieuwe vertrouwt.',
  },
  tlsProtocol: {
    what: 'Een veilige verbinding met {host} is niet mogelijk ({code}).',
    means: 'De server biedt alleen verouderde versleuteling, of poort {port} is geen HTTPS-poort.',
    cure: 'Controleer de poort. Klopt die, meld het dan je beheerder.',
  },
  notFinesse: {
    what: '{host} antwoordde, maar niet zoals Finesse (HTTP {status}).',
    means: 'Dit is een andere webserver of een pagina van een proxy.',
    cure: 'Controleer servernaam en poort met je beheerder.',
  },
  httpStatus: {
    what: '{host} antwoordde met HTTP {status}.',
    means: 'Het verzoek is niet uitgevoerd.',
    cure: 'Probeer het opnieuw. Blijft het gebeuren, meld het dan je beheerder.',
  },
  redirected: {
    what: '{host} verwijst naar elders: {path}.',
    means: 'Sidetone gaat daar niet met je wachtwoord heen.',
    cure: 'Is dat de juiste server, typ dan die naam als server.',
  },
  answerUnreadable: {
    what: '{host} stuurde een antwoord dat niet te lezen is.',
    means: 'Het is niet gebruikt.',
    cure: 'Probeer het opnieuw. Blijft het gebeuren, dan verandert misschien een proxy de antwoorden: meld het je beheerder.',
  },
  answerTooLarge: {
    what: '{host} stuurde meer dan {limit} MB.',
    means: 'Het antwoord is afgebroken en niet gebruikt.',
    cure: 'Meld het je beheerder.',
  },
  outOfService: {
    what: 'Finesse op {host} is buiten dienst.',
    means:
      'Het draait, maar heeft geen verbinding met de telefooncentrale. Niemand kan zich daar nu aanmelden.',
    cure: 'Wacht een minuut en probeer het opnieuw; andere agents hebben hetzelfde probleem.',
  },
  serverError: {
    what: 'Finesse op {host} had een interne fout (HTTP {status}).',
    means: 'Het verzoek is niet uitgevoerd.',
    cure: 'Probeer het zo dadelijk opnieuw.',
  },
  systemInfoIncomplete: {
    what: '{host} zegt niet waar zijn meldingsdienst is.',
    means: 'Zonder die dienst zijn er geen gebeurtenissen; Sidetone meldt je dus niet aan.',
    cure: 'Meld het je beheerder: in SystemInfo ontbreekt xmppDomain.',
  },
  ssoNotSupported: {
    what: '{host} wil single sign-on.',
    means: 'Deze versie van Sidetone meldt alleen aan met ID en wachtwoord.',
    cure: 'Gebruik voor deze server de browserdesktop.',
  },
  upgradeRefused: {
    what: 'De meldingsdienst van {host} weigerde de WebSocket (HTTP {status}).',
    means: 'Zonder die dienst zijn er geen gebeurtenissen; Sidetone meldt je dus niet aan.',
    cure: 'Misschien laat een proxy geen WebSockets door: meld het je beheerder.',
  },
  subprotocolMissing: {
    what: 'De WebSocket van {host} spreekt geen XMPP.',
    means: 'Dit is geen meldingsdienst van Finesse.',
    cure: 'Controleer servernaam en poort met je beheerder.',
  },
  mechanismMissing: {
    what: 'De meldingsdienst van {host} accepteert geen wachtwoord.',
    means: 'Hij biedt alleen: {mechanisms}.',
    cure: 'Meld het je beheerder.',
  },
  bindRefused: {
    what: 'De meldingsdienst weigerde de sessie ({condition}).',
    means: 'Er zouden geen gebeurtenissen komen; Sidetone gaat dus niet verder.',
    cure: 'Probeer het opnieuw. Staat er een andere desktop open onder je ID, sluit die dan.',
  },
  subscribeRefused: {
    what: 'De server laat je {node} niet volgen ({condition}).',
    means: 'Gebeurtenissen daarvan komen niet binnen.',
    cure: 'Je hoeft niets te doen. Je beheerder weet of dit de bedoeling is.',
  },
  streamError: {
    what: 'De meldingsdienst beëindigde de sessie ({condition}).',
    means: 'Even kwamen er geen gebeurtenissen.',
    cure: 'Sidetone verbindt vanzelf opnieuw.',
  },
  malformedFrame: {
    what: 'De meldingsdienst stuurde iets onleesbaars.',
    means: 'Sidetone verbrak de verbinding voor de zekerheid.',
    cure: 'Sidetone verbindt vanzelf opnieuw.',
  },
  connectionClosed: {
    what: 'De verbinding met {host} is gesloten.',
    means: 'Even kwamen er geen gebeurtenissen.',
    cure: 'Sidetone verbindt vanzelf opnieuw.',
  },
  pingTimeout: {
    what: '{host} antwoordt al {seconds} s niet.',
    means: 'De verbinding lijkt open maar is dood.',
    cure: 'Sidetone verbindt vanzelf opnieuw.',
  },
  reconnectAsked: {
    what: 'Je vroeg om opnieuw te verbinden met {host}.',
    means: 'De oude verbinding is opgegeven.',
    cure: 'Sidetone verbindt meteen.',
  },
  eventsSilent: {
    what: '{host} antwoordt maar stuurt geen meldingen.',
    means: 'Wijzigingen zijn alleen gevonden door ze op te vragen.',
    cure: 'Sidetone verbindt vanzelf opnieuw, zo mogelijk met de andere node.',
  },
  finesseAbsent: {
    what: 'De meldingsdienst draait, maar Finesse zelf is er niet.',
    means: 'Je status wijzigen kan pas als het terug is.',
    cure: 'Wacht; Sidetone merkt het als het terugkomt.',
  },
  passwordWrong: {
    what: 'De server accepteert dit ID met dit wachtwoord niet.',
    means: 'Sidetone probeerde het maar één keer: na vijf fouten vergrendelt Finesse het account 5 minuten.',
    cure: 'Typ het wachtwoord opnieuw.',
  },
  accountLocked: {
    what: 'Het account {id} is vergrendeld.',
    means: 'Er is te vaak een fout wachtwoord gegeven.',
    cure: 'Wacht 5 minuten en typ dan het juiste wachtwoord.',
  },
  lastPasswordTry: {
    what: 'Vier foute wachtwoorden achter elkaar voor {id}.',
    means: 'Een vijfde zou het account vergrendelen, ook op de telefoon.',
    cure: 'Controleer het wachtwoord en probeer het over {minutes} min opnieuw, of vraag je beheerder.',
  },
  userUnknown: {
    what: 'De server kent geen agent {id}.',
    means: 'Je bent niet aangemeld.',
    cure: 'Controleer het agent-ID. Op UCCE is dat een nummer, niet je inlognaam.',
  },
  forbidden: {
    what: 'De server staat dit niet toe.',
    means: 'Het verzoek is niet uitgevoerd.',
    cure: 'Vraag je beheerder om het recht.',
  },
  extensionUnknown: {
    what: 'De telefooncentrale kent geen toestel {extension}.',
    means: 'Je bent niet aangemeld.',
    cure: 'Controleer het toestel: het is het nummer van de telefoon die je vandaag gebruikt.',
  },
  extensionInUse: {
    what: 'Toestel {extension} is bij iemand anders in gebruik.',
    means: 'Je bent niet aangemeld.',
    cure: 'Neem een andere telefoon, of vraag die persoon zich af te melden.',
  },
  alreadySignedOn: {
    what: 'Agent {id} is al aangemeld, met een ander toestel.',
    means: 'Je bent hier niet aangemeld.',
    cure: 'Gebruik hetzelfde toestel als daar, of meld je daar eerst af.',
  },
  deviceRefused: {
    what: 'De telefooncentrale weigerde de telefoon: {message} ({code}).',
    means: 'Je bent niet aangemeld.',
    cure: 'Controleer of de telefoon aan staat en het toestelnummer toont.',
  },
  signedInElsewhere: {
    what: 'Een andere desktop nam je sessie over.',
    means: 'Er kan er maar één jouw desktop zijn. Sidetone is gestopt en vecht er niet om.',
    cure: 'Sluit de andere en kies dan “Hier overnemen”.',
  },
  reasonRequired: {
    what: 'Finesse wil hiervoor een reden.',
    means: 'Je status is niet gewijzigd.',
    cure: 'Kies een reden.',
  },
  reasonUnknown: {
    what: 'Finesse kent deze reden niet meer.',
    means: 'Je status is niet gewijzigd.',
    cure: 'Kies een andere; de lijst wordt opnieuw gelezen.',
  },
  stateRefused: {
    what: 'Finesse weigerde de wijziging: {message} ({code}).',
    means: 'Je status is niet gewijzigd.',
    cure: 'Probeer het opnieuw als het gesprek of de nawerktijd voorbij is.',
  },
  notAllowedNow: {
    what: 'Dit kan niet in je huidige status.',
    means: 'Er is niets verstuurd.',
    cure: 'Je status is misschien intussen veranderd: kijk ernaar en kies opnieuw.',
  },
  noConfirmation: {
    what: 'Finesse nam het verzoek aan maar voerde het niet uit.',
    means: 'Je status is wat je ziet.',
    cure: 'Vraag het nog eens als je het nog wilt.',
  },
  finesseRefused: {
    what: 'Finesse weigerde: {message} ({type}).',
    means: 'Het verzoek is niet uitgevoerd.',
    cure: 'Probeer het opnieuw. Blijft het gebeuren, geef je beheerder dan deze woorden.',
  },
  signOutUnconfirmed: {
    what: '{host} heeft niet bevestigd dat je afgemeld bent.',
    means:
      'Er was geen verbinding. Finesse beëindigt zelf de dienst van een agent zonder desktop, meestal binnen 3 minuten.',
    cure: 'Meld je voor de zekerheid opnieuw aan en weer af, of vraag het je supervisor.',
  },
  fileUnreadable: {
    what: '{path} kan niet gelezen worden ({code}).',
    means: 'Er is niets geopend.',
    cure: 'Kijk of het bestand er is en of je het mag lezen.',
  },
  fileNotSaved: {
    what: '{path} kon niet geschreven worden ({code}).',
    means: 'Wat er al stond, is niet veranderd.',
    cure: 'Kies een andere map of maak ruimte op de schijf.',
  },
  notABundle: {
    what: '{path} is geen supportbundel van Sidetone.',
    means: 'Er is niets geopend.',
    cure: 'Kies het bestand dat met ‘Supportbundel…’ is opgeslagen.',
  },
  bundleNewer: {
    what: '{path} is gemaakt door een nieuwere Sidetone.',
    means: 'Deze versie kan de bundel niet tonen.',
    cure: 'Werk Sidetone bij en open de bundel opnieuw.',
  },
  bundleDamaged: {
    what: '{path} is beschadigd: {name} is niet wat het moet zijn.',
    means: 'Er wordt niets van getoond, want het zou kunnen misleiden.',
    cure: 'Vraag het bestand opnieuw op.',
  },
  bundleTooLarge: {
    what: 'De bundel is groter dan {limit} MiB.',
    means: 'Hij is niet gemaakt of niet geopend.',
    cure: 'Kreeg je hem toegestuurd, vraag dan een kleinere. Meld het anders.',
  },
  bundleHoldsSecret: {
    what: 'In {name} stond nog een wachtwoord.',
    means: 'Daarom is de bundel niet gemaakt: niets heeft deze computer verlaten.',
    cure: 'Meld dit aan de makers van Sidetone.',
  },
  previewGone: {
    what: 'Deze voorvertoning is er niet meer.',
    means: 'Er is niets opgeslagen of verstuurd.',
    cure: 'Maak de bundel opnieuw klaar.',
  },
  notConnected: {
    what: 'Er is nu geen verbinding met Finesse.',
    means: 'Er is niets verstuurd.',
    cure: 'Wacht tot de verbinding terug is.',
  },
  busy: {
    what: 'Het vorige verzoek is nog onderweg.',
    means: 'Er is niets dubbel verstuurd.',
    cure: 'Wacht even.',
  },
  cancelled: {
    what: 'Je hebt geannuleerd.',
    means: 'Je bent niet aangemeld.',
    cure: 'Meld je aan als je zover bent.',
  },
  simulatorFailed: {
    what: 'De simulator is niet gestart.',
    means: 'Je kunt je wel bij een echte server aanmelden.',
    cure: 'Start Sidetone opnieuw.',
  },
  internal: {
    what: 'Sidetone had zelf een fout.',
    means: 'Die staat in het logboek. Er is niets dubbel verstuurd.',
    cure: 'Probeer het opnieuw. Gebeurt het weer, meld het dan.',
  },
}
