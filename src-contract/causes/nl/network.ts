import type { CauseTexts } from '../text'

/** DNS, proxy, TCP. */
export const network: CauseTexts<'dns' | 'proxy' | 'tcp'> = {
  'dns.notFound': {
    title: '{host} heeft geen adres',
    agent:
      'De servernaam is verkeerd gespeld, of alleen binnen het bedrijfsnetwerk bekend. Controleer de spelling en je VPN.',
    expected: 'Een IPv4- of IPv6-adres voor {host}.',
    came: 'De naamservers antwoordden dat er geen is ({code}).',
    reasons: [
      'De VPN is niet verbonden, zodat openbare naamservers naar een interne naam worden gevraagd.',
      'De naam is verkeerd gespeld of gewijzigd.',
      'Het record ontbreekt in deze zone, vaak dat van de tweede node.',
    ],
    checks: [
      'nslookup {host} op deze computer, met en zonder VPN.',
      'Vergelijk met de hostnamen in SystemInfo of in de beheerconsole van Finesse.',
    ],
  },
  'dns.shortName': {
    title: 'De korte naam {host} heeft geen adres',
    agent: 'Typ de volledige naam van de server, zoals {host}.example.com.',
    expected: 'Een volledige hostnaam, of een zoekdomein dat {host} aanvult.',
    came: 'Geen adres ({code}).',
    reasons: [
      'Alleen het eerste deel van de naam is getypt en dit netwerk heeft er geen zoekdomein voor.',
      'Thuiswerken: de VPN geeft geen zoekdomein mee.',
    ],
    checks: [
      'nslookup met de volledige naam van de node.',
      'De DNS-zoeklijst van deze computer. Certificaten en XMPP hebben de volledige naam hoe dan ook nodig.',
    ],
  },
  'dns.noAnswer': {
    title: 'De naamservers antwoorden niet',
    agent: 'Je computer kan nu geen enkele naam opzoeken. Controleer de kabel, de wifi of de VPN.',
    expected: 'Een antwoord voor {host}.',
    came: 'Geen bruikbaar antwoord van de resolver ({code}).',
    reasons: [
      'Geen netwerk, of een dat net is veranderd (slaapstand, wifi, VPN).',
      'De ingestelde naamservers zijn alleen via de VPN bereikbaar.',
      'De naamserver zelf faalt voor deze zone.',
    ],
    checks: [
      'Is een andere interne naam wel te vinden? nslookup {host}',
      'De naamservers van deze computer: ipconfig /all, scutil --dns of resolvectl status.',
    ],
  },
  'dns.timeout': {
    title: 'Het opzoeken van {host} duurde te lang',
    agent: 'Je netwerk is erg traag of half verbonden. Controleer de VPN, of wacht tot die er is.',
    expected: 'Een adres binnen {seconds} s.',
    came: 'Niets.',
    reasons: [
      'De eerste naamserver is dood en de tweede wordt laat gevraagd.',
      'De VPN is nog aan het verbinden.',
      'Een proxyconfiguratiebestand (PAC) laadt niet.',
    ],
    checks: ['De duur van nslookup {host}, bij elke naamserver apart.', 'Is het PAC-bestand op te halen?'],
  },

  'proxy.unreachable': {
    title: 'De proxy {host}:{port} is niet bereikbaar',
    agent:
      'De proxy van je bedrijf antwoordt niet, dus is er geen weg naar Finesse. Controleer het netwerk of de VPN.',
    expected: 'Een verbinding met de proxy die het systeem voor Finesse noemt.',
    came: 'Geen verbinding ({code}). Sidetone gaat niet om de proxy heen.',
    reasons: [
      'De proxy is voor het kantoornetwerk en deze computer is ergens anders.',
      'De proxy staat uit of heeft een andere naam gekregen.',
      'Een firewall laat het verkeer vallen.',
    ],
    checks: [
      'De proxyinstellingen of het PAC-bestand van het systeem: voor de Finesse-nodes hoort er DIRECT te staan.',
      'Test-NetConnection {host} -Port {port}, of nc -vz {host} {port}.',
    ],
  },
  'proxy.auth': {
    title: 'De proxy {host}:{port} wil een wachtwoord',
    agent: 'Sidetone kan zich niet bij de proxy aanmelden. Je beheerder kan Finesse er zonder doorlaten.',
    expected: 'Een tunnel naar Finesse (CONNECT, antwoord 200).',
    came: 'HTTP 407 Proxy Authentication Required.',
    reasons: [
      'De proxy vraagt het iedereen, en browsers antwoorden vanzelf met het Windows-account.',
      'De Finesse-nodes ontbreken in de uitzonderingslijst van de proxy.',
    ],
    checks: [
      'Zet de nodes op DIRECT in het PAC-bestand of de uitzonderingslijst.',
      'Of laat de proxy CONNECT naar de poorten 8445 en 7443 van beide nodes zonder aanmelding toe.',
    ],
  },
  'proxy.refused': {
    title: 'De proxy {host}:{port} opent geen weg naar Finesse',
    agent: 'De proxy van je bedrijf laat Sidetone niet door naar Finesse. Je beheerder moet dat toestaan.',
    expected: 'Een tunnel naar {target} (CONNECT, antwoord 200).',
    came: 'De proxy antwoordde {code}.',
    reasons: [
      '403: de poort is niet toegestaan; veel proxy’s laten CONNECT alleen naar 443 toe.',
      '502, 503, 504: de proxy bereikt een interne host niet.',
      'MALFORMED: dit is geen HTTP-proxy.',
    ],
    checks: [
      'curl -v -x http://{host}:{port} https://{target}/',
      'De regel voor de poorten 8445 en 7443 in de proxy, of DIRECT voor de nodes.',
    ],
  },
  'proxy.unsupported': {
    title: 'Het systeem noemt een proxy die niet bruikbaar is',
    agent: 'De proxyinstellingen van deze computer kloppen niet. Je beheerder kan ze verbeteren.',
    expected: 'DIRECT of een HTTP-proxy voor {target}.',
    came: 'Een ander soort proxy, of geen antwoord daarover ({code}).',
    reasons: [
      'Het PAC-bestand noemt voor de nodes alleen SOCKS- of HTTPS-proxy’s.',
      'Het PAC-bestand kan niet worden geladen of bevat een fout.',
    ],
    checks: [
      'Wat het PAC-bestand voor https://{target}/ antwoordt.',
      'Voeg DIRECT toe voor de Finesse-nodes.',
    ],
  },

  'tcp.refused': {
    title: 'Op {host}:{port} luistert niets',
    agent: 'De server is er, maar Finesse draait niet op deze poort. Meld het je beheerder.',
    expected: 'Een TCP-verbinding met poort {port}.',
    came: 'Die werd geweigerd ({code}).',
    reasons: [
      'De Finesse-diensten zijn gestopt of nog aan het starten; na een herstart duurt dat minuten.',
      'Verkeerde poort: REST zit op 8445; de WebSocket vanaf 12.6 op 8445 en daarvoor op 7443.',
      'Een firewall antwoordt namens de server.',
    ],
    checks: [
      'utils service list op de node: Cisco Finesse Tomcat en de Notification Service moeten STARTED zijn.',
      'Test-NetConnection {host} -Port {port}, ook vanuit een ander netwerk.',
    ],
  },
  'tcp.port8445': {
    title: 'Deze versie heeft haar meldingen op 8445, niet op {port}',
    agent: 'Sidetone klopte bij de verkeerde deur van de server aan. Je beheerder kan de poort verbeteren.',
    expected: 'Een meldingendienst op {host}:8445: SystemInfo lijkt op Finesse {version}.',
    came: 'Geen verbinding met poort {port} ({code}).',
    reasons: [
      'De poort is ingesteld voor een versie vóór 12.6; sindsdien is 7443 verouderd en soms gesloten.',
      'Er is een firewallregel van de oude versie blijven staan.',
    ],
    checks: ['Open in plaats daarvan wss://{host}:8445/ws/.', 'Firewall: 8445 van agents naar beide nodes.'],
  },
  'tcp.port7443': {
    title: 'Deze versie heeft haar meldingen op 7443, niet op {port}',
    agent: 'Sidetone klopte bij de verkeerde deur van de server aan. Je beheerder kan de poort verbeteren.',
    expected: 'Een meldingendienst op {host}:7443: SystemInfo lijkt op Finesse {version}.',
    came: 'Geen verbinding met poort {port} ({code}).',
    reasons: [
      'De poort is ingesteld voor 12.6 en later; daarvoor zit de WebSocket alleen op 7443.',
      'Deze node is nog niet bijgewerkt en de andere wel.',
    ],
    checks: ['Open in plaats daarvan wss://{host}:7443/ws/.', 'Firewall: 7443 van agents naar beide nodes.'],
  },
  'tcp.timeout': {
    title: '{host}:{port} antwoordt niet',
    agent:
      'Van de server komt niets terug. Controleer je VPN; werkt het bij anderen wel, meld het dan je beheerder.',
    expected: 'Een TCP-verbinding met poort {port}.',
    came: 'Geen ja en geen nee.',
    reasons: [
      'Een firewall laat pakketten naar deze poort zonder bericht vallen.',
      'De VPN leidt niet naar dit netwerk.',
      'De node staat uit, of het adres is een oud adres.',
    ],
    checks: [
      'Test-NetConnection {host} -Port {port}, binnen en buiten de VPN.',
      'Het log van de firewall voor het adres van deze computer.',
      'Zijn de adressen van de stap DNS die van de node?',
    ],
  },
  'tcp.unreachable': {
    title: 'Er leidt geen weg naar {host}',
    agent:
      'Je computer heeft geen verbinding met het bedrijfsnetwerk. Controleer de kabel, de wifi of de VPN.',
    expected: 'Een route naar {host}.',
    came: 'Het systeem kent er geen ({code}).',
    reasons: [
      'Geen netwerk, of de VPN is niet verbonden.',
      'De naam heeft alleen een IPv6-adres en dit netwerk heeft geen IPv6.',
      'Een router onderweg meldt dat het netwerk onbereikbaar is.',
    ],
    checks: ['ping {host}; tracert of traceroute {host}.', 'De routes die de VPN instelt.'],
  },
}
