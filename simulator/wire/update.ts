import type { CtiError } from '../world/types'
import { el, leaf, type Markup } from './markup'

/** Section 5.5. Child order varies between releases; errors put `event` last but one. */
export const update = (
  data: Markup,
  event: 'PUT' | 'POST' | 'DELETE',
  source: string,
  requestId: string | null,
): Markup =>
  el('Update', el('data', data), leaf('event', event), leaf('requestId', requestId), leaf('source', source))

/** The asynchronous error: lower-case names, lower-case `put` (5.5). */
export const errorUpdate = (error: CtiError, source: string, requestId: string | null): Markup =>
  el(
    'Update',
    el(
      'data',
      el(
        'apiErrors',
        el(
          'apiError',
          leaf('errorData', error.data),
          leaf('errorMessage', error.message),
          leaf('errorType', error.type),
          error.peripheralErrorCode === undefined
            ? null
            : leaf('peripheralErrorCode', error.peripheralErrorCode),
        ),
      ),
    ),
    leaf('requestId', requestId),
    leaf('source', source),
    leaf('event', 'put'),
  )

/** The error body of REST (6.1). */
export const apiErrors = (type: string, message: string, data: string): Markup =>
  el(
    'ApiErrors',
    el('ApiError', leaf('ErrorType', type), leaf('ErrorMessage', message), leaf('ErrorData', data)),
  )
