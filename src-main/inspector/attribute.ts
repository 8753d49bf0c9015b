import type { Stage } from '../../src-contract/connection'
import type { Direction } from '../finesse/tap'
import type { StageFacts } from '../finesse/stages'
import type { FrameShape } from './frames'

/**
 * Says to which stage a frame belongs, although presence and subscriptions are asked for in one go: by what it is, by
 * the id of the iq it answers, and by the node it is about. Null: to none (the living session's own traffic).
 */
export interface Attribution {
  /** The stage's facts name its nodes. */
  stageStarted(stage: Stage, facts: StageFacts): void
  ready(): void
  stageOf(direction: Direction, shape: FrameShape): Stage | null
}

/** Of the living session: enough to see that it lives. */
const LIVE_EVENTS = 3
const LIVE_PINGS = 2
const MOST_ASKED = 256

const listOf = (value: StageFacts[string] | undefined): readonly string[] =>
  typeof value === 'object' ? value : []

export const createAttribution = (): Attribution => {
  const stageOfNode = new Map<string, Stage>()
  const asked = new Map<string, Stage | null>()
  const opened: Record<Direction, number> = { sent: 0, received: 0 }
  let features = 0
  let events = 0
  let pings = 0
  let isReady = false

  const stageOfRequest = (shape: FrameShape): Stage | null => {
    switch (shape.asks) {
      case 'bind':
      case 'session':
        return 'bind'
      case 'subscribe':
        return (
          stageOfNode.get(shape.node) ?? (shape.node.includes('/Team/') ? 'subscribeTeam' : 'subscribeUser')
        )
      case 'ping':
        if (!isReady) return null
        pings += 1
        return pings <= LIVE_PINGS ? 'live' : null
      default:
        return null
    }
  }
  const iq = (direction: Direction, shape: FrameShape): Stage | null => {
    if (shape.type === 'get' || shape.type === 'set') {
      // What the server asks of us is of no stage.
      if (direction === 'received') return null
      const stage = stageOfRequest(shape)
      if (asked.size >= MOST_ASKED) asked.clear()
      if (stage !== null) asked.set(shape.id, stage)
      return stage
    }
    const stage = asked.get(shape.id) ?? null
    asked.delete(shape.id)
    return stage
  }
  /** The stream is opened anew after the password was accepted (RFC 6120, 6.4.6). */
  const stream = (direction: Direction, shape: FrameShape): Stage => {
    switch (shape.root) {
      case 'open':
        opened[direction] += 1
        return opened[direction] === 1 ? 'open' : 'bind'
      case 'features':
        features += 1
        return features === 1 ? 'open' : 'bind'
      case 'auth':
      case 'success':
      case 'failure':
      case 'challenge':
      case 'response':
      case 'abort':
        return 'auth'
      default:
        return isReady ? 'live' : opened.received > 1 ? 'bind' : features > 0 ? 'auth' : 'open'
    }
  }

  return {
    stageStarted: (stage, facts) => {
      if (stage !== 'subscribeUser' && stage !== 'subscribeTeam') return
      for (const node of listOf(facts.nodes)) stageOfNode.set(node, stage)
    },
    ready: () => {
      isReady = true
    },
    stageOf: (direction, shape) => {
      switch (shape.kind) {
        case 'stream':
          return stream(direction, shape)
        case 'presence':
          return isReady ? null : 'presence'
        case 'event':
          events += 1
          return events <= LIVE_EVENTS ? 'live' : null
        case 'iq':
        case 'ping':
          return iq(direction, shape)
      }
    },
  }
}
