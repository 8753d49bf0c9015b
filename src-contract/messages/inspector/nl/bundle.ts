import type { Words } from '../../words'
import type { bundle as english } from '../en/bundle'

export const bundle = {
  title: 'Supportbundel',
  means: 'Eén bestand met dit alles, voor je beheerder of Cisco. Bekijk alles voordat je het opslaat.',
  making: 'De bundel wordt samengesteld…',
  files: 'Bestanden van de bundel',
  total: '1 bestand, {bytes} | {count} bestanden, {bytes}',
  what: {
    manifest: 'Lijst van de bestanden',
    attempts: 'Alle pogingen en hun stappen',
    trace: 'Frames en REST-verzoeken',
    health: 'Rondreis over de dienst',
    settings: 'Geldende instellingen',
    versions: 'Versies',
    log: 'Logboek van Sidetone',
    har: 'REST-verzoeken als HAR',
  },
  masked: 'Weggehaald of gemaskeerd',
  secrets: '1 geheim | {amount} geheimen',
  secretsMeans: 'wachtwoorden, tokens',
  numbers: '1 telefoonnummer | {amount} telefoonnummers',
  callVariables: '1 gespreksvariabele | {amount} gespreksvariabelen',
  pick: 'Kies een bestand om het te lezen.',
  reading: 'Bezig met lezen…',
  cut: 'Alleen het begin wordt getoond.',
  save: 'Opslaan…',
  send: 'Naar Finesse sturen',
  sending: 'Bezig met sturen…',
  sent: 'Naar Finesse gestuurd.',
  saved: 'Opgeslagen: {path}',
  plainWarning: 'Nummers en gespreksvariabelen sinds je toestemming staan hier leesbaar in.',
} as const satisfies Words<typeof english>
