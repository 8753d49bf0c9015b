import { BODY_LIMITS, FRAME_LIMITS, parseXml, type XmlElement } from '../../src-main/finesse/codec'

export type { XmlElement }

export function readFrame(text: string): XmlElement | null {
  const parsed = parseXml(text, FRAME_LIMITS)
  return parsed.ok ? parsed.value : null
}

export function readBody(text: string): XmlElement | null {
  const parsed = parseXml(text, BODY_LIMITS)
  return parsed.ok ? parsed.value : null
}

export const childOf = (element: XmlElement, local: string): XmlElement | null =>
  element.children.find((child) => child.local === local) ?? null

export const textOf = (element: XmlElement, local: string): string | null => {
  const text = childOf(element, local)?.text.trim() ?? ''
  return text === '' ? null : text
}

export const attributeOf = (element: XmlElement, name: string): string | null =>
  element.attributes.find(([key]) => key === name)?.[1] ?? null
