import ts from 'typescript'

/** A test that says which rows of the fault matrix it proves. */
export interface FaultTitle {
  readonly ids: readonly string[]
  /** As written, without the ids; what is computed is shown as an ellipsis. */
  readonly title: string
}

const ID = '[NXRFTDPSL]\\d{1,2}'
const LEADING = new RegExp(`^(${ID}(?:(?:, | and | to )${ID})*): (.*)$`, 's')
const RUNNERS = new Set(['it', 'test', 'faultTest'])
/** `it.skip` runs nothing, and `test.describe` and its like are no tests. */
const NOT_RUN = new Set(['skip', 'todo', 'fixme', 'describe', 'step', 'use', 'beforeEach', 'afterEach'])

/** The text of a literal; null when nothing of it is known. */
const textOf = (node: ts.Expression | undefined): string | null => {
  if (node === undefined) return null
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.templateSpans.reduce((text, span) => `${text}…${span.literal.text}`, node.head.text)
}

/** `it`, `it.each(table)`, `test.runIf(linux).each(table)`: the name it begins with and what hangs on it. */
const runnerOf = (callee: ts.Expression): { readonly name: string; readonly parts: readonly string[] } => {
  const parts: string[] = []
  let node: ts.Expression = callee
  for (;;) {
    if (ts.isCallExpression(node)) node = node.expression
    else if (ts.isTaggedTemplateExpression(node)) node = node.tag
    else if (ts.isPropertyAccessExpression(node)) {
      parts.push(node.name.text)
      node = node.expression
    } else return { name: ts.isIdentifier(node) ? node.text : '', parts }
  }
}

const idsIn = (text: string): readonly string[] => text.match(new RegExp(ID, 'g')) ?? []

const faultTitle = (text: string): FaultTitle | null => {
  const leading = LEADING.exec(text)
  if (leading === null) return null
  return { ids: idsIn(leading[1] ?? ''), title: (leading[2] ?? '').replace(/%[a-z]|\$\w+/g, '…') }
}

/** What a constant of this file was set to. */
const constantIn = (file: ts.SourceFile, name: string): ts.Expression | undefined => {
  let value: ts.Expression | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name)
      value ??= node.initializer
    ts.forEachChild(node, visit)
  }
  visit(file)
  return value
}

const literalsIn = (node: ts.Expression): readonly ts.Expression[] => {
  if (ts.isIdentifier(node)) {
    const value = constantIn(node.getSourceFile(), node.text)
    return value === undefined || ts.isIdentifier(value) ? [] : literalsIn(value)
  }
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return literalsIn(node.expression)
  return ts.isArrayLiteralExpression(node) ? node.elements : []
}

/** What a name stands for in a loop over written rows: `for (const [id, mode] of [['N1', 'rst'], …])`, or over a constant. */
const loopValues = (name: ts.Identifier): readonly string[] => {
  for (let node: ts.Node = name; !ts.isSourceFile(node); node = node.parent) {
    if (!ts.isForOfStatement(node) || !ts.isVariableDeclarationList(node.initializer)) continue
    const binding = node.initializer.declarations[0]?.name
    if (binding === undefined) continue
    const rows = literalsIn(node.expression)
    const at = ts.isArrayBindingPattern(binding)
      ? binding.elements.findIndex((element) => element.getText() === name.text)
      : -1
    if (at >= 0) return rows.flatMap((row) => textOf(literalsIn(row)[at]) ?? [])
    if (ts.isIdentifier(binding) && binding.text === name.text)
      return rows.flatMap((row) => textOf(row) ?? [])
  }
  return []
}

const titleOf = (call: ts.CallExpression): FaultTitle | null => {
  const { name, parts } = runnerOf(call.expression)
  if (!RUNNERS.has(name) || parts.some((part) => NOT_RUN.has(part))) return null
  const [first, second] = call.arguments
  if (name !== 'faultTest') {
    const text = textOf(first)
    return text === null ? null : faultTitle(text)
  }
  const id = textOf(first)
  const ids = id !== null ? [id] : first !== undefined && ts.isIdentifier(first) ? loopValues(first) : []
  if (ids.length === 0)
    throw new Error(`The id of a fault test is not written out: ${call.getText().slice(0, 80)}`)
  return { ids: [...new Set(ids)], title: textOf(second) ?? '…' }
}

/** The fault tests of one file, in its order. */
export const faultTitles = (fileName: string, source: string): readonly FaultTitle[] => {
  const found: FaultTitle[] = []
  const visit = (node: ts.Node): void => {
    const title = ts.isCallExpression(node) ? titleOf(node) : null
    if (title !== null) found.push(title)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true))
  return found
}
