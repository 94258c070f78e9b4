import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActivationRequest, activateAccount, handOver } from '#electron/core/accounts/activation.ts'
import { Ceremony } from '#electron/core/accounts/ceremony.ts'
import type { Founder } from '#electron/core/accounts/founding.ts'
import { appendRecord } from '#electron/core/accounts/ledger.ts'
import { casesKeyOf, ledgerOf, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import type { OpenArchive } from '#electron/core/session/types.ts'
import { keyId } from '#electron/crypto/fingerprint.ts'
import { signedBy } from '#electron/crypto/signature.ts'
import { suiteFolder } from '#test/support/folders.ts'

const now = '2026-11-24T01:00:00.000Z'
const { folder: root, remove } = suiteFolder()
const folder = join(root, 'archive')
const machineFolder = join(root, 'machine')

const person = (login: string, name: string, roles: Founder['roles']): Founder => ({
  login,
  name,
  office: '办公室',
  roles,
  password: `${login}-mima-2026`,
})
const founders = [
  person('xitong', '罗某某', ['systemAdmin']),
  person('anquan', '秦某某', ['securityOfficer']),
  person('shenji', '许某某', ['auditor']),
  // The head of an office is its 定密责任人 by office (保密法 16).
  person('zhuyao', '严某某', ['chiefLeader', 'classifier']),
  person('chengban', '孙某某', ['caseOfficer']),
]

const passwordOf = (login: string): string => `${login}-mima-2026`
const signIn = (login: string, password = passwordOf(login)) =>
  unlockArchive({ folder, machineFolder, login, password, now })
async function close(archive: OpenArchive): Promise<void> {
  await Promise.all([archive.office.close(), archive.cases?.close()])
}

describe('the ceremony of a production archive', () => {
  const ceremony = new Ceremony(folder, '某市国资委', 'secret')

  test('says what is missing and founds nothing before it is complete', async () => {
    expect(ceremony.state().missing).toEqual(['systemAdmin', 'securityOfficer', 'auditor', 'chiefLeader'])
    for (const founder of founders.slice(0, 3)) ceremony.enrol(founder)
    expect(ceremony.state().missing).toEqual(['chiefLeader'])
    await expect(ceremony.complete(machineFolder, now)).rejects.toMatchObject({
      code: 'archive.incomplete',
      params: { missing: 'chiefLeader' },
    })
    expect(readdirSync(root)).toEqual([])
  })

  test.each([
    ['an officer with a business role', person('x1', '何某某', ['auditor', 'archivist']), 'accounts.separation'],
    ['two offices in one hand', person('x2', '何某某', ['systemAdmin', 'auditor']), 'accounts.separation'],
    ['an office held twice', person('x3', '何某某', ['systemAdmin']), 'accounts.officerTwice'],
    ['a login taken, whatever its case', person('XiTong', '何某某', ['archivist']), 'accounts.loginTaken'],
    ['a short password', { ...person('x4', '何某某', ['archivist']), password: 'a1b2c3' }, 'password.weak'],
    [
      'a password of letters only',
      { ...person('x5', '何某某', ['archivist']), password: 'abcdefghijkl' },
      'password.weak',
    ],
  ])('refuses %s', (_name, founder, code) => {
    expect(() => ceremony.enrol(founder)).toThrow(expect.objectContaining({ code }))
  })

  test('founds an archive that lets each person in, officers without cases.db', async () => {
    for (const founder of founders.slice(3)) ceremony.enrol(founder)
    await ceremony.complete(machineFolder, now)
    expect(readdirSync(root).sort()).toEqual(['archive', 'machine'])
    expect(readdirSync(folder)).not.toContain('founding')
    for (const { login, roles } of founders) {
      const { archive } = await signIn(login)
      expect(archive.ledger.kind).toBe('production')
      expect(archive.identity.roles).toEqual(roles)
      expect(archive.cases === null).toBe(
        roles.some((role) => ['systemAdmin', 'securityOfficer', 'auditor'].includes(role)),
      )
      await close(archive)
    }
  })

  test('does not begin over an archive', () => {
    expect(() => new Ceremony(folder, '某市国资委', 'secret')).toThrow(
      expect.objectContaining({ code: 'archive.folderTaken' }),
    )
  })
})

describe('activation and hand-over', () => {
  const credentials = (login: string) => ({ login, password: passwordOf(login) })
  const request: ActivationRequest = {
    folder,
    machineFolder,
    now,
    systemAdmin: credentials('xitong'),
    securityOfficer: credentials('anquan'),
    login: 'dingmi',
    name: '魏某某',
    office: '办公室',
    roles: ['minuteTaker', 'classifier'],
    password: passwordOf('dingmi'),
  }
  let activated: Awaited<ReturnType<typeof activateAccount>>

  test.each([
    ['one officer in both chairs', { securityOfficer: credentials('xitong') }, 'accounts.notOfficer'],
    ['the auditor in an officer’s chair', { systemAdmin: credentials('shenji') }, 'accounts.notOfficer'],
    ['a wrong password of an officer', { systemAdmin: { login: 'xitong', password: 'x' } }, 'signin.wrong'],
    ['a login that is taken', { login: 'chengban' }, 'accounts.loginTaken'],
  ])('refuses %s', async (_name, change, code) => {
    await expect(activateAccount({ ...request, ...change })).rejects.toMatchObject({ code })
  })

  test('a new account waits for the key of cases.db', async () => {
    activated = await activateAccount(request)
    await expect(signIn('dingmi')).rejects.toMatchObject({ code: 'signin.pending' })
  })

  test('a key holder with another slip, and an officer with the right one, hand over nothing', async () => {
    const { slip, accountId } = activated
    const officer = await signIn('anquan')
    await expect(
      officer.archive.office.transaction((trx) => handOver(officer.archive, trx, accountId, slip, now)),
    ).rejects.toMatchObject({ code: 'accounts.noKey' })
    await close(officer.archive)

    const { archive } = await signIn('zhuyao')
    const other = await activateAccount({ ...request, login: 'jilu', roles: ['minuteTaker'] })
    await expect(
      archive.office.transaction((trx) => handOver(archive, trx, accountId, other.slip, now)),
    ).rejects.toMatchObject({ code: 'slip.differs' })
    await close(archive)
    await expect(signIn('dingmi')).rejects.toMatchObject({ code: 'signin.pending' })
  })

  test('the slip typed by the 主要负责同志 opens cases.db and confirms the waiting role', async () => {
    const { archive } = await signIn('zhuyao')
    await archive.office.transaction((trx) =>
      handOver(archive, trx, activated.accountId, activated.slip.toLowerCase(), now),
    )
    await close(archive)
    const opened = await signIn('dingmi')
    expect(opened.archive.identity.roles).toEqual(['minuteTaker', 'classifier'])
    expect(keyId(casesKeyOf(opened.archive))).toBe(ledgerOf(opened.archive).ledger.keyId('cases'))
    await close(opened.archive)
  })

  test('a kill between ledger and key file leaves an account that is activated again', async () => {
    const layout = archiveLayout(folder)
    const lost = await activateAccount({ ...request, login: 'dangan', roles: ['archivist'] })
    rmSync(join(layout.accounts, `${lost.accountId}.key`))
    const again = await activateAccount({ ...request, login: 'dangan', roles: ['archivist'] })
    expect(again.slip).not.toBe(lost.slip)
    const { archive } = await signIn('zhuyao')
    await expect(
      archive.office.transaction((trx) => handOver(archive, trx, again.accountId, lost.slip, now)),
    ).rejects.toMatchObject({ code: 'slip.differs' })
    await archive.office.transaction((trx) => handOver(archive, trx, again.accountId, again.slip, now))
    await close(archive)
    await close((await signIn('dangan', request.password)).archive)
  })

  test('a key holder activated again is the same account: what it signed and handed over before stands', async () => {
    const before = await signIn('zhuyao')
    const signature = before.archive.identity.sign('act', { n: 1 })
    const { id } = before.archive.identity
    await close(before.archive)
    const roles = ['chiefLeader', 'classifier'] as const
    const again = await activateAccount({ ...request, login: 'zhuyao', name: '严某某', roles, password: 'wangle-2026' })
    expect(again.accountId).toBe(id)
    await expect(signIn('zhuyao')).rejects.toMatchObject({ code: 'signin.wrong' })
    await expect(signIn('zhuyao', 'wangle-2026')).rejects.toMatchObject({ code: 'signin.pending' })

    const { archive } = await signIn('dangan', request.password)
    const account = archive.ledger.account(id)
    expect(account && signedBy(account, 'act', archive.ledger.genesis, { n: 1 }, signature)).toBe(true)
    await archive.office.transaction((trx) => handOver(archive, trx, id, again.slip, now))
    await close(archive)
    const back = await signIn('zhuyao', 'wangle-2026')
    expect(back.archive.identity.roles).toEqual(roles)
    await close(back.archive)
    // Handed over by the earlier keys of the same account.
    await close((await signIn('dingmi')).archive)
  })

  test('a disabled account is let in no more, and nobody signs for it', async () => {
    const { archive } = await signIn('anquan')
    const { ledger, signer } = ledgerOf(archive)
    await archive.office.transaction((trx) =>
      appendRecord(trx, ledger, 'disable', { account: activated.accountId, reason: '调离', at: now }, signer),
    )
    expect(ledger.account(activated.accountId)?.state).toBe('disabled')
    await close(archive)
    await expect(signIn('dingmi')).rejects.toMatchObject({ code: 'signin.disabled' })
  })
})

describe('files changed between two sign-ins', () => {
  let file: string
  let text: string
  beforeAll(() => {
    const layout = archiveLayout(folder)
    file = readdirSync(layout.accounts)
      .map((name) => join(layout.accounts, name))
      .find((path) => readFileSync(path, 'utf8').includes('"chengban"')) as string
    text = readFileSync(file, 'utf8')
  })

  test.each([
    [
      'another salt',
      (key: Record<string, unknown>) => ({ ...key, kdf: { ...(key.kdf as object), salt: 'A'.repeat(44) } }),
      'signin.wrong',
    ],
    [
      'a password date of tomorrow',
      (key: Record<string, unknown>) => ({ ...key, passwordSince: '2027-01-01T00:00:00.000Z' }),
      'signin.wrong',
    ],
    [
      'an N beyond all measure',
      (key: Record<string, unknown>) => ({ ...key, kdf: { ...(key.kdf as object), n: 2 ** 30 } }),
      'keyring.excessiveKdf',
    ],
    [
      'another device',
      (key: Record<string, unknown>) => ({ ...key, kdf: { ...(key.kdf as object), device: '0'.repeat(32) } }),
      'device.mismatch',
    ],
  ])('%s in a key file opens nothing', async (_name, change, code) => {
    writeFileSync(file, JSON.stringify(change(JSON.parse(text))))
    await expect(signIn('chengban')).rejects.toMatchObject({ code })
    writeFileSync(file, text)
  })

  test('the true file opens again', async () => {
    await close((await signIn('chengban')).archive)
  })

  test('a damaged CA key stops an activation, not the work', async () => {
    const { caKey } = archiveLayout(folder)
    const before = readFileSync(caKey, 'utf8')
    const content = JSON.parse(before)
    writeFileSync(
      caKey,
      JSON.stringify({ ...content, halves: { ...content.halves, systemAdmin: content.halves.securityOfficer } }),
    )
    await expect(
      activateAccount({
        folder,
        machineFolder,
        now,
        systemAdmin: { login: 'xitong', password: passwordOf('xitong') },
        securityOfficer: { login: 'anquan', password: passwordOf('anquan') },
        login: 'baomi',
        name: '谢某某',
        office: '办公室',
        roles: ['secrecyOfficer'],
        password: passwordOf('baomi'),
      }),
    ).rejects.toMatchObject({ code: 'keyring.wrapBroken' })
    writeFileSync(caKey, before)
    expect(existsSync(caKey)).toBe(true)
    await close((await signIn('chengban')).archive)
  })
})

afterAll(remove)
