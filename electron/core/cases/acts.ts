import { editionsOfVolume, volumeOfCase } from '#db/repositories/archive.ts'
import { type CustodyRow, custodyOf, piecesOf } from '#db/repositories/custody.ts'
import { disciplineOfCase, type StoredDiscipline } from '#db/repositories/discipline.ts'
import {
  editionsOfMinutes,
  fieldsOfMinutes,
  type MinutesRow,
  minutesOfCase,
  sentencesOf,
} from '#db/repositories/minutes.ts'
import { type ChangeRow, changeFields, changesOfCase } from '#db/repositories/notice-changes.ts'
import { type NoticeRow, noticesOfCase, storedOf } from '#db/repositories/notices.ts'
import { findNumber } from '#db/repositories/numbers.ts'
import { finalsOfCase } from '#db/repositories/papers.ts'
import { recordEditionsOfCase } from '#db/repositories/record.ts'
import { type EntryRow, type ExtensionRow, entriesOfCase, extensionsOfCase } from '#db/repositories/rectification.ts'
import { redactionsOfCase } from '#db/repositories/redactions.ts'
import { referralsOfCase, type StoredReferral } from '#db/repositories/referrals.ts'
import { classificationsOfCase } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { leaderRoles, type Role } from '#shared/domain/accounts.ts'
import { type HandedPiece, handedPieces, type Volume } from '#shared/domain/archive.ts'
import type { Sentence } from '#shared/domain/minutes.ts'
import type { Classification } from '#shared/domain/secrecy.ts'
import { validActs } from '../audit/acts.ts'
import { objectHash } from '../audit/object-hash.ts'
import type { Context } from '../context.ts'
import { finalHash } from '../papers/finals.ts'
import { profileOf } from '../rules/rules.ts'
import { redactionHash, redactionReviewers } from '../secrecy/redactions.ts'
import { caseOf } from './case-file.ts'

/** What 审签 decides upon: this wording for this enterprise. */
export function noticeHash(row: NoticeRow): string {
  return objectHash({
    caseId: row.case_id,
    noticeId: row.id,
    enterpriseId: row.enterprise_id,
    version: row.version,
    form: storedOf(row).form,
  })
}

/** What 定密 decides upon: the three elements together with who proposed them, for one object. */
export function classificationHash(value: Classification): string {
  const { id, caseId, objectKind, objectId, act, replaces, proposerId } = value
  const { level, term, basis, reason, points, scope, sources, unclear } = value
  const elements = { level, term, basis, reason, points, scope, sources, unclear }
  return objectHash({ id, caseId, objectKind, objectId, act, replaces, proposerId, ...elements })
}

/** What 编号 decides upon: a number for a notice. */
export function numberHash(value: {
  readonly year: number
  readonly n: number
  readonly noticeId: string | null
  readonly changeId?: string | null
  readonly compilationId?: string | null
}): string {
  const { year, n, noticeId, changeId, compilationId } = value
  return objectHash({
    year,
    n,
    noticeId,
    ...(changeId ? { changeId } : {}),
    ...(compilationId ? { compilationId } : {}),
  })
}

/** What 作废 decides upon: a number and why. */
export function voidHash(value: { readonly year: number; readonly n: number; readonly reason: string }): string {
  return objectHash({ year: value.year, n: value.n, void: value.reason })
}

/** What 审签 of a 改期 or 取消 decides upon: this wording for this notice. */
export function changeHash(row: Pick<ChangeRow, 'id' | 'case_id' | 'notice_id' | 'kind' | 'fields'>): string {
  const { id, case_id: caseId, notice_id: noticeId, kind } = row
  return objectHash({ id, caseId, noticeId, kind, fields: changeFields(row) })
}

/** What 定稿 decides upon: one wording of the minutes, the present one or that of an edition. */
export function minutesHash(
  row: Pick<MinutesRow, 'id' | 'case_id' | 'enterprise_id'>,
  wording: Pick<MinutesRow, 'edition' | 'version' | 'fields'>,
  sentences: readonly Sentence[],
): string {
  return objectHash({
    caseId: row.case_id,
    minutesId: row.id,
    enterpriseId: row.enterprise_id,
    edition: wording.edition,
    version: wording.version,
    fields: fieldsOfMinutes(wording),
    sentences,
  })
}

/** What 归档 decides upon: the volume with its items in order. */
export function volumeHash(value: Volume): string {
  const { id, caseId, archivalCode, title, retention, items, gaps, level, edition, reason } = value
  return objectHash({ id, caseId, archivalCode, title, retention, items, gaps, level, edition, reason })
}

/** Pieces without their order, which the archivist may change after the receipt. */
function unordered(pieces: readonly HandedPiece[]): HandedPiece[] {
  const key = (piece: HandedPiece): string => piece.paperId ?? piece.documentId ?? ''
  return [...pieces].sort((a, b) => key(a).localeCompare(key(b)))
}

/** What 移交, 签收 and 退回 decide upon: these pieces of this edition, in the words that go with them. */
export function custodyHash(row: Omit<CustodyRow, 'account_id'>): string {
  const { id, case_id: caseId, volume_id: volumeId, edition, act, note, office, at } = row
  return objectHash({ id, caseId, volumeId, edition, act, note, office, at, pieces: unordered(piecesOf(row)) })
}

/** What 移送 decides upon: these pieces, why, and the lead in short. */
export function referralHash(value: StoredReferral): string {
  const { id, caseId, number, reason, summary, period, amount, persons, pieces, office, level, sentAt } = value
  return objectHash({ id, caseId, number, reason, summary, period, amount, persons, pieces, office, level, sentAt })
}

/** What 签收 and 退回 of a referral decide upon. */
export function answerHash(value: StoredReferral): string {
  return objectHash({ sent: referralHash(value), state: value.state, register: value.register, note: value.note })
}

/**
 * A state that counts needs a valid act: signed by an account that holds the role, over exactly this object. Errors:
 * `acts.invalid` names the object whose state somebody wrote without the right to.
 */
export async function assertAct(
  context: Context,
  object: { readonly kind: string; readonly id: string; readonly hash: string },
  act: string,
  roles: readonly Role[],
  by: string | null = null,
): Promise<void> {
  const { ledger } = context.session.archive
  const acts = await validActs(context.trx, ledger, object.kind, object.id)
  const found = acts.some(
    (one) =>
      one.kind === act &&
      one.objectHash === object.hash &&
      (by === null || one.accountId === by) &&
      // A signer who has left since did hold the role when the act was done: the paper stays signed.
      roles.some((role) => ledger.held(one.accountId, role, one.at)),
  )
  if (!found) fail('acts.invalid', { object: object.kind, id: object.id, act })
}

const finalisers: readonly Role[] = ['officeHead', ...leaderRoles]
const freezers: readonly Role[] = ['minuteTaker', 'caseOfficer', ...finalisers]

/** Every edition was signed, and final minutes stand as their last edition does. */
async function assertMinutes(context: Context, row: MinutesRow): Promise<void> {
  const { trx } = context
  const editions = await editionsOfMinutes(trx, row.id)
  for (const one of editions) {
    const object = { kind: 'minutes', id: row.id, hash: minutesHash(row, one, JSON.parse(one.sentences)) }
    await assertAct(context, object, 'minutes.finalise', finalisers)
  }
  if (row.state !== 'final') return
  const object = { kind: 'minutes', id: row.id, hash: minutesHash(row, row, await sentencesOf(trx, row.id)) }
  await assertAct(context, object, 'minutes.finalise', finalisers)
  if (editions.at(-1)?.edition !== row.edition)
    fail('acts.invalid', { object: 'minutes', id: row.id, act: 'minutes.finalise' })
}

/** A number counts when the accountability office gave it, or when it was drawn from a block entered here (Art. 4). */
async function assertNumber(
  context: Context,
  numberId: string | null,
  paper: { readonly noticeId: string; readonly changeId: string | null },
): Promise<void> {
  const number = numberId === null ? undefined : await findNumber(context.trx, numberId)
  if (!number) fail('acts.invalid', { object: 'number', id: paper.noticeId, act: 'numbers.allocate' })
  const object = { kind: 'number', id: number.id, hash: numberHash({ year: number.year, n: number.n, ...paper }) }
  if (number.block_id === null) await assertAct(context, object, 'numbers.allocate', ['accountabilityOffice'])
  else await assertAct(context, object, 'numbers.drawFromBlock', ['caseOfficer', 'officeHead'])
}

/**
 * What was filed is what the office handed over and the archivist signed for, each by a signed act (Art. 20). Errors:
 * `archive.notReceived`, `acts.invalid`.
 */
export async function assertReceived(
  context: Context,
  volume: Pick<Volume, 'id' | 'edition' | 'items'>,
  custody: readonly CustodyRow[],
): Promise<void> {
  const steps = custody.filter((row) => row.edition === volume.edition)
  const received = steps.at(-1)
  const handed = steps.findLast((row) => row.act === 'handed')
  if (received?.act !== 'received' || !handed) return fail('archive.notReceived')
  const signed = async (row: CustodyRow, act: string, roles: readonly Role[]): Promise<void> => {
    const same = objectHash(unordered(piecesOf(row))) === objectHash(unordered(handedPieces(volume.items)))
    if (!same) fail('acts.invalid', { object: 'volume', id: volume.id, act })
    await assertAct(context, { kind: 'volume', id: volume.id, hash: custodyHash(row) }, act, roles, row.account_id)
  }
  await signed(handed, 'archive.handOver', ['caseOfficer', 'officeHead'])
  await signed(received, 'archive.receive', ['archivist'])
}

/** What a decision about a later day of a 工作方案 decides upon (Art. 11). */
export function extensionHash(row: ExtensionRow): string {
  const { id, case_id: caseId, enterprise_id: enterpriseId, former_due: formerDue, due, reason } = row
  const { asker_id: askerId, asked_at: askedAt, state, opinion } = row
  return objectHash({ id, caseId, enterpriseId, formerDue, due, reason, askerId, askedAt, state, opinion })
}

/** What 销账 and 重新开启 decide upon (Art. 16): the entry as it stands. */
export function entryHash({ id, case_id: caseId, enterprise_id: enterpriseId, body, replaces, at }: EntryRow): string {
  return objectHash({ id, caseId, enterpriseId, body, replaces, at })
}

/** Extensions were decided by another than who asked; 销账 and 重新开启 by who may (Art. 11, 16). */
async function assertRectification(context: Context, caseId: string): Promise<void> {
  const { trx } = context
  for (const row of await extensionsOfCase(trx, caseId)) {
    if (row.state === 'asked') continue
    const object = { kind: 'planExtension', id: row.id, hash: extensionHash(row) }
    if (row.decider_id === row.asker_id)
      fail('acts.invalid', { object: object.kind, id: row.id, act: 'rectification.decideExtension' })
    await assertAct(context, object, 'rectification.decideExtension', finalisers, row.decider_id)
  }
  for (const row of await entriesOfCase(trx, caseId)) {
    const object = { kind: 'rectificationEntry', id: row.id, hash: entryHash(row) }
    if (row.kind === 'closure')
      await assertAct(context, object, 'rectification.close', ['caseOfficer', 'officeHead'], row.account_id)
    if (row.kind === 'reopening') await assertAct(context, object, 'rectification.reopen', finalisers, row.account_id)
  }
}

/** What asking for a 移送纪检监察机构 and each step after it decide upon (Art. 18): the referral as that step left it. */
export function disciplineHash(value: StoredDiscipline, step: 'ask' | 'decide' | 'send' | 'receipt'): string {
  const { id, caseId, enterpriseId, organ, pieces, suspicion, period, amount, persons, finding, office, level } = value
  const { askedAt, number, opinion, decidedAt, sending, receipt } = value
  const asked = { id, caseId, enterpriseId, organ, pieces, suspicion, period, amount, persons, finding, office, level }
  return objectHash({
    ...asked,
    askedAt,
    ...(step === 'ask' ? {} : { number, opinion, decidedAt }),
    ...(step === 'send' || step === 'receipt' ? { sending } : {}),
    ...(step === 'receipt' ? { receipt } : {}),
  })
}

/** What went to a discipline organ was asked for, agreed to by a leader, sent and signed for, each by a signed act. */
async function assertDiscipline(context: Context, caseId: string): Promise<void> {
  const desk = ['caseOfficer', 'officeHead'] as const
  for (const one of await disciplineOfCase(context.trx, caseId)) {
    const signed = (
      step: Parameters<typeof disciplineHash>[1],
      act: string,
      roles: readonly Role[],
      by: string | null,
    ) => assertAct(context, { kind: 'discipline', id: one.id, hash: disciplineHash(one, step) }, act, roles, by)
    await signed('ask', 'referrals.askDiscipline', desk, one.askedBy)
    if (one.state === 'asked') continue
    await signed('decide', 'referrals.decideDiscipline', leaderRoles, one.decidedBy)
    if (one.sending !== null) await signed('send', 'referrals.sendDiscipline', desk, one.sentBy)
    if (one.receipt !== null) await signed('receipt', 'referrals.receiptDiscipline', desk, one.receivedBy)
  }
}

/** What left was referred by the office, and signed for by the accountability office (Art. 20). */
async function assertReferrals(context: Context, caseId: string): Promise<void> {
  for (const one of await referralsOfCase(context.trx, caseId)) {
    const sent = { kind: 'referral', id: one.id, hash: referralHash(one) }
    await assertAct(context, sent, 'referrals.send', ['caseOfficer', 'officeHead'], one.sentBy)
    if (one.state === 'sent') continue
    const act = one.state === 'received' ? 'referrals.receive' : 'referrals.return'
    const answer = { kind: 'referral', id: one.id, hash: answerHash(one) }
    await assertAct(context, answer, act, ['accountabilityOffice'], one.answeredBy)
  }
}

/** Checks every decided state of a case against its signed acts: when the case is opened, printed or sealed (DESIGN §4). */
export async function assertCaseActs(context: Context, caseId: string): Promise<void> {
  const { trx } = context
  for (const one of await classificationsOfCase(trx, caseId)) {
    if (one.state !== 'approved') continue
    const object = { kind: 'classification', id: one.id, hash: classificationHash(one) }
    if (one.approverId === one.proposerId)
      fail('acts.invalid', { object: object.kind, id: one.id, act: 'secrecy.decide' })
    await assertAct(context, object, 'secrecy.decide', ['classifier'], one.approverId)
  }
  const signers = (await profileOf(context, await caseOf(context, caseId))).signers.map((one) => one.code)
  for (const row of await noticesOfCase(trx, caseId)) {
    if (!['approved', 'numbered', 'issued'].includes(row.state)) continue
    await assertAct(context, { kind: 'notice', id: row.id, hash: noticeHash(row) }, 'notices.decide', signers)
    if (row.state !== 'approved') await assertNumber(context, row.number_id, { noticeId: row.id, changeId: null })
  }
  for (const row of await changesOfCase(trx, caseId)) {
    if (!['approved', 'numbered', 'issued'].includes(row.state)) continue
    const object = { kind: 'noticeChange', id: row.id, hash: changeHash(row) }
    await assertAct(context, object, 'notices.decideChange', signers)
    if (row.state !== 'approved')
      await assertNumber(context, row.number_id, { noticeId: row.notice_id, changeId: row.id })
  }
  for (const row of await minutesOfCase(trx, caseId)) await assertMinutes(context, row)
  for (const { interviewId, hash } of await recordEditionsOfCase(trx, caseId))
    await assertAct(context, { kind: 'interview', id: interviewId, hash }, 'interviews.freeze', freezers)
  for (const one of await finalsOfCase(trx, caseId)) {
    if (one.state !== 'approved') continue
    const object = { kind: 'paperFinal', id: one.id, hash: finalHash(one) }
    if (one.decidedBy === one.broughtBy)
      fail('acts.invalid', { object: object.kind, id: one.id, act: 'papers.approveFinal' })
    await assertAct(context, object, 'papers.approveFinal', finalisers, one.decidedBy)
  }
  for (const one of await redactionsOfCase(trx, caseId)) {
    if (one.state !== 'reviewed') continue
    const object = { kind: 'redaction', id: one.id, hash: redactionHash(one) }
    if (one.reviewerId === one.authorId)
      fail('acts.invalid', { object: object.kind, id: one.id, act: 'redactions.review' })
    await assertAct(context, object, 'redactions.review', redactionReviewers, one.reviewerId)
  }
  await assertRectification(context, caseId)
  await assertReferrals(context, caseId)
  await assertDiscipline(context, caseId)
  const volume = await volumeOfCase(trx, caseId)
  if (!volume) return
  const signed = (value: Volume): Promise<void> =>
    assertAct(context, { kind: 'volume', id: value.id, hash: volumeHash(value) }, 'archive.file', ['archivist'])
  const custody = await custodyOf(trx, volume.id)
  for (const { items, gaps, level, edition, reason } of await editionsOfVolume(trx, volume.id)) {
    await signed({ ...volume, items, gaps, level, edition, reason })
    await assertReceived(context, { id: volume.id, edition, items }, custody)
  }
  if (volume.state !== 'open') await signed(volume)
}
