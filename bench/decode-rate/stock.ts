import { XMLParser } from 'fast-xml-parser'
import { createClient, JXT } from 'stanza'

interface Received {
  pubsub?: { items?: { published?: { content?: { xml?: string } }[] } }
}

/** What most would build: stanza's own stream parser and registry, then fast-xml-parser. */
const client = createClient({})
client.stanzas.define({
  element: 'notification',
  namespace: 'http://jabber.org/protocol/pubsub',
  type: 'http://jabber.org/protocol/pubsub',
  typeField: 'itemType',
  fields: { xml: JXT.text() },
  aliases: JXT.pubsubItemContentAliases(),
})
const xml = new XMLParser({ parseTagValue: false })

let received: Received | null = null
const stream = new JXT.StreamParser({ registry: client.stanzas, wrappedStream: false })
stream.on('data', (event: { stanza: unknown }) => {
  received = event.stanza as Received
})

export const stock = (frame: string): string => {
  stream.write(frame)
  const payload = received?.pubsub?.items?.published?.[0]?.content?.xml ?? ''
  const update = xml.parse(payload) as { Update?: { data?: { dialog?: { id?: string } } } }
  return update.Update?.data?.dialog?.id ?? ''
}
