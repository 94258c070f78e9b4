import { cpSync, existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, inject, onTestFinished } from 'vitest'
import { appendRecord } from '#electron/core/accounts/ledger.ts'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { ledgerOf } from '#electron/core/accounts/unlock.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import { addDays } from '#shared/calendar/workingDays.ts'
import type { Intake } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type AttendeeInput, checksBeforeStart, type UtteranceInput } from '#shared/domain/interviews.ts'
import type { PolicyName } from '#shared/domain/policy.ts'
import type { ProposalInput } from '#shared/domain/secrecy.ts'
import { suiteFolder, temporaryFolder } from './folders.ts'

/** A trial archive with its accounts; desks are opened as they are asked for and closed when the test ends. */
export interface TestOffice {
  readonly folder: string
  readonly machineFolder: string
  readonly outside: string
  at(login: string): Promise<Desk>
  /** Signs the account out; the next `at` signs it in again, with the ledger as it stands then. */
  leave(login: string): Promise<void>
  /** Signs the account out and in again, with the ledger as another account has left it. */
  again(login: string): Promise<Desk>
}

const resources = fileURLToPath(new URL('../..', import.meta.url))

let founded: Promise<string> | null = null

/**
 * Making the keys of twelve accounts takes longer than most tests: one archive is founded per run, by the first file that
 * asks, and copied.
 */
function template(): Promise<string> {
  founded ??= foundOnce(inject('founded'))
  return founded
}

async function foundOnce(base: string): Promise<string> {
  const done = join(base, 'office')
  const first = await mkdir(join(base, 'asked')).then(
    () => true,
    () => false,
  )
  if (first) {
    const part = join(base, 'part')
    const place = { folder: join(part, 'archive'), machineFolder: join(part, 'machine') }
    await createTrial({ ...place, unit: '渝某国资监管机构', now: new Date().toISOString() })
    await rename(part, done)
  }
  // Another file of the run is at it.
  while (!existsSync(done)) await new Promise((resolve) => setTimeout(resolve, 100))
  return done
}

/** A trial archive of its own at the given place, with keys made once per run. */
export async function foundTrial(place: { readonly folder: string; readonly machineFolder: string }): Promise<void> {
  const base = await template()
  cpSync(join(base, 'archive'), place.folder, { recursive: true })
  cpSync(join(base, 'machine'), place.machineFolder, { recursive: true })
}

async function openIn(base: string, now: () => string): Promise<{ office: TestOffice; close(): Promise<void> }> {
  cpSync(await template(), base, { recursive: true })
  const folder = join(base, 'archive')
  const machineFolder = join(base, 'machine')
  const jobs = createJobs()
  const desks = new Map<string, Desk>()
  const open = async (login: string): Promise<Desk> => {
    const request = { folder, machineFolder, resources, login, password: trialPassword, jobs, now }
    const desk = await openDesk({ ...request, journal: login === 'jilu' })
    desks.set(login, desk)
    return desk
  }
  const leave = async (login: string): Promise<void> => {
    await desks.get(login)?.close()
    desks.delete(login)
  }
  const office: TestOffice = {
    folder,
    machineFolder,
    outside: base,
    at: async (login) => desks.get(login) ?? open(login),
    leave,
    again: async (login) => {
      await leave(login)
      return open(login)
    },
  }
  const close = async (): Promise<void> => {
    for (const desk of desks.values()) await desk.close()
    await jobs.close()
  }
  return { office, close }
}

const clock = (): string => new Date().toISOString()

/** An office for one test, closed when the test ends. */
export async function openOffice(now: () => string = clock): Promise<TestOffice> {
  const { office, close } = await openIn(temporaryFolder(), now)
  onTestFinished(close)
  return office
}

/** One office for all tests of a file, for tests that each open a case of their own. */
export function sharedOffice(now: () => string = clock): () => Promise<TestOffice> {
  const { folder, remove } = suiteFolder()
  let opened: ReturnType<typeof openIn> | null = null
  afterAll(async () => {
    await (await opened)?.close()
    remove()
  })
  return async () => {
    opened ??= openIn(folder, now)
    return (await opened).office
  }
}

/** Enterprises of the register by name, made where they are not there yet; the chain's accounts for a 知悉范围. */
export async function ready(office: TestOffice, names: readonly string[], members: readonly string[] = chain) {
  const chengban = await office.at('chengban')
  const scope: string[] = []
  for (const login of members) scope.push((await office.at(login)).accountId)
  const known = new Map((await chengban.call('parties.tree', {})).map((one) => [one.name, one.id]))
  const ids: string[] = []
  for (const name of names) {
    const fresh = { name, shortName: '', code: '', parentId: null }
    ids.push(known.get(name) ?? (await chengban.call('parties.createEnterprise', fresh)).id)
  }
  return { chengban, scope, ids }
}

export const secret: ProposalInput = {
  level: 'secret',
  term: { kind: 'period', length: 5, unit: 'year' },
  basis: '国资监管工作国家秘密范围的规定第三条',
  reason: '内容涉及重大风险处置',
  scope: [],
}

export const unclassified: ProposalInput = { level: 'none', term: null, basis: '', reason: '', scope: [] }

export function intakeFor(enterpriseIds: string[], scope: string[]): Intake {
  return {
    form: enterpriseIds.length === 1 ? 'individual' : 'collective',
    enterpriseIds,
    matter: '投资决策失误形成损失风险等',
    triggers: ['three', 'five'],
    areas: [],
    facts: '专项检查发现的问题。',
    sources: '专项检查报告',
    situations: [],
    amountFen: 325_600_00,
    instructions: [],
    demands: [],
    persons: [],
    recusalAsked: true,
    recusals: [],
    dutyReason: '',
    excluded: 'none',
    accountabilityStarted: null,
    proposedLevel: 'secret',
    scope,
    scopeUnits: ['市纪委监委驻市国资委纪检监察组'],
  }
}

export const chain = ['chengban', 'chuzhang', 'fenguan', 'dingmi', 'jilu', 'dangan'] as const

/** Enterprises and an opened, accepted case with the whole chain in its 知悉范围. */
export async function openCase(office: TestOffice, names: readonly string[], members: readonly string[] = chain) {
  const { chengban, scope, ids: enterprises } = await ready(office, names, members)
  const { caseId } = await chengban.call('cases.create', intakeFor(enterprises, scope))
  await chengban.call('cases.accept', { caseId })
  return { caseId, enterprises }
}

/** The first notice of a case, and what names it in a verb. */
export async function firstNotice(office: TestOffice, caseId: string) {
  const [notice] = await (await office.at('chengban')).call('notices.list', { caseId })
  if (!notice) throw new Error('no notice')
  return { notice, one: { caseId, noticeId: notice.id } }
}

/** A case with one notice in draft; `save` writes the usual wording with a part of its own. */
export async function draftedNotice(office: TestOffice, name: string) {
  const chengban = await office.at('chengban')
  const { caseId, enterprises } = await openCase(office, [name])
  const { notice: draft, one } = await firstNotice(office, caseId)
  const save = async (part: Partial<typeof draft.fields>) => {
    const { notice: now } = await firstNotice(office, caseId)
    const fields = { ...draft.fields, ...noticeForm, ...part }
    return chengban.call('notices.save', { ...one, version: now.version, fields })
  }
  return { chengban, caseId, one, save, enterpriseId: enterprises[0] ?? '' }
}

/** 改期 or 取消 with a reason and nothing else changed. */
export const plainChange = {
  reason: '情况变化',
  day: '' as const,
  clock: '' as const,
  place: '',
  materialsDue: '' as const,
  followUp: '',
}

/** A day ahead of the present one: an interview is never called for a day that is over. */
export function dayAhead(days: number): string {
  return addDays(dayInChina(new Date().toISOString()), days)
}

export const noticeForm = {
  day: dayAhead(14),
  clock: '09:30',
  place: '3号楼第二会议室',
  unit: '监督处',
  hostName: '赵某某',
  hostTitle: '处长',
  interviewees: ['主要负责人'],
  materials: '决策文件和情况说明',
  materialsDue: dayAhead(12),
  contact: '孙某某',
  telephone: '023-0000 1234',
  copies: ['市纪委监委驻市国资委纪检监察组'],
}

/** Takes every drafted notice of a case to 印发. */
export async function issueNotices(office: TestOffice, caseId: string, proposal: ProposalInput): Promise<void> {
  const chengban = await office.at('chengban')
  await submitNotices(office, caseId, proposal)
  await classifyAll(office, caseId)
  for (const notice of await chengban.call('notices.list', { caseId })) {
    if (notice.state !== 'submitted') continue
    const one = { caseId, noticeId: notice.id }
    await (await office.at('fenguan')).call('notices.decide', { ...one, decision: 'approved', opinion: '同意印发。' })
    await (await office.at('zhuize')).call('numbers.allocate', one)
    await chengban.call('notices.issue', one)
  }
}

/** Writes the notices of a case with other days than the usual ones: for a test that lives in another week. */
export async function fillNotices(
  office: TestOffice,
  caseId: string,
  change: Partial<typeof noticeForm>,
): Promise<void> {
  const chengban = await office.at('chengban')
  for (const notice of await chengban.call('notices.list', { caseId })) {
    const fields = { ...notice.fields, ...noticeForm, ...change }
    await chengban.call('notices.save', { caseId, noticeId: notice.id, version: notice.version, fields })
  }
}

export async function submitNotices(office: TestOffice, caseId: string, proposal: ProposalInput): Promise<void> {
  const chengban = await office.at('chengban')
  for (const notice of await chengban.call('notices.list', { caseId })) {
    if (notice.state !== 'draft') continue
    const one = { caseId, noticeId: notice.id }
    // What a test has written into the draft already stays.
    if (notice.fields.day === '') {
      const fields = { ...notice.fields, ...noticeForm }
      await chengban.call('notices.save', { ...one, version: notice.version, fields })
    }
    await chengban.call('notices.submit', { ...one, proposal })
  }
}

export async function classifyAll(office: TestOffice, caseId: string): Promise<void> {
  const dingmi = await office.at('dingmi')
  for (const one of (await dingmi.call('secrecy.waiting', {})).filter((each) => each.caseId === caseId)) {
    await dingmi.call('secrecy.decide', { caseId, classificationId: one.id, decision: 'approved', opinion: '同意。' })
  }
}

/** Attendees: host, one speaker for each enterprise, recorder. */
export function attendeesFor(enterprises: readonly string[]): AttendeeInput[] {
  return [
    { delegation: 'host', enterpriseId: null, unit: '监督处', name: '赵某某', title: '处长', speakerKey: 1 },
    ...enterprises.map((enterpriseId, index) => ({
      delegation: 'enterprise' as const,
      enterpriseId,
      unit: `渝某${index}公司`,
      name: `李某${'喆堃赟镕'[index] ?? '某'}`,
      title: '董事长',
      speakerKey: index + 2,
    })),
    { delegation: 'recorder', enterpriseId: null, unit: '监督处', name: '郝某某', title: '', speakerKey: null },
  ]
}

let tick = 0
export function said(value: Partial<UtteranceInput> & Pick<UtteranceInput, 'text'>): UtteranceInput {
  tick += 1
  const at = new Date(Date.UTC(2026, 11, 3, 1, 30) + tick * 1000).toISOString()
  return {
    speakerId: null,
    kind: 'statement',
    section: 'hear',
    part: null,
    audience: 'all',
    marked: false,
    commitment: null,
    startedAt: at,
    endedAt: at,
    ...value,
  }
}

/** Plans, starts and ends the interview with the given utterances; speakers are named by their key. */
export async function holdInterview(
  office: TestOffice,
  caseId: string,
  enterprises: readonly string[],
  lines: readonly (Parameters<typeof said>[0] & { readonly key?: number })[],
): Promise<string> {
  const jilu = await office.at('jilu')
  const { interviewId } = await jilu.call('cases.get', { caseId })
  if (interviewId === null) throw new Error('no interview')
  const one = { caseId, interviewId }
  const { attendees } = await jilu.call('interviews.prepare', {
    ...one,
    attendees: attendeesFor(enterprises),
    outline: [],
  })
  for (const item of checksBeforeStart) await jilu.call('interviews.check', { ...one, item, done: true })
  await jilu.call('interviews.start', one)
  for (const { key, ...line } of lines) {
    const speakerId = attendees.find((attendee) => attendee.speakerKey === key)?.id ?? null
    await jilu.call('interviews.append', { ...one, utterance: said({ speakerId, ...line }) })
  }
  await jilu.call('interviews.end', one)
  return interviewId
}

/** 安全保密管理员 sets a policy: a record of the ledger, seen by whoever signs in afterwards. */
export async function setPolicy(office: TestOffice, name: PolicyName, value: number): Promise<void> {
  const { archive } = (await office.at('anquan')).session
  const { ledger, signer } = ledgerOf(archive)
  const body = { name, value, at: new Date().toISOString() }
  await archive.office.transaction((trx) => appendRecord(trx, ledger, 'policy', body, signer))
}

/** 安全保密管理员 disables an account: a record of the ledger, seen by whoever signs in afterwards. */
export async function disableAccount(office: TestOffice, accountId: string): Promise<void> {
  const { archive } = (await office.at('anquan')).session
  const { ledger, signer } = ledgerOf(archive)
  const body = { account: accountId, reason: '调离', at: new Date().toISOString() }
  await archive.office.transaction((trx) => appendRecord(trx, ledger, 'disable', body, signer))
}
