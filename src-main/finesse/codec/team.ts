import type { Team } from '../model'
import { ok, type Result } from '../result'
import { missing, type CodecProblem } from './problem'
import { childOf, childrenOf, lastSegment, textOf } from './read'
import { decodeUser, userElementAs } from './user'
import { element, leaf, optionalLeaf, spelled, type Spelling } from './write'
import type { XmlElement } from './xml'

/**
 * Section 11.1. Fails only without id and uri. Members that cannot be identified are left out: one broken row
 * must not cost the roster of a whole team.
 */
export const decodeTeam = (el: XmlElement): Result<Team, CodecProblem> => {
  const uri = textOf(el, 'uri')
  const id = textOf(el, 'id') ?? lastSegment(uri)
  if (id === null) return missing('A Team has neither an id nor a uri, so nobody knows which team it is.')
  const users = childrenOf(childOf(el, 'users'), 'user').flatMap((child) => {
    const user = decodeUser(child)
    return user.ok ? [user.value] : []
  })
  return ok({ id, uri, name: textOf(el, 'name'), users })
}

export const teamElement = (team: Team, spelling: Spelling): XmlElement =>
  element(spelled('Team', spelling), [
    leaf('id', team.id),
    optionalLeaf('name', team.name),
    optionalLeaf('uri', team.uri),
    element(
      'users',
      team.users.map((user) => userElementAs('User', user)),
    ),
  ])
