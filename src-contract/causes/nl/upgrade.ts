import type { CauseTexts } from '../text'

export const upgrade: CauseTexts<'upgrade'> = {
  'upgrade.stripped': {
    title: 'Iets onderweg haalt de WebSocket-upgrade eruit',
    agent:
      'Gesprekken en statussen bereiken je langs deze weg niet. Meld je beheerder dat WebSockets worden tegengehouden.',
    expected: '101 Switching Protocols van {host}:{port}.',
    came: 'HTTP {status}: het antwoord op een gewone vraag.',
    reasons: [
      'Een reverse proxy of load balancer geeft Upgrade en Connection niet door.',
      'Een proxy of virusscanner aan deze kant haalt ze weg.',
      'Het pad leidt naar een andere toepassing.',
    ],
    checks: [
      'nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade".',
      'Hetzelfde rechtstreeks naar de node, zonder de proxy ertussen.',
    ],
  },
  'upgrade.unauthorized': {
    title: 'De proxy vóór Finesse wil eerst weten wie je bent',
    agent: 'De ingang van buitenaf is beveiligd. Meld je opnieuw aan; blijft het, meld het je beheerder.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} op de upgrade.',
    reasons: [
      'De reverse proxy voor toegang zonder VPN laat WebSockets pas na een aangemelde REST-vraag toe.',
      'De REST-vraag ging naar de naam van de andere node.',
      'De eigen aanmelding van de proxy is verlopen.',
    ],
    checks: [
      'Het log van de reverse proxy op dit tijdstip: “Authorization Failed”.',
      'Gebruiken REST en WebSocket dezelfde hostnaam?',
    ],
  },
  'upgrade.forbidden': {
    title: 'De WebSocket is voor deze computer verboden',
    agent: 'Een regel houdt deze computer buiten. Je beheerder moet hem toelaten.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status}.',
    reasons: [
      'Een regel van de reverse proxy of webapplicatiefirewall verbiedt /ws/.',
      'Alleen bepaalde netwerken mogen erin.',
      'Een filter op Origin: Sidetone stuurt er geen.',
    ],
    checks: ['Het log van wie {status} antwoordt.', 'De regel voor /ws/ van {host}:{port}.'],
  },
  'upgrade.notFound': {
    title: 'Op {host}:{port} is geen meldingendienst',
    agent: 'Finesse stuurt zijn nieuws vanaf een andere poort of machine. Meld het je beheerder.',
    expected: '101 Switching Protocols op {path}.',
    came: 'HTTP {status}.',
    reasons: [
      'De WebSocket zit op een andere poort: vanaf 12.6 op 8445, daarvoor op 7443.',
      'De reverse proxy stuurt /finesse door, maar /ws/ niet.',
      'De Notification Service is niet gestart, dus staat er niets achter het pad.',
    ],
    checks: [
      'Probeer de andere poort: wss://{host}:7443/ws/ of wss://{host}:8445/ws/.',
      'utils service list op de node.',
    ],
  },
  'upgrade.port7443': {
    title: 'Deze versie heeft haar meldingen op 7443, niet op {port}',
    agent: 'Sidetone klopte bij de verkeerde deur van de server aan. Je beheerder kan de poort verbeteren.',
    expected: 'Een meldingendienst op {host}:7443: SystemInfo lijkt op Finesse {version}.',
    came: 'HTTP {status} op poort {port}, waar alleen REST is.',
    reasons: [
      'De poort is ingesteld voor 12.6 en later.',
      'Deze node is nog niet bijgewerkt en de andere wel.',
    ],
    checks: ['Open in plaats daarvan wss://{host}:7443/ws/.', 'Firewall: 7443 van agents naar beide nodes.'],
  },
  'upgrade.notAllowed': {
    title: 'Dit pad neemt geen WebSockets aan',
    agent: 'Sidetone is naar de verkeerde plek op de server gestuurd. Meld het je beheerder.',
    expected: '101 Switching Protocols op {path}.',
    came: 'HTTP {status}: de methode GET is daar niet toegestaan.',
    reasons: [
      'Het pad is dat van BOSH (/http-bind/), dat alleen POST aanneemt.',
      'De proxy leidt /ws/ naar BOSH.',
    ],
    checks: [
      'Het pad moet /ws/ zijn, met de schuine streep aan het eind.',
      'De regel van de proxy voor /ws/.',
    ],
  },
  'upgrade.gateway': {
    title: 'De proxy bereikt de meldingendienst niet',
    agent:
      'De meldingendienst van Finesse lijkt achter zijn gateway uit te staan. Wacht een minuut; meld het dan je beheerder.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} van wat ervoor staat.',
    reasons: [
      '502: de Notification Service (Openfire) is gestopt of start.',
      '504: hij hangt, of een firewall tussen proxy en node laat pakketten vallen.',
      'De proxy wijst naar de verkeerde poort: vanaf 12.6 is het 8445, daarvoor 7443.',
    ],
    checks: [
      'utils service list op de node: is de Notification Service STARTED?',
      'De upstream in het foutenlog van de proxy.',
    ],
  },
  'upgrade.unavailable': {
    title: 'De meldingendienst neemt nu geen sessies meer aan',
    agent: 'De server start of is overbelast. Sidetone probeert het vanzelf opnieuw.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} (opnieuw vragen na {retrySeconds} s).',
    reasons: [
      'De dienst start, of de node is buiten dienst.',
      'Een maximum aan verbindingen is bereikt, zoals na een failover van alle agents.',
      'Een load balancer vindt geen gezonde node.',
    ],
    checks: ['SystemInfo van beide nodes.', 'Gezondheidscontroles en limieten van de load balancer.'],
  },
  'upgrade.redirected': {
    title: '{host}:{port} stuurt de WebSocket ergens anders heen',
    agent:
      'De server wijst naar een andere plek, en daar gaat Sidetone niet heen met je wachtwoord. Meld het je beheerder.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status} naar {location}.',
    reasons: [
      'De aanmeldpagina van een proxy of van een gastnetwerk.',
      'Een load balancer stuurt naar de andere node.',
      'Een regel van HTTP naar HTTPS of van de ene poort naar de andere.',
    ],
    checks: [
      'Wie is {location}? Is dat de juiste server, gebruik dan die naam.',
      'De omleidingsregels voor /ws/.',
    ],
  },
  'upgrade.refused': {
    title: 'De WebSocket werd geweigerd met HTTP {status}',
    agent: 'De meldingendienst van Finesse zei nee. Probeer het opnieuw; blijft het, meld het je beheerder.',
    expected: '101 Switching Protocols.',
    came: 'HTTP {status}.',
    reasons: [
      '500: de meldingendienst heeft zelf een fout.',
      '429: te veel pogingen vanaf dit adres.',
      'Iets vóór Finesse heeft zijn eigen regels.',
    ],
    checks: [
      'Het ruwe antwoord van deze stap: wie ondertekende het (header Server)?',
      'Het log daarvan op dit tijdstip.',
    ],
  },
  'upgrade.badAccept': {
    title: 'Het antwoord op de upgrade is niet voor ons',
    agent: 'Iets onderweg bederft de verbinding. Meld het je beheerder.',
    expected: '101 met de Sec-WebSocket-Accept die bij onze sleutel hoort.',
    came: 'HTTP {status} met een andere, of met uitbreidingen waar niemand om vroeg.',
    reasons: [
      'Een proxy antwoordt uit een cache of verwisselt twee verbindingen.',
      'Een zelfgemaakte gateway volgt RFC 6455 niet.',
    ],
    checks: ['De ruwe headers van deze stap.', 'Hetzelfde zonder de proxy; geen caching voor /ws/.'],
  },
  'upgrade.noSubprotocol': {
    title: 'De WebSocket op {host}:{port} spreekt geen XMPP',
    agent: 'Dit is niet de meldingendienst van Finesse. Controleer servernaam en poort met je beheerder.',
    expected: 'Sec-WebSocket-Protocol: xmpp (RFC 7395).',
    came: 'Een ander subprotocol of geen ({offered}).',
    reasons: ['Op dit pad antwoordt een andere toepassing.', 'Een proxy laat Sec-WebSocket-Protocol vallen.'],
    checks: [
      'De ruwe headers van deze stap.',
      'De proxy moet Sec-WebSocket-* in beide richtingen doorgeven.',
    ],
  },
  'upgrade.notHttp': {
    title: '{host}:{port} antwoordt niet in HTTP',
    agent: 'Dit is niet de juiste poort van de server. Controleer hem met je beheerder.',
    expected: 'Een HTTP-antwoord.',
    came: 'Iets wat niet als HTTP te lezen is ({code}).',
    reasons: [
      'De poort is die van kaal XMPP over TLS (5223).',
      'Een gateway stuurt TLS door naar een andere dienst.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port}, en typ dan GET / HTTP/1.0.',
      'Gebruik 8445, of 7443 vóór 12.6.',
    ],
  },
  'upgrade.cut': {
    title: '{host}:{port} hing op in plaats van de upgrade te beantwoorden',
    agent: 'Iets verbrak de verbinding. Probeer het opnieuw; blijft het, meld het je beheerder.',
    expected: '101 Switching Protocols.',
    came: 'Het einde van de verbinding ({code}).',
    reasons: [
      'Een firewall herkent WebSockets en verbreekt ze.',
      'De meldingendienst stopt of start.',
      'Een proxy geeft het op bij vragen die hij niet begrijpt.',
    ],
    checks: ['Het log van de firewall op dit tijdstip.', 'Hetzelfde vanaf een computer naast de node.'],
  },
  'upgrade.timeout': {
    title: '{host}:{port} beantwoordt de upgrade niet',
    agent: 'De server lijkt te hangen. Wacht een minuut; hebben anderen het ook, meld het dan je beheerder.',
    expected: '101 Switching Protocols binnen {seconds} s.',
    came: 'Niets.',
    reasons: [
      'Een proxy wacht op een body of op het einde van het antwoord, omdat hij geen upgrades kent.',
      'De meldingendienst hangt.',
    ],
    checks: [
      'Hetzelfde zonder de proxy.',
      'Herstart de Notification Service buiten werktijd; bekijk eerst het log.',
    ],
  },
}
