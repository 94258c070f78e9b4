import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../support/folders.ts'
import { said } from '../../support/office.ts'
import { runningInterview } from '../../support/running.ts'
import { signInAt } from '../../support/seat.ts'

test('the screen of the room follows, holds, and shows nothing that is for one enterprise while others are there', async () => {
  const base = temporaryFolder()
  const place = { folder: join(base, 'archive'), machineFolder: join(base, 'machine') }
  const names = ['渝某实业集团有限公司', '渝某建设投资集团有限公司']
  const { caseId, interviewId, enterprises, speakers } = await runningInterview({ ...place, names })
  const seat = await signInAt(place, 'jilu')
  const one = { caseId, interviewId }
  const say = (text: string, audience: 'all' | string[] = 'all') =>
    seat.call('interviews.append', { ...one, utterance: said({ text, audience, speakerId: speakers[0] ?? null }) })
  const texts = async () => (await seat.side('side.get', {}))?.lines.map((line) => line.text) ?? null

  await say('对大家说的话')
  expect(await texts()).toBe(null)
  await seat.call('side.show', { ...one, show: 'follow' })
  expect(await texts()).toEqual(['对大家说的话'])

  const before = seat.sidePushed.length
  await say('只对第一家说的话', [enterprises[0] ?? ''])
  expect(seat.sidePushed.slice(before)).toEqual([{ event: 'side.changed', payload: {} }])
  expect(await texts()).toEqual(['对大家说的话'])
  // The second enterprise leaves the room; it comes back.
  const second = speakers[2] ?? ''
  const attend = (state: 'left' | 'present') =>
    seat.call('interviews.attend', { ...one, attendeeId: second, state, reason: '' })
  await attend('left')
  expect(await texts()).toContain('只对第一家说的话')
  await attend('present')
  expect(await texts()).not.toContain('只对第一家说的话')

  await seat.call('side.show', { ...one, show: 'hold' })
  await say('停留以后说的话')
  expect(await texts()).not.toContain('停留以后说的话')
  await seat.call('side.show', { ...one, show: 'follow' })
  expect(await texts()).toContain('停留以后说的话')
  await seat.call('side.show', { ...one, show: 'off' })
  expect(await texts()).toBe(null)

  // Its port takes no word into anything.
  for (const [verb, input] of [
    ['interviews.append', { ...one, utterance: said({ text: '旁屏写入' }) }],
    ['interviews.get', one],
    ['session.lock', { reason: 'lock' }],
    ['side.show', { ...one, show: 'follow' }],
  ] as const)
    await expect(seat.side(verb, input)).rejects.toThrow('door.wrongWindow')
  await expect(seat.call('side.get', {})).rejects.toThrow('door.wrongWindow')
})
