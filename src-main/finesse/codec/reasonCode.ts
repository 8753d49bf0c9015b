import type { ReasonCode, ReasonCodes } from '../model'
import { attributeOf, booleanOf, idOf, integerOf, lastSegment, textOf } from './read'
import { element, leaf, optionalLeaf, spelled, type Spelling } from './write'
import type { XmlAttribute, XmlElement } from './xml'

/** Section 10.1. Older versions send no `id`: it is then the last segment of the URI. */
export const decodeReasonCode = (el: XmlElement): ReasonCode => {
  const uri = textOf(el, 'uri')
  return {
    id: idOf(el, 'id') ?? lastSegment(uri),
    uri,
    category: textOf(el, 'category'),
    code: integerOf(el, 'code'),
    label: textOf(el, 'label'),
    forAll: booleanOf(el, 'forAll'),
    systemCode: booleanOf(el, 'systemCode'),
  }
}

const isCode = (el: XmlElement): boolean => el.key === 'reasonCode' || el.key === 'reasoncode'

const collect = (el: XmlElement, inherited: string | null, codes: ReasonCode[]): void => {
  for (const child of el.children) {
    if (isCode(child)) {
      const code = decodeReasonCode(child)
      codes.push(code.category === null && inherited !== null ? { ...code, category: inherited } : code)
    } else if (child.children.length > 0) {
      collect(child, attributeOf(child, 'category') ?? inherited, codes)
    }
  }
}

/**
 * The form of the wrapper for category=ALL is not known (section 18, 15), so codes are taken at any depth,
 * each with its own category; a wrapper inside the root lends its category to codes that have none.
 */
export const decodeReasonCodes = (el: XmlElement): ReasonCodes => {
  const codes: ReasonCode[] = []
  collect(el, null, codes)
  return { category: attributeOf(el, 'category') ?? textOf(el, 'category'), codes }
}

export const reasonCodeElementAs = (name: string, code: ReasonCode): XmlElement =>
  element(name, [
    leaf('category', code.category),
    leaf('code', code.code),
    optionalLeaf('forAll', code.forAll),
    optionalLeaf('id', code.id),
    optionalLeaf('label', code.label),
    optionalLeaf('systemCode', code.systemCode),
    optionalLeaf('uri', code.uri),
  ])

export const reasonCodeElement = (code: ReasonCode, spelling: Spelling): XmlElement =>
  reasonCodeElementAs(spelled('ReasonCode', spelling), code)

export const reasonCodesElement = (list: ReasonCodes, spelling: Spelling): XmlElement => {
  const attributes: readonly XmlAttribute[] = list.category === null ? [] : [['category', list.category]]
  return element(
    spelled('ReasonCodes', spelling),
    list.codes.map((code) => reasonCodeElementAs('ReasonCode', code)),
    attributes,
  )
}
