/** Where a row has no test here, or not all of one: why. Shown in docs/faults.md beside the tests there are. */
export const FAULT_NOTES: Readonly<Record<string, string>> = {}

/** Rows of the mandatory set still without test or reason. When it is empty, it stays empty. */
export const MISSING: readonly string[] = []
