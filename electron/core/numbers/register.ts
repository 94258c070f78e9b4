import { createHash } from 'node:crypto'
import { findChange, updateChange } from '#db/repositories/notice-changes.ts'
import { updateNotice } from '#db/repositories/notices.ts'
import {
  type BlockRow,
  findNumber,
  insertNumber,
  lastNumber,
  type NumberRow,
  numbersOfBlock,
  type RegisterRow,
  useNumber,
  voidNumber,
} from '#db/repositories/numbers.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { blockText, type NumberBlock, numberText, type RegisterEntry } from '#shared/domain/numbers.ts'
import { objectHash } from '../audit/object-hash.ts'
import { assertCaseActs, numberHash, voidHash } from '../cases/acts.ts'
import { caseOf, nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { noticeOf } from '../notices/shown.ts'
import { profileOf, type Rules, rulesOf } from '../rules/rules.ts'

/** The word before a number that belongs to no case yet: of the rules that hold today. */
export async function wordOf(context: Context): Promise<string> {
  return (await rulesOf(context)).on(dayInChina(context.now)).profile.numbering.word
}

/** Art. 4: one sequence a year over all offices; the year is that of the day in Chongqing. */
export const yearOf = (context: Context): number => Number(dayInChina(context.now).slice(0, 4))

/** What a block's giving, entering and closing are signed over. */
export function blockHash(row: Pick<BlockRow, 'kind' | 'year' | 'first' | 'last' | 'office'>): string {
  const { kind, year, first, last, office } = row
  return objectHash({ kind, year, first, last, office })
}

/** The check code on a block's paper slip, `7F3A-09C1`: 32 bits against slips of the pen, no secret. */
export function slipCode(word: string, block: Pick<BlockRow, 'year' | 'first' | 'last' | 'office'>): string {
  const text = [word, block.year, block.first, block.last, block.office].join('|')
  const hex = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8).toUpperCase()
  return `${hex.slice(0, 4)}-${hex.slice(4)}`
}

/** True where 责任追究部门 works in this archive: only there numbers are given (Art. 4). */
export function keepsRegister(context: Pick<Context, 'session'>): boolean {
  const accounts = context.session.archive.ledger.accounts()
  return accounts.some((one) => one.state === 'active' && one.roles.includes('accountabilityOffice'))
}

/** Why a number cannot become 作废, or null: it is void, another machine draws from it, or its paper has gone out. */
export function whyNotVoid(row: RegisterRow): 'numbers.alreadyVoid' | 'numbers.inBlock' | 'numbers.issued' | null {
  if (row.state === 'void') return 'numbers.alreadyVoid'
  if (row.compilation_id !== null) return row.compilation_issued === 1 ? 'numbers.issued' : null
  // Whether a number of a block is free is known on the other machine only; its slip says so.
  if (row.block_id !== null && row.state === 'reserved') return 'numbers.inBlock'
  const { change_id: changeId, change_state: changed, notice_state: notice, notice_issued_at: issuedAt } = row
  const out =
    changeId === null ? notice === 'issued' || (notice === 'cancelled' && issuedAt !== null) : changed === 'issued'
  return out ? 'numbers.issued' : null
}

function paperOf(row: RegisterRow): RegisterEntry['paper'] {
  if (row.elsewhere !== null) return 'elsewhere'
  if (row.compilation_id !== null) return 'inspection'
  return row.change_kind ?? (row.notice_id === null ? 'none' : 'notice')
}

export function shownEntry(context: Context, rules: Rules, row: RegisterRow): RegisterEntry {
  const { profile, profile_version, profile_hash } = row
  const pinned = profile !== null && profile_version !== null && profile_hash !== null
  // The word is the rules' of the number's case; without a case, of those that hold today.
  const own = pinned ? rules.of({ profile, profile_version, profile_hash }) : rules.on(dayInChina(context.now)).profile
  const elsewhere: { enterprise: string; matter: string } | null =
    row.elsewhere === null ? null : JSON.parse(row.elsewhere)
  return {
    id: row.id,
    year: row.year,
    n: row.n,
    text: numberText(own.numbering.word, row.year, row.n),
    state: row.state,
    paper: paperOf(row),
    caseId: row.case_id,
    enterpriseName: elsewhere?.enterprise ?? row.enterprise ?? '',
    matter: elsewhere?.matter ?? row.matter ?? row.compilation ?? '',
    block: row.office ?? '',
    reason: row.reason ?? '',
    at: row.at,
    by: nameOf(context, row.account_id),
    voidable: whyNotVoid(row) === null,
  }
}

export async function shownBlock(context: Context, row: BlockRow): Promise<NumberBlock> {
  const counts = { used: 0, reserved: 0, void: 0 }
  for (const one of await numbersOfBlock(context.trx, row.id)) counts[one.state] += 1
  return {
    id: row.id,
    kind: row.kind,
    year: row.year,
    first: row.first,
    last: row.last,
    text: blockText(await wordOf(context), row.year, row.first, row.last),
    office: row.office,
    slip: row.slip,
    state: row.state,
    ...counts,
    reason: row.reason,
    at: row.at,
    by: nameOf(context, row.account_id),
  }
}

/** Puts a new number into the register, after the highest of its year. */
export async function newNumber(
  context: Context,
  value: Pick<NumberRow, 'state' | 'reason'> & Partial<Pick<NumberRow, 'notice_id' | 'change_id' | 'compilation_id'>>,
): Promise<NumberRow> {
  const { trx, now, account } = context
  const year = yearOf(context)
  const row: NumberRow = {
    id: context.newId(),
    year,
    n: (await lastNumber(trx, year)) + 1,
    notice_id: null,
    change_id: null,
    compilation_id: null,
    block_id: null,
    elsewhere: null,
    at: now,
    account_id: account.id,
    ...value,
  }
  await insertNumber(trx, row)
  return row
}

/** Voids one number with the signed act over its reason. */
export async function voidOne(context: Context, id: string, reason: string): Promise<void> {
  const number = (await findNumber(context.trx, id)) ?? fail('numbers.unknown')
  await voidNumber(context.trx, id, reason)
  const objectHash = voidHash({ year: number.year, n: number.n, reason })
  await context.act({ kind: 'numbers.void', objectKind: 'number', objectId: id, objectHash })
}

/**
 * What becomes of the number of a paper that does not go out. A number of a block entered here becomes 作废 with the
 * reason of whoever takes the paper back, as when the block is returned. One of the register is 责任追究部门's alone
 * (Art. 4: 统一编号管理): it stays until that office voids it, and 对账 names it. True when no number stands any more.
 */
export async function releaseNumber(context: Context, numberId: string | null, reason: string): Promise<boolean> {
  const number = numberId === null ? undefined : await findNumber(context.trx, numberId)
  if (!number) return true
  if (number.block_id === null) return false
  await voidOne(context, number.id, reason)
  return true
}

/** What is to be numbered: a notice or its 改期/取消 paper, signed and, for a notice, classified. */
export interface Numbered {
  readonly caseId: string
  readonly noticeId: string
  readonly changeId: string | null
}

/** Errors: `numbers.notApproved`, `numbers.notClassified`, and those of the case's signed acts. */
export async function assertReady(context: Context, one: Numbered): Promise<void> {
  const { trx } = context
  const notice = await noticeOf(context, one.caseId, one.noticeId)
  if (one.changeId !== null) {
    const change = await findChange(trx, one.changeId)
    if (change?.notice_id !== notice.id) fail('notices.unknownChange')
    if (change.state !== 'approved') fail('numbers.notApproved', { state: change.state })
  } else {
    if (notice.state !== 'approved') fail('numbers.notApproved', { state: notice.state })
    const decision =
      notice.classification_id === null ? undefined : await findClassification(trx, notice.classification_id)
    if (decision?.state !== 'approved') fail('numbers.notClassified')
  }
  await assertCaseActs(context, one.caseId)
}

/** A number of the register that is to be used now. Errors: `numbers.unknown`, `numbers.notReserved`, `numbers.otherYear`. */
export async function reservedNumber(context: Context, numberId: string | null): Promise<NumberRow | null> {
  if (numberId === null) return null
  const number = (await findNumber(context.trx, numberId)) ?? fail('numbers.unknown')
  // A number of a block belongs to the machine it was given to.
  if (number.state !== 'reserved' || number.block_id !== null) fail('numbers.notReserved')
  if (number.year !== yearOf(context)) fail('numbers.otherYear', { year: number.year })
  return number
}

/** Ties the notice of a 专项核查 to its number, with the signed act that makes it count (Art. 4, 19). */
export async function giveInspection(
  context: Context,
  compilationId: string,
  number: NumberRow | null,
): Promise<string> {
  const { trx, now, account } = context
  const tie = { compilation_id: compilationId }
  if (number) await useNumber(trx, number.id, { ...tie, at: now, account_id: account.id })
  const row = number ?? (await newNumber(context, { state: 'used', reason: null, ...tie }))
  const objectHash = numberHash({ year: row.year, n: row.n, noticeId: null, compilationId })
  await context.act({ kind: 'numbers.allocate', objectKind: 'number', objectId: row.id, objectHash })
  return numberText(await wordOf(context), row.year, row.n)
}

/** Ties a number to its paper, with the signed act that makes it count. */
export async function give(
  context: Context,
  one: Numbered,
  number: NumberRow | null,
  act: 'numbers.allocate' | 'numbers.drawFromBlock',
): Promise<string> {
  const { trx, now, account } = context
  const tie = { notice_id: one.noticeId, change_id: one.changeId }
  if (number) await useNumber(trx, number.id, { ...tie, at: now, account_id: account.id })
  const row = number ?? (await newNumber(context, { state: 'used', reason: null, ...tie }))
  if (one.changeId === null)
    await updateNotice(trx, one.noticeId, { state: 'numbered', number_id: row.id, updated_at: now })
  else await updateChange(trx, one.changeId, { state: 'numbered', number_id: row.id })
  const objectHash = numberHash({ year: row.year, n: row.n, noticeId: one.noticeId, changeId: one.changeId })
  await context.act({ kind: act, objectKind: 'number', objectId: row.id, objectHash })
  const { numbering } = await profileOf(context, await caseOf(context, one.caseId))
  const text = numberText(numbering.word, row.year, row.n)
  await recordEvent(context, one.caseId, 'numbers.allocate', 4, { text })
  return text
}
