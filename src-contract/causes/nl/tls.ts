import type { CauseTexts } from '../text'

export const tls: CauseTexts<'tls'> = {
  'tls.expired': {
    title: 'Het certificaat van {host}:{port} is verlopen',
    agent:
      'De server kan niet meer bewijzen wie hij is. Je wachtwoord is niet verstuurd; je beheerder moet het certificaat vernieuwen.',
    expected: 'Een certificaat dat vandaag geldig is.',
    came: '{subject}, geldig tot {validTo}.',
    reasons: [
      'Het is niet op tijd vernieuwd; de zelfondertekende van Finesse gelden vijf jaar.',
      'Het is vernieuwd, maar de diensten zijn niet herstart.',
      'Alleen één van de nodes of poorten heeft het nieuwe.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host} | openssl x509 -noout -dates',
      'Certificaatbeheer van de node (tomcat), daarna Finesse Tomcat en de Notification Service herstarten.',
    ],
  },
  'tls.notYetValid': {
    title: 'Het certificaat van {host}:{port} is nog niet geldig',
    agent: 'Controleer eerst de datum en tijd van deze computer. Kloppen die, meld het dan je beheerder.',
    expected: 'Een certificaat dat vandaag geldig is.',
    came: '{subject}, geldig vanaf {validFrom}.',
    reasons: [
      'De klok van deze computer loopt achter.',
      'Het certificaat is gemaakt op een machine waarvan de klok voorloopt.',
    ],
    checks: ['Datum, tijd en tijdzone van deze computer.', 'NTP op de node: utils ntp status.'],
  },
  'tls.clockWrong': {
    title: 'De klok van deze computer staat verkeerd',
    agent: 'De datum of tijd van je computer wijkt {offset} af. Zet hem goed en probeer het opnieuw.',
    expected: 'Een tijd tussen {validFrom} en {validTo}, waarin het certificaat geldig is.',
    came: 'Volgens de klok van de server is het geldig, volgens die van deze computer niet. Die loopt {offset} {offset?achter|voor}.',
    reasons: [
      'De tijdsynchronisatie staat uit, of de computer werd zonder netwerk wakker.',
      'De klok of het jaar is met de hand ingesteld.',
      'Minder waarschijnlijk: de klok van de server is de verkeerde.',
    ],
    checks: ['w32tm /query /status, of timedatectl.', 'utils ntp status op de node.'],
  },
  'tls.wrongHost': {
    title: 'Het certificaat hoort bij een andere naam dan {host}',
    agent:
      'Dit kan een andere server zijn. Gebruik de naam die je beheerder gaf; je wachtwoord is niet verstuurd.',
    expected: '{host} onder de namen van het certificaat.',
    came: '{subject}, geldig voor: {names}.',
    reasons: [
      'De getypte naam is een alias die niet in het certificaat staat.',
      'Het certificaat is gemaakt met de naam van de andere node, of zonder alternatieve namen.',
      'Het adres leidt naar een andere machine.',
    ],
    checks: [
      'Meld je aan met een van de namen hierboven, of geef het certificaat opnieuw uit met {host} als alternatieve naam (SAN).',
      'Leidt {host} naar de juiste node?',
    ],
  },
  'tls.shortName': {
    title: 'Het certificaat is voor {name}, niet voor de korte naam {host}',
    agent: 'Typ de volledige naam van de server: {name}.',
    expected: 'De volledige hostnaam, zoals het certificaat en XMPP die nodig hebben.',
    came: 'De korte naam {host}; in het certificaat staat {names}.',
    reasons: [
      'De korte naam is getypt; het netwerk vult die alleen voor DNS aan.',
      'Een snelkoppeling of een beheerde instelling bevat de korte naam.',
    ],
    checks: ['Gebruik {name} in instellingen, beleid en snelkoppelingen.'],
  },
  'tls.addressTyped': {
    title: 'Het certificaat noemt het adres {host} niet',
    agent: 'Typ de naam van de server in plaats van het nummer.',
    expected: 'Een hostnaam. Certificaten noemen zelden IP-adressen, en XMPP heeft de naam nodig.',
    came: 'Het adres {host}; in het certificaat staat {names}.',
    reasons: [
      'Het IP-adres is getypt, vaak om een DNS-probleem te omzeilen.',
      'Een beheerde instelling bevat het adres.',
    ],
    checks: ['Gebruik een van de namen hierboven.', 'Is de naam niet te vinden, los dan dat op: nslookup.'],
  },
  'tls.selfSigned': {
    title: 'Het certificaat van {host}:{port} is door zichzelf ondertekend',
    agent:
      'Je computer weet niet of dit jouw server is. Vergelijk de vingerafdruk met die van je beheerder voordat je hem vertrouwt.',
    expected: 'Een certificaat van een autoriteit die deze computer vertrouwt.',
    came: '{subject}, door zichzelf ondertekend. SHA-256 {fingerprint}.',
    reasons: [
      'Finesse wordt met zelfondertekende certificaten geleverd en het is nooit vervangen.',
      'Het is maar op één node of poort vervangen.',
    ],
    checks: [
      'Installeer op beide nodes een certificaat van jullie autoriteit, of geef Sidetone dat van de node als certificaatbestand.',
      'Elke poort (8445, 7443) toont haar eigen certificaat: vergelijk ze allebei.',
    ],
  },
  'tls.incompleteChain': {
    title: '{host}:{port} toont zijn certificaat zonder dat van de uitgever',
    agent:
      'De server is niet volledig ingericht. Je wachtwoord is niet verstuurd; je beheerder kan het verhelpen.',
    expected: 'Het certificaat samen met alle tussenliggende.',
    came: 'Alleen {subject}. De uitgever, {issuer}, is hier onbekend.',
    reasons: [
      'Het tussenliggende certificaat is niet naar de node (tomcat-trust) of de reverse proxy geüpload.',
      'De uitgever is een eigen autoriteit die deze computer niet kent.',
      'Browsers halen of onthouden tussenliggende certificaten, daarom werkt de desktop daar wel.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host} -showcerts',
      'Upload de tussenliggende certificaten en herstart de diensten, of geef Sidetone het certificaatbestand van de autoriteit.',
    ],
  },
  'tls.unknownIssuer': {
    title: 'Niemand die deze computer vertrouwt gaf het certificaat van {host}:{port} uit',
    agent:
      'Je computer weet niet wie voor deze server instaat. Je beheerder heeft daar een certificaatbestand voor.',
    expected: 'Een keten die eindigt bij een autoriteit die deze computer vertrouwt.',
    came: '{subject}, uitgegeven door {issuer}, die hier niet wordt vertrouwd.',
    reasons: [
      'Het bedrijf heeft een eigen autoriteit en haar root staat niet op deze computer.',
      'De root staat alleen in de opslag van de browser.',
      'Iemand onderweg opent de verbinding.',
    ],
    checks: [
      'Installeer de root in de opslag van het systeem, of kies het PEM-bestand ervan in Sidetone.',
      'Vergelijk de uitgever met die op een computer waarop het werkt.',
    ],
  },
  'tls.intercepted': {
    title: 'Een beveiligingsproduct opent de verbinding met {host}',
    agent:
      'Iets tussen jou en Finesse leest mee, daarom stopte Sidetone. Je wachtwoord is niet verstuurd; meld het je beheerder.',
    expected: 'Het certificaat van de Finesse-node.',
    came: 'Een onderweg gemaakt certificaat: {subject}, uitgegeven door {issuer}.',
    reasons: [
      'Een proxy, firewall of virusscanner inspecteert TLS en de root ervan wordt hier niet vertrouwd.',
      'Zulke producten breken vaak ook WebSockets.',
    ],
    checks: [
      'Sluit beide nodes en de poorten 8445 en 7443 van TLS-inspectie uit.',
      'De vingerafdruk van de node, gezien vanuit zijn eigen netwerk.',
    ],
  },
  'tls.otherPort': {
    title: 'Het certificaat wordt op poort {trusted} vertrouwd, op poort {port} niet',
    agent:
      'De ene helft van de server wordt vertrouwd, de andere niet. Je beheerder moet poort {port} nakijken.',
    expected: 'Een certificaat als op poort {trusted}, of een dat ook wordt vertrouwd.',
    came: '{subject}, uitgegeven door {issuer}, op poort {port}.',
    reasons: [
      'Jij of een beleid vertrouwde één poort; elke poort van een node heeft haar eigen certificaat.',
      'De meldingendienst hield zijn oude of zelfondertekende certificaat.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host}, en hetzelfde voor poort {trusted}; vergelijk.',
      'Vertrouw beide poorten van beide nodes, of herstart de meldingendienst na een vernieuwing.',
    ],
  },
  'tls.changed': {
    title: 'Het certificaat van {host}:{port} is niet het vertrouwde',
    agent:
      'Het is vernieuwd, of iemand doet zich als jouw server voor. Vraag je beheerder voordat je het vertrouwt.',
    expected: 'Het certificaat dat voor deze host en poort is vastgelegd.',
    came: '{subject}. SHA-256 {fingerprint}.',
    reasons: [
      'Het is vernieuwd.',
      'De naam leidt nu naar een andere node of naar een reverse proxy.',
      'Iemand zit ertussen.',
    ],
    checks: [
      'Vergelijk de vingerafdruk met die van de node zelf: show cert own tomcat.',
      'Wanneer is het uitgegeven, en weet iemand daarvan?',
    ],
  },
  'tls.rejected': {
    title: 'Het certificaat van {host}:{port} is niet aanvaardbaar',
    agent:
      'Het certificaat van de server heeft een gebrek. Je wachtwoord is niet verstuurd; meld het je beheerder.',
    expected: 'Een certificaat voor servers, met een degelijke sleutel en handtekening.',
    came: '{subject} werd geweigerd ({code}).',
    reasons: [
      'Het is voor een ander doel gemaakt (extended key usage zonder serverauthenticatie).',
      'De sleutel of handtekening is te zwak, of het is ingetrokken.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host} | openssl x509 -noout -text',
      'Geef het opnieuw uit met key usage voor servers, RSA 2048 of P-256, SHA-256.',
    ],
  },
  'tls.tooOld': {
    title: '{host}:{port} biedt alleen verouderde versleuteling',
    agent:
      'De versleuteling van de server is te oud om veilig te zijn. Je wachtwoord is niet verstuurd; meld het je beheerder.',
    expected: 'TLS 1.2 of 1.3 met een moderne cipher.',
    came: 'Geen gemeenschappelijke versie of cipher ({code}).',
    reasons: [
      'De node staat alleen TLS 1.0 en 1.1 toe (een oude versie, of een minimum dat nooit is verhoogd).',
      'Een load balancer ervoor beëindigt TLS met een oud profiel.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -tls1_2',
      'show tls server min-version op de node; het TLS-profiel van de load balancer.',
    ],
  },
  'tls.notTls': {
    title: '{host}:{port} spreekt geen HTTPS',
    agent: 'Dit is niet de juiste poort van de server. Controleer hem: 8445 is gebruikelijk.',
    expected: 'Een TLS-handdruk.',
    came: 'Iets anders, zoals gewoon HTTP ({code}).',
    reasons: [
      'De poort is er een voor gewoon HTTP (80, 8082, 7071) of gewoon XMPP (5222).',
      'Een load balancer stuurt door naar een onversleutelde poort.',
      'Een aanmeldpagina van het netwerk antwoordt voor elk adres.',
    ],
    checks: ['curl -v http://{host}:{port}/', 'Gebruik 8445 (7443 voor meldingen vóór 12.6).'],
  },
  'tls.nameUnknown': {
    title: 'Wie er op {host}:{port} antwoordt, kent deze naam niet',
    agent: 'De server vóór Finesse kent de getypte naam niet. Controleer hem met je beheerder.',
    expected: 'Een certificaat voor {host}.',
    came: 'De melding “unrecognized name” ({code}).',
    reasons: [
      'Een reverse proxy heeft geen regel voor deze hostnaam.',
      'De naam is een alias die alleen DNS kent.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host}',
      'De servernamen van de reverse proxy (map-bestand, server_name).',
    ],
  },
  'tls.clientCertificate': {
    title: '{host}:{port} vraagt om een certificaat van deze computer',
    agent:
      'De weg naar Finesse is alleen open voor geregistreerde apparaten. Je beheerder weet een andere ingang.',
    expected: 'Een server die aan ID en wachtwoord genoeg heeft.',
    came: 'Hij verbrak de verbinding bij gebrek aan een clientcertificaat ({code}).',
    reasons: [
      'De reverse proxy of load balancer eist clientcertificaten (mutual TLS).',
      'Dit is een beheerpoort.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port}: verschijnt er “Acceptable client certificate CA names”?',
      'Zet het bij de proxy uit voor /finesse en /ws.',
    ],
  },
  'tls.cut': {
    title: '{host}:{port} hing op tijdens de handdruk',
    agent:
      'Iets verbrak de verbinding voordat ze veilig was. Probeer het opnieuw; blijft het, meld het je beheerder.',
    expected: 'De helft van de server van de TLS-handdruk.',
    came: 'De verbinding werd verbroken ({code}).',
    reasons: [
      'Een firewall laat TCP door en verbreekt TLS naar onbekende namen.',
      'De dienst achter de poort start of is overbelast.',
      'De poort spreekt een ander protocol.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port} -servername {host}, hier en naast de node.',
      'Regels van de firewall voor TLS en servernamen.',
    ],
  },
  'tls.timeout': {
    title: '{host}:{port} neemt verbindingen aan en zegt niets',
    agent: 'De server lijkt te hangen. Wacht een minuut; hebben anderen het ook, meld het dan je beheerder.',
    expected: 'De helft van de server van de TLS-handdruk binnen {seconds} s.',
    came: 'Niets.',
    reasons: [
      'De dienst hangt, of al zijn threads zijn bezet.',
      'Pakketten boven een bepaalde grootte gaan op de VPN verloren (MTU).',
      'Een load balancer neemt aan voor een node die uit staat.',
    ],
    checks: [
      'openssl s_client -connect {host}:{port}, naast de node en door de VPN.',
      'ping met 1400 bytes en “niet fragmenteren”.',
    ],
  },
}
