import { enterprisesOfCase, triggersOf } from '#db/repositories/cases.ts'
import { attendanceOf, findInterview, utterancesOf } from '#db/repositories/interviews.ts'
import { findMinutes, minutesFields, sentencesOf } from '#db/repositories/minutes.ts'
import type { NoticeRow } from '#db/repositories/notices.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import type { PaperSource } from '#electron/documents/make-paper.ts'
import { fail } from '#shared/contract/errors.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { type Attendee, delegationNames } from '#shared/domain/interviews.ts'
import type { NoticeFields } from '#shared/domain/notices.ts'
import { type PaperFormat, type PaperKind, paperNames } from '#shared/domain/papers.ts'
import type { Classification, Level } from '#shared/domain/secrecy.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { noticeOf, shownNotice } from '../notices/shown.ts'
import { anchorOf, decisionFor, frameOf, levelText, markOf, rulesOfCase, termText } from './frame.ts'

/** A paper to be made: its data, what it belongs to, in which formats. */
export interface Wanted {
  readonly kind: PaperKind
  readonly objectKind: string
  readonly objectId: string
  readonly title: string
  readonly level: Level
  readonly source: PaperSource
  readonly formats: readonly PaperFormat[]
}

export interface Printing {
  /** 份号 of this copy; 1 is the original that is filed. */
  readonly copyNumber: number
  /** ISO instant in the metadata. */
  readonly made: string
}

const both = ['pdf', 'docx'] as const

export function wanted(
  source: PaperSource & { readonly kind: PaperKind },
  object: { readonly kind: string; readonly id: string },
  about: string,
  level: Level,
  formats: readonly PaperFormat[] = both,
): Wanted {
  return {
    kind: source.kind,
    objectKind: object.kind,
    objectId: object.id,
    title: about === '' ? paperNames[source.kind] : `${paperNames[source.kind]}（${about}）`,
    level,
    source,
    formats,
  }
}

/** `2026年3月10日9时30分`: the template asks for the hour; minutes only where there are some. */
export function summonsTime(form: NoticeFields): string {
  if (form.day === '') return '　　　　年　　月　　日　　时'
  const [hour = '', minute = ''] = form.clock.split(':')
  const rest = Number(minute) === 0 ? '' : `${minute}分`
  return `${officialDay(form.day)}${form.clock === '' ? '　　时' : `${Number(hour)}时${rest}`}`
}

/** The papers print 市国资委 before the place themselves. */
function insidePlace({ authorityCommon }: RuleProfile, place: string): string {
  return place.startsWith(authorityCommon) ? place.slice(authorityCommon.length) : place
}

export async function noticeRequest(
  context: Context,
  caseId: string,
  noticeId: string,
  printing: Printing,
  unsaved: NoticeFields | null = null,
): Promise<Wanted> {
  const profile = await rulesOfCase(context, caseId)
  const row = await noticeOf(context, caseId, noticeId)
  const shown = await shownNotice(context, caseId, noticeId)
  const form = unsaved ?? shown.fields
  const decision =
    row.classification_id === null ? undefined : await findClassification(context.trx, row.classification_id)
  const mark = unsaved === null ? markOf(decision, printing.copyNumber) : null
  return wanted(
    {
      kind: 'notice',
      data: {
        ...frameOf(context, profile, mark, printing.made),
        layout: 'letter',
        letterhead: profile.authority,
        number: shown.number,
        enterprise: form.addressee,
        time: summonsTime(form),
        place: insidePlace(profile, form.place),
        interviewOffice: form.unit,
        host: `${form.hostTitle}${form.hostName}`,
        cause: form.matter,
        persons: form.interviewees,
        materialsDue: form.materialsDue === '' ? null : form.materialsDue,
        contact: form.contact,
        telephone: form.telephone,
        organ: profile.authorityShort,
        date: row.approved_at === null ? null : dayInChina(row.approved_at),
        copies: form.copies,
      },
    },
    { kind: 'notice', id: noticeId },
    shown.enterpriseName,
    decision?.state === 'approved' ? decision.level : 'none',
  )
}

async function triggerTexts(context: Context, profile: RuleProfile, caseId: string): Promise<string[]> {
  const { triggers } = await triggersOf(context.trx, caseId)
  return profile.triggers
    .filter((one) => triggers.some((code) => code === one.code))
    .map((one) => `（${one.mark}）${one.text}`)
}

function classificationLine(value: Classification | undefined): string {
  if (!value) return ''
  const term = termText(value)
  const text = `${levelText(value.level)}${term === '' ? '' : `★${term}`}`
  return value.state === 'approved' ? text : `${text}（拟定）`
}

/** 审签单 of a notice (Art. 4): internal, so it carries the anchor of the log. */
export async function approvalRequest(
  context: Context,
  caseId: string,
  noticeId: string,
  printing: Printing,
): Promise<Wanted> {
  const profile = await rulesOfCase(context, caseId)
  const row = await caseOf(context, caseId)
  const notice = await noticeOf(context, caseId, noticeId)
  const shown = await shownNotice(context, caseId, noticeId)
  const decision =
    notice.classification_id === null ? undefined : await findClassification(context.trx, notice.classification_id)
  const signed = shown.approvals.findLast((one) => one.decision === 'approved')
  return wanted(
    {
      kind: 'approval',
      data: {
        ...frameOf(context, profile, markOf(decision, printing.copyNumber), printing.made),
        title: '责任约谈通知书审签单',
        documentTitle: paperNames.notice,
        number: shown.number,
        office: row.office,
        officer: nameOf(context, row.officer_id),
        enterprise: shown.enterpriseName,
        copies: shown.fields.copies,
        classification: classificationLine(decision),
        triggers: await triggerTexts(context, profile, caseId),
        cause: shown.fields.matter,
        drafted: notice.submitted_at === null ? null : dayInChina(notice.submitted_at),
        opinions: [
          {
            label: '审签意见',
            text: signed?.opinion ?? '',
            name: signed?.name ?? null,
            date: signed ? dayInChina(signed.at) : null,
          },
        ],
        anchor: await anchorOf(context),
      },
    },
    { kind: 'notice', id: noticeId },
    shown.enterpriseName,
    decision?.state === 'approved' ? decision.level : 'none',
  )
}

/** 定密审批表 of one decision (Art. 21; 实施条例 17: proposer and approver). */
export async function classificationRequest(
  context: Context,
  caseId: string,
  classificationId: string,
  printing: Printing,
): Promise<Wanted> {
  const value = await findClassification(context.trx, classificationId)
  if (value?.caseId !== caseId) fail('secrecy.unknown')
  const profile = await rulesOfCase(context, caseId)
  const row = await caseOf(context, caseId)
  const about =
    value.objectKind === 'notice'
      ? await shownNotice(context, caseId, value.objectId)
      : { enterpriseName: await minutesEnterprise(context, caseId, value), number: null }
  const documentTitle = `${paperNames[value.objectKind]}${about.enterpriseName === '' ? '' : `（${about.enterpriseName}）`}`
  return wanted(
    {
      kind: 'classification',
      data: {
        ...frameOf(context, profile, markOf(value, printing.copyNumber), printing.made),
        documentTitle,
        number: about.number,
        office: row.office,
        officer: nameOf(context, value.proposerId),
        origin: '原始定密',
        basis: value.basis,
        level: levelText(value.level),
        term: termText(value),
        scope: value.scope.map((id) => nameOf(context, id)),
        secretPoints: '',
        reason: value.reason,
        printed: '',
        drafted: dayInChina(value.proposedAt),
        opinions: [
          {
            label: '承办人意见',
            text: `拟定为${classificationLine({ ...value, state: 'approved' })}。`,
            name: nameOf(context, value.proposerId),
            date: dayInChina(value.proposedAt),
          },
          {
            label: '定密责任人意见',
            text: value.opinion === '' && value.state === 'approved' ? '同意。' : value.opinion,
            name: value.approverId === null ? null : nameOf(context, value.approverId),
            date: value.approvedAt === null ? null : dayInChina(value.approvedAt),
          },
        ],
        remarks: '',
        anchor: await anchorOf(context),
      },
    },
    { kind: 'classification', id: classificationId },
    documentTitle,
    value.state === 'approved' ? value.level : 'none',
  )
}

async function minutesEnterprise(context: Context, caseId: string, value: Classification): Promise<string> {
  if (value.objectKind !== 'minutes') return ''
  const row = await findMinutes(context.trx, caseId, value.objectId)
  const enterprises = await enterprisesOfCase(context.trx, caseId)
  return enterprises.find((one) => one.id === row?.enterprise_id)?.name ?? ''
}

/** `监督处赵某某（处长）`, as the template names persons. */
export function personText(one: Pick<Attendee, 'unit' | 'name' | 'title'>): string {
  return `${one.unit}${one.name}${one.title === '' ? '' : `（${one.title}）`}`
}

/** The whole record of an interview, as it will be signed and filed (Art. 9). */
export async function recordRequest(
  context: Context,
  caseId: string,
  interviewId: string,
  printing: Printing,
): Promise<Wanted> {
  const { trx } = context
  const profile = await rulesOfCase(context, caseId)
  const row = await caseOf(context, caseId)
  const interview = (await findInterview(trx, caseId, interviewId)) ?? fail('interviews.unknown')
  const enterprises = await enterprisesOfCase(trx, caseId)
  const attendees = await attendanceOf(trx, interviewId)
  const here = attendees.filter((one) => one.state !== 'absent')
  const of = (delegation: Attendee['delegation']): Attendee[] => here.filter((one) => one.delegation === delegation)
  const names = new Map(enterprises.map((one) => [one.id, one.shortName === '' ? one.name : one.shortName]))
  const speakers = new Map(attendees.map((one) => [one.id, one.name]))
  const decision = await decisionFor(context, caseId, 'record', interviewId)
  const clock = (at: string): string => {
    const [hour = '', minute = ''] = clockInChina(at).split(':')
    return `${Number(hour)}时${minute}分`
  }
  const { started_at: started, ended_at: ended } = interview
  const time =
    started === null
      ? ''
      : `${officialDay(dayInChina(started))}${clock(started)}${ended === null ? '' : `至${clock(ended)}`}`
  return wanted(
    {
      kind: 'record',
      data: {
        ...frameOf(context, profile, markOf(decision, printing.copyNumber), printing.made),
        title: '责任约谈记录',
        time,
        place: interview.place ?? '',
        hosts: [`${interview.host_person ?? ''}${interview.host_title ? `（${interview.host_title}）` : ''}`],
        interviewers: of('host').map(personText),
        jointInterviewers: of('joint').map(personText),
        enterprises: enterprises.map((enterprise) => ({
          name: enterprise.name,
          persons: of('enterprise')
            .filter((one) => one.enterpriseId === enterprise.id)
            .map((one) => personText({ ...one, unit: '' })),
        })),
        absent: attendees
          .filter((one) => one.state === 'absent')
          .map((one) => `${personText(one)}${one.reason === '' ? '' : `：${one.reason}`}`),
        recorder: of('recorder')
          .map((one) => one.name)
          .join('、'),
        cause: row.matter,
        ordinal: 1,
        utterances: (await utterancesOf(trx, interviewId)).map((one) => ({
          speaker: one.speakerId === null ? delegationNames.recorder : (speakers.get(one.speakerId) ?? ''),
          kind: one.kind,
          enterprises: one.audience === 'all' ? [] : one.audience.map((id) => names.get(id) ?? ''),
          time: clockInChina(one.startedAt).slice(0, 5),
          text: one.text,
        })),
        signatures: 'each-page',
      },
    },
    { kind: 'interview', id: interviewId },
    '',
    decision?.level ?? 'none',
  )
}

/** The minutes of one enterprise in the fields of the template (Art. 9). */
export async function minutesRequest(
  context: Context,
  caseId: string,
  minutesId: string,
  printing: Printing,
): Promise<Wanted> {
  const { trx } = context
  const profile = await rulesOfCase(context, caseId)
  const row = (await findMinutes(trx, caseId, minutesId)) ?? fail('minutes.unknown')
  const fields = minutesFields(row)
  const sentences = await sentencesOf(trx, minutesId)
  const texts = (section: string): string[] => sentences.filter((one) => one.section === section).map((one) => one.text)
  const decision = row.classification_id === null ? undefined : await findClassification(trx, row.classification_id)
  const [enterprise] = (await enterprisesOfCase(trx, caseId)).filter((one) => one.id === row.enterprise_id)
  return wanted(
    {
      kind: 'minutes',
      data: {
        ...frameOf(context, profile, markOf(decision, printing.copyNumber), printing.made),
        time: fields.time,
        place: insidePlace(profile, fields.place),
        host: fields.host,
        interviewers: fields.hostUnit === '' ? [] : [fields.hostUnit],
        jointInterviewers: fields.jointUnit === '' ? [] : [fields.jointUnit],
        enterprise: [fields.enterpriseParty],
        recorder: fields.recorder,
        cause: fields.matter,
        demand: '',
        statements: texts('statements').join('\n'),
        opinions: texts('opinions'),
        others: texts('other').join('\n'),
      },
    },
    { kind: 'minutes', id: minutesId },
    enterprise?.name ?? '',
    decision?.state === 'approved' ? decision.level : 'none',
  )
}

/** What 印发 freezes: the notice, its 审签单 and its 定密审批表 (Art. 4, 21). */
export async function noticePapers(context: Context, caseId: string, noticeId: string): Promise<Wanted[]> {
  const printing = { copyNumber: 1, made: context.now }
  const row: NoticeRow = await noticeOf(context, caseId, noticeId)
  const list = [
    await noticeRequest(context, caseId, noticeId, printing),
    await approvalRequest(context, caseId, noticeId, printing),
  ]
  if (row.classification_id !== null)
    list.push({ ...(await classificationRequest(context, caseId, row.classification_id, printing)), formats: ['pdf'] })
  return list
}
