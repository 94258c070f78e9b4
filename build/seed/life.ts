import type { Knex } from 'knex'
import { insertEdition, insertVolume, type StoredVolume, updateVolume, volumeOfCase } from '#db/repositories/archive.ts'
import { type CaseRow, findCase, setStage } from '#db/repositories/cases.ts'
import {
  insertInterview,
  insertUtterance,
  interviewOfCase,
  replaceAttendance,
  updateInterview,
} from '#db/repositories/interviews.ts'
import { insertMinutes, minutesOfCase, putSentences, updateMinutes } from '#db/repositories/minutes.ts'
import {
  insertApproval,
  type NoticeRow,
  noticesOfCase,
  saveForm,
  storedOf,
  updateNotice,
} from '#db/repositories/notices.ts'
import { insertNumber } from '#db/repositories/numbers.ts'
import { insertConfirmation } from '#db/repositories/preparation.ts'
import {
  closeItem,
  insertCheck,
  insertDocument,
  insertItem,
  itemsOfCase,
  setDocumentState,
} from '#db/repositories/rectification.ts'
import { decideClassification, findClassification } from '#db/repositories/secrecy.ts'
import { enterCustody } from '#electron/core/archive/custody.ts'
import { gapsOf } from '#electron/core/archive/volume.ts'
import { classificationHash, noticeHash, numberHash, volumeHash } from '#electron/core/cases/acts.ts'
import { recordEvent } from '#electron/core/cases/case-file.ts'
import { casesHandlers } from '#electron/core/cases/handlers.ts'
import type { Context } from '#electron/core/context.ts'
import { becomeFinal } from '#electron/core/minutes/final.ts'
import { freezeRecord } from '#electron/core/record/freezing.ts'
import { keepEntry } from '#electron/core/rectification/entries.ts'
import { profileOf } from '#electron/core/rules/rules.ts'
import { propose } from '#electron/core/secrecy/proposals.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import type { Attendee, Utterance } from '#shared/domain/interviews.ts'
import { draftSentences, minutesTime } from '#shared/domain/minutes.ts'
import { noticeFaults } from '#shared/domain/notices.ts'
import { type CheckedKind, documentParts } from '#shared/domain/rectification.ts'
import { isStateSecret, type Level, type Proposal } from '#shared/domain/secrecy.ts'
import { shippedProfile } from '#shared/rules/profile.ts'
import { momentOf, type WorkingDays } from './days.ts'
import type { Desks } from './desks.ts'
import type { SeededEnterprise } from './parties.ts'
import type { Random } from './random.ts'
import { intakeText, recordLines } from './text.ts'

/** The next number of each year and the next 件号, as the registers would give them. */
export interface Registers {
  next(register: string): number
}

export interface Life {
  readonly desks: Desks
  readonly trx: Knex.Transaction
  readonly random: Random
  readonly days: WorkingDays
  readonly registers: Registers
  /** Place of the present day among the working days: what would come later has not happened. */
  readonly today: number
}

type Login = Parameters<Desks['at']>[0]

/** One case as far as its steps lie before today. Steps stand in order, each with its distance in working days. */
export async function liveCase(life: Life, opened: number, enterprises: readonly SeededEnterprise[]): Promise<void> {
  const { desks, trx, random, days } = life
  const officer = random.pick(desks.officers)
  const level = random.pick<Level>([
    'none',
    'none',
    'none',
    'work',
    'work',
    'work',
    'work',
    'secret',
    'secret',
    'confidential',
  ])
  const pace = 0.7 + random.next() * 0.8
  // A few cases stand still, a few are withdrawn before the interview.
  const stuckAt = random.chance(0.05) ? random.between(1, 14) : null
  const withdrawnAt = random.chance(0.04) ? random.between(1, 4) : null
  const at = (login: Login, day: string): Context =>
    desks.at(login, trx, momentOf(day, random.between(9, 17), random.between(0, 59)))
  const place = (distance: number): number => opened + Math.round(distance * pace)
  const interviewDay = days.at(place(14))
  const late = random.chance(0.08)

  const { caseId } = await casesHandlers['cases.create'](at(officer, days.at(opened)), {
    ...intakeText(random),
    form: enterprises.length > 1 ? 'collective' : 'individual',
    enterpriseIds: enterprises.map((one) => one.id),
    proposedLevel: level,
    scope: [...desks.scope],
  })
  const one = new CaseLife(caseId, enterprises, level, life)
  const steps: readonly (readonly [distance: number, login: Login, run: (context: Context) => Promise<unknown>])[] = [
    [1, officer, (context) => casesHandlers['cases.accept'](context, { caseId })],
    [3, officer, (context) => one.submit(context, interviewDay)],
    [4, 'dingmi', (context) => one.classifyNotices(context)],
    [5, 'fenguan', (context) => one.sign(context)],
    [6, 'zhuize', (context) => one.number(context)],
    [6, officer, (context) => one.issue(context)],
    [8, officer, (context) => one.confirm(context)],
    [14, 'jilu', (context) => one.talk(context, interviewDay)],
    [15, 'jilu', (context) => one.draft(context)],
    [17, 'jilu', (context) => one.submitMinutes(context)],
    [18, 'dingmi', (context) => one.classifyMinutes(context)],
    [20, 'chuzhang', (context) => one.finalise(context)],
    [late ? 30 : 22, officer, (context) => one.receive(context, 'workPlan', '责任约谈整改工作方案')],
    [45, officer, (context) => one.receive(context, 'progress', '整改工作进展情况报告')],
    [75, officer, (context) => one.receive(context, 'specialReport', '整改落实情况专项工作报告')],
    [84, officer, (context) => one.close(context)],
    [85, officer, (context) => casesHandlers['cases.beginFiling'](context, { caseId, reason: '' })],
    [90, officer, (context) => one.assemble(context)],
    [95, 'dangan', (context) => one.file(context)],
  ]
  for (const [index, [distance, login, run]] of steps.entries()) {
    const when = place(distance)
    if (when > life.today || index === stuckAt) return
    if (index === withdrawnAt) {
      const reason = '经核实，有关情况已由其他程序处理，不再约谈'
      await casesHandlers['cases.withdraw'](at('chuzhang', days.at(when)), { caseId, reason })
      return
    }
    await run(at(login, days.at(when)))
  }
}

/** The acts of one case, each in the name of the account it asks for. */
class CaseLife {
  private readonly caseId: string
  private readonly enterprises: readonly SeededEnterprise[]
  private readonly level: Level
  private readonly life: Life

  constructor(caseId: string, enterprises: readonly SeededEnterprise[], level: Level, life: Life) {
    this.caseId = caseId
    this.enterprises = enterprises
    this.level = level
    this.life = life
  }

  private proposal(): Proposal {
    const { level } = this
    const secret = isStateSecret(level)
    return {
      level,
      term: secret ? { kind: 'period', length: level === 'secret' ? 5 : 10, unit: 'year' } : null,
      basis: secret ? '国资监管工作国家秘密范围的规定第三条' : '',
      reason: secret ? '内容涉及尚未公开的重大风险处置' : '',
      points: '',
      scope: [],
      sources: [],
      unclear: false,
    }
  }

  private async notices(context: Context): Promise<NoticeRow[]> {
    return noticesOfCase(context.trx, this.caseId)
  }

  private async row(context: Context): Promise<CaseRow> {
    return (await findCase(context.trx, this.caseId)) ?? fail('cases.unknown')
  }

  async submit(context: Context, interviewDay: string): Promise<void> {
    const { caseId, life } = this
    for (const row of await this.notices(context)) {
      const form = {
        ...storedOf(row).form,
        day: interviewDay,
        clock: life.random.pick(['09:00', '09:30', '14:30', '15:00']),
        place: `${life.random.between(1, 3)}号楼第${life.random.pick(['一', '二', '三'])}会议室`,
        hostName: '赵某某',
        hostTitle: '处长',
        interviewees: ['主要负责人', '分管负责人'],
        materials: '有关决策文件、合同、付款凭证和情况说明',
        materialsDue: interviewDay,
        telephone: '023-0000 1234',
        copies: life.random.chance(0.5) ? ['市纪委监委驻市国资委纪检监察组'] : [],
      }
      const [fault] = noticeFaults(form, { rules: shippedProfile, today: dayInChina(context.now) })
      if (fault) fail(fault.code, { field: fault.field })
      await saveForm(context.trx, row, form, row.version, { by: context.account.id, at: context.now })
      const { id } = await propose(context, { caseId, kind: 'notice', id: row.id }, this.proposal())
      await updateNotice(context.trx, row.id, {
        state: 'submitted',
        classification_id: id,
        submitted_at: context.now,
        updated_at: context.now,
      })
    }
    await recordEvent(context, caseId, 'notices.submit', 4)
  }

  private async classify(context: Context, classificationId: string | null): Promise<void> {
    const value = classificationId === null ? undefined : await findClassification(context.trx, classificationId)
    if (!value) fail('secrecy.unknown')
    await decideClassification(context.trx, value.id, {
      state: 'approved',
      approverId: context.account.id,
      approvedAt: context.now,
      opinion: '同意定密意见。',
    })
    const objectHash = classificationHash(value)
    await context.act({ kind: 'secrecy.decide', objectKind: 'classification', objectId: value.id, objectHash })
  }

  async classifyNotices(context: Context): Promise<void> {
    for (const row of await this.notices(context)) await this.classify(context, row.classification_id)
    await recordEvent(context, this.caseId, 'secrecy.decide', 21, { text: '责任约谈通知书' })
  }

  async sign(context: Context): Promise<void> {
    const { trx, now, account } = context
    const opinion = this.life.random.pick(['同意印发。', '同意。', '同意，请监督处抓好落实。'])
    for (const row of await this.notices(context)) {
      const objectHash = noticeHash(row)
      await insertApproval(trx, {
        id: context.newId(),
        object_kind: 'notice',
        object_id: row.id,
        object_version: row.version,
        object_hash: objectHash,
        step: 'sign',
        decision: 'approved',
        opinion,
        account_id: account.id,
        at: now,
      })
      await context.act({ kind: 'notices.decide', objectKind: 'notice', objectId: row.id, objectHash })
      await updateNotice(trx, row.id, { state: 'approved', approved_at: now, updated_at: now })
    }
    await recordEvent(context, this.caseId, 'notices.decide', 4, { text: opinion })
  }

  async number(context: Context): Promise<void> {
    const { trx, now, account } = context
    const year = Number(dayInChina(now).slice(0, 4))
    const entry = (state: 'used' | 'void', noticeId: string | null) => ({
      id: context.newId(),
      year,
      n: this.life.registers.next(`number ${year}`),
      state,
      notice_id: noticeId,
      reason: state === 'void' ? '套印错误作废' : null,
      at: now,
      account_id: account.id,
    })
    for (const row of await this.notices(context)) {
      if (this.life.random.chance(0.005)) await insertNumber(trx, entry('void', null))
      const number = entry('used', row.id)
      await insertNumber(trx, number)
      await updateNotice(trx, row.id, { state: 'numbered', number_id: number.id, updated_at: now })
      const objectHash = numberHash({ year, n: number.n, noticeId: row.id })
      await context.act({ kind: 'numbers.allocate', objectKind: 'number', objectId: number.id, objectHash })
    }
    await recordEvent(context, this.caseId, 'numbers.allocate', 4)
  }

  async issue(context: Context): Promise<void> {
    const { trx, now } = context
    const rows = await this.notices(context)
    for (const row of rows) await updateNotice(trx, row.id, { state: 'issued', issued_at: now, updated_at: now })
    const form = rows[0] ? storedOf(rows[0]).form : fail('notices.unknown')
    await insertInterview(trx, {
      id: context.newId(),
      caseId: this.caseId,
      place: form.place,
      hostName: form.hostName,
      hostTitle: form.hostTitle,
      now,
    })
    await recordEvent(context, this.caseId, 'notices.issue', 4)
    await setStage(trx, this.caseId, 'interview', now)
  }

  async confirm(context: Context): Promise<void> {
    const { trx, now, account } = context
    for (const row of await this.notices(context)) {
      await insertConfirmation(trx, {
        id: context.newId(),
        case_id: this.caseId,
        notice_id: row.id,
        channel: this.life.random.pick(['written', 'telephone'] as const),
        confirmed_by: '周某某',
        post: '办公室主任',
        telephone: '',
        confirmed_at: now,
        attendance: 'promised',
        persons: '',
        substitutes: '[]',
        reason: '',
        note: '',
        at: now,
        account_id: account.id,
      })
    }
    await recordEvent(context, this.caseId, 'notices.confirm', 10)
  }

  private async interview(context: Context) {
    return (await interviewOfCase(context.trx, this.caseId)) ?? fail('interviews.unknown')
  }

  async talk(context: Context, day: string): Promise<void> {
    const { trx, account } = context
    const { id } = await this.interview(context)
    const row = await this.row(context)
    const seat = (value: Pick<Attendee, 'delegation' | 'enterpriseId' | 'unit' | 'name' | 'title' | 'speakerKey'>) => ({
      ...value,
      id: context.newId(),
      state: 'present' as const,
      reason: '',
      at: null,
    })
    const host = seat({
      delegation: 'host',
      enterpriseId: null,
      unit: row.office,
      name: '赵某某',
      title: '处长',
      speakerKey: 1,
    })
    const guests = this.enterprises.map((enterprise, index) =>
      seat({
        delegation: 'enterprise',
        enterpriseId: enterprise.id,
        unit: enterprise.name,
        name: enterprise.people[0]?.name ?? '周某某',
        title: enterprise.people[0]?.title ?? '董事长',
        speakerKey: index + 2,
      }),
    )
    const recorder = seat({
      delegation: 'recorder',
      enterpriseId: null,
      unit: row.office,
      name: account.name,
      title: '',
      speakerKey: null,
    })
    await replaceAttendance(trx, id, [host, ...guests, recorder])
    for (const [index, line] of recordLines(row.matter).entries()) {
      const said = momentOf(day, 9, 30 + index)
      const utterance: Utterance = {
        id: context.newId(),
        seq: index + 1,
        version: 1,
        speakerId: line.key === 1 ? host.id : (guests[0]?.id ?? null),
        kind: line.kind,
        section: line.section,
        part: null,
        audience: 'all',
        text: line.text,
        marked: false,
        commitment: null,
        startedAt: said,
        endedAt: said,
      }
      await insertUtterance(trx, id, utterance, account.id, said)
    }
    const started = momentOf(day, 9, 30)
    await updateInterview(trx, id, {
      state: 'ended',
      started_at: started,
      ended_at: momentOf(day, 10, 40),
      updated_at: context.now,
    })
    await recordEvent(context, this.caseId, 'interviews.end', 9)
    await setStage(trx, this.caseId, 'minutes', context.now)
  }

  async draft(context: Context): Promise<void> {
    const { trx, now } = context
    const interview = await this.interview(context)
    const row = await this.row(context)
    const utterances = recordLines(row.matter).map((line, index) => ({
      id: '',
      seq: index + 1,
      version: 1,
      speakerId: null,
      ...line,
      audience: 'all' as const,
      marked: false,
      part: null,
      commitment: null,
      startedAt: now,
      endedAt: now,
    }))
    for (const enterprise of this.enterprises) {
      const id = context.newId()
      await insertMinutes(
        trx,
        {
          id,
          caseId: this.caseId,
          interviewId: interview.id,
          enterpriseId: enterprise.id,
          fields: {
            time: minutesTime(officialDay(dayInChina(interview.started_at ?? now)), '09:30'),
            place: interview.place ?? '',
            host: '赵某某（处长）',
            hostUnit: `${row.office}赵某某（处长）`,
            jointUnit: '',
            enterpriseParty: `${enterprise.name}${enterprise.people[0]?.name ?? ''}`,
            recorder: context.account.name,
            matter: row.matter,
            requirement: '',
            attended: '',
            excused: '',
            observers: '',
            lists: false,
            signatures: false,
          },
          by: context.account.id,
        },
        now,
      )
      const sentences = draftSentences(utterances, enterprise.id, () => context.newId())
      await putSentences(
        trx,
        id,
        sentences.map((sentence) => ({ ...sentence, sources: [] })),
      )
    }
    await recordEvent(context, this.caseId, 'minutes.draft', 9)
  }

  async submitMinutes(context: Context): Promise<void> {
    const { trx, now } = context
    for (const row of await minutesOfCase(trx, this.caseId)) {
      const object = { caseId: this.caseId, kind: 'minutes' as const, id: row.id }
      const { id } = await propose(context, object, this.proposal())
      await updateMinutes(trx, row.id, {
        state: 'submitted',
        classification_id: id,
        submitted_at: now,
        updated_at: now,
      })
    }
    await recordEvent(context, this.caseId, 'minutes.submit', 9)
  }

  async classifyMinutes(context: Context): Promise<void> {
    for (const row of await minutesOfCase(context.trx, this.caseId)) await this.classify(context, row.classification_id)
    await recordEvent(context, this.caseId, 'secrecy.decide', 21, { text: '约谈纪要' })
  }

  async finalise(context: Context): Promise<void> {
    const { trx, now } = context
    await freezeRecord(context, this.caseId, (await this.interview(context)).id, 'each-page')
    for (const row of await minutesOfCase(trx, this.caseId)) await becomeFinal(context, row)
    for (const { id } of this.enterprises) {
      const text = '依法采取保全和追索措施，最大限度减少资产损失'
      const item = { enterpriseId: id, text, owner: '法务部', due: null, sourceUtteranceId: null }
      await insertItem(trx, { id: context.newId(), caseId: this.caseId, ...item, state: 'open', closedAt: null }, now)
    }
    await recordEvent(context, this.caseId, 'minutes.finalise', 9)
    await setStage(trx, this.caseId, 'rectification', now)
  }

  async receive(context: Context, kind: 'workPlan' | 'progress' | 'specialReport', title: string): Promise<void> {
    const { trx, now } = context
    const { caseId } = this
    for (const { id: enterpriseId } of this.enterprises) {
      const id = context.newId()
      const number = kind === 'specialReport' ? '某企发〔2026〕1号' : ''
      const formal = { number, sealed: number !== '' }
      await insertDocument(trx, {
        id,
        caseId,
        enterpriseId,
        kind,
        title,
        provesId: null,
        receivedAt: now,
        ...formal,
        level: 'none',
        blobId: null,
      })
      if (kind !== 'progress') await this.accept(context, id, kind)
    }
    if (kind === 'specialReport') {
      for (const item of await itemsOfCase(trx, caseId)) {
        await closeItem(trx, caseId, item.id)
        await recordEvent(context, caseId, 'rectification.closeItem', 12, { itemId: item.id, text: '已落实' })
      }
    }
    await recordEvent(context, caseId, 'rectification.receive', kind === 'workPlan' ? 11 : 15, { text: title })
  }

  private async accept(context: Context, documentId: string, kind: CheckedKind): Promise<void> {
    const { trx, now, account } = context
    await insertCheck(trx, {
      id: context.newId(),
      case_id: this.caseId,
      document_id: documentId,
      parts: JSON.stringify(documentParts[kind].map((part) => ({ part, present: true, note: '' }))),
      decision: 'accepted',
      reason: '',
      at: now,
      account_id: account.id,
    })
    await setDocumentState(trx, documentId, 'accepted')
  }

  /** What 销账 asks for of each enterprise (Art. 12, 16). */
  async close(context: Context): Promise<void> {
    const closure = [
      { kind: 'evaluation', result: 'done', opinion: '整改要求均已落实', basis: '' },
      { kind: 'closure', opinion: '' },
    ] as const
    for (const { id } of this.enterprises) for (const body of closure) await keepEntry(context, this.caseId, id, body)
  }

  async assemble(context: Context): Promise<void> {
    const { trx, now } = context
    const row = await this.row(context)
    const profile = await profileOf(context, row)
    const prefix = `J001-WS·${dayInChina(now).slice(0, 4)}-${profile.retention.code}-`
    // No paper was made, and the volume says so: every one the filing list asks for is a gap with its reason.
    const gaps = gapsOf(profile, []).map((gap) => ({ ...gap, reason: '测量用档案，未生成文书' }))
    const volume: StoredVolume = {
      id: context.newId(),
      caseId: this.caseId,
      archivalCode: `${prefix}${String(this.life.registers.next(prefix)).padStart(4, '0')}`,
      title: `关于${this.enterprises.map((one) => one.name).join('、')}${row.matter}问题的责任约谈案卷`,
      retention: profile.retention.name,
      organiser: row.office,
      state: 'open',
      holder: 'office',
      items: [],
      moved: [],
      gaps,
      level: 'none',
      filedAt: null,
      edition: 1,
      reason: '',
      note: '',
      createdAt: now,
    }
    await insertVolume(trx, volume)
    await enterCustody(context, volume, 'handed', '')
  }

  async file(context: Context): Promise<void> {
    const { trx, now } = context
    const volume = await volumeOfCase(trx, this.caseId)
    if (!volume) throw new Error('the volume was not put together')
    await enterCustody(context, volume, 'received', '')
    const filed = { ...volume, state: 'filed' as const, filedAt: now }
    await updateVolume(trx, filed)
    await insertEdition(trx, filed, context.account.id)
    const objectHash = volumeHash(filed)
    await context.act({ kind: 'archive.file', objectKind: 'volume', objectId: volume.id, objectHash })
    await recordEvent(context, this.caseId, 'archive.file', 20, { text: volume.archivalCode })
    await setStage(trx, this.caseId, 'archived', now)
  }
}
