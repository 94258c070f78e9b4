import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openOffice } from '#test/support/office.ts'
import { sitting } from '#test/support/seat.ts'

test('a checkpoint file fits later; an altered or a foreign one says so', async () => {
  const place = await openOffice()
  await sitting(place, 'chengban', (seat) => seat.call('today.get', {}))
  const made = await sitting(place, 'shenji', (seat) =>
    seat.call('audit.checkpoint', { note: '月末', folder: place.outside }),
  )
  if (made.file === null) throw new Error('no file')
  const { file } = made
  const altered = join(place.outside, 'altered.json')
  writeFileSync(altered, readFileSync(file, 'utf8').replace(`"seq": ${made.seq}`, `"seq": ${made.seq - 1}`))
  await sitting(place, 'shenji', async (seat) => {
    expect(await seat.call('audit.compare', { file })).toEqual({ verdict: 'fits', seq: made.seq })
    expect(await seat.call('audit.compare', { file: altered })).toEqual({ verdict: 'foreign', seq: 0 })
    expect(await seat.call('audit.compare', { file: import.meta.filename })).toEqual({ verdict: 'foreign', seq: 0 })
    await expect(seat.call('audit.checkpoint', { note: '再签', folder: '/nowhere' })).rejects.toThrow()
  })
})

test('the log is filtered by account, object, result and day', async () => {
  const place = await openOffice()
  await sitting(place, 'chengban', async (seat) => {
    await seat.call('today.get', {})
    await expect(seat.call('settings.policies', {})).rejects.toMatchObject({ code: 'door.role' })
  })
  await sitting(place, 'shenji', async (seat) => {
    const { id } = (await seat.call('session.colleagues', {})).find((one) => one.login === 'chengban') ?? { id: '' }
    const all = { before: null, action: '' }
    const refused = await seat.call('audit.list', { ...all, account: id, result: 'refused' })
    expect(refused.lines).toMatchObject([{ action: 'settings.policies', result: 'door.role' }])
    const mine = await seat.call('audit.list', { ...all, account: id, result: 'ok' })
    expect(mine.lines.map((line) => line.action)).toContain('today.get')
    expect((await seat.call('audit.list', { ...all, from: '2000-01-01', to: '2000-01-02' })).total).toBe(0)
    expect((await seat.call('audit.list', { ...all, object: 'nothing-like-that' })).total).toBe(0)
  })
})

test('the log is checked beside the work: progress is told, business goes on, and it can be called off', async () => {
  const place = await openOffice()
  await sitting(place, 'shenji', async (seat) => {
    const checking = seat.call('audit.verify', { job: 'check' })
    const { total } = await seat.call('audit.list', { before: null, action: '' })
    // The line that was written meanwhile is not judged: what stood there at the beginning is.
    expect(await checking).toMatchObject({ intact: true, lines: expect.any(Number), clockBack: null })
    const told = seat.pushed.filter(({ event }) => event === 'jobs.progress').map(({ payload }) => payload)
    expect(told).toContainEqual({ job: 'check', step: 'audit', done: 0, total: expect.any(Number) })
    expect(total).toBeGreaterThan(0)

    const stopped = seat.call('audit.verify', { job: 'stopped' })
    const refused = expect(stopped).rejects.toMatchObject({ code: 'jobs.cancelled' })
    await seat.call('audit.cancel', { job: 'stopped' })
    await refused
    const { lines } = await seat.call('audit.list', { before: null, action: 'audit.' })
    expect(lines.map((line) => [line.action, line.result]).slice(0, 3)).toEqual([
      ['audit.verify', 'jobs.cancelled'],
      ['audit.cancel', 'ok'],
      ['audit.verify', 'ok'],
    ])
  })
})
