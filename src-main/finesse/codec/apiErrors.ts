import type { ApiError } from '../model'
import { childrenOf, textOf } from './read'
import { element, leaf, optionalLeaf, spelled, type Spelling } from './write'
import type { XmlElement } from './xml'

/** Sections 5.5 and 6.1. The long spelling of `peripheralErrorMsg` is accepted too. */
const decodeApiError = (el: XmlElement): ApiError => ({
  type: textOf(el, 'errorType'),
  message: textOf(el, 'errorMessage'),
  data: textOf(el, 'errorData'),
  peripheralErrorCode: textOf(el, 'peripheralErrorCode'),
  peripheralErrorMessage: textOf(el, 'peripheralErrorMsg') ?? textOf(el, 'peripheralErrorMessage'),
  peripheralErrorText: textOf(el, 'peripheralErrorText'),
})

/** Takes `<ApiErrors>` as well as a single `<ApiError>`. */
export const decodeApiErrors = (el: XmlElement): readonly ApiError[] =>
  (el.key === 'apiError' ? [el] : childrenOf(el, 'apiError')).map(decodeApiError)

const apiErrorElement = (error: ApiError, spelling: Spelling): XmlElement => {
  const name = (lower: string): string => spelled(lower, spelling)
  return element(name('apiError'), [
    leaf(name('errorData'), error.data),
    leaf(name('errorMessage'), error.message),
    leaf(name('errorType'), error.type),
    optionalLeaf(name('peripheralErrorCode'), error.peripheralErrorCode),
    optionalLeaf(name('peripheralErrorMsg'), error.peripheralErrorMessage),
    optionalLeaf(name('peripheralErrorText'), error.peripheralErrorText),
  ])
}

export const apiErrorsElement = (errors: readonly ApiError[], spelling: Spelling): XmlElement =>
  element(
    spelled('ApiErrors', spelling),
    errors.map((error) => apiErrorElement(error, spelling)),
  )
