import type { outage as english } from '../en/outage'
import type { Words } from '../words'

export const outage = {
  signOut: {
    early: 'Finesse meldt je op zijn vroegst over {earliest} af, uiterlijk over {latest}.',
    maybe: 'Finesse heeft je misschien al afgemeld, of doet dat uiterlijk over {latest}.',
    over: 'Finesse heeft je nu waarschijnlijk afgemeld, of op Niet gereed gezet.',
    earlyCall:
      'Je gesprek loopt door. Finesse meldt je op zijn vroegst over {earliest} af, maar na het gesprek.',
    maybeCall: 'Je gesprek loopt door. Finesse meldt je af als het voorbij is.',
    overCall: 'Als je gesprek voorbij is, meldt Finesse je af, als dat nog niet is gebeurd.',
    nobody: 'Je was niet aangemeld: je mist geen gesprekken.',
  },
  pill: { maybe: 'elk moment', over: 'afgemeld?', afterCall: 'na het gesprek' },
  verdict: {
    yourNetwork: 'Alleen jij, voor zover Sidetone kan zien: het lijkt je eigen netwerk te zijn.',
    thisNode: 'Niet alleen jij: deze Finesse-server heeft een probleem.',
    bothNodes: 'Niet alleen jij: geen van beide Finesse-servers werkt zoals het hoort.',
    phoneSystem: 'Niet alleen jij: Finesse is het telefoonsysteem kwijt.',
  },
  cure: {
    yourNetwork: 'Controleer je netwerkkabel, wifi of VPN.',
    move: 'Niets te doen: Sidetone gaat naar de andere server als die werkt.',
    alone: 'Sidetone blijft het proberen. Duurt het lang, zeg het dan je supervisor.',
    untrusted: 'De andere server is pas te gebruiken als zijn certificaat wordt vertrouwd.',
    bothNodes: 'Zeg het je supervisor. Sidetone blijft het proberen.',
    phoneSystem: 'Zeg het je supervisor. Sidetone gaat vanzelf verder als het terug is.',
    wait: 'Niets te doen: Sidetone verbindt vanzelf opnieuw.',
  },
  whose: {
    yourNetwork: 'je netwerk',
    thisNode: 'één Finesse-server',
    bothNodes: 'beide Finesse-servers',
    phoneSystem: 'het telefoonsysteem',
  },
  evidence: {
    title: 'Waar dat uit blijkt',
    node: 'Node {name}, {host}: {health}.',
    noColleague: 'Finesse meldt dat geen van je {of} collega’s is weggevallen.',
    colleagues:
      'Finesse is ook {count} van je {of} collega’s kwijt. | Finesse is ook {count} van je {of} collega’s kwijt.',
  },
  health: {
    unknown: 'nog niet gevraagd',
    inService: 'in dienst',
    outOfService: 'buiten dienst',
    ctiDown: 'zonder telefoonsysteem',
    unreachable: 'niet bereikbaar',
    untrusted: 'certificaat niet vertrouwd',
  },
  next: {
    in: 'Volgende poging over {seconds} s.',
    inOn: 'Volgende poging over {seconds} s op node {node}.',
    now: 'Nu bezig.',
    nowOn: 'Nu bezig met node {node}.',
  },
  service: {
    title: 'Finesse is buiten dienst.',
    means: 'Gesprekken gaan door op je toestel, maar een status vragen kan niet.',
    asks: 'Sidetone vraagt het vanzelf opnieuw.',
    since: 'Sinds {time}, al {duration}.',
    pill: 'Buiten dienst',
  },
  certificate: {
    title: 'Certificaat van node {node}',
    untrusted: 'Het certificaat van node {node} wordt niet vertrouwd: Sidetone gebruikt die niet.',
    nowhere: 'Valt node {current} uit, dan kun je nergens heen.',
    review: 'Certificaat bekijken',
  },
  gap: {
    title: 'Terwijl je niet verbonden was',
    span: '{from} tot {to}',
    seconds: '{seconds} s',
    nothing: 'Je status en je gesprekken zijn als voorheen.',
    state: 'Je status',
    became: 'werd',
    why: '{why} (code {code})',
    callEnded: 'Gesprek met {remote} beëindigd',
    callArrived: 'Gesprek met {remote} begonnen',
    members: '{count} collega wisselde van status | {count} collega’s wisselden van status',
    moved: 'Je zit nu op node {node}',
    unknown: 'Gesprekken die daartussen begonnen en eindigden zijn niet bekend.',
    announce: 'Terwijl je niet verbonden was: {changes}.',
    announceState: 'je status werd {state}',
  },
  nodes: { title: 'Servers', current: 'in gebruik', name: 'Node {name}' },
  stale: {
    calls: 'Zoals het was om {time}. Het gesprek zelf loopt door, de teller ook.',
    callsBlocked: 'Zoals het was toen de verbinding stopte. Het gesprek zelf loopt door.',
    state: 'daarvoor: {state}',
  },
} as const satisfies Words<typeof english>
