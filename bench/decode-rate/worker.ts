import { floor } from './floor'
import { frames } from './frames'
import { createShipped } from './shipped'
import { stock } from './stock'

// Runs inside Electron's Node. Prints one JSON object: events per second of each pipeline, round by round.
const ROUNDS = 9
const PER_ROUND = 3000

/** New frames each round: the app drops repeated items, and nobody may profit from strings seen before. */
const all = frames(ROUNDS * PER_ROUND)
const pipelines = { shipped: createShipped(), floor, stock }
type Name = keyof typeof pipelines

const rate = (name: Name, from: number): number => {
  const decode = pipelines[name]
  const start = process.hrtime.bigint()
  for (let index = from; index < from + PER_ROUND; index += 1) {
    if (decode(all[index] ?? '') !== String(140_000_000 + index))
      throw new Error(`${name} decoded frame ${index} wrongly`)
  }
  return (PER_ROUND * 1e9) / Number(process.hrtime.bigint() - start)
}

const result: Record<Name, number[]> = { shipped: [], floor: [], stock: [] }
const names: readonly Name[] = ['shipped', 'floor', 'stock']
for (let turn = 0; turn < ROUNDS; turn += 1) {
  for (const name of names) {
    const eventsPerSecond = rate(name, turn * PER_ROUND)
    // The first round warms up.
    if (turn > 0) result[name].push(eventsPerSecond)
  }
}
process.stdout.write(
  `${JSON.stringify({ bytes: all[0]?.length ?? 0, node: process.versions.node, ...result })}\n`,
)
