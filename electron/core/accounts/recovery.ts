import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import type { Knex } from 'knex'
import * as v from 'valibot'
import { type DatabaseName, openDatabase } from '#db/connection.ts'
import { unwrapKey } from '#electron/crypto/keyring.ts'
import { makeRecovery, openRecovery, type RecoveryFile, recoveryFile } from '#electron/crypto/recovery.ts'
import type { SigningKey } from '#electron/crypto/token.ts'
import { fail } from '#shared/contract/errors.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import { appendLine } from '../audit/log.ts'
import { writeWhole } from '../files.ts'
import { archiveLayout } from '../session/folder.ts'
import { wrapFor } from './founding.ts'
import { readKeyFile, writeKeyFile } from './key-files.ts'
import { appendRecord, confirmRecord, type Ledger, readLedger, recoverySigner } from './ledger.ts'
import type { Body } from './ledger-kinds.ts'
import { casesKeyOf, ledgerOf, officeKeyOf, openOffice, proveAccount, unlockArchive } from './unlock.ts'

interface Place {
  readonly folder: string
  readonly machineFolder: string
  readonly now: string
}
interface Credentials {
  readonly login: string
  readonly password: string
}
interface Signer {
  readonly id: string
  readonly key: SigningKey
}

/** Sheets that were made and are being copied out; nothing stands on the disk before all three were typed back. */
export interface SheetDraft {
  readonly sheets: readonly string[]
  /** Writes file and record when the three were typed as they stand. Errors: `slip.…`, `sheet.…`. */
  commit(typed: readonly [string, string, string]): Promise<void>
}

/**
 * Makes the recovery sheets: two of the three holders, 安全保密管理员 and 安全审计员 sit together. The recovery account's
 * keys are sealed under each pair of sheets, and both database keys wrapped for it.
 *
 * Errors: those of `unlockArchive` and `proveAccount`; `accounts.notOfficer`, `accounts.unknown`, `ledger.invalid`.
 */
export async function makeSheets(
  place: Place,
  people: {
    readonly holders: readonly [Credentials, Credentials]
    readonly third: string
    readonly securityOfficer: Credentials
    readonly auditor: Credentials
  },
): Promise<SheetDraft> {
  const { folder, now: at } = place
  const layout = archiveLayout(folder)
  const { archive } = await unlockArchive({ ...place, ...people.holders[0] })
  try {
    const { ledger, signer: first } = ledgerOf(archive)
    const casesKey = casesKeyOf(archive)
    const officeKey = Buffer.from(officeKeyOf(archive))
    const second = await signerOf(place, people.holders[1])
    const security = await officerOf(place, people.securityOfficer, ledger, 'securityOfficer')
    const auditor = await officerOf(place, people.auditor, ledger, 'auditor')
    const third = ledger.accounts().find((one) => one.login === people.third) ?? fail('accounts.unknown')
    const { sheets, file } = await makeRecovery(ledger.genesis)
    const account = { id: recoverySigner, encryptionCertificate: file.encryptionKey }
    const whole: RecoveryFile = {
      ...file,
      wraps: {
        office: wrapFor(account, 'office', officeKey, ledger.genesis, first),
        cases: wrapFor(account, 'cases', casesKey, ledger.genesis, first),
      },
    }
    const { genesis } = ledger
    const holders = [first.id, second.id, third.id]
    const { signingKey, encryptionKey } = file
    return {
      sheets,
      commit: async (typed) => {
        for (const pair of [[0, 1] as const, [0, 2] as const, [1, 2] as const])
          openRecovery(whole, [typed[pair[0]], typed[pair[1]]], genesis)
        const next = `${layout.recoveryKey}.next`
        writeWhole(next, `${JSON.stringify(whole)}\n`)
        const office = await openDatabase({
          file: layout.officeDatabase,
          key: () => Buffer.from(officeKey),
          schema: 'office',
        })
        try {
          const present = await readLedger(office.knex, genesis)
          await office.transaction(async (trx) => {
            const body = { act: 'made' as const, holders, signingKey, encryptionKey, account: '', at }
            await recordRecovery(trx, present, body, first, [second, security, auditor])
          })
        } finally {
          await office.close()
          officeKey.fill(0)
        }
        renameSync(next, layout.recoveryKey)
      },
    }
  } finally {
    await Promise.all([archive.office.close(), archive.cases?.close()])
  }
}

/**
 * Two sheets, 安全保密管理员 and 安全审计员: a rehearsal compares the key ids and is logged; the real use hands the key of
 * `cases.db` to one account, after which the sheets are void and both database keys have to be renewed.
 *
 * Errors: `recovery.none`, `sheet.…`, `recovery.behind` (a wrap of an earlier key), `accounts.…`.
 */
export async function useSheets(
  place: Place,
  asked: {
    readonly act: 'used' | 'rehearsed'
    readonly sheets: readonly [string, string]
    readonly securityOfficer: Credentials
    readonly auditor: Credentials
    /** Sign-in code of the account that gets the key; not read at a rehearsal. */
    readonly login: string
  },
): Promise<void> {
  const { now: at, folder } = place
  const layout = archiveLayout(folder)
  const security = await proveAccount({ ...place, ...asked.securityOfficer })
  const { office, ledger, key } = await openOffice(layout.officeDatabase, security.file, security.keys)
  try {
    if (!ledger.holds(security.file.id, 'securityOfficer')) fail('accounts.notOfficer', { role: 'securityOfficer' })
    const auditor = await officerOf(place, asked.auditor, ledger, 'auditor')
    const file = readRecovery(folder, ledger)
    const recovered = openRecovery(file, asked.sheets, ledger.genesis)
    const keys = (['office', 'cases'] as const).map((database) => {
      const wrap = [file.wraps[database], file.renewed?.[database]].find((one) => one?.keyId === ledger.keyId(database))
      return unwrapKey(recovered.encryption, wrap?.data ?? fail('recovery.behind'), ledger.keyId(database))
    })
    const sheets = { id: recoverySigner, key: recovered.signing }
    const officers = [{ id: security.file.id, key: security.keys.signing }, auditor]
    const target = asked.act === 'used' ? ledger.accounts().find((one) => one.login === asked.login) : undefined
    if (asked.act === 'used' && (target === undefined || target.state === 'disabled')) fail('accounts.unknown')
    if (target?.roles.some(isOfficerRole)) fail('accounts.officer')
    await office.transaction(async (trx) => {
      const body = { act: asked.act, holders: [], signingKey: '', encryptionKey: '', account: target?.id ?? '', at }
      await recordRecovery(trx, ledger, body, sheets, officers)
    })
    if (target) {
      const wrap = wrapFor(target, 'cases', keys[1] ?? fail('recovery.behind'), ledger.genesis, sheets)
      const own = readKeyFile(layout.accounts, target.id)
      writeKeyFile(layout.accounts, { ...own, wraps: { ...own.wraps, cases: wrap } })
      rmSync(layout.recoveryKey)
    }
    for (const secret of keys) secret.fill(0)
  } finally {
    key.fill(0)
    await office.close()
  }
}

async function recordRecovery(
  trx: Knex.Transaction,
  ledger: Ledger,
  body: Body<'recovery'>,
  first: Signer,
  others: readonly Signer[],
): Promise<void> {
  const record = await appendRecord(trx, ledger, 'recovery', body, first)
  for (const other of others) await confirmRecord(trx, ledger, record, body.at, other)
  await appendLine(trx, 'office', {
    at: body.at,
    account: others.at(-1)?.id ?? null,
    roles: ['auditor'],
    action: `recovery.${body.act}`,
    objectKind: 'ledger',
    objectId: String(record.seq),
    level: null,
    result: 'ok',
    detail: {},
  })
}

async function signerOf(place: Place, credentials: Credentials): Promise<Signer> {
  const { file, keys } = await proveAccount({ ...place, ...credentials })
  return { id: file.id, key: keys.signing }
}

async function officerOf(
  place: Place,
  credentials: Credentials,
  ledger: Ledger,
  role: 'securityOfficer' | 'auditor',
): Promise<Signer> {
  const signer = await signerOf(place, credentials)
  if (!ledger.holds(signer.id, role)) fail('accounts.notOfficer', { role })
  return signer
}

/** The file whose keys the ledger names; one that a kill left beside it takes its place. Errors: `recovery.none`. */
function readRecovery(folder: string, ledger: Ledger): RecoveryFile {
  const { recoveryKey } = archiveLayout(folder)
  const wanted = ledger.recovery() ?? fail('recovery.none')
  for (const path of [recoveryKey, `${recoveryKey}.next`]) {
    const found = parseRecovery(path)
    if (found?.signingKey !== wanted.signingKey || found.encryptionKey !== wanted.encryptionKey) continue
    if (path !== recoveryKey) renameSync(path, recoveryKey)
    return found
  }
  return fail('recovery.none')
}

function parseRecovery(path: string): RecoveryFile | null {
  if (!existsSync(path)) return null
  try {
    const parsed = v.safeParse(recoveryFile, JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** A renewal wraps the new key for the sheets as well. */
export function renewForSheets(
  folder: string,
  ledger: Ledger,
  database: DatabaseName,
  key: Buffer,
  signer: Signer,
): void {
  if (ledger.recovery() === null) return
  const file = readRecovery(folder, ledger)
  const account = { id: recoverySigner, encryptionCertificate: file.encryptionKey }
  const wrap = wrapFor(account, database, key, ledger.genesis, signer)
  writeRecovery(folder, { ...file, renewed: { ...file.renewed, [database]: wrap } })
}

/** The wrap of a finished renewal takes its place here too. */
export function settleSheets(folder: string, database: DatabaseName, key: string): void {
  const file = parseRecovery(archiveLayout(folder).recoveryKey)
  const next = file?.renewed?.[database]
  if (!file || next?.keyId !== key) return
  writeRecovery(folder, { ...file, wraps: { ...file.wraps, [database]: next } })
}

function writeRecovery(folder: string, file: RecoveryFile): void {
  writeWhole(archiveLayout(folder).recoveryKey, `${JSON.stringify(file)}\n`)
}
