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
  --port-a N, --port-b N, --control-port N   fixed ports instead of free ones
  --help`

class Wrong extends Error {}

function wholeNumber(name: string, value: string, low: number, high: number): number {
  const number = Number(value)
  if (!/^-?\d+$/.test(value) || number < low || number > high)
    throw new Wrong(`${name} takes a whole number from ${String(low)} to ${String(high)}, not "${value}".`)
  return number
}

interface Building {
  json: boolean
  help: boolean
  controlPort: number
  faults: Fault[]
  ports: { A?: number; B?: number }
  rest: {
    deployment?: 'UCCE' | 'UCCX'
    agents?: number
    timeScale?: number
    clockOffsetMs?: number
    life?: boolean
  }
}

function take(building: Building, name: string, value: string): void {
  const { rest, ports } = building
  switch (name) {
    case '--deployment':
      if (value !== 'UCCE' && value !== 'UCCX')
        throw new Wrong(`--deployment takes UCCE or UCCX, not "${value}".`)
      rest.deployment = value
      return
    case '--agents':
      rest.agents = wholeNumber(name, value, 1, 10_000)
      return
    case '--fault': {
      const fault = faultFromText(value)
      if (!fault.ok) throw new Wrong(`--fault: ${fault.problem}. docs/simulator.md lists them.`)
      building.faults.push(fault.value)
      return
    }
    case '--life':
      if (value !== 'on' && value !== 'off') throw new Wrong(`--life takes on or off, not "${value}".`)
      rest.life = value === 'on'
      return
    case '--time-scale':
      rest.timeScale = wholeNumber(name, value, 1, 10_000)
      return
    case '--clock-offset':
      rest.clockOffsetMs = wholeNumber(name, value, -1e12, 1e12)
      return
    case '--port-a':
      ports.A = wholeNumber(name, value, 1, 65_535)
      return
    case '--port-b':
      ports.B = wholeNumber(name, value, 1, 65_535)
      return
    case '--control-port':
      building.controlPort = wholeNumber(name, value, 1, 65_535)
      return
    default:
      throw new Wrong(`There is no option ${name}.`)
  }
}

/** What the command line asks for, or a sentence about what is wrong with it. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  const building: Building = {
    json: false,
    help: false,
    controlPort: 0,
    faults: [],
    ports: {},
    rest: { life: true },
  }
  try {
    for (let index = 0; index < args.length; index += 1) {
      const [name, inline] = splitOnce(args[index] ?? '')
      if (name === '--json') building.json = true
      else if (name === '--help') building.help = true
      else {
        const value = inline ?? args[(index += 1)]
        if (!name.startsWith('--')) throw new Wrong(`"${name}" is not an option.`)
        if (value === undefined) throw new Wrong(`${name} needs a value.`)
        take(building, name, value)
      }
    }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, problem: error.message }
    throw error
  }
  const { json, help, controlPort, faults, ports, rest } = building
  return { ok: true, value: { json, help, controlPort, simulator: { ...rest, faults, ports } } }
}

const splitOnce = (text: string): readonly [string, string?] => {
  const at = text.indexOf('=')
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
