import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDatabase } from '#db/connection.ts'
import { shippedHash } from '#electron/core/rules/rules.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import type { Account, Identity, LedgerView, OpenArchive } from '#electron/core/session/types.ts'
import { signBody } from '#electron/crypto/signature.ts'
import { softKey } from '#electron/crypto/soft-keys.ts'
import type { Role } from '#shared/domain/accounts.ts'
import { temporaryFolder } from './folders.ts'

const genesis = 'ab'.repeat(32)
/** One pair for all test accounts: making RSA-3072 keys takes longer than the tests. */
const pair = generateKeyPairSync('rsa', { modulusLength: 3072 })
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()

export const testIds = {
  officer: '01KB0000000000000000000001',
  classifier: '01KB0000000000000000000002',
  systemAdmin: '01KB0000000000000000000003',
  enterprise: '01KB0000000000000000000010',
  case: '01KB0000000000000000000020',
  otherCase: '01KB0000000000000000000021',
} as const

const accounts: readonly Account[] = [
  account(testIds.officer, 'chengban', ['caseOfficer', 'minuteTaker']),
  account(testIds.classifier, 'dingmi', ['classifier']),
  account(testIds.systemAdmin, 'xitong', ['systemAdmin']),
]

function account(id: string, login: string, roles: readonly Role[]): Account {
  return {
    id,
    login,
    name: '张某某',
    office: '综合处',
    roles,
    state: 'active',
    signingCertificate: publicPem,
    encryptionCertificate: publicPem,
  }
}

const ledger: LedgerView = {
  genesis,
  kind: 'trial',
  unit: '渝某国资监管机构',
  machineLevel: 'confidential',
  caCertificate: '',
  authorities: () => [],
  authorityOf: () => '',
  account: (id) => accounts.find((one) => one.id === id),
  accounts: () => accounts,
  holds: (id, role) => accounts.some((one) => one.id === id && one.roles.includes(role)),
  held: (id, role) => accounts.some((one) => one.id === id && one.roles.includes(role)),
  // As strict as a production archive where a trial one would not ask.
  policy: <T>(name: string, fallback: T) => (name === 'exportStepUp' ? (1 as T) : fallback),
  restores: () => [],
  clock: () => null,
  policyAt: (_name, _at, fallback) => fallback,
  norms: () => [],
}

function identity(id: string): Identity {
  const found = accounts.find((one) => one.id === id)
  if (!found) throw new Error('no such test account')
  return {
    ...found,
    sign: (kind, body) => signBody(softKey(pair.privateKey), kind, genesis, body),
    signAttributes: (der) => sign('sha256', der, pair.privateKey),
  }
}

export const testKey = (): Buffer => Buffer.alloc(32, 9)

export interface TestArchive {
  readonly folder: string
  readonly machineFolder: string
  /** Opens the real databases as one account would; officers get no `cases.db`. */
  open(accountId?: string): Promise<OpenArchive>
}

/** An archive with real encrypted databases and real signatures, without the ceremony that makes one. */
export async function makeTestArchive(): Promise<TestArchive> {
  const base = temporaryFolder()
  const folder = join(base, 'archive')
  const machineFolder = join(base, 'machine')
  mkdirSync(folder)
  mkdirSync(machineFolder)
  const layout = archiveLayout(folder)
  for (const [schema, file] of [
    ['office', layout.officeDatabase],
    ['cases', layout.casesDatabase],
  ] as const) {
    const made = await openDatabase({ file, key: testKey, schema, create: true })
    if (schema === 'cases') {
      await made.transaction(async (trx) => {
        for (const id of [testIds.case, testIds.otherCase]) await trx('cases').insert(caseRow(id))
        await trx('case_scope').insert({
          id: testIds.case,
          case_id: testIds.case,
          account_id: testIds.officer,
          added_at: '2026-03-01T00:00:00.000Z',
          added_by: testIds.officer,
        })
      })
    }
    await made.close()
  }
  return {
    folder,
    machineFolder,
    open: async (accountId = testIds.officer) => {
      const self = identity(accountId)
      const office = await openDatabase({ file: layout.officeDatabase, key: testKey, schema: 'office' })
      const cases = self.roles.includes('systemAdmin')
        ? null
        : await openDatabase({ file: layout.casesDatabase, key: testKey, schema: 'cases' })
      onTestFinished(async () => {
        await office.close()
        await cases?.close()
      })
      return { folder, machineFolder, ledger, office, cases, identity: self }
    },
  }
}

function caseRow(id: string): Record<string, unknown> {
  const at = '2026-03-01T00:00:00.000Z'
  return {
    id,
    profile: 'cq-2021-15',
    profile_version: '1',
    profile_hash: shippedHash,
    form: 'individual',
    matter: '投资项目论证不充分',
    facts: '',
    sources: '',
    instructions: '[]',
    recusals: '{"asked":true,"relations":[]}',
    duty_reason: '',
    intake_version: 1,
    scope_units: '[]',
    situations: '[]',
    office: '综合处',
    officer_id: testIds.officer,
    state: 'intake',
    safety_gate: 'no',
    created_at: at,
    updated_at: at,
    version: 1,
  }
}
