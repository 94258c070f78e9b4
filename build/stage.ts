import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { appendRecord } from '#electron/core/accounts/ledger.ts'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { ledgerOf, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import type { Intake } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'

/** A trial archive with one interview that has just begun: what is measured and worn out by machines. */
export interface Stage {
  readonly archive: string
  readonly machine: string
  readonly caseId: string
  readonly interviewId: string
  readonly matter: string
  /** Speakers' keys, Alt+n. */
  readonly speakerKeys: readonly number[]
}

export interface StageRequest {
  /** An existing folder; `archive` and `machine` are made in it. */
  readonly base: string
  /** Where the archive stands instead, for a disk of its own. */
  readonly archive?: string
  /** Policy: seconds without input until a session locks itself (60 to 600). */
  readonly idleSeconds?: number
  /** How the trial archive is founded; tests share the keys of one. */
  readonly found?: (place: { readonly folder: string; readonly machineFolder: string }) => Promise<unknown>
}

const matter = '投资管理失控等问题'
const logins = ['chengban', 'chuzhang', 'fenguan', 'dingmi', 'zhuize', 'jilu', 'dangan'] as const
type Login = (typeof logins)[number]

/** Founds the archive and takes one case, through the use cases themselves, to a running interview. */
export async function stageInterview(request: StageRequest): Promise<Stage> {
  const machine = join(request.base, 'machine')
  const archive = request.archive ?? join(request.base, 'archive')
  const now = () => new Date().toISOString()
  mkdirSync(machine, { recursive: true })
  const found = request.found ?? ((place) => createTrial({ ...place, unit: '渝某国资监管机构', now: now() }))
  await found({ folder: archive, machineFolder: machine })
  if (request.idleSeconds !== undefined) await setPolicy(archive, machine, 'idleSeconds', request.idleSeconds, now())
  const jobs = createJobs()
  const desks = new Map<Login, Desk>()
  try {
    for (const login of logins) {
      const place = { folder: archive, machineFolder: machine, resources: '', password: trialPassword }
      desks.set(login, await openDesk({ ...place, login, jobs, now, journal: login === 'jilu' }))
    }
    const { caseId, enterpriseId } = await openCase(desks)
    await issueNotice(desks, caseId)
    return { archive, machine, caseId, matter, ...(await start(desks, caseId, enterpriseId)) }
  } finally {
    for (const desk of desks.values()) await desk.close()
    await jobs.close()
  }
}

/** A policy as the 安全保密管理员 sets it. */
async function setPolicy(
  folder: string,
  machineFolder: string,
  name: string,
  value: number,
  at: string,
): Promise<void> {
  const request = { folder, machineFolder, login: 'anquan', password: trialPassword, now: at }
  const { archive } = await unlockArchive(request)
  try {
    const { ledger, signer } = ledgerOf(archive)
    await archive.office.transaction((trx) => appendRecord(trx, ledger, 'policy', { name, value, at }, signer))
  } finally {
    await archive.office.close()
  }
}

function at(desks: ReadonlyMap<Login, Desk>, login: Login): Desk {
  const desk = desks.get(login)
  if (!desk) throw new Error(`${login} has no desk`)
  return desk
}

async function openCase(desks: ReadonlyMap<Login, Desk>) {
  const chengban = at(desks, 'chengban')
  const enterprise = { name: '渝某实业集团有限公司', shortName: '渝某实业', code: '', parentId: null }
  const { id } = await chengban.call('parties.createEnterprise', enterprise)
  const intake: Intake = {
    form: 'individual',
    enterpriseIds: [id],
    matter,
    triggers: ['three'],
    areas: [],
    facts: '专项检查发现的问题。',
    sources: '专项检查报告',
    situations: [],
    amountFen: null,
    instructions: [],
    excluded: 'none',
    accountabilityStarted: null,
    demands: [],
    persons: [],
    recusalAsked: true,
    recusals: [],
    dutyReason: '',
    scopeUnits: [],
    proposedLevel: 'none',
    scope: logins.map((login) => at(desks, login).accountId),
  }
  const { caseId } = await chengban.call('cases.create', intake)
  await chengban.call('cases.accept', { caseId })
  return { caseId, enterpriseId: id }
}

async function issueNotice(desks: ReadonlyMap<Login, Desk>, caseId: string): Promise<void> {
  const chengban = at(desks, 'chengban')
  const [notice] = await chengban.call('notices.list', { caseId })
  if (!notice) throw new Error('the staged case has no notice')
  const one = { caseId, noticeId: notice.id }
  const day = dayInChina(new Date().toISOString())
  const place = { day, clock: '09:30', place: '3号楼第二会议室', unit: '监督处', hostName: '赵某某', hostTitle: '处长' }
  const asked = { interviewees: ['主要负责人'], materials: '决策文件', materialsDue: day }
  const contact = { contact: '孙某某', telephone: '023-0000 1234', copies: [] }
  await chengban.call('notices.save', {
    ...one,
    version: notice.version,
    fields: { ...notice.fields, ...place, ...asked, ...contact },
  })
  const proposal = { level: 'none', term: null, basis: '', reason: '', scope: [] } as const
  await chengban.call('notices.submit', { ...one, proposal: { ...proposal, scope: [] } })
  const dingmi = at(desks, 'dingmi')
  for (const { id } of await dingmi.call('secrecy.waiting', {}))
    await dingmi.call('secrecy.decide', { caseId, classificationId: id, decision: 'approved', opinion: '同意。' })
  await at(desks, 'fenguan').call('notices.decide', { ...one, decision: 'approved', opinion: '同意印发。' })
  await at(desks, 'zhuize').call('numbers.allocate', one)
  await chengban.call('notices.issue', one)
}

async function start(desks: ReadonlyMap<Login, Desk>, caseId: string, enterpriseId: string) {
  const jilu = at(desks, 'jilu')
  const { interviewId } = await jilu.call('cases.get', { caseId })
  if (interviewId === null) throw new Error('the staged case has no interview')
  const one = { caseId, interviewId }
  const host = { delegation: 'host', enterpriseId: null, unit: '监督处', name: '赵某某', title: '处长' } as const
  const guest = { delegation: 'enterprise', enterpriseId, unit: '渝某实业集团有限公司' } as const
  const recorder = { delegation: 'recorder', enterpriseId: null, unit: '监督处', name: '郝某某', title: '' } as const
  const attendees = [
    { ...host, speakerKey: 1 },
    { ...guest, name: '李某某', title: '董事长', speakerKey: 2 },
    { ...guest, name: '周某某', title: '总经理', speakerKey: 3 },
    { ...recorder, speakerKey: null },
  ]
  const prepared = await jilu.call('interviews.prepare', { ...one, attendees, outline: [] })
  for (const { id } of prepared.attendees)
    await jilu.call('interviews.attend', { ...one, attendeeId: id, state: 'present', reason: '' })
  await jilu.call('interviews.start', one)
  return { interviewId, speakerKeys: [1, 2, 3] }
}
