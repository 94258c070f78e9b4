import { enterprisesOfCase } from '#db/repositories/cases.ts'
import type { StoredReferral } from '#db/repositories/referrals.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { pieceFormNames } from '#shared/domain/referrals.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { shownNotices } from '../notices/shown.ts'
import { anchorOf, frameOfCase } from '../papers/frame.ts'
import { type Wanted, wanted } from '../papers/wanted.ts'

/** Whom the Rules send leads to (Art. 20). */
const receiver = '责任追究部门'

async function common(context: Context, value: StoredReferral) {
  const { trx, now } = context
  const { level, frame } = await frameOfCase(context, value.caseId, value.id, { copyNumber: 1, made: now })
  const data = {
    ...frame,
    anchor: await anchorOf(context),
    number: value.number,
    enterprise: (await enterprisesOfCase(trx, value.caseId)).map((one) => one.name).join('、'),
    matter: (await caseOf(context, value.caseId)).matter,
    from: value.office,
    pieces: value.pieces.map((piece) => ({
      title: piece.title,
      number: piece.number,
      copies: 1,
      pages: piece.pages,
      level: piece.level === 'none' ? '' : levelNames[piece.level],
      copyNumber: '',
      form: pieceFormNames[piece.form],
    })),
    sentBy: nameOf(context, value.sentBy),
    sentOn: dayInChina(value.sentAt),
  }
  return { level, data }
}

/** 移送清单 of a referral, frozen when it is sent (Art. 20). */
export async function transferListRequest(context: Context, value: StoredReferral): Promise<Wanted> {
  const { level, data } = await common(context, value)
  const numbers = (await shownNotices(context, value.caseId)).flatMap((notice) => notice.number ?? [])
  const { period, amount, persons, summary, reason } = value
  return wanted(
    {
      kind: 'transferList',
      data: {
        ...data,
        ...{ period, amount, persons, summary, reason },
        noticeNumber: numbers.length === 0 ? '通知书尚未编号' : numbers.join('、'),
        to: receiver,
      },
    },
    { kind: 'referral', id: value.id },
    value.number,
    level,
    ['pdf'],
  )
}

/** 移送材料签收单 of a referral, frozen when it is received; it goes back into the volume. */
export async function transferReceiptRequest(context: Context, value: StoredReferral): Promise<Wanted> {
  const { level, data } = await common(context, value)
  return wanted(
    {
      kind: 'transferReceipt',
      data: {
        ...data,
        register: value.register,
        to: context.account.office,
        note: value.note,
        receivedBy: nameOf(context, context.account.id),
        receivedOn: dayInChina(context.now),
      },
    },
    { kind: 'referral', id: value.id },
    value.number,
    level,
    ['pdf'],
  )
}
