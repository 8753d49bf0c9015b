import type { Agent, Call } from '../world/types'

/** Texts that break careless clients (faults.md: X8, X9, S1 to S7). All of them can be carried by XML. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<img src=x onerror="globalThis.polluted=1">',
  '<script>globalThis.polluted=1</script>',
  "{{constructor.constructor('globalThis.polluted=1')()}}",
  '__proto__',
  'constructor',
  '\u202Eevil\u202C\u200B\u200D',
  '&lt;b&gt;twice &amp;amp; thrice',
  'javascript:globalThis.polluted=1',
  '=cmd|calc!A1',
  'line one\r\nline two \u0085 three',
  '😀'.repeat(400),
  'n'.repeat(20_000),
]

const textAt = (number: number) => HOSTILE_TEXTS[Math.abs(number) % HOSTILE_TEXTS.length] ?? ''

const hash = (text: string) =>
  Array.from(text).reduce((sum, character) => sum * 31 + (character.codePointAt(0) ?? 0), 7) % 9973

export const hostileAgent = (agent: Agent): Agent => ({
  ...agent,
  firstName: textAt(hash(agent.id)),
  lastName: textAt(hash(agent.id) + 1),
  reason: agent.reason === null ? null : { ...agent.reason, label: textAt(hash(agent.id) + 2) },
})

export const hostileCall = (call: Call): Call => ({
  ...call,
  from: textAt(hash(call.id)),
  variables: HOSTILE_TEXTS.slice(0, 10).map((value, index) => ({
    name: index % 2 === 0 ? value : `callVariable${String(index)}`,
    value,
  })),
})
