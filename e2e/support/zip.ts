import { openPromise } from 'yauzl'

/** Every file of a zip, inflated: read by another hand than the one that opens bundles. */
export const unzipped = async (path: string): Promise<ReadonlyMap<string, Buffer>> => {
  const zip = await openPromise(path, { autoClose: false })
  const files = new Map<string, Buffer>()
  try {
    for await (const entry of zip.eachEntry()) {
      const chunks: Buffer[] = []
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
      files.set(entry.fileName, Buffer.concat(chunks))
    }
  } finally {
    zip.close()
  }
  return files
}
