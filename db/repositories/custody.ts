import type { Knex } from 'knex'
import { type CustodyAct, type HandedPiece, type Holder, holderAfter } from '#shared/domain/archive.ts'

// 交接登记 of the volumes: who handed which pieces over, who signed for them, who sent them back, and why (Art. 20).

export interface CustodyRow {
  readonly id: string
  readonly case_id: string
  readonly volume_id: string
  readonly edition: number
  readonly act: CustodyAct
  /** JSON: the pieces it was about, in their order. */
  readonly contents: string
  readonly note: string
  readonly office: string
  readonly at: string
  readonly account_id: string
}

export function piecesOf(row: Pick<CustodyRow, 'contents'>): HandedPiece[] {
  return JSON.parse(row.contents)
}

export async function insertCustody(trx: Knex.Transaction, row: CustodyRow): Promise<void> {
  await trx<CustodyRow>('volume_custody').insert(row)
}

/** Every act on a volume, the first first. */
export async function custodyOf(trx: Knex.Transaction, volumeId: string): Promise<CustodyRow[]> {
  return trx<CustodyRow>('volume_custody').where({ volume_id: volumeId }).orderBy(['edition', 'at', 'id'])
}

/** Who answers for an edition of a volume; each edition begins with the organising office. */
export async function holderOf(trx: Knex.Transaction, volumeId: string, edition: number): Promise<Holder> {
  const row: Pick<CustodyRow, 'act'> | undefined = await trx<CustodyRow>('volume_custody')
    .where({ volume_id: volumeId, edition })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first('act')
  return holderAfter(row?.act ?? null)
}

export async function findCustody(trx: Knex.Transaction, caseId: string, id: string): Promise<CustodyRow | undefined> {
  return trx<CustodyRow>('volume_custody').where({ id, case_id: caseId }).first()
}
