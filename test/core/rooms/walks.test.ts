import { expect, test, vi } from 'vitest'
import { randomOf } from '#build/seed/random.ts'
import { YuetanError } from '#shared/contract/errors.ts'
import { explained, filingAnswers } from '../../support/filing.ts'
import {
  classifyAll,
  holdInterview,
  issueNotices,
  noticeForm,
  openCase,
  plainChange,
  sharedOffice,
  type TestOffice,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const chain = ['intake', 'notice', 'interview', 'minutes', 'rectification', 'filing'] as const

/** Every change of stage the life of a case knows (DESIGN §5), written down apart from the program's own table. */
const edges = new Set([
  'intake→notice',
  'notice→interview',
  'interview→notice',
  'interview→minutes',
  'minutes→rectification',
  'rectification→minutes',
  'rectification→interview',
  'rectification→filing',
  'filing→archived',
  'archived→filing',
  'archived→rectification',
  ...chain.map((stage) => `${stage}→withdrawn`),
  ...chain.slice(0, 5).map((stage) => `withdrawn→${stage}`),
])

/** Something one account might try, at any time and in any order. */
type Try = () => Promise<unknown>
const nobody = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

/**
 * Tries things at random, half of the time what somebody would do next (`ladder`, round and round): no stage but by a declared step, a
 * refusal changes nothing, and no paper, notice, number, minutes or volume is ever lost. Returns the stages it came to.
 */
async function walk(
  here: TestOffice,
  caseId: string,
  random: ReturnType<typeof randomOf>,
  {
    tries,
    ladder,
    steps,
  }: { readonly tries: readonly Try[]; readonly ladder: readonly number[]; readonly steps: number },
): Promise<ReadonlySet<string>> {
  const chengban = await here.at('chengban')
  const look = async () => {
    const { stage, history } = await chengban.call('cases.get', { caseId })
    const notices = await chengban.call('notices.list', { caseId })
    const minutes = await chengban.call('minutes.list', { caseId })
    const volumes = (await chengban.call('archive.list', {})).filter((one) => one.caseId === caseId)
    return {
      stage,
      history: history.length,
      notices: notices.map((one) => one.id),
      numbers: notices.flatMap((one) => one.number ?? []),
      papers: (await chengban.call('papers.list', { caseId })).map((one) => one.id),
      minutes: minutes.flatMap((one) => one.editions.map((edition) => `${one.id} ${edition.edition}`)),
      volumes: volumes.map((one) => one.id),
    }
  }
  let before = await look()
  const taken = { accepted: 0, refused: 0, moved: new Set<string>() }
  let next = 0
  for (let step = 0; step < steps; step += 1) {
    const onward = random.chance(0.5)
    const attempt = tries[onward ? (ladder[next++ % ladder.length] ?? 0) : random.between(0, tries.length - 1)]
    const refusal = await attempt?.().then(
      () => null,
      (error: unknown) => error,
    )
    const after = await look()
    if (refusal !== null && refusal !== undefined) {
      expect(refusal).toBeInstanceOf(YuetanError)
      if (refusal instanceof YuetanError) expect(refusal.code).not.toMatch(/^(internal|db)\./)
      expect(after).toEqual(before)
      taken.refused += 1
    } else {
      taken.accepted += 1
      if (after.stage !== before.stage) {
        expect(edges).toContain(`${before.stage}→${after.stage}`)
        taken.moved.add(after.stage)
      }
      for (const kind of ['notices', 'numbers', 'papers', 'minutes', 'volumes'] as const)
        expect(after[kind]).toEqual(expect.arrayContaining(before[kind]))
      expect(after.history).toBeGreaterThanOrEqual(before.history)
    }
    before = after
  }
  expect(Math.min(taken.accepted, taken.refused)).toBeGreaterThan(5)
  return taken.moved
}

test.each([1])('random walk %i at the door from 立项 on', async (seed) => {
  const random = randomOf(seed)
  const here = await office()
  const names = [`渝某行${seed}甲集团有限公司`, `渝某行${seed}乙集团有限公司`]
  const { caseId } = await openCase(here, names)
  const chengban = await here.at('chengban')
  const [chuzhang, fenguan, dingmi, zhuize, jilu, dangan] = [
    await here.at('chuzhang'),
    await here.at('fenguan'),
    await here.at('dingmi'),
    await here.at('zhuize'),
    await here.at('jilu'),
    await here.at('dangan'),
  ]
  const reason = { caseId, reason: '随机办理' }
  const notices = () => chengban.call('notices.list', { caseId })
  const oneNotice = async () => ({ caseId, noticeId: random.pick(await notices()).id })
  const oneChange = async () => {
    const changes = await chengban.call('notices.changes', { caseId })
    const change = changes.length === 0 ? null : random.pick(changes)
    return { caseId, changeId: change?.id ?? nobody, noticeId: change?.noticeId ?? '' }
  }
  const decision = () => (random.chance(0.8) ? ('approved' as const) : ('returned' as const))
  const interview = async () => ({
    caseId,
    interviewId: (await chengban.call('cases.get', { caseId })).interviewId ?? nobody,
  })
  const tries: readonly Try[] = [
    () => chengban.call('cases.accept', { caseId }),
    async () => {
      const notice = random.pick(await notices())
      const one = { caseId, noticeId: notice.id }
      await chengban.call('notices.save', {
        ...one,
        version: notice.version,
        fields: { ...notice.fields, ...noticeForm },
      })
    },
    async () => chengban.call('notices.submit', { ...(await oneNotice()), proposal: unclassified }),
    async () => fenguan.call('notices.decide', { ...(await oneNotice()), decision: decision(), opinion: '意见' }),
    async () => {
      const [waiting] = (await dingmi.call('secrecy.waiting', {})).filter((one) => one.caseId === caseId)
      if (waiting)
        await dingmi.call('secrecy.decide', {
          caseId,
          classificationId: waiting.id,
          decision: 'approved',
          opinion: '',
        })
    },
    async () => zhuize.call('numbers.allocate', await oneNotice()),
    async () => chengban.call('notices.issue', await oneNotice()),
    async () => chengban.call('notices.withdraw', { ...(await oneNotice()), reason: '再核' }),
    async () => {
      const noticeId = random.chance(0.5) ? random.pick(await notices()).id : null
      await chengban.call('notices.proposeChange', { caseId, kind: 'cancel', noticeId, fields: plainChange })
    },
    async () => {
      const { noticeId: _, ...one } = await oneChange()
      await fenguan.call('notices.decideChange', { ...one, decision: decision(), opinion: '意见' })
    },
    async () => {
      const { noticeId, ...one } = await oneChange()
      await zhuize.call('numbers.allocate', { ...one, noticeId })
    },
    async () => {
      const { noticeId: _, ...one } = await oneChange()
      await chengban.call('notices.issueChange', one)
    },
    async () => jilu.call('interviews.start', await interview()),
    async () => jilu.call('interviews.end', await interview()),
    async () => jilu.call('minutes.draft', await interview()),
    () => chengban.call('cases.beginFiling', { caseId }),
    () => chengban.call('archive.assemble', { caseId }),
    () => dangan.call('archive.file', { caseId, volumeId: nobody, gaps: [], note: '', checks: filingAnswers() }),
    () => chuzhang.call('cases.withdraw', reason),
    () => chuzhang.call('cases.reopen', reason),
  ]
  const moved = await walk(here, caseId, random, { tries, ladder: [1, 2, 3, 4, 5, 6], steps: 70 })
  expect(moved.size).toBeGreaterThan(0)
})

test.each([3])(
  'random walk %i at the door from the end of the interview on: it reaches the archive and comes back',
  async (seed) => {
    const random = randomOf(seed)
    const here = await office()
    const { caseId, enterprises } = await openCase(here, [`渝某行${seed}丙集团有限公司`])
    await issueNotices(here, caseId, unclassified)
    const interviewId = await holdInterview(here, caseId, enterprises, [
      { text: '没有开展可行性论证。', kind: 'statement', key: 2 },
      { text: '请立即止损。', kind: 'opinion', key: 1 },
    ])
    const [chengban, chuzhang, jilu, dangan] = [
      await here.at('chengban'),
      await here.at('chuzhang'),
      await here.at('jilu'),
      await here.at('dangan'),
    ]
    const reason = { caseId, reason: '随机办理' }
    const minutes = async () => ({ caseId, minutesId: (await jilu.call('minutes.list', { caseId }))[0]?.id ?? nobody })
    const volume = async () => (await dangan.call('archive.list', {})).find((one) => one.caseId === caseId)
    const held = async () => ({ caseId, volumeId: (await volume())?.id ?? nobody })
    const tries: readonly Try[] = [
      () => jilu.call('minutes.draft', { caseId, interviewId }),
      async () => jilu.call('minutes.submit', { ...(await minutes()), proposal: unclassified }),
      () => classifyAll(here, caseId),
      async () => chuzhang.call('minutes.finalise', await minutes()),
      () => chengban.call('cases.beginFiling', reason),
      () => chengban.call('archive.assemble', { caseId }),
      async () => chengban.call('archive.handOver', { ...(await held()), note: '' }),
      async () => dangan.call('archive.receive', { ...(await held()), note: '' }),
      async () => {
        const open = await volume()
        await dangan.call('archive.file', {
          ...(await held()),
          gaps: open ? explained(open) : [],
          note: '',
          checks: filingAnswers(),
        })
      },
      async () => dangan.call('archive.return', { ...(await held()), reason: '补材料' }),
      async () => dangan.call('archive.reopen', { ...(await held()), reason: '补材料' }),
      async () => chuzhang.call('minutes.reopen', { ...(await minutes()), reason: '更正' }),
      () => chuzhang.call('interviews.again', reason),
      () => chengban.call('cases.beginFiling', { caseId, reason: '' }),
      () => chuzhang.call('cases.withdraw', reason),
      () => chuzhang.call('cases.reopen', reason),
      () => chengban.call('cases.accept', { caseId }),
    ]
    const moved = await walk(here, caseId, random, { tries, ladder: [0, 1, 2, 3, 4, 5, 6, 7, 8], steps: 90 })
    expect([...moved]).toEqual(expect.arrayContaining(['rectification', 'filing', 'archived']))
  },
)
