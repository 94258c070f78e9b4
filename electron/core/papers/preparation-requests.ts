import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { changeFields, changesOfCase, findChange } from '#db/repositories/notice-changes.ts'
import { consultationsOf } from '#db/repositories/preparation.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { mannerNames } from '#shared/domain/preparation.ts'
import { insidePlace } from '#shared/rules/profile.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { currentOf, noticeOf, numberOf, shownNotice } from '../notices/shown.ts'
import { anchorOf, decisionFor, frameOf, frameOfCase, layoutOf, markOf, rulesOfCase } from './frame.ts'
import { summonsTime } from './requests.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'

/** 改期 or 取消 of a notice (Art. 4), as it is sent; it is marked as the notice is until it has a decision of its own. */
export async function changeRequest(
  context: Context,
  caseId: string,
  changeId: string,
  printing: Printing,
): Promise<Wanted> {
  const change = await findChange(context.trx, changeId)
  if (change?.case_id !== caseId) fail('notices.unknownChange')
  const row = await noticeOf(context, caseId, change.notice_id)
  const notice = await shownNotice(context, caseId, row.id)
  const fields = changeFields(change)
  const before = (await changesOfCase(context.trx, caseId)).filter((one) => one.id < changeId)
  const decision = await decisionFor(context, caseId, 'noticeChange', changeId, row.id)
  const profile = await rulesOfCase(context, caseId)
  const common = {
    ...frameOf(context, profile, markOf(decision, printing.copyNumber), printing.made),
    layout: layoutOf(context, printing.made),
    letterhead: profile.authority,
    number: await numberOf(context, caseId, change.number_id),
    organ: profile.authorityShort,
    date: change.approved_at === null ? null : dayInChina(change.approved_at),
    copies: notice.fields.copies,
    enterprise: notice.fields.addressee,
    noticeNumber: notice.number ?? '',
    time: summonsTime({ ...notice.fields, ...currentOf(row, before) }),
    cause: notice.fields.matter,
    reason: fields.reason,
    contact: notice.fields.contact,
    telephone: notice.fields.telephone,
  }
  const source =
    change.kind === 'postpone'
      ? {
          kind: 'postponement' as const,
          data: {
            ...common,
            newTime: summonsTime(fields),
            newPlace: insidePlace(profile, fields.place),
            materialsDue: fields.materialsDue === '' ? null : fields.materialsDue,
          },
        }
      : { kind: 'cancellation' as const, data: { ...common, followUp: fields.followUp, alone: fields.alone } }
  return wanted(source, { kind: 'noticeChange', id: changeId }, notice.enterpriseName, decision?.level ?? 'none')
}

/** What 印发 of a change freezes. */
export async function changePapers(context: Context, caseId: string, changeId: string): Promise<Wanted[]> {
  return [await changeRequest(context, caseId, changeId, { copyNumber: 1, made: context.now })]
}

async function namesOf(context: Context, caseId: string): Promise<string> {
  return (await enterprisesOfCase(context.trx, caseId)).map((one) => one.name).join('、')
}

/** 会前沟通记录 (Art. 5): internal, so it carries the anchor of the log and the highest mark decided in its case. */
export async function consultationRequest(
  context: Context,
  caseId: string,
  consultationId: string,
  printing: Printing,
): Promise<Wanted> {
  const row = (await consultationsOf(context.trx, caseId)).find((one) => one.id === consultationId)
  if (!row) fail('preparation.unknown')
  const [hour = '', minute = ''] = row.clock.split(':')
  const { frame, level } = await frameOfCase(context, caseId, consultationId, printing)
  return wanted(
    {
      kind: 'consultation',
      data: {
        ...frame,
        anchor: await anchorOf(context),
        enterprise: await namesOf(context, caseId),
        cause: (await caseOf(context, caseId)).matter,
        time: `${officialDay(row.day)}${Number(hour)}时${minute === '00' ? '' : `${minute}分`}`,
        place: row.place,
        manner: mannerNames[row.manner],
        chair: row.chair,
        recorder: row.recorder,
        contents: row.contents,
        agreed: row.agreed,
        differences: row.differences,
        participants: JSON.parse(row.participants),
      },
    },
    { kind: 'consultation', id: consultationId },
    officialDay(row.day),
    level,
  )
}
