import type { CauseTexts } from '../text'

/** Openen, aanmelden, bind, aanwezigheid, abonnementen. */
export const xmpp: CauseTexts<'open' | 'auth' | 'bind' | 'presence' | 'subscribe'> = {
  'open.hostUnknown': {
    title: 'De meldingendienst kent het domein {domain} niet',
    agent: 'De server kent zijn eigen naam niet. Meld het je beheerder.',
    expected: 'Een stream voor het xmppDomain van SystemInfo.',
    came: 'De streamfout {condition}.',
    reasons: [
      'Het domein is van de andere node: elke node is een eigen domein.',
      'De node kreeg een andere naam en de meldingendienst niet.',
      'Een load balancer leidt REST naar de ene en de WebSocket naar de andere node.',
    ],
    checks: [
      'xmppDomain in https://{host}:{port}/finesse/api/SystemInfo',
      'Zet vaste toewijzing van sessies (stickiness) aan, of gebruik voor elke node zijn eigen naam.',
    ],
  },
  'open.timeout': {
    title: 'De WebSocket is open, maar niemand spreekt XMPP',
    agent:
      'De meldingendienst van Finesse hangt. Wacht een minuut; hebben anderen het ook, meld het dan je beheerder.',
    expected: 'Stream en features binnen {seconds} s.',
    came: 'Niets.',
    reasons: [
      'De meldingendienst (Openfire) hangt of heeft geen geheugen meer.',
      'Een proxy nam de upgrade zelf aan en stuurt niets door.',
      'Een proxy houdt kleine berichten vast.',
    ],
    checks: [
      'Hetzelfde zonder de proxy.',
      'CPU en geheugen van de node; het log van de Notification Service.',
    ],
  },

  'auth.noPlain': {
    title: 'De server neemt wachtwoorden niet aan zoals Finesse dat doet',
    agent: 'Sidetone kan zich hier niet aanmelden. Meld het je beheerder.',
    expected: 'Het SASL-mechanisme PLAIN, het enige dat Finesse controleert.',
    came: 'Andere mechanismen, of geen ({offered}).',
    reasons: [
      'Dit is een andere XMPP-server.',
      'PLAIN is in de eigenschappen van Openfire uitgezet.',
      'De aanmeldmodule is niet geladen, zodat geen mechanisme overblijft.',
    ],
    checks: [
      'De features in het ruwe antwoord van de stap “Openen”.',
      'Herstart de Notification Service; bekijk het log.',
    ],
  },
  'auth.wrongPassword': {
    title: 'ID of wachtwoord klopt niet',
    agent:
      'Typ je wachtwoord opnieuw. Na vijf foute pogingen achter elkaar blokkeert Finesse het account 5 minuten.',
    expected: 'Het wachtwoord van {id}.',
    came: 'De server weigerde het ({came}).',
    reasons: [
      'Een typefout, Caps Lock of een andere toetsenbordindeling.',
      'Het wachtwoord is gewijzigd of verlopen.',
      'De ID is van een andere gebruiker of een ander systeem.',
    ],
    checks: [
      'Kan {id} zich bij de browserdesktop aanmelden?',
      'Bestaat de gebruiker in de configuratie van UCCE of UCCX, en is hij actief?',
    ],
  },
  'auth.locked': {
    title: 'Het account {id} is geblokkeerd',
    agent: 'Er waren te veel foute wachtwoorden. Wacht 5 minuten en typ dan het juiste.',
    expected: 'Een account dat zich mag aanmelden.',
    came: 'Een weigering ({came}), na vijf foute wachtwoorden of met zoveel woorden.',
    reasons: [
      'Vijf foute wachtwoorden achter elkaar, hier of ergens anders.',
      'Een ander programma probeert nog het oude wachtwoord: een telefoon, een gadget, een wallboard.',
      'De beheerder heeft het account uitgeschakeld.',
    ],
    checks: [
      'Wie meldt zich nog meer aan als {id}? Zie het toegangslog van de node.',
      'Wacht 5 minuten zonder enige poging.',
    ],
  },
  'auth.passwordChanged': {
    title: 'Het wachtwoord van {id} wordt niet meer aanvaard',
    agent:
      'Eerder vandaag werkte het. Heb je het gewijzigd, typ dan het nieuwe; je scherm blijft zoals het is.',
    expected: 'Het wachtwoord dat eerder in deze dienst werkte.',
    came: 'Een weigering ({came}).',
    reasons: [
      'Het wachtwoord is intussen gewijzigd of verlopen; Finesse onthoudt het oude tot 30 minuten.',
      'De andere node vraagt een andere directory, of loopt niet gelijk.',
      'Iemand anders blokkeerde het account met foute wachtwoorden.',
    ],
    checks: ['Is het vandaag gewijzigd?', 'Meld je aan bij de browserdesktop van beide nodes.'],
  },
  'auth.loginName': {
    title: '“{id}” lijkt een aanmeldnaam; UCCE wil het agentnummer',
    agent: 'Meld je aan met je agentnummer in plaats van je naam.',
    expected: 'De agent-ID (peripheral number), alleen cijfers.',
    came: '“{id}” werd geweigerd ({came}).',
    reasons: [
      'De aanmeldnaam is getypt; REST neemt die soms aan, de meldingendienst nooit.',
      'Ook het wachtwoord is fout.',
    ],
    checks: ['loginId in https://{host}:{port}/finesse/api/User/{id}', 'Agent Explorer: peripheral number.'],
  },
  'auth.sso': {
    title: '{host} wil single sign-on',
    agent:
      'Deze server neemt geen wachtwoorden, en Sidetone kan nog geen single sign-on. Gebruik de browserdesktop.',
    expected: 'Een server of gebruiker met ID en wachtwoord (NON_SSO).',
    came: 'systemAuthMode {mode}.',
    reasons: [
      'Single sign-on staat voor het hele systeem aan.',
      'De gebruiker is naar single sign-on overgezet.',
    ],
    checks: [
      'systemAuthMode in https://{host}:{port}/finesse/api/SystemInfo',
      'HYBRID: /finesse/api/UserAuthMode/ en de ID van de gebruiker.',
    ],
  },
  'auth.temporary': {
    title: 'De server kan nu geen wachtwoorden controleren',
    agent: 'Over je wachtwoord is niet geoordeeld. Sidetone probeert het opnieuw; wacht een minuut.',
    expected: 'Een ja of nee op het wachtwoord.',
    came: 'De SASL-conditie {condition}.',
    reasons: [
      'De meldingendienst bereikt Finesse niet, dat wachtwoorden voor hem controleert.',
      'Finesse bereikt zijn database (AWDB) of directory niet.',
    ],
    checks: ['SystemInfo: status en CTI-heartbeat.', 'Finesse Tomcat: STARTED? De verbinding met de AWDB?'],
  },
  'auth.refused': {
    title: 'De aanmelding werd geweigerd: {condition}',
    agent: 'De server nam de aanmelding niet aan, en niet om het wachtwoord. Meld het je beheerder.',
    expected: 'Succes, of “not-authorized”.',
    came: 'Het SASL-antwoord {condition} voor {id}.',
    reasons: [
      'invalid-authzid: deze server wil de gebruikersnaam in een andere vorm.',
      'credentials-expired: het wachtwoord moet eerst worden gewijzigd.',
      'challenge: dit is geen PLAIN zoals Finesse het spreekt.',
    ],
    checks: ['Het ruwe antwoord van deze stap.', 'Het log van de Notification Service op dit tijdstip.'],
  },
  'auth.timeout': {
    title: 'De server beantwoordt de aanmelding niet',
    agent: 'Het controleren van je wachtwoord duurt te lang. Wacht een minuut en probeer het opnieuw.',
    expected: 'Succes of mislukking binnen {seconds} s.',
    came: 'Niets.',
    reasons: [
      'Finesse wacht op zijn database of directory.',
      'Na een failover melden alle agents zich tegelijk aan.',
    ],
    checks: [
      'Hangt GET /finesse/api/User met dezelfde ID ook?',
      'Het log van Finesse Tomcat; de toestand van de AWDB.',
    ],
  },

  'bind.conflict': {
    title: 'Een andere desktop heeft deze plaats al',
    agent: 'Je bent ook ergens anders aangemeld. Sluit de andere desktop en probeer het opnieuw.',
    expected: 'De resource “{resource}” voor {id}.',
    came: 'De conditie {condition}.',
    reasons: [
      'De browserdesktop staat open: die gebruikt “desktop”.',
      'Een sessie die net brak, is voor de server nog niet voorbij.',
      'De server weigert de nieuwe sessie in plaats van de oude te beëindigen.',
    ],
    checks: [
      'Sluit de browserdesktop, of meld je “Naast de browser” aan.',
      'Openfire: beleid voor resourceconflicten.',
    ],
  },
  'bind.refused': {
    title: 'De meldingendienst weigerde de sessie',
    agent:
      'De server liet je binnen en gaf je toen geen plaats. Probeer het opnieuw; blijft het, meld het je beheerder.',
    expected: 'Een volledige JID met de resource “{resource}”.',
    came: 'De conditie {condition}.',
    reasons: [
      'resource-constraint: te veel sessies van deze gebruiker.',
      'not-allowed: deze resource mag niet worden gebruikt.',
      'not-offered: dit is niet de server die het lijkt.',
    ],
    checks: ['Sessies van deze gebruiker in de Notification Service.', 'Het ruwe antwoord van deze stap.'],
  },
  'bind.timeout': {
    title: 'De server bevestigt de sessie niet',
    agent: 'Het aanmelden bleef op de server steken. Sidetone probeert het vanzelf opnieuw.',
    expected: 'De volledige JID binnen {seconds} s.',
    came: 'Niets.',
    reasons: [
      'De meldingendienst is overbelast.',
      'Hij hangt bij het beëindigen van een oudere sessie van jou.',
    ],
    checks: ['Hoeveel agents melden zich nu aan?', 'CPU van de node; log van de Notification Service.'],
  },

  'presence.finesseAbsent': {
    title: 'De meldingendienst draait, maar Finesse is er niet in',
    agent:
      'Statuswijzigingen komen misschien nog niet aan. Sidetone gaat door en merkt het als Finesse komt.',
    expected: 'Aanwezigheid van de gebruiker “finesse” na die van ons.',
    came: 'Geen binnen {seconds} s.',
    reasons: [
      'Finesse Tomcat start, of verloor zijn eigen verbinding met de meldingendienst.',
      'Een oude versie die niemands aanwezigheid toont.',
      'Het domein is dat van de andere node.',
    ],
    checks: [
      'SystemInfo van deze node.',
      'utils service list: is Finesse Tomcat STARTED? Herstart hem als laatste.',
    ],
  },
  'presence.finesseGone': {
    title: 'Finesse verliet de meldingendienst',
    agent: 'Finesse op deze server is gestopt. Sidetone wacht erop of gaat naar de andere server.',
    expected: 'De gebruiker “finesse” blijft aanwezig.',
    came: 'Hij werd onbeschikbaar terwijl de verbinding leefde.',
    reasons: [
      'Finesse Tomcat is gestopt, herstart of vastgelopen.',
      'Hij verloor zijn verbinding met de meldingendienst op dezelfde node.',
    ],
    checks: ['Wie herstartte wat op dit tijdstip?', 'Log en geheugen van Finesse Tomcat.'],
  },

  'subscribe.userForbidden': {
    title: 'De server verbiedt je je eigen meldingen',
    agent: 'Nieuws over jou komt misschien niet aan. Meld het je beheerder.',
    expected: 'Een abonnement op {node}.',
    came: 'De conditie {condition}.',
    reasons: [
      'Finesse abonneert agents zelf op hun eigen nodes en weigert het clients: dan gaat niets verloren.',
      'De getypte ID is niet de loginId van deze gebruiker.',
    ],
    checks: ['Komen er toch meldingen (stap “Live”)?', 'loginId in GET /finesse/api/User.'],
  },
  'subscribe.teamForbidden': {
    title: 'Je mag dit team niet volgen',
    agent:
      'Je ziet de statussen van je collega’s niet meteen. Verder ontbreekt er niets; vraag je beheerder als je ze nodig hebt.',
    expected: 'Een abonnement op {node}.',
    came: 'De conditie {condition}.',
    reasons: [
      '{id} is geen supervisor; op veel systemen mogen alleen supervisors teams volgen.',
      'Het team hoort niet bij die van deze supervisor.',
    ],
    checks: ['Rollen en teams in GET /finesse/api/User/{id}.', 'De teamtoewijzing in het beheer.'],
  },
  'subscribe.nodeNotFound': {
    title: 'De server heeft geen meldingen onder {node}',
    agent: 'Eén soort nieuws komt niet aan. Meld het je beheerder.',
    expected: 'Een abonnement op {node}.',
    came: 'De conditie {condition}.',
    reasons: [
      'Het team is verwijderd, hernoemd of sinds de start van de node nooit gebruikt.',
      'De ID in het pad is een aanmeldnaam in plaats van de loginId.',
      'Deze versie kent zo’n node niet.',
    ],
    checks: [
      'Het team of de gebruiker in de REST-API van deze node.',
      'Na een wijziging van teams: afmelden en weer aanmelden.',
    ],
  },
  'subscribe.pubsubUnknown': {
    title: 'De meldingendienst bestaat niet op het adres dat SystemInfo noemt',
    agent: 'Er zou geen nieuws komen. Sidetone probeert de andere server; meld het je beheerder.',
    expected: 'Een meldingendienst voor {node}.',
    came: 'De conditie {condition}.',
    reasons: [
      'xmppPubSubDomain van SystemInfo is dat van een andere node of een oude naam.',
      'De pubsub-dienst van de meldingendienst is niet gestart.',
    ],
    checks: [
      'xmppDomain en xmppPubSubDomain in SystemInfo.',
      'Herstart de Notification Service; bekijk het log.',
    ],
  },
  'subscribe.refused': {
    title: 'Het abonnement op {node} werd geweigerd',
    agent: 'Eén soort nieuws komt niet aan. Sidetone leest het in plaats daarvan van tijd tot tijd.',
    expected: 'Een abonnement op {node}.',
    came: 'De conditie {condition}.',
    reasons: [
      'not-allowed: de node is gesloten, of de dienst hoort bij een andere server.',
      'pending: een eigenaar van de node zou moeten instemmen.',
      'bad-request: de JID is niet die van deze sessie.',
      'internal-server-error of resource-constraint: de dienst heeft problemen.',
    ],
    checks: ['Het ruwe antwoord van deze stap.', 'Het log van de Notification Service op dit tijdstip.'],
  },
  'subscribe.timeout': {
    title: 'De server bevestigt het abonnement niet',
    agent: 'Er kan nieuws ontbreken. Sidetone probeert het vanzelf opnieuw.',
    expected: 'Een antwoord binnen {seconds} s.',
    came: 'Niets.',
    reasons: ['De pubsub-dienst is overbelast, zoals na een failover.', 'Hij hangt terwijl de rest leeft.'],
    checks: [
      'Hoeveel agents meldden zich op dit moment aan?',
      'Herstart de Notification Service buiten werktijd.',
    ],
  },
}
