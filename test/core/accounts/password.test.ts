import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Founder, foundArchive } from '#electron/core/accounts/founding.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { openSeat, type Seat } from '#test/support/seat.ts'

const { folder: root, remove } = suiteFolder()
const place = { folder: join(root, 'archive'), machineFolder: join(root, 'machine') }
const day = (n: number) => new Date(Date.UTC(2027, 2, 1 + n, 1)).toISOString()
const first = (login: string) => `${login}-mima-2026`

beforeAll(async () => {
  const person = (login: string, roles: Founder['roles']): Founder => ({
    login,
    name: '罗某某',
    office: '办公室',
    roles,
    password: first(login),
  })
  await foundArchive({
    ...place,
    kind: 'production',
    unit: '某市国资委',
    machineLevel: 'confidential',
    now: day(0),
    people: [
      person('xitong', ['systemAdmin']),
      person('anquan', ['securityOfficer']),
      person('shenji', ['auditor']),
      person('zhuyao', ['chiefLeader']),
    ],
  })
})
afterAll(remove)

async function at<T>(n: number, work: (seat: Seat) => Promise<T>): Promise<T> {
  const seat = openSeat(place, () => day(n))
  try {
    return await work(seat)
  } finally {
    await seat.leave()
  }
}
const signIn = (n: number, password: string, login = 'zhuyao') =>
  at(n, (seat) => seat.door('session.signIn', { login, password }))
const change = (n: number, password: string, next: string) =>
  at(n, (seat) => seat.door('session.changePassword', { login: 'zhuyao', password, next }))

describe('passwords at 机密 (DOMAIN §2.5)', () => {
  test('the days left are told, and after a week the password must be changed first', async () => {
    expect(await signIn(1, first('zhuyao'))).toMatchObject({ passwordDaysLeft: 6, failuresSince: 0 })
    await expect(signIn(7, first('zhuyao'))).rejects.toMatchObject({ code: 'signin.expired' })
    await change(7, first('zhuyao'), 'xin-mima-0001')
    await expect(signIn(7, first('zhuyao'))).rejects.toMatchObject({ code: 'signin.wrong' })
    expect(await signIn(7, 'xin-mima-0001')).toMatchObject({ passwordDaysLeft: 7, failuresSince: 1 })
  })

  test.each([
    ['nine characters', 'abcdefg12', 'password.weak'],
    ['letters only', 'abcdefghijklm', 'password.weak'],
    ['the present one', 'xin-mima-0001', 'password.repeated'],
    ['the one before', first('zhuyao'), 'password.repeated'],
  ])('refuses %s', async (_name, next, code) => {
    await expect(change(7, 'xin-mima-0001', next)).rejects.toMatchObject({ code })
  })

  test('a wrong present password changes nothing', async () => {
    await expect(change(7, 'falsch-0001', 'xin-mima-0009')).rejects.toMatchObject({ code: 'signin.wrong' })
    await signIn(7, 'xin-mima-0001')
  })

  test('the fifth change back is still refused, the sixth is not', async () => {
    let present = 'xin-mima-0001'
    for (const n of [2, 3, 4]) {
      await change(8, present, `xin-mima-000${n}`)
      present = `xin-mima-000${n}`
    }
    await expect(change(8, present, 'xin-mima-0001')).rejects.toMatchObject({ code: 'password.repeated' })
    await change(8, present, 'xin-mima-0005')
    await change(8, 'xin-mima-0005', 'xin-mima-0001')
    await signIn(8, 'xin-mima-0001')
  })
})

describe('policy', () => {
  const second = 'neue-mima-2!'
  test('an officer with an expired password changes it like everybody', async () => {
    for (const login of ['anquan', 'xitong'])
      await at(8, (seat) => seat.door('session.changePassword', { login, password: first(login), next: second }))
  })

  test.each([
    ['passwordLength', 9],
    ['passwordDays', 8],
    ['passwordHistory', 4],
    ['lockAfter', 6],
    ['lockMinutes', 5],
    ['idleSeconds', 601],
    ['exportStepUp', 0],
    ['clipboardOut', 1],
    ['dragOut', 1],
  ] as const)('%s cannot be relaxed below its floor [attack 14]', async (name, value) => {
    await at(8, async (seat) => {
      await seat.door('session.signIn', { login: 'anquan', password: second })
      await expect(seat.call('settings.setPolicy', { name, value })).rejects.toMatchObject({
        code: 'settings.belowFloor',
      })
    })
  })

  test('a stricter one holds for everybody from then on, before sign-in too', async () => {
    await at(8, async (seat) => {
      await seat.door('session.signIn', { login: 'anquan', password: second })
      await seat.call('settings.setPolicy', { name: 'lockAfter', value: 3 })
      await seat.call('settings.setPolicy', { name: 'passwordSymbols', value: 1 })
      await seat.call('settings.setPolicy', { name: 'idleSeconds', value: 180 })
      expect(await seat.call('session.current', {})).toMatchObject({ idleSeconds: 180 })
    })
    await at(8, (seat) => seat.door('session.signIn', { login: 'xitong', password: second }))
    await expect(change(8, 'xin-mima-0001', 'ohnezeichen12')).rejects.toMatchObject({ code: 'password.symbols' })
    for (const left of [2, 1, 0]) {
      await expect(signIn(8, 'falsch')).rejects.toMatchObject({ code: 'signin.wrong', params: { left } })
    }
    await expect(signIn(8, 'xin-mima-0001')).rejects.toMatchObject({ code: 'signin.locked' })
    // 安全保密管理员 lets the account try again at once.
    await at(8, async (seat) => {
      await seat.door('session.signIn', { login: 'anquan', password: second })
      const list = await seat.call('accounts.list', {})
      const { id } = list.find((one) => one.login === 'zhuyao') ?? { id: '' }
      await seat.call('accounts.unlock', { accountId: id })
    })
    await signIn(8, 'xin-mima-0001')
  })
})
