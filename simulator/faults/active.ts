import type { Fault, FaultName, FaultNamed, NodeName } from './table'

/** The lasting faults that hold at the moment. */
export class ActiveFaults {
  #faults: readonly Fault[] = []

  set(fault: Fault): void {
    this.clear(fault.name, fault.node)
    this.#faults = [...this.#faults, fault]
  }

  /** Without a name: all. */
  clear(name?: FaultName, node?: NodeName): void {
    this.#faults = this.#faults.filter(
      (fault) =>
        !((name === undefined || fault.name === name) && (node === undefined || fault.node === node)),
    )
  }

  /** A fault with `times` has happened once more; after the last time it is over. */
  spend(fault: Fault): void {
    if (!('times' in fault)) return
    const left = { ...fault, times: fault.times - 1 }
    this.#faults = this.#faults.flatMap((one) => (one !== fault ? [one] : left.times > 0 ? [left] : []))
  }

  list(): readonly Fault[] {
    return this.#faults
  }

  find<N extends FaultName>(node: NodeName, name: N): FaultNamed<N> | null {
    const found = this.#faults.find(
      (fault): fault is FaultNamed<N> =>
        fault.name === name && (fault.node === undefined || fault.node === node),
    )
    return found ?? null
  }

  has(node: NodeName, name: FaultName): boolean {
    return this.find(node, name) !== null
  }
}
