import { expect, test, vi } from 'vitest'
import { randomOf } from '#build/seed/random.ts'
import { YuetanError } from '#shared/contract/errors.ts'
import { noticeForm, openCase, plainChange, sharedOffice, unclassified } from '../../support/office.ts'

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
  'archived→rectification',
  ...chain.map((stage) => `${stage}→withdrawn`),
  ...chain.slice(0, 5).map((stage) => `withdrawn→${stage}`),
])

test.each([1, 2])(
  'random walk %i at the door: no stage but by a declared step, a refusal changes nothing, no paper, notice or number is ever lost',
  async (seed) => {
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
      return { caseId, changeId: change?.id ?? '01ARZ3NDEKTSV4RRFFQ69G5FAV', noticeId: change?.noticeId ?? '' }
    }
    const decision = () => (random.chance(0.8) ? ('approved' as const) : ('returned' as const))
    const interview = async () => ({
      caseId,
      interviewId: (await chengban.call('cases.get', { caseId })).interviewId ?? '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    })
    /** What the accounts might try, at any time and in any order. */
    const tries: readonly (() => Promise<unknown>)[] = [
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
      () => chengban.call('cases.beginFiling', reason),
      () => chengban.call('archive.assemble', { caseId }),
      () => dangan.call('archive.file', { caseId, volumeId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', gaps: [], note: '' }),
      () => chuzhang.call('cases.withdraw', reason),
      () => chuzhang.call('cases.reopen', reason),
    ]
    const ladder = [1, 2, 3, 4, 5, 6]
    const look = async () => {
      const { stage, history } = await chengban.call('cases.get', { caseId })
      return {
        stage,
        history: history.length,
        notices: (await notices()).map((one) => one.id),
        numbers: (await notices()).flatMap((one) => one.number ?? []),
        papers: (await chengban.call('papers.list', { caseId })).map((one) => one.id),
      }
    }
    let before = await look()
    const taken = { accepted: 0, refused: 0, moved: new Set<string>() }
    for (let step = 0; step < 70; step += 1) {
      // Half of the time the next thing somebody would do, so that the walk gets somewhere.
      const attempt = tries[random.chance(0.5) ? random.pick(ladder) : random.between(0, tries.length - 1)]
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
        for (const kind of ['notices', 'numbers', 'papers'] as const)
          expect(after[kind]).toEqual(expect.arrayContaining(before[kind]))
        expect(after.history).toBeGreaterThanOrEqual(before.history)
      }
      before = after
    }
    expect(Math.min(taken.accepted, taken.refused)).toBeGreaterThan(5)
    expect(taken.moved.size).toBeGreaterThan(0)
  },
)
