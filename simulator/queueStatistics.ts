import type { Site } from './site'
import { queue } from './wire/lists'
import { update } from './wire/update'

/** Section 11.2: at most every ten seconds, and only after a change. World ms. */
const INTERVAL_MS = 10_000

/** Publishes queue statistics to those who subscribed to a queue. UCCE only. The answer ends it. */
export function publishQueueStatistics(site: Site): () => void {
  const { engine } = site
  const changedTeams = new Set<string>()
  let cancel: (() => void) | null = null
  const publish = () => {
    cancel = null
    for (const one of engine.world.queues.values()) {
      if (!one.teamIds.some((teamId) => changedTeams.has(teamId))) continue
      const path = `/finesse/api/Queue/${one.id}`
      for (const node of site.nodes)
        node.publisher.publish(path, () => update(queue(engine.world, one), 'PUT', path, null))
    }
    changedTeams.clear()
  }
  if (engine.world.deployment === 'UCCE')
    engine.listen((effects) => {
      for (const effect of effects) if (effect.kind === 'userChanged') changedTeams.add(effect.agent.teamId)
      if (changedTeams.size > 0) cancel ??= engine.after(INTERVAL_MS, publish)
    })
  return () => cancel?.()
}
