import { join } from 'node:path'
import { insertBackup, insertDrill, listBackups, removeBackups } from '#db/repositories/backups.ts'
import { keyId } from '#electron/crypto/fingerprint.ts'
import { unwrapKey } from '#electron/crypto/keyring.ts'
import { fail } from '#shared/contract/errors.ts'
import { type Backup, type Drill, type DrillResult, daysSince } from '#shared/domain/backups.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { readKeyFile } from '../accounts/key-files.ts'
import { casesKeyOf, encryptionKeyOf, officeKeyOf } from '../accounts/unlock.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers, LongContext, Outside } from '../context.ts'
import { assertFolder } from '../papers/export.ts'
import { archiveLayout } from '../session/folder.ts'
import type { CheckInput } from './checking.ts'
import type { MakeInput, Prepared } from './making.ts'
import {
  backupsAt,
  isOurs,
  nameBackup,
  readManifest,
  removeBackup,
  type SignedManifest,
  storeError,
  storeLayout,
  sweepBlobs,
} from './store.ts'

/** The line of a backup in the register; `by` is the account's id. */
function lineOf({ body, signer }: SignedManifest, place: string, name: string): Omit<Backup, 'state' | 'drills'> {
  return {
    id: body.id,
    at: body.at,
    by: signer,
    place,
    name,
    bytes: body.files.reduce((sum, one) => sum + one.size, 0),
    blobs: body.blobs.length,
    blobBytes: body.blobs.reduce((sum, one) => sum + one.size, 0),
  }
}

/** A backup the program did not live to enter is entered now; it was whole when it took its name. */
async function adopt(context: Context, place: string): Promise<void> {
  const { ledger } = context.session.archive
  const known = new Set((await listBackups(context.trx)).map((one) => one.id))
  for (const { name, signed } of await backupsAt(place)) {
    if (!known.has(signed.body.id) && isOurs(signed, ledger))
      await insertBackup(context.trx, lineOf(signed, place, name))
  }
}

async function check(
  context: Outside,
  folder: string,
  signed: SignedManifest,
  keys: { readonly office: Buffer; readonly cases: Buffer | null },
  job: string,
): Promise<Pick<Drill, 'depth' | 'ms' | 'passed' | 'checks'>> {
  const { archive } = context.session
  const began = performance.now()
  const ours = isOurs(signed, archive.ledger)
  const found = await context.jobs.run<CheckInput, DrillResult[]>(
    'drill',
    {
      backup: folder,
      manifest: signed.body,
      scratch: join(archiveLayout(archive.folder).backups, 'drill.part'),
      officeKey: Buffer.from(keys.office),
      casesKey: keys.cases && Buffer.from(keys.cases),
    },
    { progress: (progress) => context.push('jobs.progress', { job, ...progress }) },
  )
  const signature: DrillResult = {
    code: 'manifest',
    result: ours ? 'passed' : 'failed',
    detail: ours ? nameOf(context, signed.signer) : 'backups.foreign',
  }
  const checks = [signature, ...found]
  return {
    depth: keys.cases === null ? 'officer' : 'whole',
    ms: Math.round(performance.now() - began),
    passed: checks.every((one) => one.result !== 'failed'),
    checks,
  }
}

/** The keys of a backup's day: the present ones, or those wrapped for the account then. Errors: `backups.keyGone`. */
function keysOfDay(context: Outside, folder: string, withCases: boolean) {
  const { archive } = context.session
  const present = { office: officeKeyOf(archive), cases: withCases ? casesKeyOf(archive) : null }
  const { wraps } = readKeyFile(join(folder, 'accounts'), context.account.id)
  const open = (database: 'office' | 'cases', now: Buffer | null): Buffer | null => {
    const wrap = wraps[database]
    if (now === null) return null
    if (wrap === null || wrap.keyId === keyId(now)) return now
    try {
      return unwrapKey(encryptionKeyOf(archive), wrap.data, wrap.keyId)
    } catch {
      return fail('backups.keyGone')
    }
  }
  return { office: open('office', present.office) ?? present.office, cases: open('cases', present.cases) }
}

async function make<O>(
  context: LongContext<O>,
  place: string,
  job: string,
): Promise<{ signed: SignedManifest; name: string }> {
  const { archive } = context.session
  const { identity, ledger } = archive
  // The files of the cases are copied as they lie: nobody may have them open.
  if (archive.cases !== null) fail('backups.casesOpen')
  const prepared = await context.jobs.run<MakeInput, Prepared>(
    'backup',
    {
      archive: archive.folder,
      place,
      id: context.newId(),
      genesis: ledger.genesis,
      trial: ledger.kind === 'trial',
      at: context.now,
      officeKey: Buffer.from(officeKeyOf(archive)),
    },
    { progress: (progress) => context.push('jobs.progress', { job, ...progress }) },
  )
  const body = prepared.manifest
  const signed = { body, signer: identity.id, signature: identity.sign('backup', body) }
  const folder = await nameBackup(prepared.part, signed).catch((error: unknown) => {
    throw storeError(error)
  })
  return { signed, name: folder.slice(storeLayout(place).root.length + 1) }
}

export const backupHandlers = {
  'backups.list': async (context) => {
    const { ledger } = context.session.archive
    const found = await listBackups(context.trx)
    return {
      backups: found.map((one) => shown(context, one)),
      days: daysSince(found[0]?.at ?? null, context.now),
      every: policyValue(ledger, 'backupDays'),
      kept: policyValue(ledger, 'backupsKept'),
    }
  },

  'backups.make': {
    long: async (context, { folder: place, job }) => {
      await assertFolder(place)
      await context.read((inside) => adopt(inside, place))
      const { signed, name } = await make(context, place, job)
      const folder = join(storeLayout(place).root, name)
      const checked = await check(
        context,
        folder,
        signed,
        { office: officeKeyOf(context.session.archive), cases: null },
        job,
      )
      const line = lineOf(signed, place, name)
      const drill: Drill = { at: context.now, by: context.account.id, ...checked }
      // One that does not open is kept for looking into, and the older ones are not given up for it.
      const kept = policyValue(context.session.archive.ledger, 'backupsKept')
      const own = (await backupsAt(place)).filter((one) => isOurs(one.signed, context.session.archive.ledger))
      const old = checked.passed ? own.slice(0, Math.max(0, own.length - kept)) : []
      for (const one of old) await removeBackup(join(storeLayout(place).root, one.name))
      if (old.length > 0) await sweepBlobs(place)
      return context.commit(async (inside) => {
        await insertBackup(inside.trx, line)
        await insertDrill(inside.trx, inside.newId(), line.id, drill)
        await removeBackups(
          inside.trx,
          old.map((one) => one.signed.body.id),
          inside.now,
        )
        inside.note({
          objectKind: 'backup',
          objectId: line.id,
          detail: { passed: checked.passed, removed: old.length },
        })
        return shown(inside, { ...line, state: 'kept', drills: [drill] })
      })
    },
  },

  'backups.drill': {
    long: async (context, { backupId, job }) => {
      const found = await context.read(async ({ trx }) => (await listBackups(trx)).find((one) => one.id === backupId))
      if (found === undefined) return fail('backups.unknown')
      if (found.state === 'removed') fail('backups.removed')
      const folder = join(storeLayout(found.place).root, found.name)
      const signed = await readManifest(folder)
      if (signed.body.id !== backupId) fail('backups.foreign')
      const keys = keysOfDay(context, folder, context.session.archive.cases !== null)
      const drill: Drill = {
        at: context.now,
        by: context.account.id,
        ...(await check(context, folder, signed, keys, job)),
      }
      return context.commit(async (inside) => {
        await insertDrill(inside.trx, inside.newId(), backupId, drill)
        const { depth, passed, ms } = drill
        inside.note({ objectKind: 'backup', objectId: backupId, detail: { depth, passed, ms } })
        return { ...drill, by: nameOf(inside, drill.by) }
      })
    },
  },
} satisfies Partial<Handlers>

function shown(context: Outside, one: Backup): Backup {
  return {
    ...one,
    by: nameOf(context, one.by),
    drills: one.drills.map((drill) => ({ ...drill, by: nameOf(context, drill.by) })),
  }
}
