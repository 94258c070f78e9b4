import * as v from 'valibot'
import { backup, drill } from '../domain/backups.ts'
import { id, optionalLine, path } from '../domain/common.ts'
import { credentials } from './accounts.ts'
import { verb } from './verb.ts'

const common = { window: 'case', scope: { none: 'touches no case' }, database: 'office' } as const
/** Who looks after backups, and the key holders whose drill opens what the officers cannot. */
const readers = ['systemAdmin', 'auditor', 'archivist', 'chiefLeader'] as const

export const backups = {
  /** Register of backups with their drills, the last first, and how long ago the last one was made. */
  'backups.list': verb({
    ...common,
    input: v.object({}),
    output: v.object({
      backups: v.array(backup),
      /** Days since the last backup, null when there is none; due after `every` days. */
      days: v.nullable(v.number()),
      every: v.number(),
      kept: v.number(),
    }),
    roles: readers,
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'backups.list',
  }),
  /**
   * Makes a backup in the folder, opens and checks it, and takes away those whose turn it is; progress comes as
   * `jobs.progress` under `job`. Encrypted as it stands, under the keys of its day.
   */
  'backups.make': verb({
    ...common,
    input: v.object({ folder: path, job: v.string() }),
    output: backup,
    roles: ['systemAdmin'],
    stepUp: 'password',
    audit: 'backups.make',
  }),
  /** 演练: restores a backup beside the archive, opens and checks it with the keys the account holds, and removes it again. */
  'backups.drill': verb({
    ...common,
    input: v.object({ backupId: id, job: v.string() }),
    output: drill,
    roles: ['systemAdmin', 'archivist', 'chiefLeader'],
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'backups.drill',
  }),
  /**
   * Puts a backup back into a new folder: 系统管理员 and 安全审计员 sit together, and their signatures are the first record of
   * the restored ledger. Never over an archive. `device` is the paper of the device secret, on a machine that has none.
   */
  'backups.restore': verb({
    input: v.object({
      backup: path,
      folder: path,
      reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)),
      systemAdmin: credentials,
      auditor: credentials,
      device: optionalLine,
      job: v.string(),
    }),
    output: v.object({ folder: v.string(), at: v.string(), files: v.number(), blobs: v.number() }),
    window: 'signin',
    roles: { none: 'two persons confirm with their own passwords' },
    scope: { none: 'touches no case' },
    stepUp: { none: 'the passwords are typed with the call' },
    audit: { none: 'the ledger record of the restored archive is the line' },
    database: { none: "opened with the officers' own keys" },
  }),
} as const
