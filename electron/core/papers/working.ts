import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { custodyOf } from '#db/repositories/custody.ts'
import { findInterview, interviewOfCase } from '#db/repositories/interviews.ts'
import { consultationsOf } from '#db/repositories/preparation.ts'
import { documentsOfCase, entriesOfCase, itemsOfCase, planRows } from '#db/repositories/rectification.ts'
import { classificationsOfCase } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { partyText } from '#shared/domain/minutes.ts'
import { paperNames, type WorkingKind } from '#shared/domain/papers.ts'
import { weighedKinds } from '#shared/domain/weighing.ts'
import { caseOf } from '../cases/case-file.ts'
import { planTerm } from '../cases/panel.ts'
import type { Context } from '../context.ts'
import { shownInterview } from '../interviews/record.ts'
import { numberBeside, shownNotice, shownNotices } from '../notices/shown.ts'
import { rulesOf } from '../rules/rules.ts'
import { objectTitle } from '../secrecy/proposals.ts'
import { classificationNoticeRequest } from './classification-notice-request.ts'
import { evaluationRequest } from './evaluation-request.ts'
import { anchorOf, decisionFor, frameOfCase, levelText, termText } from './frame.ts'
import { consultationRequest } from './preparation-requests.ts'
import { summonsTime } from './requests.ts'
import { coverRequest, volumeReceiptRequest } from './volume-requests.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'
import { weighingRequest } from './weighing-request.ts'

/** What one of the working papers is made of: a kind and the object it is about. */
export interface WorkingPaper {
  readonly kind: WorkingKind
  readonly objectId: string
  readonly title: string
}

/** The working papers that can be made of a case as it stands, in the order of its life. */
export async function workingPapers(context: Context, caseId: string): Promise<WorkingPaper[]> {
  const { trx } = context
  const list: WorkingPaper[] = []
  const add = (kind: WorkingKind, objectId: string, about: string): void => {
    list.push({ kind, objectId, title: about === '' ? paperNames[kind] : `${paperNames[kind]}（${about}）` })
  }
  for (const { id, day } of await consultationsOf(trx, caseId)) add('consultation', id, officialDay(day))
  const notices = await shownNotices(context, caseId)
  const interview = await interviewOfCase(trx, caseId)
  for (const notice of notices.filter((one) => one.state === 'issued')) {
    add('receipt', notice.id, notice.enterpriseName)
    if (notice.confirmation) add('confirmation', notice.id, notice.enterpriseName)
  }
  if (interview) add('outline', interview.id, '')
  const items = await itemsOfCase(trx, caseId)
  for (const enterprise of await enterprisesOfCase(trx, caseId))
    if (items.some((item) => item.enterpriseId === enterprise.id))
      add('rectificationLedger', enterprise.id, enterprise.name)
  const entries = await entriesOfCase(trx, caseId)
  const evaluated = entries.filter((one) => one.kind === 'evaluation')
  const weighed = entries.filter((one) => weighedKinds.some((kind) => kind === one.kind))
  for (const enterprise of await enterprisesOfCase(trx, caseId))
    if (evaluated.some((one) => one.enterprise_id === enterprise.id)) add('evaluation', enterprise.id, enterprise.name)
  for (const enterprise of await enterprisesOfCase(trx, caseId))
    if (weighed.some((one) => one.enterprise_id === enterprise.id)) add('weighing', enterprise.id, enterprise.name)
  for (const one of await classificationsOfCase(trx, caseId))
    if (one.act !== 'initial' && (one.state === 'approved' || one.state === 'superseded'))
      add('classificationNotice', one.id, await objectTitle(context, caseId, one.objectKind, one.objectId))
  const volume: { id: string } | undefined = await trx('volumes').where({ case_id: caseId }).first('id')
  if (volume) {
    for (const { id, act, at } of await custodyOf(trx, volume.id))
      if (act === 'handed') add('volumeReceipt', id, officialDay(dayInChina(at)))
    add('volumeCover', volume.id, '')
  }
  return list
}

/** A working paper's data from what the archive holds. Internal: it bears the highest mark decided in its case. */
export async function workingRequest(
  context: Context,
  caseId: string,
  kind: WorkingKind,
  objectId: string,
  printing: Printing,
): Promise<Wanted> {
  switch (kind) {
    case 'consultation':
      return consultationRequest(context, caseId, objectId, printing)
    case 'outline':
      return outlineRequest(context, caseId, objectId, printing)
    case 'confirmation':
      return confirmationRequest(context, caseId, objectId, printing)
    case 'receipt':
      return receiptRequest(context, caseId, objectId, printing)
    case 'evaluation':
      return evaluationRequest(context, caseId, objectId, printing)
    case 'weighing':
      return weighingRequest(context, caseId, objectId, printing)
    case 'classificationNotice':
      return classificationNoticeRequest(context, caseId, objectId, printing)
    case 'rectificationLedger':
      return ledgerRequest(context, caseId, objectId, printing)
    case 'volumeReceipt':
      return volumeReceiptRequest(context, caseId, objectId, printing)
    case 'volumeCover':
      return coverRequest(context, caseId, objectId, printing)
  }
}

async function outlineRequest(context: Context, caseId: string, interviewId: string, printing: Printing) {
  const row = (await findInterview(context.trx, caseId, interviewId)) ?? fail('interviews.unknown')
  const interview = await shownInterview(context, row)
  const { profile, level, frame } = await frameOfCase(context, caseId, interviewId, printing)
  const [notice] = await shownNotices(context, caseId)
  return wanted(
    {
      kind: 'outline',
      data: {
        ...frame,
        enterprise: interview.enterprises.map((one) => one.name).join('、'),
        cause: interview.matter,
        time: notice ? summonsTime(notice.fields) : '',
        place: interview.place,
        host: `${interview.hostName}${interview.hostTitle === '' ? '' : `（${interview.hostTitle}）`}`,
        participants: interview.attendees
          .filter((one) => one.delegation !== 'enterprise')
          .map((one) => partyText([one])),
        sections: profile.interviewContents.map(({ code, name, parts }) => {
          const own = interview.outline.filter((one) => one.section === code).map((one) => one.text)
          return { name, points: own.length > 0 ? own : parts }
        }),
        opinions: [],
        cautions: [],
      },
    },
    { kind: 'interview', id: interviewId },
    '',
    level,
  )
}

const placeOf = (place: string, common: string): string => (place.startsWith(common) ? place : `${common}${place}`)

async function confirmationRequest(context: Context, caseId: string, noticeId: string, printing: Printing) {
  const notice = await shownNotice(context, caseId, noticeId)
  const { confirmation } = notice
  if (!confirmation) return fail('papers.notSettled', { kind: 'confirmation' })
  const { profile, level, frame } = await frameOfCase(context, caseId, noticeId, printing)
  const day = dayInChina(confirmation.at)
  const [hour = '', minute = ''] = clockInChina(confirmation.at).split(':')
  return wanted(
    {
      kind: 'confirmation',
      data: {
        ...frame,
        anchor: await anchorOf(context),
        enterprise: notice.enterpriseName,
        noticeNumber: notice.number ?? '',
        time: summonsTime(notice.current),
        place: placeOf(notice.current.place, profile.authorityCommon),
        channel: confirmation.channel === 'telephone' ? '电话' : '书面',
        confirmedAt: `${officialDay(day)}${Number(hour)}时${minute}分`,
        confirmedBy: confirmation.by,
        confirmerPost: confirmation.post,
        telephone: confirmation.telephone,
        takenBy: confirmation.takenBy,
        attends: confirmation.attendance !== 'refused',
        persons: confirmation.persons === '' ? notice.fields.interviewees : [confirmation.persons],
        materials: '',
        note: [confirmation.reason, confirmation.note].filter(Boolean).join('；'),
      },
    },
    { kind: 'notice', id: noticeId },
    notice.enterpriseName,
    level,
  )
}

async function receiptRequest(context: Context, caseId: string, noticeId: string, printing: Printing) {
  const notice = await shownNotice(context, caseId, noticeId)
  const { level, frame } = await frameOfCase(context, caseId, noticeId, printing)
  const decision = await decisionFor(context, caseId, 'notice', noticeId)
  const term = decision ? termText(decision) : ''
  return wanted(
    {
      kind: 'receipt',
      data: {
        // A receipt goes along with the copy and comes back alone: it names the level, and bears no mark or anchor.
        ...frame,
        mark: null,
        anchor: null,
        documentTitle: `${paperNames.notice}（${notice.enterpriseName}）`,
        number: notice.number,
        copyNumber: decision && level !== 'none' ? '　' : '',
        level: decision ? `${levelText(decision.level)}${term === '' ? '' : `★${term}`}` : levelText('none'),
        pages: await pagesOf(context, caseId, noticeId),
        recipient: notice.enterpriseName,
        manner: '专人送达',
        sentBy: '',
        sentAt: '',
        receivedBy: '',
        receivedAt: '',
        note: '',
      },
    },
    { kind: 'notice', id: noticeId },
    notice.enterpriseName,
    'none',
  )
}

/** Pages of the frozen notice; one before it is frozen. */
async function pagesOf(context: Context, caseId: string, noticeId: string): Promise<number> {
  const row: { pages: number | null } | undefined = await context
    .trx('papers')
    .where({ case_id: caseId, kind: 'notice', object_id: noticeId })
    .first('pages')
  return row?.pages ?? 1
}

async function ledgerRequest(context: Context, caseId: string, enterpriseId: string, printing: Printing) {
  const { trx, now } = context
  const enterprise = (await enterprisesOfCase(trx, caseId)).find((one) => one.id === enterpriseId)
  if (!enterprise) return fail('rectification.unknownEnterprise')
  const { level, frame } = await frameOfCase(context, caseId, enterpriseId, printing)
  const row = await caseOf(context, caseId)
  const today = dayInChina(now)
  const items = (await itemsOfCase(trx, caseId)).filter((one) => one.enterpriseId === enterpriseId)
  const documents = await documentsOfCase(trx, caseId)
  const plan = documents.find(
    (one) => one.enterpriseId === enterpriseId && one.kind === 'workPlan' && one.state !== 'returned',
  )
  const clock = (await planRows(trx, trx('cases').where({ id: caseId }).select('id'))).find(
    (one) => one.enterpriseId === enterpriseId,
  )
  const rules = await rulesOf(context)
  return wanted(
    {
      kind: 'rectificationLedger',
      data: {
        ...frame,
        anchor: await anchorOf(context),
        enterprise: enterprise.name,
        noticeNumber: await numberBeside(context, caseId, enterpriseId),
        cause: row.matter,
        interviewedOn: clock ? dayInChina(clock.startedAt) : null,
        planDue: clock ? (planTerm(rules, clock)?.due ?? null) : null,
        planReceived: plan ? dayInChina(plan.receivedAt) : null,
        asOf: today,
        items: items.map((item) => ({
          problem: item.text,
          measures: '',
          owner: item.owner,
          due: item.due,
          progress: '',
          state: item.state === 'closed' ? '已销账' : item.due !== null && item.due < today ? '逾期' : '未完成',
          closedOn: item.closedAt === null ? null : dayInChina(item.closedAt),
        })),
      },
    },
    { kind: 'enterprise', id: enterpriseId },
    enterprise.name,
    level,
  )
}
