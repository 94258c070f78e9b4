import type { Knex } from 'knex'
import type { Verdict } from '#shared/domain/archive.ts'
import { type ReceivedFile, type ReceivedItem, type Receiving, receivingNumber } from '#shared/domain/receivings.ts'
import type { Level } from '#shared/domain/secrecy.ts'

// 接收登记: a line for every bundle taken in, with the tar it held as one encrypted attachment.

/** What a line keeps beside its columns. */
export interface ReceivedContents {
  readonly items: readonly ReceivedItem[]
  readonly files: readonly ReceivedFile[]
  readonly verdict: Verdict
}

export interface StoredReceiving extends Receiving {
  readonly blobId: string
  readonly receiptBlobId: string
  readonly contents: ReceivedContents
}

interface Row {
  readonly id: string
  readonly year: number
  readonly n: number
  readonly delivery_id: string
  readonly sender: string
  readonly signer: string
  readonly signed_at: string
  readonly authority: string
  readonly sequence: number
  readonly archival_code: string
  readonly title: string
  readonly level: Level
  readonly files: number
  readonly bytes: number
  readonly sha256: string
  readonly blob_id: string
  readonly receipt_blob_id: string
  readonly contents: string
  readonly received_at: string
  readonly account_id: string
  readonly note: string
}

function toReceiving(row: Row): StoredReceiving {
  const contents: ReceivedContents = JSON.parse(row.contents)
  const { number, count } = contents.verdict.bag ?? { number: 1, count: 1 }
  return {
    id: row.id,
    number: receivingNumber(row.year, row.n),
    deliveryId: row.delivery_id,
    sender: row.sender,
    signer: row.signer,
    signedAt: row.signed_at,
    authority: row.authority,
    sequence: row.sequence,
    archivalCode: row.archival_code,
    title: row.title,
    level: row.level,
    bag: { number, count },
    files: row.files,
    bytes: row.bytes,
    sha256: row.sha256,
    receivedAt: row.received_at,
    receivedBy: row.account_id,
    note: row.note,
    blobId: row.blob_id,
    receiptBlobId: row.receipt_blob_id,
    contents,
  }
}

/** The next 接收号 of a year, from 1. */
export async function nextReceiving(trx: Knex.Transaction, year: number): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('receivings').where({ year }).max('n as top').first()
  return (row?.top ?? 0) + 1
}

export async function insertReceiving(
  trx: Knex.Transaction,
  value: StoredReceiving,
  place: { readonly year: number; readonly n: number },
): Promise<void> {
  const row: Row = {
    id: value.id,
    ...place,
    delivery_id: value.deliveryId,
    sender: value.sender,
    signer: value.signer,
    signed_at: value.signedAt,
    authority: value.authority,
    sequence: value.sequence,
    archival_code: value.archivalCode,
    title: value.title,
    level: value.level,
    files: value.files,
    bytes: value.bytes,
    sha256: value.sha256,
    blob_id: value.blobId,
    receipt_blob_id: value.receiptBlobId,
    contents: JSON.stringify(value.contents),
    received_at: value.receivedAt,
    account_id: value.receivedBy,
    note: value.note,
  }
  await trx('receivings').insert(row)
}

/** Lines in the order they were taken in, the last first; of one account when `receivedBy` names it. */
export async function listReceivings(trx: Knex.Transaction, receivedBy: string | null): Promise<StoredReceiving[]> {
  const query = trx<Row>('receivings').orderBy('id', 'desc')
  const rows: Row[] = await (receivedBy === null ? query : query.where({ account_id: receivedBy }))
  return rows.map(toReceiving)
}

export async function findReceiving(trx: Knex.Transaction, id: string): Promise<StoredReceiving | undefined> {
  const row: Row | undefined = await trx<Row>('receivings').where({ id }).first()
  return row && toReceiving(row)
}

/** Numbers of what was received before: this very bundle, and bundles of its volume that are none of its group. */
export async function receivedBefore(
  trx: Knex.Transaction,
  value: Pick<Receiving, 'deliveryId' | 'authority' | 'archivalCode'>,
  group: string | null,
): Promise<{ alreadyAs: string | null; earlier: string[] }> {
  const rows: Row[] = await trx<Row>('receivings')
    .where({ authority: value.authority, archival_code: value.archivalCode })
    .orWhere({ delivery_id: value.deliveryId })
    .orderBy('id')
  const same = rows.find((row) => row.delivery_id === value.deliveryId)
  return {
    alreadyAs: same ? receivingNumber(same.year, same.n) : null,
    earlier: rows
      .filter((row) => row !== same && (group === null || toReceiving(row).contents.verdict.bag?.group !== group))
      .map((row) => receivingNumber(row.year, row.n)),
  }
}

/** The received bundles that name this group, the first first. */
export async function receivedOfGroup(trx: Knex.Transaction, group: string): Promise<StoredReceiving[]> {
  const rows: Row[] = await trx<Row>('receivings')
    .whereRaw("json_extract(contents, '$.verdict.bag.group') = ?", [group])
    .orderBy('id')
  return rows.map(toReceiving)
}
