import type { WrapUpReason } from '../model'
import { booleanOf, childrenOf, idOf, lastSegment, textOf } from './read'
import { element, leaf, optionalLeaf, spelled, type Spelling } from './write'
import type { XmlElement } from './xml'

/** Section 10.2. A reason without a label is left out: the label is what a request carries. */
export const decodeWrapUpReasons = (el: XmlElement): readonly WrapUpReason[] =>
  childrenOf(el, 'wrapUpReason').flatMap((child) => {
    const label = textOf(child, 'label')
    if (label === null) return []
    const uri = textOf(child, 'uri')
    return [{ id: idOf(child, 'id') ?? lastSegment(uri), uri, label, forAll: booleanOf(child, 'forAll') }]
  })

export const wrapUpReasonsElement = (reasons: readonly WrapUpReason[], spelling: Spelling): XmlElement =>
  element(
    spelled('WrapUpReasons', spelling),
    reasons.map((reason) =>
      element('WrapUpReason', [
        optionalLeaf('forAll', reason.forAll),
        optionalLeaf('id', reason.id),
        leaf('label', reason.label),
        optionalLeaf('uri', reason.uri),
      ]),
    ),
  )
