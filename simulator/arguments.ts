import { parseArgs } from 'node:util'
import { faultFromText } from './faults/parse'
import type { Fault } from './faults/table'
import type { SimulatorOptions } from './options'

export interface CliOptions {
  readonly json: boolean
  readonly help: boolean
  readonly simulator: SimulatorOptions
  readonly controlPort: number
}

export type ParsedArguments =
  { readonly ok: true; readonly value: CliOptions } | { readonly ok: false; readonly problem: string }

export const USAGE = `npm run -s simulator -- [options]
  --json                   one line of JSON instead of text
  --deployment UCCE|UCCX   kind of installation (UCCE)
  --agents N               size of the first team, 1 to 10000 (18)
  --fault NAME[:VALUE][@A|@B]   a fault from the start; may be repeated
  --life on|off            calls arrive and colleagues move by themselves (on)
  --time-scale N           world seconds per second (1)
  --clock-offset MS        the servers' clocks against this one (0)
  --proxied                a scriptable TCP proxy in front of each node
  --port-a N, --port-b N, --control-port N   fixed ports instead of free ones
  --help`

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const

const OPTIONS = {
  json: flag,
  help: flag,
  proxied: flag,
  deployment: text,
  agents: text,
  fault: { type: 'string', multiple: true },
  life: text,
  'time-scale': text,
  'clock-offset': text,
  'port-a': text,
  'port-b': text,
  'control-port': text,
} as const

class Wrong extends Error {}

/** What Node read: every option but the flags and `fault` is text or absent. */
type Given = Readonly<
  Partial<Record<Exclude<keyof typeof OPTIONS, 'json' | 'help' | 'proxied' | 'fault'>, string>>
>

function wholeNumber(given: Given, name: keyof Given, low: number, high: number): number | undefined {
  const value = given[name]
  if (value === undefined) return undefined
  const number = Number(value)
  if (!/^-?\d+$/.test(value) || number < low || number > high)
    throw new Wrong(`--${name} takes a whole number from ${String(low)} to ${String(high)}, not "${value}".`)
  return number
}

function oneOf<T extends string>(given: Given, name: keyof Given, allowed: readonly T[]): T | undefined {
  const value = given[name]
  const known = allowed.find((each) => each === value)
  if (value !== undefined && known === undefined)
    throw new Wrong(`--${name} takes ${allowed.join(' or ')}, not "${value}".`)
  return known
}

function faultsFrom(texts: readonly string[]): readonly Fault[] {
  return texts.map((each) => {
    const fault = faultFromText(each)
    if (!fault.ok) throw new Wrong(`--fault: ${fault.problem}. docs/simulator.md lists them.`)
    return fault.value
  })
}

const withoutAbsent = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** What the command line asks for, or a sentence about what is wrong with it. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true })
    const { json, help, proxied, fault, ...given } = values
    const simulator: SimulatorOptions = {
      life: oneOf(given, 'life', ['on', 'off']) !== 'off',
      faults: faultsFrom(fault ?? []),
      proxied,
      ports: withoutAbsent({
        A: wholeNumber(given, 'port-a', 1, 65_535),
        B: wholeNumber(given, 'port-b', 1, 65_535),
      }),
      ...withoutAbsent({
        deployment: oneOf(given, 'deployment', ['UCCE', 'UCCX']),
        agents: wholeNumber(given, 'agents', 1, 10_000),
        timeScale: wholeNumber(given, 'time-scale', 1, 10_000),
        clockOffsetMs: wholeNumber(given, 'clock-offset', -1e12, 1e12),
      }),
    }
    const controlPort = wholeNumber(given, 'control-port', 1, 65_535) ?? 0
    return { ok: true, value: { json, help, controlPort, simulator } }
  } catch (error) {
    const parsing = error instanceof TypeError && 'code' in error
    if (error instanceof Wrong || parsing)
      return { ok: false, problem: error.message.split('. To specify')[0] ?? '' }
    throw error
  }
}
