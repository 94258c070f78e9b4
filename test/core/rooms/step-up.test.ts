import { expect, test } from 'vitest'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { openOffice } from '#test/support/office.ts'
import { signInAt, sitting } from '#test/support/seat.ts'

test('the password is asked again before anything leaves: in its own window, for that one call, once, for two minutes', async () => {
  const place = await openOffice()
  // A trial archive asks when it is told to; from then on there is no way back.
  await sitting(place, 'anquan', async (seat) => {
    await seat.call('settings.setPolicy', { name: 'exportStepUp', value: 1 })
    await expect(seat.call('settings.setPolicy', { name: 'exportStepUp', value: 0 })).rejects.toMatchObject({
      code: 'settings.belowFloor',
    })
  })
  let ahead = 0
  const seat = await signInAt(place, 'chengban', () => new Date(Date.now() + ahead).toISOString())
  const ask = { columns: ['matter' as const], format: 'csv' as const, folder: place.outside }
  const take = (text = '') => seat.call('cases.export', { ...ask, text })
  const stopped = { code: 'door.stepUp', params: { verb: 'cases.export' } }
  const give = () => seat.stepUp('session.stepUp', { password: trialPassword })

  expect(await seat.stepUp('session.stepUpAsked', {})).toBeNull()
  await expect(give()).rejects.toMatchObject({ code: 'session.nothingAsked' })
  await expect(take()).rejects.toMatchObject(stopped)
  expect(await seat.stepUp('session.stepUpAsked', {})).toEqual({ verb: 'cases.export', name: '孙某某' })
  // Neither the case window nor the room's screen can answer for the person.
  for (const foreign of [seat.call, seat.side, seat.door])
    await expect(foreign('session.stepUp', { password: trialPassword })).rejects.toMatchObject({
      code: 'door.wrongWindow',
    })
  await expect(seat.stepUp('session.stepUp', { password: 'falsch' })).rejects.toMatchObject({
    code: 'session.wrongPassword',
  })
  await expect(take()).rejects.toMatchObject(stopped)

  await give()
  expect((await take()).file).toContain(place.outside)
  // Used up.
  await expect(take()).rejects.toMatchObject(stopped)
  await give()
  // Given for one call, another one leaves nothing, and takes the leave of the first with it.
  await expect(take('别的')).rejects.toMatchObject(stopped)
  await expect(take()).rejects.toMatchObject(stopped)
  await give()
  ahead = 121_000
  await expect(take()).rejects.toMatchObject(stopped)
  ahead += 121_000
  await expect(give()).rejects.toMatchObject({ code: 'session.nothingAsked' })
  await seat.leave()

  await sitting(place, 'shenji', async (auditor) => {
    const lines = await auditor.call('audit.list', { action: 'session.stepUp', before: null })
    expect(JSON.stringify(lines)).toContain('session.wrongPassword')
  })
})
