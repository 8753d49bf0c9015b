import type { Agent, Look } from '../../src-contract/model'
import { lookOf } from '../session/desk/looks'
import type { SessionSlices } from '../session/view'

/** The last look known, also while the connection is gone; the mark beside it tells that it may be old. */
export const knownLook = (agent: Agent): Look => (agent.look === 'lost' ? lookOf(agent.state) : agent.look)

/** The one look of the whole app: what the tray shows. */
export const shownLook = (slices: SessionSlices): Look => {
  switch (slices.session.phase) {
    case 'signedOut':
    case 'signingIn':
      return 'signedOut'
    case 'blocked':
      return slices.session.midShift ? 'lost' : 'signedOut'
    case 'online':
    case 'recovering':
    case 'signingOut':
      return slices.agent ? knownLook(slices.agent) : 'unknown'
  }
}

/** True while what is shown may be old. */
export const isConnectionLost = (slices: SessionSlices): boolean =>
  slices.session.phase === 'recovering' || (slices.session.phase === 'blocked' && slices.session.midShift)

export const hasSession = (slices: SessionSlices): boolean =>
  slices.session.phase === 'online' ||
  slices.session.phase === 'recovering' ||
  (slices.session.phase === 'blocked' && slices.session.midShift)

const MAX_TEXT = 120

/** Text from outside in a place that is not a page: one line, no controls or direction tricks, not endless. */
export const plainText = (text: string, max = MAX_TEXT): string => {
  const line = text
    // eslint-disable-next-line no-control-regex -- control characters are what this removes
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ')
    .trim()
  if (line.length <= max) return line
  // Not in the middle of a surrogate pair.
  return `${line.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
