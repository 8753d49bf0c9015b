import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { getKeyed } from '../keyed'
import {
  ask,
  becomesTrue,
  callsShown,
  expectNoBug,
  expectUndisturbed,
  kindsOf,
  lifeGoesOn,
  liveDesk,
  onCall,
} from '../testing/deskScenes'
import { faultDesk, nodeOf, shown, truthShown, type FaultDesk } from '../testing/faultDesk'

const SECOND = 1_000

const own = (desk: FaultDesk): string => `/finesse/api/User/${desk.agent.id}`
const dialogs = (desk: FaultDesk): string => `${own(desk)}/Dialogs`
const team = (desk: FaultDesk): string => `/finesse/api/Team/${desk.agent.teamId}/Users`

const count = (desk: FaultDesk, kind: string): number => kindsOf(desk).filter((each) => each === kind).length

describe('payloads that attack', () => {
  const attacks: ReadonlyArray<readonly [string, string]> = [
    ['not well-formed', '<Update><data>'],
    ['an external entity', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Update>&f;</Update>'],
    [
      'billion laughs',
      `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1_000)}">]><Update>&b;</Update>`,
    ],
    ['nesting of 40,000', '<a>'.repeat(40_000) + '</a>'.repeat(40_000)],
    [
      '40,000 attributes',
      `<Update ${Array.from({ length: 40_000 }, (_, at) => `a${String(at)}=""`).join(' ')}/>`,
    ],
  ]
  for (const [name, payload] of attacks)
    faultTest('X7', `${name}: told once, the connection lives, the calls are read again`, async (t) => {
      const desk = await liveDesk(t)
      // What the spoilt event would have said.
      desk.control.setFault({ name: 'lostEvent', every: 1, path: '/Dialogs' })
      desk.control.ringAgent(desk.agent.id, { queue: null })
      await desk.clock.jump(100)
      expect(callsShown(desk)).toEqual([])
      desk.control.clearFault()
      desk.control.publish(dialogs(desk), payload, 'A')
      await becomesTrue(desk, 'A', SECOND)
      expect(callsShown(desk)).toHaveLength(1)
      expect(count(desk, 'unreadable')).toBe(1)
      expectUndisturbed(desk)
    })

  faultTest('X7', 'a thousand of them: the server is not asked a thousand times', async (t) => {
    const desk = await liveDesk(t)
    const asked = desk.control.requests().length
    for (let at = 0; at < 1_000; at += 1) {
      desk.control.publish(own(desk), '<Update>', 'A')
      // The server's own work is none of ours.
      if (at % 50 === 49) await desk.clock.settle()
    }
    await desk.clock.jump(10 * SECOND)
    expect(desk.control.requests().length - asked).toBeLessThan(12)
    await desk.setState('READY')
    expect(shown(desk.view())).toEqual(truthShown(desk))
    expectUndisturbed(desk)
  })

  faultTest('X8', 'names of object properties are data', async (t) => {
    const desk = await liveDesk(t)
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf']
    const before = Object.getOwnPropertyNames(Object.prototype)
    const [colleague] = desk.info.agents.slice(1)
    for (const id of names) {
      const payload = desk.control.userPayload(colleague?.id ?? '', {
        id,
        firstName: id,
        lastName: 'polluted',
      })
      desk.control.publish(team(desk), payload, 'A')
    }
    await desk.until(({ collections }) => getKeyed(collections.members, 'valueOf') !== undefined, SECOND)
    for (const id of names)
      expect(getKeyed(desk.view().collections.members, id)).toMatchObject({ id, name: `${id} polluted` })
    for (const id of names) {
      const odd = `<${id} ${id}="polluted"><polluted>1</polluted></${id}>`
      desk.control.publish(own(desk), `<Update>${odd}<data>${odd}</data></Update>`, 'A')
    }
    await desk.setState('READY')
    desk.control.ringAgent(desk.agent.id, { variables: names.map((name) => ({ name, value: 'polluted' })) })
    await desk.until(() => callsShown(desk).length === 1, SECOND)
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expectUndisturbed(desk)
  })

  faultTest('X9', 'hostile strings in every field: signed in, a call shown, nothing thrown', async (t) => {
    const desk = await faultDesk(t, { simulator: { faults: [{ name: 'hostileStrings' }] } })
    await desk.online()
    t.watch()
    await onCall(desk)
    lifeGoesOn(desk)
    await becomesTrue(desk, 'A', SECOND)
    expect(Reflect.get(globalThis, 'polluted')).toBeUndefined()
    expectUndisturbed(desk)
  })

  faultTest(
    'X10',
    'unknown kinds, missing fields, wrong types: ignored or read as far as possible',
    async (t) => {
      const desk = await liveDesk(t)
      const update = (data: string, event = 'PUT', source = own(desk)): string =>
        `<Update><data>${data}</data><event>${event}</event><source>${source}</source></Update>`
      const odd = [
        '<Update/>',
        update(''),
        update('<unheardOf><of>it</of></unheardOf>'),
        update('<user/>'),
        update('<user><state/></user>'),
        update('<user><loginId></loginId><state>READY</state></user>'),
        update(
          `<user><loginId>${desk.agent.id}</loginId><state>42</state><stateChangeTime>yesterday</stateChangeTime><roles>1</roles></user>`,
        ),
        update('<dialog/>'),
        update('<dialogs><Dialog><id>1</id><participants>none</participants></Dialog></dialogs>', 'POST'),
        update('<apiErrors/>'),
        update('<systemInfo><status>SOMETIMES</status></systemInfo>'),
        update('<team><users/></team>'),
        update('<user><loginId>x</loginId></user>', 'FROB', '/finesse/api/Frob/1'),
        update('<user><loginId>x</loginId></user>', '', ''),
      ]
      for (const node of [
        own(desk),
        dialogs(desk),
        team(desk),
        '/finesse/api/SystemInfo',
        `${own(desk)}/Frob`,
      ])
        for (const payload of odd) desk.control.publish(node, payload, 'A')
      await desk.clock.jump(10 * SECOND)
      expectNoBug(desk)
      await desk.setState('READY')
      expect(desk.slices().agent).toMatchObject({ loginId: desk.agent.id, name: 'Ada Nord', state: 'READY' })
      expect(desk.opened).toHaveLength(1)
      desk.control.ringAgent(desk.agent.id)
      await desk.until(({ slices }) => slices.agent?.state === 'RESERVED', SECOND)
    },
  )

  faultTest('X11', 'forged senders and nodes nobody asked for change nothing', async (t) => {
    const desk = await liveDesk(t)
    const payload = desk.control.userPayload(desk.agent.id, { state: 'LOGOUT' })
    const domain = desk.nodeA.xmppDomain
    for (const from of [
      'evil.invalid',
      `1002@${domain}/desktop`,
      domain,
      `pubsub.${domain}.evil.invalid`,
      `x@pubsub.${domain}`,
    ])
      desk.control.sendEvent(desk.agent.id, { path: own(desk), payload, from })
    for (const path of ['/finesse/api/User/1002', '/finesse/api/Team/9999/Users', '/finesse/api/Queue/1'])
      desk.control.sendEvent(desk.agent.id, { path, payload })
    await desk.clock.jump(SECOND)
    expect(shown(desk.view())).toEqual(truthShown(desk))
    expect(desk.slices().agent?.state).toBe('NOT_READY')
    expectUndisturbed(desk)
  })
})

/** One call from ringing to its end, with a hold. */
async function wholeCall(desk: FaultDesk): Promise<void> {
  const acts = [
    () => desk.control.ringAgent(desk.agent.id, { queue: null }),
    () => desk.control.answer(desk.agent.id),
    () => desk.control.act(desk.agent.id, 'HOLD'),
    () => desk.control.act(desk.agent.id, 'RETRIEVE'),
    () => desk.control.customerHangsUp(desk.agent.id),
  ]
  for (const act of acts) {
    act()
    await desk.clock.jump(2 * SECOND)
  }
}

describe('events twice, in another order, or not at all', () => {
  faultTest('X12', 'every event twice: each thing happens once', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'duplicateEvent' })
    await desk.setState('READY')
    await wholeCall(desk)
    await becomesTrue(desk, 'A', SECOND)
    for (const kind of ['callArrived', 'callAnswered', 'callHeld', 'callRetrieved', 'callEnded'])
      expect(count(desk, kind), kind).toBe(1)
    expectUndisturbed(desk)
  })

  faultTest('X13', 'swapped pairwise: right after every pair, and in the end', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'reorderEvents' })
    for (let round = 0; round < 3; round += 1) {
      await wholeCall(desk)
      await becomesTrue(desk, 'A', SECOND)
      expect(callsShown(desk)).toEqual([])
    }
    expect(desk.opened).toHaveLength(1)
  })

  for (const state of ['READY', 'NOT_READY'] as const)
    faultTest('X14', `the event of an own action (${state}) is lost: asked for after 5 s`, async (t) => {
      const desk = await liveDesk(t)
      if (state === 'NOT_READY') await desk.setState('READY')
      desk.control.setFault({ name: 'lostEvent', every: 1, times: 1, path: '/User/' })
      await ask(desk, state)
      expect(await desk.until(({ slices }) => slices.agent?.state === state, 10 * SECOND)).toBeLessThan(
        6 * SECOND,
      )
      expect(desk.slices().request).toBeNull()
      await desk.clock.jump(10 * SECOND)
      expect(shown(desk.view())).toEqual(truthShown(desk))
      // One lost event is no reason to reconnect.
      expectUndisturbed(desk)
    })

  for (const path of ['/Dialogs', '/User/', ''])
    for (const lost of [0, 1, 2, 3])
      faultTest(
        'X14',
        `event ${String(lost)} of a call on ${path || 'any node'} is lost: right within 65 s`,
        async (t) => {
          const desk = await liveDesk(t)
          await desk.setState('READY')
          const acts = [
            () => desk.control.ringAgent(desk.agent.id),
            () => desk.control.answer(desk.agent.id),
            () => desk.control.act(desk.agent.id, 'HOLD'),
            () => desk.control.customerHangsUp(desk.agent.id),
          ]
          for (const [at, act] of acts.slice(0, lost + 1).entries()) {
            if (at === lost) desk.control.setFault({ name: 'lostEvent', every: 1, times: 2, path })
            act()
            await desk.clock.jump(SECOND)
          }
          await becomesTrue(desk, 'A', 65 * SECOND)
          expect(desk.opened).toHaveLength(1)
        },
      )

  faultTest('X14', 'every tenth event is lost through a busy time: right within 65 s', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'lostEvent', every: 10, path: '/User/' })
    for (let round = 0; round < 6; round += 1) {
      await wholeCall(desk)
      await desk.until(() => shown(desk.view()).calls.join() === truthShown(desk).calls.join(), 65 * SECOND)
    }
    desk.control.clearFault()
    desk.control.ringAgent(desk.agent.id, { queue: null })
    await becomesTrue(desk, nodeOf(desk.view()) === 'B' ? 'B' : 'A', 65 * SECOND)
    expectNoBug(desk)
  })

  for (const readAt of [30, 150, 290])
    faultTest(
      'X14',
      `the team is read after ${String(readAt)} s, then the event of a colleague is lost: right within 7 min`,
      async (t) => {
        const desk = await liveDesk(t, { random: () => 0.999 })
        await desk.clock.jump(readAt * SECOND)
        // What cannot be read makes everything be read again.
        desk.control.publish(own(desk), '<Update>', 'A')
        await desk.clock.jump(5 * SECOND)
        desk.control.setFault({ name: 'lostEvent', every: 1, path: '/Team/' })
        lifeGoesOn(desk)
        await desk.clock.jump(SECOND)
        expect(shown(desk.view())).not.toEqual(truthShown(desk))
        desk.control.clearFault()
        await becomesTrue(desk, 'A', 7 * 60 * SECOND)
        expectUndisturbed(desk)
      },
    )

  faultTest('X16', 'the first event of a call is lost: the next one makes the call', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'lostEvent', every: 1, times: 1, path: '/Dialogs' })
    desk.control.ringAgent(desk.agent.id, { queue: null })
    await desk.clock.jump(100)
    expect(callsShown(desk)).toEqual([])
    desk.control.answer(desk.agent.id)
    await desk.until(() => callsShown(desk).length === 1, SECOND)
    expect(callsShown(desk)).toMatchObject([{ ownState: 'ACTIVE' }])
    expectUndisturbed(desk)
  })
})
