import { ulid } from 'ulid'
import { setStage } from '#db/repositories/cases.ts'
import { insertInterview, insertUtterance } from '#db/repositories/interviews.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { openDesk } from '#electron/core/sample/desk.ts'
import { usualPlace } from '#shared/domain/coverage.ts'
import { type AttendeeInput, checksBeforeStart, type Utterance, utteranceKinds } from '#shared/domain/interviews.ts'
import { foundTrial, intakeFor } from './office.ts'

interface Request {
  /** Archive folder, made here as a trial archive with its sample accounts. */
  readonly folder: string
  readonly machineFolder: string
  /** Full names; more than one makes a 集体约谈. */
  readonly names: readonly string[]
  /** Utterances the record already holds. */
  readonly lines?: number
  /** Leaves the interview planned and the preparation empty. */
  readonly planned?: boolean
  /** People of each enterprise; one by default. */
  readonly people?: number
  /** Somebody of a 共同约谈单位 sits beside the host, with the key after his. */
  readonly joint?: boolean
}

export interface Running {
  readonly caseId: string
  readonly interviewId: string
  readonly enterprises: readonly string[]
  /** Attendee ids of those with a key, in its order: host, 共同约谈单位, then the people of each enterprise. */
  readonly speakers: readonly string[]
}

const sentences = [
  '请说明该项投资的决策程序，何时提交董事会，有无可行性论证。',
  '该项目于二〇二四年三月由分管同志提出，当时判断市场前景较好，没有委托机构开展可行性论证，我承担主要领导责任。',
  '第三笔款项支付前，法务部门提过不同意见，但没有形成书面意见。',
  '立即停止后续投入，依法采取保全和追索措施，最大限度减少资产损失。',
]

/**
 * A trial archive with one interview that is running, for tests of the live record. The way to it through notices and
 * numbers is other tests' matter: the stage is set where they would have led.
 */
export async function runningInterview(request: Request): Promise<Running> {
  const { folder, machineFolder, names, lines = 0, people = 1, joint = false } = request
  const now = () => new Date().toISOString()
  await foundTrial({ folder, machineFolder })
  const jobs = createJobs()
  const seat = { folder, machineFolder, resources: process.cwd(), password: trialPassword, jobs, now }
  const chengban = await openDesk({ ...seat, login: 'chengban' })
  const jilu = await openDesk({ ...seat, login: 'jilu', journal: true })
  try {
    const enterprises: string[] = []
    for (const [index, name] of names.entries()) {
      const shortName = name.slice(0, 4)
      const { id } = await chengban.call('parties.createEnterprise', { name, shortName, code: '', parentId: null })
      await chengban.call('parties.createPerson', { enterpriseId: id, name: person(index), title: '董事长' })
      enterprises.push(id)
    }
    const intake = intakeFor(enterprises, [chengban.accountId, jilu.accountId])
    const { caseId } = await chengban.call('cases.create', intake)
    await chengban.call('cases.accept', { caseId })
    const interviewId = ulid()
    await jilu.session.archive.cases?.transaction(async (trx) => {
      await setStage(trx, caseId, 'interview', now())
      const room = { place: '3号楼第二会议室', hostName: '赵某某', hostTitle: '处长', now: now() }
      await insertInterview(trx, { id: interviewId, caseId, ...room })
    })
    if (request.planned === true) return { caseId, interviewId, enterprises, speakers: [] }
    const one = { caseId, interviewId }
    const attendees: AttendeeInput[] = [
      { delegation: 'host', enterpriseId: null, unit: '监督处', name: '赵某某', title: '处长', speakerKey: 1 },
      ...(joint ? [{ ...besideHost, speakerKey: 2 }] : []),
      ...enterprises.flatMap((enterpriseId, index) =>
        Array.from({ length: people }, (_, at) => ({
          delegation: 'enterprise' as const,
          enterpriseId,
          unit: names[index] ?? '',
          name: at === 0 ? person(index) : `企业${index + 1}第${at + 1}人`,
          title: at === 0 ? '董事长' : '部门负责人',
          speakerKey: (joint ? 3 : 2) + index * people + at,
        })),
      ),
      { delegation: 'recorder', enterpriseId: null, unit: '监督处', name: '郝某某', title: '', speakerKey: null },
    ]
    const { outline } = await jilu.call('interviews.draft', one)
    const prepared = await jilu.call('interviews.prepare', { ...one, attendees, outline })
    for (const item of checksBeforeStart) await jilu.call('interviews.check', { ...one, item, done: true })
    await jilu.call('interviews.start', one)
    for (const { id: attendeeId } of prepared.attendees)
      await jilu.call('interviews.attend', { ...one, attendeeId, state: 'present', reason: '' })
    const speakers = prepared.attendees.filter((each) => each.speakerKey !== null).map((each) => each.id)
    await jilu.session.archive.cases?.transaction(async (trx) => {
      for (let n = 0; n < lines; n += 1)
        await insertUtterance(trx, interviewId, lineOf(n, speakers), jilu.accountId, now())
    })
    return { caseId, interviewId, enterprises, speakers }
  } finally {
    await jilu.close()
    await chengban.close()
    await jobs.close()
  }
}

const besideHost = {
  delegation: 'joint',
  enterpriseId: null,
  unit: '驻委纪检监察组',
  name: '孙某某',
  title: '副组长',
} as const

function person(index: number): string {
  return `${'周吴郑王'[index] ?? '李'}某${'堃喆赟镕'[index] ?? '某'}`
}

function lineOf(n: number, speakers: readonly string[]): Utterance {
  const kind = utteranceKinds[[0, 2, 3, 1, 4, 5, 2, 3][n % 8] ?? 0] ?? 'other'
  const at = new Date(Date.now() - 3 * 3_600_000 + n * 2_000).toISOString()
  const place = usualPlace[kind]
  const guest = kind === 'answer' || kind === 'statement' || kind === 'commitment'
  return {
    id: ulid(),
    seq: n + 1,
    version: 1,
    speakerId: speakers[guest ? 1 + (n % Math.max(1, speakers.length - 1)) : 0] ?? null,
    kind,
    section: place.section,
    part: place.part ?? (place.section === 'state' || place.section === 'hear' ? (n % 3) + 1 : null),
    audience: 'all',
    commitment: kind === 'commitment' ? { owner: person(0), due: '2026-12-31' } : null,
    text: sentences[n % sentences.length] ?? '',
    marked: n % 37 === 5,
    startedAt: at,
    endedAt: at,
  }
}
