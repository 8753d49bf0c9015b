import { raw, type Markup } from '../wire/markup'
import { apiErrors } from '../wire/update'

export interface Reply {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const XML = { 'Content-Type': 'application/xml;charset=UTF-8' }

export const xml = (body: Markup, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  body: raw(`${DECLARATION}${body}`),
  headers: { ...XML, ...headers },
})

/** Rule 1: accepted, nothing more. */
export const accepted = (): Reply => ({ status: 202, body: '', headers: {} })

/** Section 6.1. */
export const refusal = (status: number, type: string, message: string, data = ''): Reply =>
  xml(apiErrors(type, message, data), status)

export const notFound = (type: string, data = ''): Reply =>
  refusal(404, type, type.toUpperCase().replaceAll(' ', '_'), data)

export const unauthorized = (): Reply => ({
  ...refusal(401, 'Authorization Failure', 'UNAUTHORIZED', 'The user is not authenticated.'),
  headers: { ...XML, 'WWW-Authenticate': 'Basic realm="Cisco Finesse"' },
})

export const notYours = (id: string): Reply =>
  refusal(
    401,
    'Invalid Authorization User Specified',
    'The user specified in the authentication credentials is not allowed.',
    id,
  )

export const outOfService = (): Reply => refusal(503, 'Service Unavailable', 'SERVER_OUT_OF_SERVICE')

/** What a Tomcat or a proxy in front says. */
export const htmlPage = (status: number): Reply => ({
  status,
  body: `<!doctype html><html lang="en"><head><title>HTTP Status ${String(status)}</title></head><body><h1>HTTP Status ${String(status)}</h1></body></html>`,
  headers: { 'Content-Type': 'text/html;charset=utf-8' },
})
