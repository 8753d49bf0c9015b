import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArguments, USAGE, type CliOptions } from './arguments'
import { serveControl } from './controlServer'
import { createSimulator, type SimulatorInfo } from './index'

const BAD_ARGUMENTS = 2
const FAILED = 1

function friendly(info: SimulatorInfo, ca: string, control: string): string {
  const [agent] = info.agents
  const lead = info.agents.find(({ roles }) => roles.includes('Supervisor'))
  return [
    'The simulator is running. Ctrl+C ends it.',
    ...info.nodes.map(({ name, host, port }) => `  node ${name}      ${host}:${String(port)}`),
    `  CA file     ${ca}`,
    `  agent       ${agent?.id ?? ''}  password ${agent?.password ?? ''}  extension ${agent?.extension ?? ''}`,
    `  supervisor  ${lead?.id ?? ''}  password ${lead?.password ?? ''}  extension ${lead?.extension ?? ''}`,
    `  control     ${control}  (GET lists the commands)`,
    '',
  ].join('\n')
}

function oneLine(info: SimulatorInfo, ca: string, control: string): string {
  const agents = info.agents.map(({ id, password, extension, roles, teamId }) => ({
    id,
    password,
    extension,
    roles,
    teamId,
  }))
  return `${JSON.stringify({ nodes: info.nodes, ca, agents, control })}\n`
}

async function run(options: CliOptions): Promise<void> {
  const simulator = createSimulator(options.simulator)
  const info = await simulator.start()
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const ca = join(folder, 'ca.pem')
  await writeFile(ca, info.ca, { mode: 0o600 })
  const control = await serveControl(simulator.control, options.controlPort)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await control.stop()
    await simulator.stop()
    await rm(folder, { recursive: true, force: true })
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  process.stdout.write(options.json ? oneLine(info, ca, control.url) : friendly(info, ca, control.url))
}

const parsed = parseArguments(process.argv.slice(2))
if (!parsed.ok) {
  process.stderr.write(`${parsed.problem}\n`)
  process.exitCode = BAD_ARGUMENTS
} else if (parsed.value.help) process.stdout.write(`${USAGE}\n`)
else
  run(parsed.value).catch((error: unknown) => {
    process.stderr.write(
      `The simulator could not start: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(FAILED)
  })
