import type { Knex } from 'knex'
import type { Paper } from '#shared/domain/papers.ts'

export interface StoredPaper extends Paper {
  readonly blobId: string
}

const columns = {
  id: 'id',
  caseId: 'case_id',
  kind: 'kind',
  objectId: 'object_id',
  title: 'title',
  format: 'format',
  sha256: 'sha256',
  size: 'size',
  pages: 'pages',
  level: 'level',
  frozenAt: 'frozen_at',
  blobId: 'blob_id',
}

export async function insertPaper(
  trx: Knex.Transaction,
  value: StoredPaper,
  objectKind: string,
  by: string,
): Promise<void> {
  await trx('papers').insert({
    id: value.id,
    case_id: value.caseId,
    kind: value.kind,
    object_kind: objectKind,
    object_id: value.objectId,
    title: value.title,
    format: value.format,
    blob_id: value.blobId,
    sha256: value.sha256,
    size: value.size,
    pages: value.pages,
    level: value.level,
    frozen_at: value.frozenAt,
    account_id: by,
  })
}

export async function papersOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredPaper[]> {
  return trx('papers').where({ case_id: caseId }).orderBy('id').select(columns)
}

export async function findPaper(
  trx: Knex.Transaction,
  caseId: string,
  paperId: string,
): Promise<StoredPaper | undefined> {
  return trx('papers').where({ id: paperId, case_id: caseId }).first(columns)
}

/** The next copy number of a paper: one sequence for printing and export together (公文条例 9: 份号). */
export async function nextCopyNumber(trx: Knex.Transaction, paperId: string): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('copies')
    .where({ paper_id: paperId })
    .max('copy_number as top')
    .first()
  return (row?.top ?? 0) + 1
}

export async function insertCopy(
  trx: Knex.Transaction,
  value: {
    readonly id: string
    readonly caseId: string
    readonly paperId: string | null
    readonly copyNumber: number | null
    readonly act: 'print' | 'export' | 'burn'
    readonly recipient: string
    readonly at: string
    readonly by: string
    readonly sha256: string
  },
): Promise<void> {
  await trx('copies').insert({
    id: value.id,
    case_id: value.caseId,
    paper_id: value.paperId,
    copy_number: value.copyNumber,
    act: value.act,
    recipient: value.recipient,
    at: value.at,
    account_id: value.by,
    sha256: value.sha256,
  })
}
