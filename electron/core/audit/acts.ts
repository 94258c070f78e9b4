import type { Knex } from 'knex'
import { ulid } from 'ulid'
import { signedBy } from '#electron/crypto/signature.ts'
import type { Identity, LedgerView } from '../session/types.ts'
import { lastPosition } from './log.ts'

/** 审签, 编号, 定密, scope, freeze, filing, disposal, export ticket: what the actor signs (DESIGN §4). */
export interface BindingAct {
  readonly kind: string
  readonly objectKind: string
  readonly objectId: string
  /** SHA-256 (hex) of the canonical JSON of what is decided upon. */
  readonly objectHash: string
}

interface ActRow {
  readonly id: string
  readonly kind: string
  readonly object_kind: string
  readonly object_id: string
  readonly object_hash: string
  readonly log_seq: number
  readonly account_id: string
  readonly signature: string
  readonly at: string
}

function signedBody(act: Omit<ActRow, 'id' | 'signature'>): Record<string, string | number> {
  const { kind, object_kind, object_id, object_hash, log_seq, account_id, at } = act
  return { kind, object_kind, object_id, object_hash, log_seq, account_id, at }
}

/** Signs an act and keeps it beside the log line it becomes. Returns the act's id. */
export async function recordAct(
  trx: Knex.Transaction,
  identity: Identity,
  act: BindingAct,
  at: string,
): Promise<string> {
  const row = {
    kind: act.kind,
    object_kind: act.objectKind,
    object_id: act.objectId,
    object_hash: act.objectHash,
    // The act's line is the next one: one writer, one transaction.
    log_seq: (await lastPosition(trx)).seq + 1,
    account_id: identity.id,
    at,
  }
  const id = ulid()
  await trx<ActRow>('acts').insert({ ...row, id, signature: identity.sign('act', signedBody(row)) })
  return id
}

export interface ValidAct extends BindingAct {
  readonly id: string
  readonly accountId: string
  readonly at: string
  readonly logSeq: number
}

/**
 * The acts on an object that are worth something: signed by an account of the ledger and standing where they say in
 * the log, by that account, with success. A row that somebody wrote into the file is left out.
 */
export async function validActs(
  db: Knex,
  ledger: LedgerView,
  objectKind: string,
  objectId: string,
): Promise<readonly ValidAct[]> {
  const rows = await db<ActRow>('acts')
    .where({ object_kind: objectKind, object_id: objectId })
    .orderBy(['log_seq', 'id'])
  const valid: ValidAct[] = []
  for (const row of rows) {
    const account = ledger.account(row.account_id)
    if (!account) continue
    if (!signedBy(account, 'act', ledger.genesis, signedBody(row), row.signature)) continue
    const line = await db('log').where({ seq: row.log_seq, account: row.account_id, result: 'ok' }).first('seq')
    if (!line) continue
    valid.push({
      id: row.id,
      kind: row.kind,
      objectKind: row.object_kind,
      objectId: row.object_id,
      objectHash: row.object_hash,
      accountId: row.account_id,
      at: row.at,
      logSeq: row.log_seq,
    })
  }
  return valid
}
