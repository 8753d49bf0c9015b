// Electron's fuses are bytes behind this marker: version, count, then one '0' or '1' for each fuse.
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
const ON = 0x31
const OFF = 0x30

/** Positions in fuse version 1. */
export const fuse = { nodeCliInspect: 3, browserSnapshot: 6 }

/**
 * Sets fuses in the bytes of an Electron executable, in place.
 * @param {Buffer} executable
 * @param {ReadonlyArray<{ index: number, on: boolean }>} wanted
 */
export function setFuses(executable, wanted) {
  const at = executable.indexOf(SENTINEL)
  if (at === -1) throw new Error('this executable has no fuses')
  const version = executable[at + SENTINEL.length]
  const count = executable[at + SENTINEL.length + 1] ?? 0
  if (version !== 1) throw new Error(`unknown fuse version ${version}`)
  for (const { index, on } of wanted) {
    if (index >= count) throw new Error(`there is no fuse ${index}`)
    executable[at + SENTINEL.length + 2 + index] = on ? ON : OFF
  }
}
