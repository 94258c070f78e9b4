import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { listKeyFiles } from '#electron/core/accounts/key-files.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { encryptionKeyOf, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { unwrapKey } from '#electron/crypto/keyring.ts'
import { openRecovery, recoveryFile } from '#electron/crypto/recovery.ts'
import { pdfText } from '#test/documents/readers.ts'
import { openOffice } from '#test/support/office.ts'
import { openSeat, sitting } from '#test/support/seat.ts'

type Place = Awaited<ReturnType<typeof openOffice>>
const by = (login: string) => ({ login, password: trialPassword })
const officers = { securityOfficer: by('anquan'), auditor: by('shenji') }
const people = {
  holders: [by('zhuyao'), by('fenguan')] as [ReturnType<typeof by>, ReturnType<typeof by>],
  third: 'chuzhang',
  ...officers,
}

async function made(place: Place): Promise<[string, string, string]> {
  const seat = openSeat(place)
  try {
    const { sheets } = await seat.door('accounts.makeSheets', people)
    const [a, b, c] = sheets
    if (!a || !b || !c) throw new Error('three sheets')
    // A slip of the finger: nothing is written, and it can be typed again.
    await expect(seat.door('accounts.checkSheets', { sheets: [a, b, a] })).rejects.toMatchObject({
      code: 'sheet.twice',
    })
    await seat.door('accounts.checkSheets', { sheets: [a.toLowerCase(), b.replaceAll('-', ' '), c] })
    return [a, b, c]
  } finally {
    await seat.leave()
  }
}

async function use(place: Place, act: 'used' | 'rehearsed', sheets: [string, string], login = ''): Promise<void> {
  const seat = openSeat(place)
  try {
    await seat.door('accounts.useSheets', { act, sheets, login, ...officers })
  } finally {
    await seat.leave()
  }
}

describe('recovery sheets', () => {
  test('three blank forms leave for the holders to fill in by hand, with room for every symbol and no secret', async () => {
    const place = await openOffice()
    const { genesis } = (await place.at('anquan')).session.archive.ledger
    await place.leave('anquan')
    const { files } = await sitting(place, 'anquan', (seat) =>
      seat.call('accounts.blankSheets', { folder: place.outside }),
    )
    expect(files).toHaveLength(3)
    for (const [index, file] of files.entries()) {
      const text = pdfText(readFileSync(file)).replace(/\s/g, '')
      expect(text).toContain(`第${index + 1}张共3张`)
      // 128 bits in base32 and the check symbol, each in a box of its own.
      expect([...text].filter((one) => one === '□')).toHaveLength(Math.ceil(128 / 5) + 1)
      expect(text).toContain(genesis.slice(0, 16).toUpperCase())
    }
  })

  test('any two rehearse; one, a foreign one or an old one opens nothing; used they are void and the keys are due [attack 5]', async () => {
    const place = await openOffice()
    await expect(use(place, 'rehearsed', ['0', '1'])).rejects.toMatchObject({ code: 'recovery.none' })
    const old = await made(place)
    const sheets = await made(place)
    await use(place, 'rehearsed', [sheets[2], sheets[0]])
    await expect(use(place, 'rehearsed', [sheets[0], sheets[0]])).rejects.toMatchObject({ code: 'sheet.twice' })
    await expect(use(place, 'rehearsed', [old[0], old[1]])).rejects.toMatchObject({ code: 'sheet.foreign' })
    await expect(use(place, 'rehearsed', [sheets[0], old[1]])).rejects.toMatchObject({ code: 'sheet.foreign' })

    // Attack 5: all officers' passwords, the device secret, the folder and one sheet give no key of cases.db.
    const layout = archiveLayout(place.folder)
    const file = v.parse(recoveryFile, JSON.parse(readFileSync(layout.recoveryKey, 'utf8')))
    const now = new Date().toISOString()
    for (const login of ['xitong', 'anquan', 'shenji']) {
      const { archive } = await unlockArchive({ ...place, ...by(login), now })
      expect(archive.cases).toBeNull()
      // Nor does an officer's key open what was wrapped for somebody else.
      const wraps = listKeyFiles(layout.accounts).flatMap((one) => one.wraps.cases ?? [])
      expect(wraps.length).toBeGreaterThan(0)
      for (const wrap of wraps)
        expect(() => unwrapKey(encryptionKeyOf(archive), wrap.data, wrap.keyId)).toThrow(
          expect.objectContaining({ code: 'keyring.wrapBroken' }),
        )
      await archive.office.close()
    }
    for (const other of [sheets[0], '20000-00000-00000-00000-00000-000-0'])
      expect(() => openRecovery(file, [sheets[0], other], 'ab'.repeat(32))).toThrow()

    // Every business account is lost but one, which is activated again and has no key until the sheets give it one.
    const seat = openSeat(place)
    await seat.door('accounts.activate', {
      systemAdmin: by('xitong'),
      securityOfficer: by('anquan'),
      login: 'jilu',
      name: '郝某某',
      office: '监督处',
      roles: ['minuteTaker'],
      password: 'wangle-mima-1',
    })
    await seat.leave()
    await expect(unlockArchive({ ...place, login: 'jilu', password: 'wangle-mima-1', now })).rejects.toMatchObject({
      code: 'signin.pending',
    })
    await expect(use(place, 'used', [sheets[0], sheets[1]], 'xitong')).rejects.toMatchObject({
      code: 'accounts.officer',
    })
    await use(place, 'used', [sheets[0], sheets[1]], 'jilu')
    const { archive } = await unlockArchive({ ...place, login: 'jilu', password: 'wangle-mima-1', now })
    expect(archive.cases).not.toBeNull()
    await Promise.all([archive.office.close(), archive.cases?.close()])
    await expect(use(place, 'rehearsed', [sheets[0], sheets[1]])).rejects.toMatchObject({ code: 'recovery.none' })
    await sitting(place, 'shenji', async (auditor) => {
      expect(await auditor.call('settings.duties', {})).toMatchObject({ renewals: ['cases', 'office'] })
      expect((await auditor.call('audit.list', { before: null, action: 'recovery.' })).total).toBe(4)
      expect(await auditor.call('audit.verify', { job: 'check' })).toMatchObject({ intact: true })
    })
  })

  test('the sheets follow a renewal of the keys', async () => {
    const place = await openOffice()
    const sheets = await made(place)
    await sitting(place, 'zhuyao', (seat) => seat.call('accounts.renewKey', { database: 'cases' }))
    await sitting(place, 'fenguan', async (seat) => {
      const [act] = await seat.call('accounts.waiting', {})
      if (act) await seat.call('accounts.confirm', { seq: act.seq, hash: act.hash })
    })
    await sitting(place, 'jilu', (seat) => seat.call('today.get', {}))
    await use(place, 'rehearsed', [sheets[1], sheets[2]])
  })
})

describe('the device secret on paper', () => {
  test('opens the archive on a new machine, where business waits for both officers', async () => {
    const place = await openOffice()
    await sitting(place, 'chengban', (seat) => seat.call('today.get', {}))
    const seat = openSeat(place)
    await expect(seat.door('accounts.devicePaper', { systemAdmin: by('anquan') })).rejects.toMatchObject({
      code: 'accounts.notOfficer',
    })
    const { paper } = await seat.door('accounts.devicePaper', { systemAdmin: by('xitong') })
    await expect(seat.door('accounts.restoreDevice', { paper })).rejects.toMatchObject({ code: 'device.present' })
    await seat.leave()

    const elsewhere = { folder: place.folder, machineFolder: join(place.outside, 'new-machine') }
    const fresh = openSeat(elsewhere)
    await expect(fresh.door('session.signIn', by('chengban'))).rejects.toMatchObject({ code: 'device.missing' })
    const wrong = `${paper[0] === '0' ? '1' : '0'}${paper.slice(1)}`
    await expect(fresh.door('accounts.restoreDevice', { paper: wrong })).rejects.toMatchObject({ code: 'slip.check' })
    await fresh.door('accounts.restoreDevice', { paper: paper.toLowerCase() })
    await fresh.door('session.signIn', by('chengban'))
    expect(await fresh.call('session.current', {})).toMatchObject({ findings: [{ kind: 'newMachine' }] })
    await expect(fresh.call('today.get', {})).rejects.toMatchObject({ code: 'halt.stopped' })
    await fresh.leave()
    rmSync(elsewhere.machineFolder, { recursive: true })
  })
})
