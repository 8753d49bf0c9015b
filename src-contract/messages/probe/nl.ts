import type { Words } from '../words'
import type { en } from './en'

export const nl: Words<typeof en> = {
  usage: `gebruik: {command} --server HOST[:POORT] [optie]...

Test de verbinding met een Finesse-server stap voor stap. Niemand wordt aangemeld en geen status verandert.

  --server HOST[:POORT]    de server; poort 8445 als die ontbreekt
  --user ID                de agent; zonder agent wordt alles getest wat geen wachtwoord nodig heeft
  --password-file BESTAND  eerste regel: het wachtwoord; - leest het van de standaardinvoer
  --ca BESTAND             certificaatautoriteiten (PEM) die naast de ingebouwde worden vertrouwd
  --xmpp-domain DOMEIN     in plaats van het domein dat SystemInfo noemt; met --no-rest in plaats van HOST
  --ws-path PAD            in plaats van /ws/
  --resource NAAM          in plaats van sidetone-check-XXXX
  --node NODE              een pubsub-node om op te abonneren, in plaats van die van de agent en het team; herhaalbaar
  --no-rest                geen REST: werkt met elke XMPP-server die RFC 7395 spreekt. Aanwezigheid wordt dan altijd
                           gemeld: gebruik het bij Finesse alleen voor een agent die is afgemeld
  --json                   één JSON-object per regel: {"stage","ok","ms","detail"},
                           het laatste {"result","failedAt","cause","missing"}
  --help                   deze tekst

Uitkomst: live: elke stap werkt. reachable: er was geen --user, en alles wat zonder getest kan worden werkt.
failed: gestopt bij de genoemde stap.
Exitstatus: 0 live of reachable, 1 failed, 2 verkeerde argumenten.`,
  bad: {
    unknown: 'De optie {option} bestaat niet.',
    value: '{option} heeft een waarde nodig.',
    noValue: '{option} heeft geen waarde.',
    twice: '{option} staat er twee keer.',
    word: 'Er staat iets zonder optie ervoor. Een wachtwoord hoort in een bestand: --password-file.',
    noServer: '--server ontbreekt.',
    server: 'Wat na --server komt is geen adres. Schrijf HOST of HOST:POORT.',
    userAlone: '--user heeft --password-file nodig: een wachtwoord staat nooit op de opdrachtregel.',
    passwordAlone: '--password-file heeft --user nodig.',
    path: '{option} begint met een schuine streep.',
    blank: '{option} bevat een spatie of helemaal niets.',
    passwordUnreadable: 'Het wachtwoordbestand kan niet worden gelezen.',
    passwordEmpty: 'Het wachtwoordbestand is leeg.',
    caUnreadable: 'Het bestand met certificaatautoriteiten kan niet worden gelezen.',
    caInvalid: 'Het bestand met certificaatautoriteiten bevat geen certificaat, of ook iets anders.',
    help: '--help toont het gebruik.',
  },
  warnDesktop:
    'Let op: "desktop" is de resource van de desktop van de agent zelf; een sessie die daar open is, eindigt nu.',
  warnReadable: 'Let op: het wachtwoordbestand is leesbaar voor anderen op deze computer.',
  status: {
    ok: 'goed',
    failed: 'mislukt',
    degraded: 'deels',
    skipped: 'niet',
    running: 'bezig',
    waiting: 'wacht',
  },
  stage: { systemInfo: 'SystemInfo', clock: 'Klok' },
  why: {
    noCredentials: 'heeft --user nodig',
    signedIn:
      'weggelaten: de agent is aangemeld ({state}), en Finesse kan de dienst beëindigen als ze verdwijnt',
    stateUnknown: 'weggelaten: het is niet bekend of de agent is aangemeld',
    noDomain: 'niet bekend: SystemInfo noemt het XMPP-domein',
    noTeam: 'het team is niet bekend',
    noNodes: 'er is geen --node gegeven',
  },
  clock: 'server {offset} ms {direction}',
  ahead: 'voor op deze computer',
  behind: 'achter op deze computer',
  trusted: {
    system: 'vertrouwd door de ingebouwde autoriteiten',
    extraCa: 'vertrouwd door --ca',
    pin: 'vertrouwd om zijn vingerafdruk',
  },
  until: 'geldig tot {day}',
  ping: 'ping beantwoord in {ms} ms',
  expected: 'Verwacht',
  came: 'Gekomen',
  reasons: 'Gebruikelijke oorzaken, de waarschijnlijkste eerst',
  checks: 'Wat na te gaan',
  result: {
    live: 'Live: elke stap werkt.',
    reachable: 'Bereikbaar: alles wat zonder wachtwoord getest kan worden werkt.',
    failed: 'Mislukt bij {stage}: {what}',
    stopped: 'Gestopt voor het einde.',
    missing: 'Wat daarnaast niet werkt: {list}',
  },
}
