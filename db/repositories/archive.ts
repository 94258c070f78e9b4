import type { Knex } from 'knex'
import type { SealedBundle, SealReceipt, Volume, VolumeEdition, VolumeItem } from '#shared/domain/archive.ts'
import type { Bag } from '#shared/domain/bags.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { holderOf } from './custody.ts'
import { movedPieces } from './referrals.ts'

interface VolumeFields {
  readonly gaps: Volume['gaps']
  readonly note: string
  readonly level: Level
}

interface VolumeRow {
  readonly id: string
  readonly case_id: string
  readonly code: string
  readonly title: string
  readonly retention: string
  readonly state: Volume['state']
  readonly organiser_office: string
  readonly created_at: string
  readonly filed_at: string | null
  readonly edition: number
  readonly reason: string
  readonly fields: string
  readonly version: number
}

interface ItemRow {
  readonly id: string
  readonly volume_id: string
  readonly position: number
  readonly paper_id: string | null
  readonly document_id: string | null
  readonly title: string
  readonly number: string
  readonly date: string
  readonly pages: number
  readonly page_from: number
  /** JSON: what the row has no column for. */
  readonly note: string
}

export type StoredVolume = Volume & { readonly note: string; readonly createdAt: string }

async function toVolume(trx: Knex.Transaction, row: VolumeRow): Promise<StoredVolume> {
  const fields: VolumeFields = JSON.parse(row.fields)
  const rows: ItemRow[] = await trx<ItemRow>('volume_items').where({ volume_id: row.id }).orderBy('position')
  return {
    id: row.id,
    caseId: row.case_id,
    archivalCode: row.code,
    title: row.title,
    retention: row.retention,
    organiser: row.organiser_office,
    state: row.state,
    holder: await holderOf(trx, row.id, row.edition),
    items: rows.map((item): VolumeItem => {
      const more: Pick<VolumeItem, 'code' | 'author' | 'level' | 'scanIds' | 'finalIds'> = JSON.parse(item.note)
      return {
        id: item.id,
        position: item.position,
        ...more,
        title: item.title,
        number: item.number,
        day: item.date,
        pages: item.pages,
        pageFrom: item.page_from,
        paperId: item.paper_id,
        documentId: item.document_id,
      }
    }),
    moved: await movedPieces(trx, row.case_id),
    gaps: fields.gaps,
    level: fields.level,
    filedAt: row.filed_at,
    edition: row.edition,
    reason: row.reason,
    note: fields.note,
    createdAt: row.created_at,
  }
}

export async function findVolume(
  trx: Knex.Transaction,
  caseId: string,
  volumeId: string,
): Promise<StoredVolume | undefined> {
  const row: VolumeRow | undefined = await trx('volumes').where({ id: volumeId, case_id: caseId }).first()
  return row && toVolume(trx, row)
}

export async function volumeOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredVolume | undefined> {
  const row: VolumeRow | undefined = await trx('volumes').where({ case_id: caseId }).orderBy('id', 'desc').first()
  return row && toVolume(trx, row)
}

export async function listVolumes(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<StoredVolume[]> {
  const rows: VolumeRow[] = await trx('volumes').whereIn('case_id', ids).orderBy('id', 'desc').limit(200)
  return Promise.all(rows.map((row) => toVolume(trx, row)))
}

export async function matterOf(trx: Knex.Transaction, caseId: string): Promise<string> {
  const row: { matter: string } | undefined = await trx('cases').where({ id: caseId }).first('matter')
  return row?.matter ?? ''
}

/** The last 件号 of the codes that begin alike; 0 when there is none. */
export async function lastPiece(trx: Knex.Transaction, prefix: string): Promise<number> {
  const row: { code: string } | undefined = await trx('volumes')
    .whereRaw('substr(code, 1, ?) = ?', [prefix.length, prefix])
    .orderBy('code', 'desc')
    .first('code')
  return row ? Number(row.code.slice(prefix.length)) : 0
}

/** 档号 of every other volume. */
export async function otherCodes(trx: Knex.Transaction, volumeId: string): Promise<string[]> {
  const rows: { code: string }[] = await trx('volumes').whereNot({ id: volumeId }).whereNotNull('code').select('code')
  return rows.map((row) => row.code)
}

export async function insertVolume(trx: Knex.Transaction, value: StoredVolume): Promise<void> {
  await trx('volumes').insert({
    id: value.id,
    case_id: value.caseId,
    code: value.archivalCode,
    title: value.title,
    retention: value.retention,
    state: value.state,
    organiser_office: value.organiser,
    created_at: value.createdAt,
    edition: value.edition,
    reason: value.reason,
    fields: JSON.stringify({ gaps: value.gaps, note: value.note, level: value.level }),
    version: 1,
  })
  await replaceItems(trx, value.id, value.items)
}

export async function replaceItems(
  trx: Knex.Transaction,
  volumeId: string,
  items: readonly VolumeItem[],
): Promise<void> {
  await trx('volume_items').where({ volume_id: volumeId }).delete()
  for (const item of items) {
    await trx<ItemRow>('volume_items').insert({
      id: item.id,
      volume_id: volumeId,
      position: item.position,
      paper_id: item.paperId,
      document_id: item.documentId,
      title: item.title,
      number: item.number,
      date: item.day,
      pages: item.pages,
      page_from: item.pageFrom,
      note: JSON.stringify({
        code: item.code,
        author: item.author,
        level: item.level,
        scanIds: item.scanIds,
        finalIds: item.finalIds,
      }),
    })
  }
}

export async function updateVolume(
  trx: Knex.Transaction,
  value: Pick<StoredVolume, 'id' | 'state' | 'filedAt' | 'gaps' | 'note' | 'level' | 'edition' | 'reason'>,
): Promise<void> {
  await trx('volumes')
    .where({ id: value.id })
    .update({
      state: value.state,
      filed_at: value.filedAt,
      edition: value.edition,
      reason: value.reason,
      fields: JSON.stringify({ gaps: value.gaps, note: value.note, level: value.level }),
    })
    .increment('version', 1)
}

/** Keeps a volume as it was filed; an edition is never changed again. */
export async function insertEdition(
  trx: Knex.Transaction,
  value: Volume & { readonly filedAt: string },
  by: string,
): Promise<void> {
  const { items, gaps, level } = value
  await trx('volume_editions').insert({
    volume_id: value.id,
    edition: value.edition,
    reason: value.reason,
    filed_at: value.filedAt,
    account_id: by,
    body: JSON.stringify({ items, gaps, level }),
  })
}

/** Editions of a volume, the first first; `by` is the account's id. */
export async function editionsOfVolume(trx: Knex.Transaction, volumeId: string): Promise<VolumeEdition[]> {
  const rows: { edition: number; reason: string; filed_at: string; account_id: string; body: string }[] = await trx(
    'volume_editions',
  )
    .where({ volume_id: volumeId })
    .orderBy('edition')
  return rows.map((row) => {
    const body: Pick<VolumeEdition, 'items' | 'gaps' | 'level'> = JSON.parse(row.body)
    return { edition: row.edition, reason: row.reason, filedAt: row.filed_at, by: row.account_id, ...body }
  })
}

/** Sequence of the next bundle of this archive and the digest of the one before (delivery.json). */
export async function nextDelivery(trx: Knex.Transaction): Promise<{ sequence: number; previous: string | null }> {
  const row: { sequence: number; sha256: string } | undefined = await trx('bundles')
    .orderBy('sequence', 'desc')
    .first('sequence', 'sha256')
  return { sequence: (row?.sequence ?? 0) + 1, previous: row?.sha256 ?? null }
}

export async function insertBundle(
  trx: Knex.Transaction,
  value: Omit<SealReceipt, 'bag' | 'discLabel'> & {
    readonly volumeId: string
    readonly copyId: string
    readonly folder: string
    readonly recipients: unknown
    readonly by: string
  },
): Promise<void> {
  await trx('bundles').insert({
    id: value.bundleId,
    volume_id: value.volumeId,
    copy_id: value.copyId,
    file_name: value.file,
    folder: value.folder,
    sequence: value.sequence,
    sha256: value.sha256,
    size: value.size,
    recipients: JSON.stringify(value.recipients),
    level: value.level,
    sealed_at: value.sealedAt,
    account_id: value.by,
    receipt: JSON.stringify({ caFingerprint: value.caFingerprint }),
  })
}

/** Says that the file of a line took its name. */
export async function bundleWritten(trx: Knex.Transaction, id: string, at: string): Promise<void> {
  await trx('bundles').where({ id }).update({ written_at: at })
}

/** Lines whose file nobody has seen: the program ended between the line and the file, and nobody has looked yet. */
export async function unsettledBundles(
  trx: Knex.Transaction,
  volumeId: string,
): Promise<{ id: string; copyId: string; file: string; folder: string; size: number; sha256: string }[]> {
  return trx('bundles')
    .where({ volume_id: volumeId, written_at: null })
    .whereNotExists(trx('copy_fates').whereRaw('copy_fates.copy_id = bundles.copy_id').select('id'))
    .select({ id: 'id', copyId: 'copy_id', file: 'file_name', folder: 'folder', size: 'size', sha256: 'sha256' })
}

interface BundleRow {
  readonly id: string
  readonly label: string
  readonly medium: string
  readonly bag: string
  readonly written_at: string | null
  readonly file_name: string
  readonly sequence: number
  readonly sha256: string
  readonly size: number
  readonly recipients: string
  readonly level: Level
  readonly sealed_at: string
  readonly account_id: string
  readonly receipt: string
}

/** A line of the register with what the label of its disc says beside it. */
export type StoredBundle = Omit<SealedBundle, 'bag' | 'discLabel'> & { readonly bag: Bag; readonly medium: string }

/** The bundles made of a volume, the last first; `by` is the account's id. */
export async function bundlesOfVolume(trx: Knex.Transaction, volumeId: string): Promise<StoredBundle[]> {
  const rows: BundleRow[] = await trx('bundles')
    .join('copies', 'copies.id', 'bundles.copy_id')
    .join('tickets', 'tickets.id', 'copies.ticket_id')
    .where('bundles.volume_id', volumeId)
    .orderBy('sequence', 'desc')
    .select('bundles.*', 'copies.label', 'copies.medium', 'tickets.bag')
  return rows.map((row) => {
    const recipients: { readonly name: string }[] = JSON.parse(row.recipients)
    const { caFingerprint }: Pick<SealReceipt, 'caFingerprint'> = JSON.parse(row.receipt)
    return {
      bundleId: row.id,
      file: row.file_name,
      sequence: row.sequence,
      copy: row.label,
      bag: JSON.parse(row.bag),
      medium: row.medium,
      sha256: row.sha256,
      size: row.size,
      level: row.level,
      caFingerprint,
      sealedAt: row.sealed_at,
      recipients: recipients.map(({ name }) => name),
      by: row.account_id,
      written: row.written_at !== null,
    }
  })
}

/** The bundle this archive made with that digest, if any, and which of how many bundles of its request it is. */
export async function bundleByDigest(
  trx: Knex.Transaction,
  sha256: string,
): Promise<
  | (Pick<BundleRow, 'sealed_at' | 'account_id' | 'sequence'> & { readonly bag: Bag; readonly batchId: string })
  | undefined
> {
  const row: (Pick<BundleRow, 'sealed_at' | 'account_id' | 'sequence' | 'bag'> & { batch_id: string }) | undefined =
    await trx('bundles')
      .join('copies', 'copies.id', 'bundles.copy_id')
      .join('tickets', 'tickets.id', 'copies.ticket_id')
      .where('bundles.sha256', sha256)
      .first('bundles.sealed_at', 'bundles.account_id', 'bundles.sequence', 'tickets.bag', 'tickets.batch_id')
  return row && { ...row, bag: JSON.parse(row.bag), batchId: row.batch_id }
}
