import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { findDiscipline, type StoredDiscipline } from '#db/repositories/discipline.ts'
import { findReferral, type StoredReferral } from '#db/repositories/referrals.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { pieceFormNames, type ReferredPiece } from '#shared/domain/referrals.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { shownNotices } from '../notices/shown.ts'
import { anchorOf, frameOfCase, layoutOf } from '../papers/frame.ts'
import { type Printing, type Wanted, wanted } from '../papers/wanted.ts'

/** Whom the Rules send leads to (Art. 20). */
const receiver = '责任追究部门'

const printedPieces = (pieces: readonly ReferredPiece[]) =>
  pieces.map((piece) => ({
    title: piece.title,
    number: piece.number,
    copies: 1,
    pages: piece.pages,
    level: piece.level === 'none' ? '' : levelNames[piece.level],
    copyNumber: '',
    form: pieceFormNames[piece.form],
  }))

async function common(context: Context, value: StoredReferral, printing: Printing) {
  const { trx } = context
  const { level, frame } = await frameOfCase(context, value.caseId, value.id, printing, 'referral')
  const data = {
    ...frame,
    anchor: await anchorOf(context),
    number: value.number,
    enterprise: (await enterprisesOfCase(trx, value.caseId)).map((one) => one.name).join('、'),
    matter: (await caseOf(context, value.caseId)).matter,
    from: value.office,
    pieces: printedPieces(value.pieces),
    sentBy: nameOf(context, value.sentBy),
    sentOn: dayInChina(value.sentAt),
  }
  return { level, data }
}

/** 文号 of the notices a lead comes from: of a case, or of one enterprise of it. */
async function noticeNumbers(context: Context, caseId: string, enterpriseId: string | null = null): Promise<string> {
  const notices = (await shownNotices(context, caseId)).filter(
    (one) => enterpriseId === null || one.enterpriseId === enterpriseId,
  )
  const numbers = notices.flatMap((notice) => notice.number ?? [])
  return numbers.length === 0 ? '通知书尚未编号' : numbers.join('、')
}

/** 移送清单 of a referral, frozen when it is sent (Art. 20). */
export async function transferListRequest(
  context: Context,
  value: StoredReferral,
  printing: Printing,
): Promise<Wanted> {
  const { level, data } = await common(context, value, printing)
  const { period, amount, persons, summary, reason } = value
  return wanted(
    {
      kind: 'transferList',
      data: {
        ...data,
        ...{ period, amount, persons, summary, reason },
        noticeNumber: await noticeNumbers(context, value.caseId),
        to: receiver,
      },
    },
    { kind: 'referral', id: value.id },
    value.number,
    level,
    ['pdf'],
  )
}

/** 移送材料签收单 of a referral, frozen when it is received; it goes back into the volume. Errors: `referrals.unanswered`. */
export async function transferReceiptRequest(
  context: Context,
  value: StoredReferral,
  printing: Printing,
): Promise<Wanted> {
  const { level, data } = await common(context, value, printing)
  const { answeredBy, answeredAt } = value
  if (value.state !== 'received' || answeredBy === null || answeredAt === null)
    return fail('referrals.unanswered', { number: value.number })
  return wanted(
    {
      kind: 'transferReceipt',
      data: {
        ...data,
        register: value.register,
        to: context.session.archive.ledger.account(answeredBy)?.office ?? '',
        note: value.note,
        receivedBy: nameOf(context, answeredBy),
        receivedOn: dayInChina(answeredAt),
      },
    },
    { kind: 'referral', id: value.id },
    value.number,
    level,
    ['pdf'],
  )
}

/** What both papers of a 移送纪检监察机构 say (Art. 18). They leave the office, and bear no anchor. */
async function disciplineFacts(context: Context, value: StoredDiscipline, printing: Printing) {
  const { caseId, enterpriseId } = value
  const enterprise = (await enterprisesOfCase(context.trx, caseId)).find((one) => one.id === enterpriseId)
  return {
    ...(await frameOfCase(context, caseId, value.id, printing, 'discipline')),
    enterprise: enterprise?.name ?? '',
    noticeNumber: await noticeNumbers(context, caseId, enterpriseId),
    matter: (await caseOf(context, caseId)).matter,
    object: { kind: 'discipline', id: value.id },
    on: value.decidedAt === null ? null : dayInChina(value.decidedAt),
  }
}

/** 移送清单 of a 移送纪检监察机构: the lead in short, what the evaluation found, the copies that go along (Art. 18). */
export async function disciplineList(context: Context, value: StoredDiscipline, printing: Printing): Promise<Wanted> {
  const { level, frame, enterprise, noticeNumber, matter, object, on } = await disciplineFacts(context, value, printing)
  const { number, period, amount, persons, suspicion, finding, office, organ, pieces } = value
  return wanted(
    {
      kind: 'transferList',
      data: {
        ...frame,
        anchor: null,
        ...{ number, noticeNumber, enterprise, matter, period, amount, persons },
        summary: suspicion,
        reason: ['涉嫌违纪或职务违法（第十八条）', finding === '' ? '' : `整改评估认定${finding}`]
          .filter(Boolean)
          .join('；'),
        from: office,
        to: organ,
        pieces: printedPieces(pieces),
        sentBy: nameOf(context, value.askedBy),
        sentOn: on,
      },
    },
    object,
    number === '' ? enterprise : number,
    level,
    ['pdf'],
  )
}

/** 移送函 to a discipline organ (Art. 18). */
export async function disciplineLetter(context: Context, value: StoredDiscipline, printing: Printing): Promise<Wanted> {
  const { profile, level, frame, enterprise, noticeNumber, matter, object, on } = await disciplineFacts(
    context,
    value,
    printing,
  )
  return wanted(
    {
      kind: 'transferLetter',
      data: {
        ...frame,
        ...{ enterprise, noticeNumber, matter },
        layout: layoutOf(context, printing.made),
        letterhead: profile.authority,
        number: value.number === '' ? null : value.number,
        organ: profile.authorityShort,
        date: on,
        copies: [],
        recipient: value.organ,
        ground: 'discipline',
        pieces: value.pieces.length,
        contact: value.contact,
        telephone: value.telephone,
      },
    },
    object,
    value.number === '' ? enterprise : value.number,
    level,
  )
}

/** A paper of a referral as it stands, for whoever decides on it or takes a copy out. Errors: `referrals.unknown`. */
export async function transferRequest(
  context: Context,
  caseId: string,
  kind: 'transferLetter' | 'transferList' | 'transferReceipt',
  referralId: string,
  printing: Printing,
): Promise<Wanted> {
  const toOrgan = await findDiscipline(context.trx, caseId, referralId)
  if (toOrgan && kind === 'transferLetter') return disciplineLetter(context, toOrgan, printing)
  if (toOrgan && kind === 'transferList') return disciplineList(context, toOrgan, printing)
  const lead = await findReferral(context.trx, referralId)
  if (lead?.caseId !== caseId || kind === 'transferLetter') return fail('referrals.unknown')
  return kind === 'transferList'
    ? transferListRequest(context, lead, printing)
    : transferReceiptRequest(context, lead, printing)
}
