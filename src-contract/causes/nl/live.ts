import type { CauseTexts } from '../text'

/** De levende verbinding, de klok en Sidetone zelf. */
export const live: CauseTexts<'live' | 'clock' | 'app' | 'unknown'> = {
  'live.pingTimeout': {
    title: '{host} antwoordde niet meer',
    agent: 'De verbinding leek open maar was dood. Sidetone verbindt vanzelf opnieuw.',
    expected: 'Antwoorden op pings.',
    came: 'Geen gedurende {seconds} s.',
    reasons: [
      'Het netwerk brak zonder bericht: wifi, VPN, slaapstand, een ander adres.',
      'Een firewall of NAT vergat de verbinding na een rustige tijd.',
      'De server of zijn machine hangt.',
    ],
    checks: [
      'Verloren anderen haar in dezelfde seconde? Dan lag het aan de server, anders aan dit netwerk.',
      'De rusttijd van firewalls en VPN: boven 60 s.',
    ],
  },
  'live.silent': {
    title: 'De verbinding leeft, maar er komen geen meldingen',
    agent:
      'Wijzigingen werden alleen door navragen gevonden. Sidetone verbindt opnieuw, zo mogelijk met de andere server.',
    expected: 'Een melding bij elke wijziging.',
    came: 'Antwoorden op pings, en wijzigingen die alleen REST vertelde.',
    reasons: [
      'Finesse verloor zijn eigen verbinding met de meldingendienst.',
      'De pubsub-dienst hangt.',
      'De aanwezigheid van deze sessie ging verloren, zodat er geen meldingen heen gaan.',
    ],
    checks: [
      'Mist de browserdesktop op deze node ook wijzigingen?',
      'Herstart buiten werktijd Finesse Tomcat en daarna de Notification Service.',
    ],
  },
  'live.conflict': {
    title: 'Een andere desktop nam de sessie van {id} over',
    agent:
      'Maar één kan jouw desktop zijn, en Sidetone vecht er niet om. Sluit de andere en kies dan “Hier overnemen”.',
    expected: 'Eén sessie met deze resource.',
    came: 'De streamfout conflict.',
    reasons: [
      'De browserdesktop werd geopend: die gebruikt dezelfde resource.',
      'Sidetone draait op een tweede computer.',
      'Iemand anders meldt zich met deze ID aan.',
    ],
    checks: ['Waar is {id} nog meer aangemeld?', 'Om beide te gebruiken: meld je “Naast de browser” aan.'],
  },
  'live.shutdown': {
    title: 'De meldingendienst werd gestopt',
    agent: 'De server herstart of sluit. Sidetone gaat naar de andere, of wacht.',
    expected: 'Een dienst die blijft.',
    came: 'Een afscheid: {condition}.',
    reasons: [
      'Een geplande herstart, een upgrade of een versiewissel.',
      'De node werd voor onderhoud uitgeschakeld.',
      'Een proxy of load balancer werd herstart.',
    ],
    checks: ['Wie herstartte wat op dit tijdstip?', 'utils service list; uptime van de node.'],
  },
  'live.policyViolation': {
    title: 'De server beëindigde de sessie volgens zijn regels',
    agent:
      'De server maakte bezwaar tegen de verbinding. Sidetone probeert het straks opnieuw; komt het terug, meld het je beheerder.',
    expected: 'Een sessie zonder bezwaar.',
    came: 'policy-violation ({condition}).',
    reasons: [
      'Te veel vragen in korte tijd.',
      'Een beheerder beëindigde de sessie in Openfire.',
      'Onze pings kwamen te laat voor zijn regels, zoals na de slaapstand.',
    ],
    checks: [
      'Het log van de Notification Service op dit tijdstip.',
      'Regels van een webapplicatiefirewall voor /ws/.',
    ],
  },
  'live.streamError': {
    title: 'De meldingendienst beëindigde de sessie: {condition}',
    agent: 'Het nieuws stopte even. Sidetone verbindt vanzelf opnieuw.',
    expected: 'Een stream zonder fouten.',
    came: 'De streamfout {condition} ({message}).',
    reasons: [
      'Een fout van de dienst zelf, zoals internal-server-error of resource-constraint.',
      'connection-timeout: hij had niets van ons gehoord.',
      'see-other-host: hij wil zijn clients ergens anders heen sturen, wat Sidetone niet volgt.',
    ],
    checks: ['De laatste frames van de trace.', 'Het log van de Notification Service op dit tijdstip.'],
  },
  'live.closed': {
    title: '{host} sloot de verbinding',
    agent: 'De server beëindigde de verbinding netjes. Sidetone verbindt vanzelf opnieuw.',
    expected: 'Een verbinding die blijft.',
    came: 'Gesloten met code {code}.',
    reasons: [
      'De meldingendienst beëindigde de sessie, bijvoorbeeld omdat de gebruiker werd afgemeld.',
      'Een fout in de dienst zelf (1011).',
      'Een load balancer verplaatst zijn verbindingen.',
    ],
    checks: ['De laatste frames van de trace.', 'Het log van de Notification Service op dit tijdstip.'],
  },
  'live.cut': {
    title: 'De verbinding met {host}:{port} eindigde zonder afscheid',
    agent: 'Iets verbrak de lijn. Sidetone verbindt vanzelf opnieuw.',
    expected: 'Een sluitframe vóór het einde.',
    came: 'Het einde van de TCP-verbinding, met FIN of met een reset ({code}).',
    reasons: [
      'Een firewall, proxy of load balancer verbrak haar: een rusttijd, een maximale duur, of zijn herstart.',
      'Het eigen netwerk van deze computer viel weg: wifi, VPN, slaapstand.',
      'De meldingendienst of de node liep vast.',
    ],
    checks: [
      'Steeds na dezelfde tijd? Dan is het een tijdslimiet onderweg (nginx: proxy_read_timeout).',
      'Verloren anderen haar in dezelfde seconde? Dan lag het aan de server.',
    ],
  },
  'live.slowFrame': {
    title: 'Een bericht kwam te langzaam aan',
    agent: 'Je netwerk is nu erg traag. Sidetone verbindt vanzelf opnieuw.',
    expected: 'Een begonnen bericht is binnen {seconds} s volledig.',
    came: 'Slechts een deel ervan.',
    reasons: [
      'Een erg trage lijn of een met veel verlies.',
      'Grote pakketten gaan op de VPN verloren (MTU).',
      'Een proxy die gegevens vasthoudt.',
    ],
    checks: ['ping {host} met 1400 bytes en “niet fragmenteren”.', 'Verlies op wifi of VPN.'],
  },
  'live.malformed': {
    title: 'De server stuurde XML die niet te lezen is',
    agent: 'Sidetone verbrak de verbinding voor de zekerheid en verbindt vanzelf opnieuw.',
    expected: 'Eén goed gevormde stanza in elk bericht.',
    came: '{message}',
    reasons: [
      'Iets onderweg verandert berichten of kapt ze af.',
      'Tekst van een gespreksvariabele of label breekt wat de server schrijft.',
      'Een aanval op clients.',
    ],
    checks: ['Het laatste frame van de trace.', 'Welk gesprek of label kwam ermee?'],
  },
  'live.badWebSocket': {
    title: 'De WebSocket-frames zijn kapot',
    agent: 'Iets onderweg bederft de verbinding. Sidetone verbindt vanzelf opnieuw.',
    expected: 'Tekstframes volgens RFC 6455.',
    came: '{message}',
    reasons: [
      'Een proxy of TLS-inspectie mengt er eigen bytes door.',
      'Op dit pad antwoordt een andere toepassing.',
    ],
    checks: ['Hetzelfde zonder de proxy.', 'Sluit de nodes van inspectie uit.'],
  },
  'live.tooLarge': {
    title: 'De server stuurde een te groot bericht',
    agent: 'Sidetone kapte het af om te blijven leven, en verbindt vanzelf opnieuw.',
    expected: 'Berichten van hoogstens {limit} MB.',
    came: 'Een groter bericht.',
    reasons: ['Een fout in de server of een gadget dat te veel publiceert.', 'Een aanval op clients.'],
    checks: ['Het laatste frame van de trace.', 'Wie publiceert op dit tijdstip op de node?'],
  },

  'clock.drift': {
    title: 'De klokken van deze computer en van {host} verschillen {offset}',
    agent: 'Tijden worden ervoor gecorrigeerd, dus je ziet de juiste. Zet de klok van je computer goed.',
    expected: 'Klokken die binnen een minuut gelijk lopen.',
    came: 'Deze computer loopt {offset} {offset?achter|voor}.',
    reasons: [
      'De tijdsynchronisatie van deze computer staat uit.',
      'De NTP-server van de node is weg.',
      'Een virtuele machine die was gepauzeerd.',
    ],
    checks: [
      'w32tm /query /status, of timedatectl, op deze computer.',
      'utils ntp status op beide nodes: lopen die twee gelijk?',
    ],
  },

  'app.cancelled': {
    title: 'Sidetone beëindigde dit zelf',
    agent: 'Er is niets mis: het werd geannuleerd, of er werd om een nieuwe verbinding gevraagd.',
    expected: 'Niets meer.',
    came: 'Een einde aan onze kant.',
    reasons: ['Afgemeld, geannuleerd, of “Nu verbinden”.', 'Een betere verbinding was klaar.'],
    checks: ['De poging die volgt.'],
  },
  'app.internal': {
    title: 'Sidetone had zelf een fout',
    agent: 'Hij staat in het log. Probeer het opnieuw; komt het terug, meld het dan.',
    expected: 'Dat dit niet voorkomt.',
    came: '{message}',
    reasons: ['Een fout in Sidetone.', 'Een server die doet wat geen andere doet.'],
    checks: ['Bewaar een supportbundel en meld het.'],
  },

  unknown: {
    title: 'De oorzaak is niet bekend',
    agent: 'Sidetone kan niet zeggen waarom. Geef je beheerder de verbindingsgegevens.',
    expected: 'Een verbinding.',
    came: 'Iets wat in geen tabel staat ({code}).',
    reasons: ['Een geval dat nog niemand tegenkwam.', 'Iets buiten de verbinding.'],
    checks: ['De ruwe vragen en antwoorden eromheen.', 'Bewaar een supportbundel en meld het.'],
  },
}
