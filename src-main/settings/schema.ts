import * as z from 'zod/mini'

const text = (max: number) => z.string().check(z.maxLength(max))
const size = z.int().check(z.minimum(1), z.maximum(100_000))
const place = z.int().check(z.minimum(-100_000), z.maximum(100_000))
const bounds = z.strictObject({ x: place, y: place, width: size, height: size })

const MAX_ENTRIES = 200
const MAX_PARTNERS = 20
const port = z.int().check(z.minimum(1), z.maximum(65535))

/**
 * What outlives the process, as it lies on disk. Lists of objects, not objects keyed by outside text: a server may
 * be called `__proto__`. Nothing secret is ever kept here.
 */
export const settingsSchema = z.object({
  version: z.literal(1),
  theme: z.enum(['system', 'light', 'dark']),
  locale: z.enum(['system', 'en', 'nl']),
  notifications: z.boolean(),
  // Younger than the first files of this version: a file without them is good.
  signInAfterFailover: z._default(z.boolean(), true),
  restoreReady: z._default(z.boolean(), false),
  signIn: z.strictObject({
    server: text(300),
    loginId: text(256),
    extension: text(64),
    mode: z.enum(['replace', 'beside']),
    caFile: z.nullable(text(4096)),
  }),
  /** The last one used comes first. */
  windows: z.array(z.strictObject({ display: text(100), bounds })).check(z.maxLength(20)),
  favourites: z
    .array(
      z.strictObject({
        server: text(300),
        loginId: text(256),
        ids: z.array(text(256)).check(z.maxLength(3)),
      }),
    )
    .check(z.maxLength(MAX_ENTRIES)),
  pins: z
    .array(
      z.strictObject({
        host: text(255),
        port,
        fingerprint256: text(100),
        pem: text(20_000),
      }),
    )
    .check(z.maxLength(MAX_ENTRIES)),
  /** The other node of each server, as it named it last; the last one used comes first. */
  partners: z._default(
    z
      .array(
        z.strictObject({
          server: text(300),
          name: z.enum(['A', 'B']),
          host: text(255),
          port,
        }),
      )
      .check(z.maxLength(MAX_PARTNERS)),
    [],
  ),
  /** XMPP resource of Beside mode. */
  besideResource: z.string().check(z.regex(/^sidetone-[0-9a-f]{4,16}$/)),
})

export type StoredSettings = z.output<typeof settingsSchema>
export type StoredPin = StoredSettings['pins'][number]
export type StoredPartner = StoredSettings['partners'][number]
export const MAX_LIST = MAX_ENTRIES
export const MAX_PARTNER_LIST = MAX_PARTNERS

export const defaultSettings = (besideResource: string): StoredSettings => ({
  version: 1,
  theme: 'system',
  locale: 'system',
  notifications: true,
  signInAfterFailover: true,
  restoreReady: false,
  signIn: { server: '', loginId: '', extension: '', mode: 'replace', caFile: null },
  windows: [],
  favourites: [],
  pins: [],
  partners: [],
  besideResource,
})
