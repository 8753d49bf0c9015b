import type { CallVariable, Dialog, MediaProperties, Participant, ScheduledCallback } from '../model'
import { ok, type Result } from '../result'
import { missing, type CodecProblem } from './problem'
import { childOf, childrenOf, filledChildOf, lastSegment, textOf, textsOf, timeOf } from './read'
import { element, isoTime, leaf, optionalLeaf, spelled, type Parts, type Spelling } from './write'
import { xmlElement, type XmlElement } from './xml'

/** Values keep their blanks: they are often fixed-width records (section 15, 6). */
const decodeCallVariables = (list: XmlElement | null): readonly CallVariable[] =>
  childrenOf(list, 'callVariable').flatMap((el) => {
    const name = textOf(el, 'name')
    return name === null ? [] : [{ name, value: childOf(el, 'value')?.text ?? '' }]
  })

const decodeMediaProperties = (el: XmlElement): MediaProperties => ({
  mediaId: textOf(el, 'mediaId'),
  dnis: textOf(el, 'dNIS'),
  callType: textOf(el, 'callType'),
  dialedNumber: textOf(el, 'dialedNumber'),
  outboundClassification: textOf(el, 'outboundClassification'),
  queueName: textOf(el, 'queueName'),
  queueNumber: textOf(el, 'queueNumber'),
  callKeyCallId: textOf(el, 'callKeyCallId'),
  callKeyPrefix: textOf(el, 'callKeyPrefix'),
  callKeySequenceNum: textOf(el, 'callKeySequenceNum'),
  wrapUpReason: textOf(el, 'wrapUpReason'),
  wrapUpItems: textsOf(childOf(el, 'wrapUpItems'), 'wrapUpItem'),
  callVariables: decodeCallVariables(childOf(el, 'callvariables') ?? childOf(el, 'callVariables')),
})

const decodeParticipant = (el: XmlElement): Participant => ({
  actions: textsOf(childOf(el, 'actions'), 'action'),
  mediaAddress: textOf(el, 'mediaAddress'),
  mediaAddressType: textOf(el, 'mediaAddressType'),
  startTime: timeOf(el, 'startTime'),
  state: textOf(el, 'state'),
  stateCause: textOf(el, 'stateCause'),
  stateChangeTime: timeOf(el, 'stateChangeTime'),
})

/** `callbackNumber` is also documented beside `scheduledCallbackInfo` (9.1). */
const decodeScheduledCallback = (el: XmlElement): ScheduledCallback | null => {
  const info = filledChildOf(el, 'scheduledCallbackInfo')
  const besideNumber = textOf(el, 'callbackNumber')
  if (info === null)
    return besideNumber === null ? null : { callbackTime: null, callbackNumber: besideNumber }
  return {
    callbackTime: textOf(info, 'callbackTime'),
    callbackNumber: textOf(info, 'callbackNumber') ?? besideNumber,
  }
}

/** Section 9.1. Fails only without id and uri. */
export const decodeDialog = (el: XmlElement): Result<Dialog, CodecProblem> => {
  const uri = textOf(el, 'uri')
  const id = textOf(el, 'id') ?? lastSegment(uri)
  if (id === null) return missing('A Dialog has neither an id nor a uri, so nobody knows which call it is.')
  const mediaProperties = filledChildOf(el, 'mediaProperties')
  return ok({
    id,
    uri,
    secondaryId: textOf(el, 'secondaryId'),
    associatedDialogUri: textOf(el, 'associatedDialogUri'),
    mediaType: textOf(el, 'mediaType'),
    fromAddress: textOf(el, 'fromAddress'),
    toAddress: textOf(el, 'toAddress'),
    state: textOf(el, 'state'),
    mediaProperties: mediaProperties === null ? null : decodeMediaProperties(mediaProperties),
    participants: childrenOf(childOf(el, 'participants'), 'participant').map(decodeParticipant),
    scheduledCallback: decodeScheduledCallback(el),
  })
}

/** One call that cannot be identified fails the list: leaving it out would say that it has ended. */
export const decodeDialogs = (el: XmlElement): Result<readonly Dialog[], CodecProblem> => {
  const dialogs: Dialog[] = []
  for (const child of childrenOf(el, 'dialog')) {
    const dialog = decodeDialog(child)
    if (!dialog.ok) return dialog
    dialogs.push(dialog.value)
  }
  return ok(dialogs)
}

const callVariableElement = ({ name, value }: CallVariable): XmlElement =>
  element('CallVariable', [leaf('name', name), xmlElement('value', [], value)])

// `callvariables` stands last in every recording, against the alphabetical order of the rest.
const mediaPropertiesElement = (media: MediaProperties): XmlElement =>
  element('mediaProperties', [
    leaf('DNIS', media.dnis),
    optionalLeaf('callKeyCallId', media.callKeyCallId),
    optionalLeaf('callKeyPrefix', media.callKeyPrefix),
    optionalLeaf('callKeySequenceNum', media.callKeySequenceNum),
    leaf('callType', media.callType),
    leaf('dialedNumber', media.dialedNumber),
    optionalLeaf('mediaId', media.mediaId),
    leaf('outboundClassification', media.outboundClassification),
    optionalLeaf('queueName', media.queueName),
    optionalLeaf('queueNumber', media.queueNumber),
    media.wrapUpItems.length === 0
      ? null
      : element(
          'wrapUpItems',
          media.wrapUpItems.map((item) => leaf('wrapUpItem', item)),
        ),
    optionalLeaf('wrapUpReason', media.wrapUpReason),
    element('callvariables', media.callVariables.map(callVariableElement)),
  ])

const participantElement = (participant: Participant): XmlElement =>
  element('Participant', [
    element(
      'actions',
      participant.actions.map((action) => leaf('action', action)),
    ),
    leaf('mediaAddress', participant.mediaAddress),
    leaf('mediaAddressType', participant.mediaAddressType),
    leaf('startTime', isoTime(participant.startTime)),
    leaf('state', participant.state),
    leaf('stateCause', participant.stateCause),
    leaf('stateChangeTime', isoTime(participant.stateChangeTime)),
  ])

const scheduledCallbackElement = (callback: ScheduledCallback): XmlElement =>
  element('scheduledCallbackInfo', [
    leaf('callbackNumber', callback.callbackNumber),
    leaf('callbackTime', callback.callbackTime),
  ])

const dialogParts = (dialog: Dialog): Parts => [
  leaf('associatedDialogUri', dialog.associatedDialogUri),
  leaf('fromAddress', dialog.fromAddress),
  leaf('id', dialog.id),
  dialog.mediaProperties === null ? null : mediaPropertiesElement(dialog.mediaProperties),
  optionalLeaf('mediaType', dialog.mediaType),
  element('participants', dialog.participants.map(participantElement)),
  dialog.scheduledCallback === null ? null : scheduledCallbackElement(dialog.scheduledCallback),
  optionalLeaf('secondaryId', dialog.secondaryId),
  optionalLeaf('state', dialog.state),
  leaf('toAddress', dialog.toAddress),
  optionalLeaf('uri', dialog.uri),
]

export const dialogElement = (dialog: Dialog, spelling: Spelling): XmlElement =>
  element(spelled('Dialog', spelling), dialogParts(dialog))

/** Recorded: the calls inside are `<Dialog>` in events too. */
export const dialogsElement = (dialogs: readonly Dialog[], spelling: Spelling): XmlElement =>
  element(
    spelled('Dialogs', spelling),
    dialogs.map((dialog) => dialogElement(dialog, 'rest')),
  )
