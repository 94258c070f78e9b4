import type { Knex } from 'knex'
import type { Holder, Paper, PaperFinal, PaperKind, PaperScan } from '#shared/domain/papers.ts'
import type { Level } from '#shared/domain/secrecy.ts'

export interface StoredPaper extends Paper {
  readonly blobId: string
  /** 密级 the sender of a file that came in had marked it with; null for a paper of our own. */
  readonly marked: Level | null
}

const columns = {
  id: 'id',
  caseId: 'case_id',
  compilationId: 'compilation_id',
  kind: 'kind',
  objectId: 'object_id',
  edition: 'edition',
  title: 'title',
  format: 'format',
  sha256: 'sha256',
  size: 'size',
  pages: 'pages',
  level: 'level',
  marked: 'marked',
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
    compilation_id: value.compilationId,
    kind: value.kind,
    object_kind: objectKind,
    object_id: value.objectId,
    edition: value.edition,
    title: value.title,
    format: value.format,
    blob_id: value.blobId,
    sha256: value.sha256,
    size: value.size,
    pages: value.pages,
    level: value.level,
    marked: value.marked,
    frozen_at: value.frozenAt,
    account_id: by,
  })
}

/** Narrows to the rows of one case or of one compilation; `table` where several are joined. */
export function heldBy({ caseId, compilationId }: Holder, table = ''): Readonly<Record<string, string | null>> {
  const of = table === '' ? '' : `${table}.`
  return { [`${of}case_id`]: caseId, [`${of}compilation_id`]: compilationId }
}

export async function papersOf(trx: Knex.Transaction, holder: Holder): Promise<StoredPaper[]> {
  return trx('papers').where(heldBy(holder)).orderBy('id').select(columns)
}

export async function papersOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredPaper[]> {
  return papersOf(trx, { caseId, compilationId: null })
}

export async function findPaper(
  trx: Knex.Transaction,
  caseId: string,
  paperId: string,
): Promise<StoredPaper | undefined> {
  return findHeldPaper(trx, { caseId, compilationId: null }, paperId)
}

/** A paper of a case or of a compilation. */
export async function findHeldPaper(
  trx: Knex.Transaction,
  holder: Holder,
  paperId: string,
): Promise<StoredPaper | undefined> {
  return trx('papers')
    .where({ id: paperId, ...heldBy(holder) })
    .first(columns)
}

export interface AttachmentRow {
  readonly id: string
  readonly title: string
  readonly fileName: string
  readonly size: number
  readonly level: Level
  readonly at: string
  readonly accountId: string
}

/** Files that came in with the facts of a case, in the order they came. */
export async function attachmentsOf(trx: Knex.Transaction, caseId: string): Promise<AttachmentRow[]> {
  return trx('papers as p')
    .join('blobs', 'blobs.id', 'p.blob_id')
    .where({ 'p.case_id': caseId, 'p.kind': 'attachment' })
    .orderBy('p.id')
    .select({
      id: 'p.id',
      title: 'p.title',
      fileName: 'blobs.name',
      size: 'blobs.size',
      level: 'p.marked',
      at: 'p.frozen_at',
      accountId: 'p.account_id',
    })
}

/** A paper takes the level its case has by now; the bytes stay as they are. */
export async function setPaperLevel(trx: Knex.Transaction, id: string, level: Level): Promise<void> {
  await trx('papers').where({ id }).update({ level })
}

/** Papers of an object are handled at this level from now on; the bytes stay as they are. */
export async function setLevelOfPapers(
  trx: Knex.Transaction,
  objectId: string,
  kinds: readonly PaperKind[],
  level: Level,
): Promise<void> {
  await trx('papers').where({ object_id: objectId }).whereIn('kind', kinds).update({ level })
}

/** Keeps a signed scan with the paper it shows. */
export async function insertScan(
  trx: Knex.Transaction,
  value: PaperScan & { readonly blobId: string },
  by: string,
): Promise<void> {
  await trx('paper_scans').insert({
    id: value.id,
    case_id: value.caseId,
    paper_id: value.paperId,
    blob_id: value.blobId,
    signer: value.signer,
    signed_on: value.signedOn,
    created_at: value.at,
    account_id: by,
  })
}

/** A scan as a file: what a volume takes along with the paper it shows. */
export interface ScanFile {
  readonly id: string
  readonly paperId: string
  readonly blobId: string
  readonly mediaType: string
  readonly signer: string
  readonly signedOn: string
}

/** Signed scans of a case with their attachments, in the order they came. */
export async function scanFiles(trx: Knex.Transaction, caseId: string): Promise<ScanFile[]> {
  return trx('paper_scans as s')
    .join('blobs', 'blobs.id', 's.blob_id')
    .where('s.case_id', caseId)
    .orderBy('s.id')
    .select({
      id: 's.id',
      paperId: 's.paper_id',
      blobId: 's.blob_id',
      mediaType: 'blobs.media_type',
      signer: 's.signer',
      signedOn: 's.signed_on',
    })
}

/** Signed scans of a case in the order they came. */
export async function scansOfCase(trx: Knex.Transaction, caseId: string): Promise<PaperScan[]> {
  return trx('paper_scans as s')
    .join('blobs', 'blobs.id', 's.blob_id')
    .where('s.case_id', caseId)
    .orderBy('s.id')
    .select({
      id: 's.id',
      caseId: 's.case_id',
      paperId: 's.paper_id',
      signer: 's.signer',
      signedOn: 's.signed_on',
      at: 's.created_at',
      fileName: 'blobs.name',
      size: 'blobs.size',
      sha256: 'blobs.sha256',
    })
}

/** A text that came back, as it is kept; accounts by id. */
export interface FinalRow {
  readonly id: string
  readonly caseId: string
  readonly paperId: string
  readonly blobId: string
  readonly ours: string
  readonly theirs: string
  readonly note: string
  readonly state: PaperFinal['state']
  readonly signerId: string
  readonly broughtBy: string
  readonly broughtAt: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly opinion: string
}

/** With its file, as `blobs` knows it. */
export type StoredFinal = FinalRow & { readonly fileName: string; readonly size: number; readonly sha256: string }

export async function insertFinal(trx: Knex.Transaction, value: FinalRow): Promise<void> {
  await trx('paper_finals').insert({
    id: value.id,
    case_id: value.caseId,
    paper_id: value.paperId,
    blob_id: value.blobId,
    ours: value.ours,
    theirs: value.theirs,
    note: value.note,
    state: value.state,
    signer_id: value.signerId,
    brought_by: value.broughtBy,
    brought_at: value.broughtAt,
    decided_by: value.decidedBy,
    decided_at: value.decidedAt,
    opinion: value.opinion,
  })
}

/** Texts of a case that came back, in the order they came. */
export async function finalsOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredFinal[]> {
  return trx('paper_finals as f')
    .join('blobs', 'blobs.id', 'f.blob_id')
    .where('f.case_id', caseId)
    .orderBy('f.id')
    .select({
      id: 'f.id',
      caseId: 'f.case_id',
      paperId: 'f.paper_id',
      blobId: 'f.blob_id',
      ours: 'f.ours',
      theirs: 'f.theirs',
      note: 'f.note',
      state: 'f.state',
      signerId: 'f.signer_id',
      broughtBy: 'f.brought_by',
      broughtAt: 'f.brought_at',
      decidedBy: 'f.decided_by',
      decidedAt: 'f.decided_at',
      opinion: 'f.opinion',
      fileName: 'blobs.name',
      size: 'blobs.size',
      sha256: 'blobs.sha256',
    })
}

export async function decideFinal(
  trx: Knex.Transaction,
  id: string,
  value: Pick<FinalRow, 'state' | 'decidedBy' | 'decidedAt' | 'opinion'>,
): Promise<void> {
  await trx('paper_finals').where({ id }).update({
    state: value.state,
    decided_by: value.decidedBy,
    decided_at: value.decidedAt,
    opinion: value.opinion,
  })
}

/** One that still waits gives way to the one that came after it. */
export async function replaceWaitingFinals(trx: Knex.Transaction, paperId: string): Promise<void> {
  await trx('paper_finals').where({ paper_id: paperId, state: 'submitted' }).update({ state: 'replaced' })
}
