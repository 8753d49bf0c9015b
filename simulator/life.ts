import type { LifeOptions } from './options'
import type { Site } from './site'

export function startLife(_site: Site, _options: LifeOptions): () => void {
  return () => undefined
}
