import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { activateAccount } from '#electron/core/accounts/activation.ts'
import { listKeyFiles } from '#electron/core/accounts/key-files.ts'
import { Ledger, type LedgerRecord } from '#electron/core/accounts/ledger.ts'
import type { Body } from '#electron/core/accounts/ledger-kinds.ts'
import { type Replacement, renewAuthority, replaceOfficer } from '#electron/core/accounts/officers.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { openOffice as openLedger, proveAccount, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import type { SigningKey } from '#electron/crypto/token.ts'
import { openOffice } from '#test/support/office.ts'
import { sitting } from '#test/support/seat.ts'

type Place = Awaited<ReturnType<typeof openOffice>>
const credentials = (login: string) => ({ login, password: trialPassword })
const at = () => new Date().toISOString()

const newAdmin: Replacement = {
  role: 'systemAdmin',
  officers: [credentials('anquan'), credentials('shenji')],
  chiefLeader: credentials('zhuyao'),
  login: 'xitong2',
  name: '邹某某',
  office: '信息中心',
  password: trialPassword,
  reason: '原系统管理员调离',
}

const replace = (place: Place, part: Partial<Replacement> = {}) =>
  replaceOfficer({ ...place, now: at() }, { ...newAdmin, ...part })

const activate = (place: Place, login: string, systemAdmin: string, securityOfficer = 'anquan') =>
  activateAccount({
    ...place,
    now: at(),
    systemAdmin: credentials(systemAdmin),
    securityOfficer: credentials(securityOfficer),
    login,
    name: '尹某某',
    office: '监督处',
    roles: ['caseOfficer'],
    password: trialPassword,
  })

/** What an account of the archive sees of itself, and the key it signs with. */
async function holder(place: Place, login: string) {
  const { file, keys } = await proveAccount({ ...place, now: at(), ...credentials(login) })
  const { office, ledger } = await openLedger(archiveLayout(place.folder).officeDatabase, file, keys)
  const records = await office.knex<LedgerRecord>('ledger').orderBy('seq')
  await office.close()
  return { id: file.id, key: keys.signing, ledger, records }
}

async function enter(place: Place, login: string) {
  const { archive } = await unlockArchive({ ...place, now: at(), ...credentials(login) })
  await Promise.all([archive.office.close(), archive.cases?.close()])
  return archive
}

test('an officer replaced: by the two others, a 主要负责同志 and the newcomer, without the one who leaves', async () => {
  const place = await openOffice()
  const { accounts, caKey } = archiveLayout(place.folder)
  const files = () => [readFileSync(caKey, 'utf8'), listKeyFiles(accounts).length]
  const untouched = files()
  const refused: readonly [Partial<Replacement>, string][] = [
    // The leaver has no say, one officer is not two, a deputy is not the head of the office.
    [{ officers: [credentials('anquan'), credentials('xitong')] }, 'accounts.notOfficer'],
    [{ officers: [credentials('anquan'), credentials('anquan')] }, 'accounts.notOfficer'],
    [{ chiefLeader: credentials('fenguan') }, 'accounts.notLeader'],
    // Whoever has an account may know the key of cases.db.
    [{ login: 'jilu' }, 'accounts.loginTaken'],
    [{ password: 'abc' }, 'password.weak'],
  ]
  for (const [part, code] of refused) await expect(replace(place, part)).rejects.toMatchObject({ code })
  expect(files()).toEqual(untouched)

  const before = await enter(place, 'shenji')
  const { accountId } = await replace(place)
  await expect(enter(place, 'xitong')).rejects.toMatchObject({ code: 'signin.disabled' })
  const { ledger, cases, identity } = await enter(place, 'xitong2')
  expect([identity.id, identity.roles, cases]).toEqual([accountId, ['systemAdmin'], null])
  // Half of the old CA's key left with the officer: a new CA certifies from now on, the old one stands for the others.
  expect(ledger.caCertificate).not.toBe(before.ledger.caCertificate)
  expect(ledger.authorities()).toEqual([before.ledger.caCertificate, ledger.caCertificate])
  const clerk = ledger.accounts().find((one) => one.login === 'chengban')
  expect(ledger.authorityOf(clerk?.id ?? '')).toBe(before.ledger.caCertificate)
  expect(ledger.authorityOf(accountId)).toBe(ledger.caCertificate)
  await expect(activate(place, 'yin', 'xitong')).rejects.toMatchObject({ code: 'accounts.notOfficer' })
  await activate(place, 'yin', 'xitong2')
  await sitting(place, 'anquan', async (seat) => {
    expect(await seat.call('settings.duties', {})).toMatchObject({ renewals: ['office'] })
  })

  // 安全审计员 holds no half: the two officers and their CA stay.
  const auditors = {
    role: 'auditor',
    officers: [credentials('anquan'), credentials('xitong2')],
    login: 'shenji2',
  } as const
  await replace(place, auditors)
  await expect(enter(place, 'shenji')).rejects.toMatchObject({ code: 'signin.disabled' })
  expect((await enter(place, 'shenji2')).ledger.caCertificate).toBe(ledger.caCertificate)
  await sitting(place, 'shenji2', async (seat) => {
    expect(await seat.call('audit.verify', { job: 'check' })).toMatchObject({ intact: true })
  })
})

test('a replacement written past the program: nobody takes an office without holding the keys the record brings', async () => {
  const place = await openOffice()
  const security = await holder(place, 'anquan')
  const others = [await holder(place, 'shenji'), await holder(place, 'zhuyao')]
  const admin = await holder(place, 'xitong')
  const clerk = security.ledger.accounts().find((one) => one.login === 'chengban')
  if (clerk === undefined) throw new Error('no clerk')
  const { signingCertificate, encryptionCertificate } = clerk
  const account = { id: '01KB00000000000000000000ZZ', login: 'x9', name: '某某', office: '某处' }
  const body: Body<'officerReplaced'> = {
    role: 'auditor',
    from: others[0]?.id ?? '',
    account: { ...account, signingCertificate, encryptionCertificate },
    authority: '',
    reason: '',
    at: at(),
  }
  const ledger = security.ledger.fork()
  ledger.accept(ledger.compose('officerReplaced', body, security.id, security.key))
  const { seq, hash } = ledger.head()
  const confirm = (by: { readonly id: string; readonly key: SigningKey }) =>
    ledger.compose('confirm', { of: seq, hash, at: at() }, by.id, by.key)
  const reason = (text: string) => expect.objectContaining({ params: { seq: seq + 1, reason: text } })
  // The one who is replaced has no say in who follows.
  expect(() => ledger.fork().accept(confirm(others[0] ?? security))).toThrow(reason('notEntitled'))
  expect(() => ledger.fork().accept(confirm({ id: account.id, key: security.key }))).toThrow(reason('signature'))
  for (const one of [admin, others[1] ?? admin]) ledger.accept(confirm(one))
  expect(ledger.holds(account.id, 'auditor')).toBe(false)
  expect(ledger.holds(body.from, 'auditor')).toBe(true)
})

describe('the CA', () => {
  test('renewed by both officers: who is activated afterwards is certified by it, a kill at either side finds the right key', async () => {
    const place = await openOffice()
    const { caKey } = archiveLayout(place.folder)
    const old = `${caKey}.old`
    copyFileSync(caKey, old)
    const officers = { systemAdmin: credentials('xitong'), securityOfficer: credentials('anquan') }
    await expect(
      renewAuthority({ ...place, now: at() }, { ...officers, systemAdmin: credentials('shenji') }),
    ).rejects.toMatchObject({ code: 'accounts.notOfficer' })
    const { certificate } = await renewAuthority({ ...place, now: at() }, officers)
    const next = readFileSync(caKey)

    // Killed after the record, before the file took its name.
    writeFileSync(`${caKey}.next`, next)
    copyFileSync(old, caKey)
    const { accountId } = await activate(place, 'yin', 'xitong')
    const { ledger } = await enter(place, 'anquan')
    expect(certificateFingerprint(ledger.authorityOf(accountId))).toBe(certificateFingerprint(certificate))

    // Killed before the record: the file that waits belongs to no CA of the ledger and is passed over.
    copyFileSync(old, `${caKey}.next`)
    await activate(place, 'yin2', 'xitong')
    // The key of an earlier CA put back by hand certifies nobody.
    copyFileSync(old, caKey)
    await expect(activate(place, 'yin3', 'xitong')).rejects.toMatchObject({ code: 'ca.damaged' })
  })
})

describe('certificates revoked', () => {
  test('by both officers in turn: the account is out until it is activated again, and an officer cannot be put out so', async () => {
    const place = await openOffice()
    const { id } = await holder(place, 'chengban')
    const auditor = await holder(place, 'shenji')
    await sitting(place, 'anquan', async (seat) => {
      await expect(seat.call('accounts.revoke', { accountId: auditor.id, reason: '可疑' })).rejects.toMatchObject({
        code: 'accounts.officerStays',
      })
      await seat.call('accounts.revoke', { accountId: id, reason: '密钥文件外流' })
      await expect(seat.call('accounts.revoke', { accountId: id, reason: '再来' })).rejects.toMatchObject({
        code: 'waiting.already',
      })
    })
    // One signature revokes nothing.
    await enter(place, 'chengban')
    await sitting(place, 'xitong', async (seat) => {
      const act = (await seat.call('accounts.waiting', {})).find((one) => one.kind === 'certificateRevoked')
      expect(act?.facts.map((fact) => fact.value)).toContain('孙某某')
      await seat.call('accounts.confirm', { seq: act?.seq ?? 0, hash: act?.hash ?? '' })
    })
    await expect(enter(place, 'chengban')).rejects.toMatchObject({ code: 'signin.disabled' })
    await sitting(place, 'anquan', async (seat) => {
      expect(await seat.call('settings.duties', {})).toMatchObject({ renewals: ['cases', 'office'] })
    })
    const { records } = await holder(place, 'shenji')
    expect(() => Ledger.replay(records, null)).not.toThrow()
  })
})
