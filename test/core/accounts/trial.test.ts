import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteAtDoor } from '#electron/core/accounts/door-log.ts'
import { createTrial, trialPassword, trialPeople } from '#electron/core/accounts/trial.ts'
import { type UnlockRequest, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import { suiteFolder } from '#test/support/folders.ts'

const now = '2026-11-24T01:00:00.000Z'
const { folder: root, remove } = suiteFolder()
const folder = join(root, 'archive')
const machineFolder = join(root, 'machine')
const request = (login: string, password = trialPassword): UnlockRequest => ({
  folder,
  machineFolder,
  login,
  password,
  now,
})

async function signIn(login: string) {
  const { archive } = await unlockArchive(request(login))
  await Promise.all([archive.office.close(), archive.cases?.close()])
  return archive
}

beforeAll(async () => {
  await createTrial({ folder, machineFolder, unit: '某市国资委', now })
})

describe('a trial archive', () => {
  test('lets every sample account in, with exactly its role, and the officers without cases.db', async () => {
    for (const person of trialPeople) {
      const archive = await signIn(person.login)
      expect(archive.identity.roles).toEqual(person.roles)
      expect(archive.ledger.kind).toBe('trial')
      expect(archive.cases === null).toBe(person.roles.some(isOfficerRole))
    }
  })

  test('keeps no real name and no password outside the encrypted databases', () => {
    const text = readdirSync(join(folder, 'accounts'))
      .map((name) => readFileSync(join(folder, 'accounts', name), 'utf8'))
      .join('')
    for (const person of trialPeople) expect(text).not.toContain(person.name)
    expect(text).not.toContain(trialPassword)
  })

  test('leaves nothing beside the archive folder', () => {
    expect(readdirSync(root).sort()).toEqual(['archive', 'machine'])
  })

  test('is not founded over anything that stands there', async () => {
    await expect(createTrial({ folder, machineFolder, unit: '某市国资委', now })).rejects.toMatchObject({
      code: 'archive.folderTaken',
    })
  })
})

describe('sign-in', () => {
  test('a wrong password is counted, and the count is cleared by the right one', async () => {
    await expect(unlockArchive(request('jilu', 'wrong'))).rejects.toMatchObject({
      code: 'signin.wrong',
      params: { left: 4 },
    })
    const { archive, failuresSince } = await unlockArchive(request('jilu'))
    await Promise.all([archive.office.close(), archive.cases?.close()])
    expect(failuresSince).toBe(1)
    await expect(unlockArchive(request('jilu', 'wrong'))).rejects.toMatchObject({ params: { left: 4 } })
  })

  test('five failures rest the account for a quarter of an hour, also with the right password', async () => {
    const layout = archiveLayout(folder)
    const file = JSON.parse(readFileSync(join(layout.accounts, accountFile('baomi')), 'utf8'))
    for (let n = 0; n < 5; n += 1) noteAtDoor(layout.doorLog, 'signin.wrong', file.id, now)
    await expect(unlockArchive(request('baomi'))).rejects.toMatchObject({
      code: 'signin.locked',
      params: { minutes: 15 },
    })
    const later = { ...request('baomi'), now: '2026-11-24T01:16:00.000Z' }
    const { archive } = await unlockArchive(later)
    await Promise.all([archive.office.close(), archive.cases?.close()])
  })

  test('an unknown account fails like a wrong password', async () => {
    await expect(unlockArchive(request('nobody'))).rejects.toMatchObject({ code: 'signin.wrong' })
  })

  test('weaker KDF parameters in a key file are refused, not used', async () => {
    const copy = join(root, 'weak')
    cpSync(folder, copy, { recursive: true })
    const path = join(copy, 'accounts', accountFile('jilu'))
    const file = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...file, kdf: { ...file.kdf, n: 2 ** 14 } }))
    await expect(unlockArchive({ ...request('jilu'), folder: copy })).rejects.toMatchObject({ code: 'keyring.weakKdf' })
  })

  test('a copied folder opens with no password on a machine without the device secret', async () => {
    const other = join(root, 'other-machine')
    await expect(unlockArchive({ ...request('jilu'), machineFolder: other })).rejects.toMatchObject({
      code: 'device.missing',
    })
    expect(existsSync(other)).toBe(false)
  })

  test('an officer who wraps a key of his own for a clerk is not obeyed [attack 2]', async () => {
    const copy = join(root, 'planted')
    cpSync(folder, copy, { recursive: true })
    const path = join(copy, 'accounts', accountFile('jilu'))
    const file = JSON.parse(readFileSync(path, 'utf8'))
    // The wrap of office.db stands where the wrap of cases.db belongs: a key, but not the ledger's.
    writeFileSync(path, JSON.stringify({ ...file, wraps: { ...file.wraps, cases: file.wraps.office } }))
    await expect(unlockArchive({ ...request('jilu'), folder: copy })).rejects.toMatchObject({
      code: 'keyring.foreignKey',
    })
  })

  test('a missing database is named and never made anew', async () => {
    const copy = join(root, 'missing')
    cpSync(folder, copy, { recursive: true, filter: (source) => !source.includes('cases.db') })
    await expect(unlockArchive({ ...request('jilu'), folder: copy })).rejects.toMatchObject({ code: 'db.missing' })
    expect(readdirSync(copy).some((name) => name.startsWith('cases.db'))).toBe(false)
  })
})

function accountFile(login: string): string {
  const names = readdirSync(join(folder, 'accounts'))
  const found = names.find((name) => JSON.parse(readFileSync(join(folder, 'accounts', name), 'utf8')).login === login)
  return found ?? ''
}

afterAll(remove)
