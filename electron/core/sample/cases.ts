import { shippedPacks } from '#shared/calendar/packs.ts'
import { addDays, workingDay } from '#shared/calendar/workingDays.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type AttendeeInput, checksBeforeStart, type UtteranceInput } from '#shared/domain/interviews.ts'
import type { ProposalInput } from '#shared/domain/secrecy.ts'
import type { Jobs } from '../jobs/runner.ts'
import { type Desk, openDesk } from './desk.ts'
import { sampleEnterprises, sampleLines, sampleNotice, samples } from './text.ts'

export interface SampleRequest {
  readonly folder: string
  readonly machineFolder: string
  readonly resources: string
  readonly password: string
  readonly jobs: Jobs
}

const logins = ['chengban', 'chuzhang', 'fenguan', 'dingmi', 'zhuize', 'jilu', 'dangan'] as const
type Login = (typeof logins)[number]
type Office = Readonly<Record<Login, Desk>>

/**
 * Fills a new trial archive with cases in three stages, made by the use cases themselves as seven accounts would make
 * them: what a newcomer sees has really been proposed, signed, numbered and typed. Invented enterprises, 某 names.
 */
export async function fillWithSamples(request: SampleRequest): Promise<void> {
  const now = (): string => new Date().toISOString()
  const desks: Desk[] = []
  const seats = new Map<Login, Desk>()
  try {
    // One after the other: each sign-in writes its lines to the log, and two at once would find it busy.
    for (const login of logins) {
      const desk = await openDesk({ ...request, login, now, journal: login === 'jilu' })
      desks.push(desk)
      seats.set(login, desk)
    }
    const office = Object.fromEntries(seats) as Office
    await fill(office, dayInChina(now()))
  } finally {
    for (const desk of desks) await desk.close()
  }
}

/** The first working day at least `count` days on: no sample interview falls on a holiday. */
function workdayFrom(day: string, count: number): string {
  let found = addDays(day, count)
  while (!workingDay(found, shippedPacks).works) found = addDays(found, 1)
  return found
}

async function fill(office: Office, today: string): Promise<void> {
  const { chengban } = office
  const enterprises: string[] = []
  for (const { people, ...enterprise } of sampleEnterprises) {
    const { id } = await chengban.call('parties.createEnterprise', { ...enterprise, parentId: null })
    for (const person of people) await chengban.call('parties.createPerson', { enterpriseId: id, ...person })
    enterprises.push(id)
  }
  const [first = '', second = '', third = ''] = enterprises
  const scope = logins.map((login) => office[login].accountId)

  const talked = await open(office, samples.talked, [first], scope)
  await issue(office, talked, today)
  await hold(office, talked, first)

  const submitted = await open(office, samples.submitted, [second], scope)
  await submit(office, submitted, workdayFrom(today, 14))

  const { caseId } = await chengban.call('cases.create', { ...samples.opened, enterpriseIds: [third], scope })
  // The third one waits for its 承办人: the newcomer takes the first step.
  await chengban.call('cases.get', { caseId })
}

async function open(
  { chengban }: Office,
  sample: (typeof samples)['talked'],
  enterpriseIds: string[],
  scope: string[],
): Promise<string> {
  const { caseId } = await chengban.call('cases.create', { ...sample, enterpriseIds, scope })
  await chengban.call('cases.accept', { caseId })
  return caseId
}

function proposal(office: Office): ProposalInput {
  return {
    level: 'secret',
    term: { kind: 'period', length: 5, unit: 'year' },
    basis: '国资监管工作国家秘密范围的规定第三条',
    reason: '内容涉及尚未公开的重大风险处置',
    scope: logins.map((login) => office[login].accountId),
  }
}

async function submit(office: Office, caseId: string, day: string): Promise<void> {
  const { chengban } = office
  for (const notice of await chengban.call('notices.list', { caseId })) {
    const one = { caseId, noticeId: notice.id }
    const fields = { ...notice.fields, ...sampleNotice, day, materialsDue: dueBefore(day) }
    await chengban.call('notices.save', { ...one, version: notice.version, fields })
    await chengban.call('notices.submit', { ...one, proposal: proposal(office) })
  }
}

/** The last working day before the interview; for one that is held today, today. */
function dueBefore(day: string): string {
  const today = dayInChina(new Date().toISOString())
  let found = addDays(day, -1)
  while (!workingDay(found, shippedPacks).works) found = addDays(found, -1)
  return found < today ? today : found
}

async function issue(office: Office, caseId: string, today: string): Promise<void> {
  const { chengban, fenguan, zhuize } = office
  await submit(office, caseId, workdayFrom(today, 0))
  await classify(office, caseId)
  for (const notice of await chengban.call('notices.list', { caseId })) {
    const one = { caseId, noticeId: notice.id }
    await fenguan.call('notices.decide', { ...one, decision: 'approved', opinion: '同意印发。' })
    await zhuize.call('numbers.allocate', one)
    await chengban.call('notices.issue', one)
    await chengban.call('notices.confirm', { ...one, channel: 'telephone', by: '周某某', note: '' })
  }
}

async function classify({ dingmi }: Office, caseId: string): Promise<void> {
  for (const one of await dingmi.call('secrecy.waiting', {})) {
    if (one.caseId === caseId)
      await dingmi.call('secrecy.decide', {
        caseId,
        classificationId: one.id,
        decision: 'approved',
        opinion: '同意定密意见。',
      })
  }
}

async function hold({ chengban, jilu }: Office, caseId: string, enterpriseId: string): Promise<void> {
  const { interviewId } = await chengban.call('cases.get', { caseId })
  if (interviewId === null) throw new Error('the sample interview was not planned')
  const one = { caseId, interviewId }
  const [enterprise] = sampleEnterprises
  const attendees: AttendeeInput[] = [
    { delegation: 'host', enterpriseId: null, unit: '监督处', name: '赵某某', title: '处长', speakerKey: 1 },
    { delegation: 'joint', enterpriseId: null, unit: '财务监管处', name: '钱某某', title: '副处长', speakerKey: 2 },
    ...enterprise.people.map((person, index) => ({
      delegation: 'enterprise' as const,
      enterpriseId,
      unit: enterprise.name,
      ...person,
      speakerKey: index + 3,
    })),
    {
      delegation: 'recorder',
      enterpriseId: null,
      unit: '监督处',
      name: '郝某某',
      title: '四级调研员',
      speakerKey: null,
    },
  ]
  const outline = [{ section: 'state' as const, text: '说明约谈事由和目的，指出问题' }]
  const prepared = await jilu.call('interviews.prepare', { ...one, attendees, outline })
  for (const attendee of prepared.attendees)
    await jilu.call('interviews.attend', { ...one, attendeeId: attendee.id, state: 'present', reason: '' })
  for (const item of checksBeforeStart) await jilu.call('interviews.check', { ...one, item, done: true })
  await jilu.call('interviews.start', one)
  const speakers = new Map(prepared.attendees.map((attendee) => [attendee.speakerKey, attendee.id]))
  for (const line of sampleLines) {
    const at = new Date().toISOString()
    const utterance: UtteranceInput = {
      speakerId: speakers.get(line.key) ?? null,
      kind: line.kind,
      section: line.section,
      part: line.part,
      audience: 'all',
      text: line.text,
      marked: false,
      commitment: null,
      startedAt: at,
      endedAt: at,
    }
    await jilu.call('interviews.append', { ...one, utterance })
  }
  await jilu.call('interviews.end', one)
  await jilu.call('minutes.draft', one)
}
