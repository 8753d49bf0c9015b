import { problem, type Problem } from '../../src-contract/problem'
import { err, type Result } from '../../src-contract/result'
import { readCaFile as read } from '../finesse/transport/caFile'

/** The text of the file, or what is wrong with it, to be said. */
export const readCaFile = async (path: string): Promise<Result<string, Problem>> => {
  const text = await read(path)
  if (text.ok) return text
  return err(problem(text.error === 'invalid' ? 'caFileInvalid' : 'caFileUnreadable', { path }))
}
