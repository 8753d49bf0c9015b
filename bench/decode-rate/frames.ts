import { encodeUpdate, escapeText } from '../../src-main/finesse/codec/index'
import type { Dialog } from '../../src-main/finesse/model'

const dialog = (index: number): Dialog => ({
  id: String(140_000_000 + index),
  uri: `/finesse/api/Dialog/${140_000_000 + index}`,
  secondaryId: null,
  associatedDialogUri: null,
  mediaType: 'Voice',
  fromAddress: `0770090${String(index).padStart(4, '0')}`,
  toAddress: '801031',
  state: 'ACTIVE',
  mediaProperties: {
    mediaId: '1',
    dnis: '2001',
    callType: 'PREROUTE_ACD_IN',
    dialedNumber: '801031',
    outboundClassification: null,
    queueName: 'Support',
    queueNumber: '5022',
    callKeyCallId: String(200 + index),
    callKeyPrefix: '152018',
    callKeySequenceNum: '1',
    wrapUpReason: null,
    wrapUpItems: [],
    callVariables: Array.from({ length: 10 }, (_, position) => ({
      name: `callVariable${position + 1}`,
      value: position % 3 === 0 ? `Gold & ${index}_____` : '',
    })),
  },
  participants: ['2001', `0770090${String(index).padStart(4, '0')}`].map((mediaAddress, position) => ({
    actions: position === 0 ? ['TRANSFER_SST', 'CONSULT_CALL', 'HOLD', 'SEND_DTMF', 'DROP'] : [],
    mediaAddress,
    mediaAddressType: position === 0 ? 'AGENT_DEVICE' : null,
    startTime: 1_768_900_000_000 + index,
    state: 'ACTIVE',
    stateCause: null,
    stateChangeTime: 1_768_900_001_000 + index,
  })),
  scheduledCallback: null,
})

/** Whole XMPP messages as the wire carries them, each with another call. */
export const frames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const value = dialog(index)
    const source = value.uri ?? ''
    const update = encodeUpdate({ event: 'PUT', source, requestId: null, data: { kind: 'dialog', value } })
    return `<message xmlns="jabber:client" from="pubsub.fin-a.example.com" to="1001@fin-a.example.com" id="m${index}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/User/1001/Dialogs"><item id="0be528bc-744b-4c44-a9ed-b564c97397ba${index}"><notification xmlns="http://jabber.org/protocol/pubsub">${escapeText(update)}</notification></item></items></event></message>`
  })
