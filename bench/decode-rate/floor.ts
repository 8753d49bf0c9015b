import { SaxesParser } from 'saxes'

interface FloorDialog {
  id: string
  from: string
  to: string
  state: string
  callType: string
  variables: [string, string][]
  participants: { address: string; state: string; actions: string[]; since: number }[]
}

/** The least that is still safe: a strict parser straight to the payload text. */
const payloadOf = (frame: string): string => {
  const parser = new SaxesParser()
  let inside = false
  let payload = ''
  parser.on('opentag', ({ name }) => {
    if (name === 'notification') inside = true
  })
  parser.on('text', (text) => {
    if (inside) payload += text
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'notification') inside = false
  })
  parser.write(frame).close()
  return payload
}

/** Hand-written for exactly one object: no tree, no combinators, no other kinds. */
const decodeDialog = (payload: string): FloorDialog => {
  const parser = new SaxesParser()
  const dialog: FloorDialog = {
    id: '',
    from: '',
    to: '',
    state: '',
    callType: '',
    variables: [],
    participants: [],
  }
  let text = ''
  let participant: FloorDialog['participants'][number] | null = null
  let name = ''
  parser.on('opentag', (tag) => {
    text = ''
    if (tag.name === 'Participant') participant = { address: '', state: '', actions: [], since: 0 }
  })
  parser.on('text', (piece) => {
    text += piece
  })
  parser.on('closetag', (tag) => {
    switch (tag.name) {
      case 'id':
        dialog.id = text.trim()
        break
      case 'fromAddress':
        dialog.from = text.trim()
        break
      case 'toAddress':
        dialog.to = text.trim()
        break
      case 'callType':
        dialog.callType = text.trim()
        break
      case 'name':
        name = text
        break
      case 'value':
        dialog.variables.push([name, text])
        break
      case 'action':
        participant?.actions.push(text.trim())
        break
      case 'mediaAddress':
        if (participant) participant.address = text.trim()
        break
      case 'state':
        if (participant) participant.state = text.trim()
        else dialog.state = text.trim()
        break
      case 'stateChangeTime':
        if (participant) participant.since = Date.parse(text.trim())
        break
      case 'Participant':
        if (participant) dialog.participants.push(participant)
        participant = null
        break
    }
    text = ''
  })
  parser.write(payload).close()
  return dialog
}

export const floor = (frame: string): string => decodeDialog(payloadOf(frame)).id
