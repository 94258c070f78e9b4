import type { Knex } from 'knex'
import type { Piece } from '#shared/domain/pieces.ts'

// Pieces filed one by one, each under its 档号 (DA/T 22).

const columns = {
  id: 'id',
  caseId: 'case_id',
  volumeId: 'volume_id',
  compilationId: 'compilation_id',
  paperId: 'paper_id',
  documentId: 'document_id',
  code: 'code',
  year: 'year',
  term: 'term',
  organ: 'organ',
  n: 'n',
  title: 'title',
  number: 'number',
  author: 'author',
  day: 'day',
  level: 'level',
  pages: 'pages',
  filedAt: 'filed_at',
}

export async function insertPiece(trx: Knex.Transaction, value: Piece, by: string): Promise<void> {
  const row = Object.entries(columns).map(([name, column]) => [column, value[name as keyof Piece]] as const)
  await trx('pieces').insert({ ...Object.fromEntries(row), account_id: by })
}

export async function piecesOfVolume(trx: Knex.Transaction, volumeId: string): Promise<Piece[]> {
  return trx('pieces').where({ volume_id: volumeId }).orderBy('code').select(columns)
}

export async function pieceOfCompilation(trx: Knex.Transaction, compilationId: string): Promise<Piece | undefined> {
  return trx('pieces').where({ compilation_id: compilationId }).first(columns)
}

/** Pieces of cases and compilations in the order of their 档号, of one year where one is named. */
export async function listPieces(
  trx: Knex.Transaction,
  held: { readonly cases: Knex.QueryBuilder; readonly compilations: Knex.QueryBuilder },
  year: number | null,
): Promise<Piece[]> {
  return trx('pieces')
    .where((any) => any.whereIn('case_id', held.cases).orWhereIn('compilation_id', held.compilations))
    .modify((query) => void (year !== null && query.where({ year })))
    .orderBy('code')
    .select(columns)
}

/** The last 件号 of a run; 0 when there is none. */
export async function lastPieceNumber(
  trx: Knex.Transaction,
  { year, term, organ }: Pick<Piece, 'year' | 'term' | 'organ'>,
): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('pieces')
    .where({ year, term, organ })
    .max('n as top')
    .first()
  return row?.top ?? 0
}

/** 档号 of every piece that is not of this volume. */
export async function otherPieceCodes(trx: Knex.Transaction, volumeId: string): Promise<string[]> {
  const rows: { code: string }[] = await trx('pieces').whereRaw('volume_id IS NOT ?', [volumeId]).select('code')
  return rows.map((row) => row.code)
}
