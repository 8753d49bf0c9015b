import type { Random } from '../random'
import { pick } from '../random'

/** Invented names, in several scripts on purpose: given name, family name, login name. */
export const FIRST_TEAM: readonly (readonly [string, string, string])[] = [
  ['Ada', 'Nord', 'anord'],
  ['Mara', 'Lind', 'mlind'],
  ['Tom', 'Åker', 'taker'],
  ['Inês', 'Rothé', 'irothe'],
  ['Jon', 'Vale', 'jvale'],
  ['Lea', 'Brandt', 'lbrandt'],
  ['Samuel', 'Ọkọ́rọ̀', 'sokoro'],
  ['Нина', 'Соколова', 'nsokolova'],
  ['Per', 'Holm', 'pholm'],
  ['Éva', 'Csillag', 'ecsillag'],
  ['Kai', 'Møller', 'kmoller'],
  ['רות', 'עמית', 'ramit'],
  ['Øle', 'Bergström', 'obergstrom'],
  ['美咲', '高橋', 'mtakahashi'],
  ['سلمى', 'حدّاد', 'shaddad'],
  ['ประภา', 'แสงทอง', 'psaengthong'],
  ['Ελένη', 'Παππά', 'epappa'],
  ['Juan José', "O'Neill-Ruiz", 'jjoneill'],
]

export const LEADS: readonly (readonly [string, string, string])[] = [
  ['Sofia', 'Reyes', 'sreyes'],
  ['Daan', 'van der Meer', 'dvandermeer'],
]

const GIVEN = [
  'Alba',
  'Bram',
  'Chiara',
  'Dario',
  'Elif',
  'Freya',
  'Goran',
  'Hana',
  'Ivo',
  'Jana',
  'Kenji',
  'Lars',
]
const MORE_GIVEN = ['Milo', 'Nadia', 'Oskar', 'Priya', 'Quinn', 'Ronja', 'Stella', 'Tariq', 'Ulla', 'Viktor']
const FAMILY = ['Aalto', 'Bianchi', 'Castro', 'Dahl', 'Engel', 'Fontaine', 'Grün', 'Horvát', 'Ito', 'Jansen']
const MORE_FAMILY = [
  'Kowalska',
  'Lopes',
  'Murphy',
  'Nakamura',
  'Özdemir',
  'Petrov',
  'Quist',
  'Rossi',
  'Šimek',
  'Tamm',
]

const given = [...GIVEN, ...MORE_GIVEN]
const family = [...FAMILY, ...MORE_FAMILY]

const ascii = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

/** Anybody; the number keeps login names apart. */
export function invent(random: Random, number: number): readonly [string, string, string] {
  const first = pick(random, given) ?? 'Alex'
  const last = pick(random, family) ?? 'Doe'
  return [first, last, `${ascii(first).slice(0, 1)}${ascii(last)}${String(number)}`]
}
