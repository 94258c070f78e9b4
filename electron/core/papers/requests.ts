import { triggersOf } from '#db/repositories/cases.ts'
import type { NoticeRow } from '#db/repositories/notices.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { noticesAbout } from '#db/repositories/secrecy-followups.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import type { NoticeFields } from '#shared/domain/notices.ts'
import { paperNames } from '#shared/domain/papers.ts'
import type { Classification } from '#shared/domain/secrecy.ts'
import { termState } from '#shared/domain/secrecy-terms.ts'
import { insidePlace, type RuleProfile } from '#shared/rules/profile.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { noticeOf, shownNotice } from '../notices/shown.ts'
import { objectTitle } from '../secrecy/proposals.ts'
import { anchorOf, frameOf, layoutOf, levelText, markOf, rulesOfCase, termText } from './frame.ts'
import { both, type Printing, type Wanted, wanted } from './wanted.ts'

/** `2026年3月10日9时30分`: the template asks for the hour; minutes only where there are some. */
export function summonsTime(form: Pick<NoticeFields, 'day' | 'clock'>): string {
  if (form.day === '') return '　　　　年　　月　　日　　时'
  const [hour = '', minute = ''] = form.clock.split(':')
  const rest = Number(minute) === 0 ? '' : `${minute}分`
  return `${officialDay(form.day)}${form.clock === '' ? '　　时' : `${Number(hour)}时${rest}`}`
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
        layout: layoutOf(context, printing.made),
        letterhead: profile.authority,
        number: shown.number,
        enterprise: form.addressee,
        time: summonsTime(form),
        place: insidePlace(profile, form.place),
        interviewOffice: form.unit,
        host: `${form.hostTitle}${form.hostName}`,
        cause: form.matter,
        persons: [...form.interviewees, ...form.persons.map((one) => `${one.unit}${one.title}${one.name}`)],
        jointUnits: form.jointUnits,
        materials: form.materials,
        sealedPaper: form.sealedPaper,
        electronicCopy: form.electronicCopy,
        statement: form.statement,
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

/** 定密审批表 of one decision; of a change or a release the form of that act (Art. 21; 实施条例 17; 保密法 23, 24). */
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
  const notice = value.objectKind === 'notice' ? await shownNotice(context, caseId, value.objectId) : null
  const documentTitle = await objectTitle(context, caseId, value.objectKind, value.objectId)
  const scopeOf = (one: Classification): string[] => one.scope.map((id) => nameOf(context, id))
  const document = {
    ...frameOf(context, profile, markOf(value, printing.copyNumber), printing.made),
    documentTitle,
    number: notice?.number ?? null,
    office: row.office,
    officer: nameOf(context, value.proposerId),
    drafted: dayInChina(value.proposedAt),
    basis: value.basis,
    reason: value.reason,
    opinions: [
      {
        label: '承办人意见',
        text: proposedWords(value),
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
  }
  const elements = (one: Classification) => ({ level: levelText(one.level), term: termText(one), scope: scopeOf(one) })
  const before = value.replaces === null ? undefined : await findClassification(context.trx, value.replaces)
  const told = (await noticesAbout(context.trx, value.id)).map((one) => nameOf(context, one.accountId))
  const source = (): Wanted['source'] => {
    if (value.act === 'initial' || before === undefined)
      return {
        kind: 'classification',
        data: { ...document, ...elements(value), origin: '原始定密', secretPoints: '', printed: '' },
      }
    if (value.act === 'change')
      return {
        kind: 'classificationChange',
        data: { ...document, before: elements(before), after: elements(value), notified: told },
      }
    const made = dayInChina(before.approvedAt ?? before.proposedAt)
    return {
      kind: 'declassification',
      data: {
        ...document,
        ...elements(before),
        expires: before.term === null ? null : termState(before.term, made, dayInChina(context.now)).last,
        outcome: '解密',
        extent: '',
        publicity: '解密不等于公开；需要公开的另行审查。',
        notified: told,
      },
    }
  }
  return {
    kind: 'classification',
    objectKind: 'classification',
    objectId: classificationId,
    title: `${classificationForms[value.act]}（${documentTitle}）`,
    level: value.state === 'approved' ? value.level : 'none',
    source: source(),
    formats: both,
  }
}

/** The form of each act, by its printed name. */
const classificationForms = {
  initial: paperNames.classification,
  change: '国家秘密变更审批表',
  release: '国家秘密解密审核表',
} as const

function proposedWords(value: Classification): string {
  if (value.act === 'release') return '拟解密。'
  const line = classificationLine({ ...value, state: 'approved' })
  return value.act === 'change' ? `拟变更为${line}。` : `拟定为${line}。`
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
