import { join } from 'node:path'
import type { Knex } from 'knex'
import type { Database } from '#db/connection.ts'
import { type Founder, foundArchive } from '#electron/core/accounts/founding.ts'
import { trialPassword, trialPeople } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { recordAct } from '#electron/core/audit/acts.ts'
import { appendLine } from '#electron/core/audit/log.ts'
import type { Context } from '#electron/core/context.ts'
import type { Jobs } from '#electron/core/jobs/runner.ts'
import { noPrinting } from '#electron/core/printing.ts'
import type { OpenArchive } from '#electron/core/session/types.ts'
import { officesOf } from './text.ts'

/** Case officers of the other offices, beside the trial archive's own. */
const officers = ['chengban', 'caiwu', 'guihua', 'gaige'] as const
/** In every 知悉范围: head of the office, leader, classifier, minute-taker, archivist, accountability office. */
const chain = ['chuzhang', 'fenguan', 'dingmi', 'jilu', 'dangan', 'zhuize'] as const
type Login = (typeof officers)[number] | (typeof chain)[number]

/** Every account at work over one connection, without a window: acts are signed by whoever they ask for. */
export interface Desks {
  readonly database: Database
  /** The archive whose connection the database is. */
  readonly archive: OpenArchive
  readonly officers: readonly Login[]
  readonly scope: readonly string[]
  /** What a use case is given, in the name of an account, at a moment of the story. */
  at(login: Login, trx: Knex.Transaction, now: string): Context
  id(login: Login): string
  close(): Promise<void>
}

/** A trial archive with the case officers of four offices; nobody's secrets: one password for all. */
export async function foundSeed(out: string, now: string): Promise<void> {
  const more = officers.slice(1).map((login, index) => ({
    login,
    name: `${'周吴郑'[index]}某某`,
    office: officesOf[index + 1] ?? '',
    roles: ['caseOfficer'] as const,
  }))
  const people: Founder[] = [...trialPeople, ...more].map((person) => ({ ...person, password: trialPassword }))
  const place = { folder: join(out, 'archive'), machineFolder: join(out, 'machine') }
  await foundArchive({ ...place, kind: 'trial', unit: '渝某国资监管机构', machineLevel: 'confidential', people, now })
}

export async function openDesks(out: string, now: string, newId: (at: string) => string): Promise<Desks> {
  const archives = new Map<Login, OpenArchive>()
  for (const login of [...officers, ...chain]) {
    const request = {
      folder: join(out, 'archive'),
      machineFolder: join(out, 'machine'),
      login,
      password: trialPassword,
    }
    archives.set(login, (await unlockArchive({ ...request, now })).archive)
  }
  const of = (login: Login): OpenArchive => {
    const archive = archives.get(login)
    if (!archive) throw new Error(`${login} has no desk`)
    return archive
  }
  const database = of('chengban').cases
  if (!database) throw new Error('a case officer holds the key')
  return {
    database,
    archive: of('chengban'),
    officers,
    scope: chain.map((login) => of(login).identity.id),
    id: (login) => of(login).identity.id,
    at: (login, trx, at) => {
      const archive = of(login)
      const { identity } = archive
      return {
        session: { archive, openedAt: now, journal: null, findings: [], resources: '', printing: noPrinting },
        account: identity,
        now: at,
        newId: () => newId(at),
        named: [],
        jobs: noJobs,
        push: () => undefined,
        note: () => undefined,
        trx,
        office: archive.office.knex,
        // As the door does it: the signed act and the log line it names, in one transaction.
        act: async (act) => {
          const id = await recordAct(trx, identity, act, at)
          await appendLine(trx, 'cases', {
            at,
            account: identity.id,
            roles: identity.roles,
            action: act.kind,
            objectKind: act.objectKind,
            objectId: act.objectId,
            level: null,
            result: 'ok',
            detail: {},
          })
          return id
        },
      }
    },
    close: async () => {
      for (const { office, cases } of archives.values()) await Promise.all([office.close(), cases?.close()])
    },
  }
}

const noJobs: Jobs = {
  run: () => Promise.reject(new Error('a seeded archive makes no papers')),
  close: () => Promise.resolve(),
}
