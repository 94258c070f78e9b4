import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as v from 'valibot'
import { syncFolder } from '#db/sync-folder.ts'
import { signedBy } from '#electron/crypto/signature.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import type { LedgerView } from '../session/types.ts'

/*
 * A place for backups, on whatever medium the user chose:
 *
 *   yuetan-backups/blobs/<id>         attachments as they stand in the archive, encrypted, once for all backups of the place
 *   yuetan-backups/<day>-<id>/        one backup: databases and keys, and manifest.json; `.part` until it is whole
 */

const hex256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const size = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What a backup is: signed by the 系统管理员 who made it; a stranger's is not believed. */
const manifest = v.strictObject({
  format: v.literal('yuetan/backup/v1'),
  id: v.string(),
  genesis: hex256,
  trial: v.boolean(),
  at: v.string(),
  files: v.array(v.strictObject({ path: v.string(), size, sha256: hex256 })),
  blobs: v.array(v.strictObject({ id: v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)), size, sha256: hex256 })),
})
export type Manifest = v.InferOutput<typeof manifest>
const signedManifest = v.strictObject({ body: manifest, signer: v.string(), signature: v.string() })
export type SignedManifest = v.InferOutput<typeof signedManifest>

export const manifestName = 'manifest.json'
const largestManifest = 256 * 1024 * 1024

/** Files of an archive that a backup holds beside the key files, where they exist. */
export const archiveFiles = ['ca.key', 'recovery.key', 'door.log', 'cases.db', 'cases.db-wal'] as const

/** Paths a manifest may name: those above, the copy of office.db, key files. */
const ownPath = /^(office\.db|ca\.key|recovery\.key|door\.log|cases\.db|cases\.db-wal|accounts\/[A-Za-z0-9.-]{1,80})$/

/** Folders of a place. */
export function storeLayout(place: string): { readonly root: string; readonly blobs: string } {
  const root = join(place, 'yuetan-backups')
  return { root, blobs: join(root, 'blobs') }
}

/** Folder of the attachments that belongs to a backup's own folder. */
export function blobsBeside(backup: string): string {
  return join(dirname(backup), 'blobs')
}

/** The manifest of a backup's folder. Errors: `backups.none`, `backups.manifest`. */
export async function readManifest(folder: string): Promise<SignedManifest> {
  const file = await open(join(folder, manifestName), 'r').catch(() => fail('backups.none'))
  try {
    if ((await file.stat()).size > largestManifest) fail('backups.manifest')
    const parsed = v.safeParse(signedManifest, JSON.parse(await file.readFile('utf8')))
    if (!parsed.success || parsed.output.body.files.some(({ path }) => !ownPath.test(path)))
      return fail('backups.manifest')
    return parsed.output
  } catch (error) {
    if (error instanceof YuetanError) throw error
    return fail('backups.manifest')
  } finally {
    await file.close()
  }
}

/** Whether the manifest of a backup was signed by a 系统管理员 of this archive. */
export function isOurs({ body, signer, signature }: SignedManifest, ledger: LedgerView): boolean {
  const account = ledger.account(signer)
  return (
    body.genesis === ledger.genesis &&
    account !== undefined &&
    (ledger.holds(signer, 'systemAdmin') || ledger.held(signer, 'systemAdmin', body.at)) &&
    signedBy(account, 'backup', ledger.genesis, body, signature)
  )
}

/** Whole backups of a place by the name of their folder, the earliest first; those that cannot be read are left alone. */
export async function backupsAt(place: string): Promise<{ name: string; signed: SignedManifest }[]> {
  const { root } = storeLayout(place)
  const found: { name: string; signed: SignedManifest }[] = []
  for (const name of await readdir(root).catch(() => [])) {
    if (name === 'blobs' || name.endsWith('.part')) continue
    const signed = await readManifest(join(root, name)).catch(() => null)
    if (signed !== null) found.push({ name, signed })
  }
  return found.sort((a, b) => (a.signed.body.at < b.signed.body.at ? -1 : 1))
}

/** Removes what a killed backup left in a place: folders and attachments that are not whole. */
export async function sweepStore(place: string): Promise<void> {
  const { root, blobs } = storeLayout(place)
  for (const folder of [root, blobs]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (name.endsWith('.part')) await rm(join(folder, name), { recursive: true, force: true })
    }
  }
}

/** Copies a file, flushes it, and reads the copy back: what the manifest says is what the medium gives. */
export async function copyChecked(from: string, to: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await pipeline(createReadStream(from), count, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }))
  const sha256 = hash.digest('hex')
  if ((await digestFile(to)).sha256 !== sha256) fail('backups.medium')
  return { size, sha256 }
}

export async function digestFile(file: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk)
    size += chunk.length
  }
  return { size, sha256: hash.digest('hex') }
}

/** Gives a prepared backup its manifest and its name. */
export async function nameBackup(part: string, signed: SignedManifest): Promise<string> {
  const folder = part.slice(0, -'.part'.length)
  const file = await open(join(part, manifestName), 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(signed)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  syncFolder(part)
  await rename(part, folder)
  syncFolder(dirname(folder))
  return folder
}

/** Takes backups away: each loses its name first, so that a kill leaves nothing that looks whole. */
export async function removeBackup(folder: string): Promise<void> {
  await rename(folder, `${folder}.part`)
  await rm(`${folder}.part`, { recursive: true, force: true })
}

/** Removes attachments no backup of a place names any more. Returns how many went. */
export async function sweepBlobs(place: string): Promise<number> {
  const { blobs } = storeLayout(place)
  const named = new Set((await backupsAt(place)).flatMap(({ signed }) => signed.body.blobs.map((one) => one.id)))
  const loose = (await readdir(blobs).catch(() => [])).filter((name) => !named.has(name))
  for (const name of loose) await rm(join(blobs, name), { force: true })
  return loose.length
}

/** Says what a disk refused: `backups.full` or `backups.disk`; other errors stay as they are. */
export function storeError(error: unknown, needed = 0): unknown {
  if (error instanceof YuetanError || !(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return new YuetanError('backups.full', { needed: Math.ceil(needed / 1_000_000) })
  }
  return new YuetanError('backups.disk', { code })
}
