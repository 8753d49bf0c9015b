import { err, type Result } from '../result'

/** Why a text could not be read. `problem` is a sentence for logs and for the command line. */
export interface XmlProblem {
  readonly kind: 'notXml' | 'tooLarge' | 'tooDeep' | 'tooManyElements' | 'tooManyReferences' | 'doctype'
  readonly problem: string
}

/** `unexpected`: well-formed, but not what was asked for. `missing`: something without which it is useless. */
export interface CodecProblem {
  readonly kind: XmlProblem['kind'] | 'unexpected' | 'missing'
  readonly problem: string
}

export const missing = (problem: string): Result<never, CodecProblem> => err({ kind: 'missing', problem })

export const unexpected = (problem: string): Result<never, CodecProblem> =>
  err({ kind: 'unexpected', problem })
