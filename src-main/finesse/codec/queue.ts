import type { EpochMs, Queue, QueueStatistics } from '../model'
import { childrenOf, filledChildOf, idOf, integerOf, lastSegment, textOf, timeOf } from './read'
import { element, isoTime, leaf, optionalLeaf } from './write'
import type { XmlElement } from './xml'

/** -1 says that the statistic is not available (section 11.2). */
const statisticOf = (el: XmlElement, key: string): number | null => {
  const value = integerOf(el, key)
  return value !== null && value < 0 ? null : value
}

const decodeStatistics = (el: XmlElement): QueueStatistics => ({
  agentsBusyOther: statisticOf(el, 'agentsBusyOther'),
  agentsLoggedOn: statisticOf(el, 'agentsLoggedOn'),
  agentsNotReady: statisticOf(el, 'agentsNotReady'),
  agentsReady: statisticOf(el, 'agentsReady'),
  agentsTalkingInbound: statisticOf(el, 'agentsTalkingInbound'),
  agentsTalkingInternal: statisticOf(el, 'agentsTalkingInternal'),
  agentsTalkingOutbound: statisticOf(el, 'agentsTalkingOutbound'),
  agentsWrapUpNotReady: statisticOf(el, 'agentsWrapUpNotReady'),
  agentsWrapUpReady: statisticOf(el, 'agentsWrapUpReady'),
  callsInQueue: statisticOf(el, 'callsInQueue'),
  startTimeOfLongestCallInQueue: timeOf(el, 'startTimeOfLongestCallInQueue'),
})

export const decodeQueue = (el: XmlElement): Queue => {
  const uri = textOf(el, 'uri')
  const statistics = filledChildOf(el, 'statistics')
  return {
    id: idOf(el, 'id') ?? lastSegment(uri),
    uri,
    name: textOf(el, 'name'),
    statistics: statistics === null ? null : decodeStatistics(statistics),
  }
}

export const decodeQueues = (el: XmlElement): readonly Queue[] => childrenOf(el, 'queue').map(decodeQueue)

/** Queue times are recorded without milliseconds (section 14). */
const queueTime = (time: EpochMs | null): string | null => isoTime(time)?.replace('.000Z', 'Z') ?? null

const statisticsElement = (statistics: QueueStatistics): XmlElement =>
  element('statistics', [
    optionalLeaf('agentsBusyOther', statistics.agentsBusyOther),
    optionalLeaf('agentsLoggedOn', statistics.agentsLoggedOn),
    leaf('agentsNotReady', statistics.agentsNotReady ?? -1),
    leaf('agentsReady', statistics.agentsReady ?? -1),
    leaf('agentsTalkingInbound', statistics.agentsTalkingInbound ?? -1),
    leaf('agentsTalkingInternal', statistics.agentsTalkingInternal ?? -1),
    leaf('agentsTalkingOutbound', statistics.agentsTalkingOutbound ?? -1),
    leaf('agentsWrapUpNotReady', statistics.agentsWrapUpNotReady ?? -1),
    leaf('agentsWrapUpReady', statistics.agentsWrapUpReady ?? -1),
    leaf('callsInQueue', statistics.callsInQueue ?? -1),
    leaf('startTimeOfLongestCallInQueue', queueTime(statistics.startTimeOfLongestCallInQueue)),
  ])

/** Recorded queues carry no id: it is the end of the URI. */
const writtenId = (queue: Queue): string | null => (lastSegment(queue.uri) === queue.id ? null : queue.id)

/** `<Queue>` and `<Queues>` keep their capital in events (section 5.2). */
export const queueElement = (queue: Queue): XmlElement =>
  element('Queue', [
    optionalLeaf('id', writtenId(queue)),
    leaf('name', queue.name),
    queue.statistics === null ? null : statisticsElement(queue.statistics),
    optionalLeaf('uri', queue.uri),
  ])

export const queuesElement = (queues: readonly Queue[]): XmlElement =>
  element('Queues', queues.map(queueElement))
