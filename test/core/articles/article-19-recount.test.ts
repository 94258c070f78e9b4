import { expect, test, vi } from 'vitest'
import type { Desk } from '#electron/core/sample/desk.ts'
import type { Pick } from '#shared/domain/analysis.ts'
import { type Intake, triggerCodes } from '#shared/domain/cases.ts'
import type { EntryInput, ReceivedDocument } from '#shared/domain/rectification.ts'
import {
  chain,
  holdInterview,
  intakeFor,
  issueNotices,
  plainChange,
  ready,
  sharedOffice,
  unclassified,
} from '../../support/office.ts'
import {
  casesBehind,
  chinaDay,
  everythingOf,
  leadLines,
  ledgerLines,
  owedDays,
  quarterLines,
  reportOf,
  sheetOf,
} from '../../support/recount.ts'
import { accepting, finaliseMinutes, planAccepted } from '../../support/rectifying.ts'
import { workbook } from '../../support/workbook.ts'

vi.setConfig({ testTimeout: 900_000 })

// One office through a year and a half: twelve cases with everything that happens to them, then every figure of Art. 17 and 19
// asked for in every way there is, and counted again from the cases by the loops of `recount.ts`.

let now = ''
const office = sharedOffice(() => now)
/** Half past nine in Chongqing. */
const on = (day: string): void => {
  now = `${day}T01:30:00.000Z`
}
const names = ['复算集团', '复算港口', '复算物流', '复算能源', '复算电力'].map((name) => `渝某${name}有限公司`)
/** An account that may know every case, and one that was left out of some. */
const [whole, part] = [[...chain, 'zhuize'], chain]

async function story() {
  on('2025-11-20')
  const here = await office()
  const { chengban, ids } = await ready(here, names)
  const [group = '', port = '', freight = '', energy = '', power = ''] = ids
  const [chuzhang, fenguan, zhuize] = [await here.at('chuzhang'), await here.at('fenguan'), await here.at('zhuize')]
  const below = (enterpriseId: string, name: string, parentId: string) =>
    chengban.call('parties.updateEnterprise', { enterpriseId, enterprise: { name, shortName: '', code: '', parentId } })
  await below(port, names[1] ?? '', group)
  await below(freight, names[2] ?? '', port)

  const open = async (enterpriseIds: string[], members: readonly string[], change: Partial<Intake>) => {
    const { scope } = await ready(here, [], members)
    const { caseId } = await chengban.call('cases.create', {
      ...intakeFor(enterpriseIds, scope),
      proposedLevel: 'none',
      ...change,
    })
    return caseId
  }
  const issued = async (enterpriseIds: string[], members: readonly string[], change: Partial<Intake>) => {
    const caseId = await open(enterpriseIds, members, change)
    await chengban.call('cases.accept', { caseId })
    await issueNotices(here, caseId, unclassified)
    return caseId
  }
  const hold = (caseId: string, enterpriseIds: string[]) =>
    holdInterview(here, caseId, enterpriseIds, [
      { text: '情况属实。', key: 2 },
      { text: '请按期整改。', key: 1 },
      ...(enterpriseIds.length > 1 ? [{ text: '我公司情况属实。', key: 3 }] : []),
    ])
  const held = async (enterpriseIds: string[], members: readonly string[], change: Partial<Intake>) => {
    const caseId = await issued(enterpriseIds, members, change)
    await finaliseMinutes(here, caseId, await hold(caseId, enterpriseIds))
    return caseId
  }
  const send = async (
    caseId: string,
    enterpriseId: string,
    kind: ReceivedDocument['kind'],
    found: 'accepted' | 'returned' | null,
  ) => {
    const { id: documentId } = await chengban.call('rectification.receive', {
      ...{ caseId, enterpriseId, kind, title: '报送文件', file: null },
      formal: { number: '渝某企发〔2026〕3号', sealed: true },
    })
    if (found === null) return
    const accepted = kind === 'workPlan' ? planAccepted : accepting('work', 'steps', 'results', 'accountability')
    const check = found === 'accepted' ? accepted : { ...accepted, decision: 'returned' as const, reason: '措施不实' }
    await chengban.call('rectification.check', { caseId, documentId, check })
  }
  const enter = (caseId: string, enterpriseId: string, entry: EntryInput, replaces: string | null = null) =>
    chengban.call('rectification.enter', { caseId, enterpriseId, entry, replaces })
  const effects = (recoveredFen: number | null, reducedFen: number | null): EntryInput => ({
    ...{ kind: 'effects', stopped: '已停止新增投资', losses: '', risk: '', influence: '' },
    ...{ recoveredFen, reducedFen },
  })
  const person = (name: string, handling: string, day: string): EntryInput => ({
    ...{ kind: 'accountable', name, post: '总经理', basis: '违规经营投资责任追究办法', handling, day },
  })
  const found = (result: 'done' | 'mostly' | 'refused' | 'delayed' | 'poor' | 'false'): EntryInput => ({
    ...{ kind: 'evaluation', result, opinion: '评估意见' },
    basis: result === 'done' || result === 'mostly' ? '' : '经催办仍未报送',
  })
  const refer = async (caseId: string, persons: string[], amount: string) => {
    const [choice] = await chengban.call('referrals.choices', { caseId })
    if (!choice) throw new Error('nothing to refer')
    const { id } = await chengban.call('referrals.send', {
      caseId,
      referral: {
        pieces: [{ paperId: choice.paperId, documentId: choice.documentId, form: 'copy' }],
        ...{ reason: '涉嫌违规经营投资', summary: '未经论证对外投资', period: '2025年', amount, persons },
      },
    })
    return id
  }

  // A case from beginning to end, its effects corrected in another year, opened again afterwards.
  const first = await held([group], whole, { triggers: ['three', 'five'] })
  on('2025-11-26')
  await send(first, group, 'workPlan', 'accepted')
  on('2025-12-08')
  await send(first, group, 'progress', null)
  const entered = await enter(first, group, effects(1_000_050, 200_000))
  await enter(first, group, person('周某某', '诫勉', '2025-12-05'))
  on('2026-01-09')
  await send(first, group, 'progress', null)
  await send(first, group, 'specialReport', 'returned')
  await enter(first, group, effects(1_234_550, 200_000), entered.id)
  on('2026-01-14')
  await send(first, group, 'specialReport', 'accepted')
  await enter(first, group, found('done'))
  await chengban.call('rectification.close', { caseId: first, enterpriseId: group, opinion: '同意销账' })
  const received = await refer(first, ['周某某', '吴某某'], '1,200万元')
  on('2026-01-20')
  await zhuize.call('referrals.receive', { referralId: received, note: '清点无误' })
  on('2026-02-03')
  await chuzhang.call('rectification.reopen', { caseId: first, enterpriseId: group, reason: '发现新情况' })
  await enter(first, group, found('poor'))

  // Two enterprises: a plan that went back and came again too late, and one that never came.
  on('2026-02-10')
  const second = await held([port, energy], whole, { triggers: ['one', 'three'] })
  on('2026-02-24')
  await send(second, port, 'workPlan', 'returned')
  on('2026-04-08')
  await send(second, port, 'workPlan', null)
  await enter(second, energy, found('refused'))
  await enter(second, energy, person('郑某某', '免职', '2026-04-02'))
  const struck = await enter(second, energy, person('王某某', '诫勉', '2026-04-03'))
  await chengban.call('rectification.strike', { caseId: second, entryId: struck.id, reason: '登记有误' })
  await zhuize.call('referrals.return', { referralId: await refer(second, [], ''), reason: '材料不全' })

  // Late by the Rules, in time by its extension.
  on('2026-03-20')
  const third = await held([freight], part, { triggers: ['three'] })
  on('2026-04-02')
  const { id: extensionId } = await chengban.call('rectification.askExtension', {
    ...{ caseId: third, enterpriseId: freight, due: '2026-04-17', reason: '评估机构尚未出具报告' },
  })
  await chuzhang.call('rectification.decideExtension', {
    caseId: third,
    extensionId,
    decision: 'approved',
    opinion: '',
  })
  on('2026-04-16')
  await send(third, freight, 'workPlan', 'accepted')
  await enter(third, freight, effects(null, 7_700))

  // Registered twice and merged later; closed as it should be.
  on('2026-05-06')
  const fourth = await held([power], whole, { triggers: ['five'] })
  on('2026-05-08')
  await send(fourth, power, 'workPlan', 'accepted')
  await send(fourth, power, 'specialReport', 'accepted')
  await enter(fourth, power, found('mostly'))
  await enter(fourth, power, effects(50_000, null))
  await chengban.call('rectification.close', { caseId: fourth, enterpriseId: power, opinion: '' })
  await chengban.call('parties.merge', { kind: 'enterprise', fromId: power, intoId: energy, reason: '重复登记' })

  // Withdrawn after its interview, before a plan came.
  on('2026-05-18')
  const fifth = await held([group], whole, { triggers: ['three'] })
  await enter(fifth, group, person('周某某', '警告', '2026-05-18'))
  on('2026-05-20')
  await chuzhang.call('cases.withdraw', { caseId: fifth, reason: '事项并入另案' })

  // One of two enterprises is let go before the interview; the other is called in a second time.
  on('2026-07-01')
  const sixth = await issued([port, freight], whole, { triggers: ['one', 'three'] })
  const cancel = async (caseId: string, enterpriseId: string | null) => {
    const notices = await chengban.call('notices.list', { caseId })
    const noticeId = notices.find((one) => one.enterpriseId === enterpriseId)?.id ?? null
    const changes = await chengban.call('notices.proposeChange', {
      ...{ caseId, kind: 'cancel', noticeId, fields: plainChange },
    })
    for (const { id: changeId } of changes) {
      await fenguan.call('notices.decideChange', { caseId, changeId, decision: 'approved', opinion: '' })
      await zhuize.call('numbers.allocate', { caseId, noticeId: changes[0]?.noticeId ?? '', changeId })
      await chengban.call('notices.issueChange', { caseId, changeId })
    }
  }
  await cancel(sixth, freight)
  await finaliseMinutes(here, sixth, await hold(sixth, [port]))
  on('2026-07-10')
  await send(sixth, port, 'workPlan', 'accepted')
  on('2026-08-03')
  await chuzhang.call('interviews.again', { caseId: sixth, reason: '整改不力，再次约谈' })
  await finaliseMinutes(here, sixth, await hold(sixth, [port]))
  await enter(sixth, port, found('delayed'))

  // 取消 of the whole interview, then a notice with a new number, then everything in time.
  on('2026-08-20')
  const seventh = await issued([energy], whole, { triggers: ['three'] })
  on('2026-08-24')
  await cancel(seventh, null)
  await issueNotices(here, seventh, unclassified)
  on('2026-09-01')
  await finaliseMinutes(here, seventh, await hold(seventh, [energy]))
  on('2026-09-04')
  await send(seventh, energy, 'workPlan', 'accepted')
  await enter(seventh, energy, effects(30_000, 20_000))
  await enter(seventh, energy, person('郑某某', '诫勉', '2026-09-03'))
  await refer(seventh, ['郑某某'], '300元')

  // Still under way: called in and not heard yet, an item that is late, a plan about to fall due, a question of Art. 3 (六).
  on('2026-09-10')
  await issued([freight], part, { triggers: ['seven'] })
  on('2026-09-15')
  const ninth = await held([group], whole, { triggers: ['two'] })
  await send(ninth, group, 'workPlan', 'accepted')
  await chengban.call('rectification.addItem', {
    caseId: ninth,
    item: { enterpriseId: group, text: '修订制度', owner: '', due: '2026-09-25', sourceUtteranceId: null },
  })
  on('2026-09-23')
  await held([energy], whole, { triggers: ['nine'] })
  await open([group], whole, { triggers: ['six'], accountabilityStarted: false })
  const begun = await open([energy], whole, { triggers: ['six'], accountabilityStarted: false })
  await chengban.call('cases.accountability', { caseId: begun, day: '2026-09-23', note: '已启动责任追究' })
  on('2026-10-12')
  return { here, ids: { group, port, freight, energy } }
}

const periods = [
  { since: '2025-10-01', until: '2026-12-31' },
  { since: '2025-11-20', until: '2026-02-10' },
  { since: '2026-01-01', until: '2026-06-30' },
  { since: '2026-07-01', until: '2026-09-30' },
  { since: '2024-01-01', until: '2024-12-31' },
]
const soonDays = 3
let told: ReturnType<typeof story> | null = null
const once = () => {
  told ??= story()
  return told
}

test('every bar of every chart is counted again from the cases, and opens exactly those', async () => {
  const { here, ids } = await once()
  for (const login of ['fenguan', 'zhuize']) {
    const desk = await here.at(login)
    const known = await everythingOf(desk, now)
    const offices = ['', known.cases[0]?.detail.office ?? '', '没有的处']
    // Whoever knows less is counted for once, in everything.
    for (const period of login === 'fenguan' ? periods : periods.slice(0, 1))
      for (const office of offices)
        for (const enterpriseId of [null, ids.group, ids.freight, ids.energy]) {
          const asked = { ...period, office, enterpriseId }
          const { figures } = await desk.call('analysis.figures', asked)
          const behind = (kind: Pick['kind'], value: string) => casesBehind(known, asked, { kind, value }, soonDays)
          const bars: { kind: Pick['kind']; value: string; cases: number }[] = [
            { kind: 'all', value: '', cases: figures.cases },
            { kind: 'overdue', value: '', cases: figures.overdue },
            { kind: 'dueSoon', value: '', cases: figures.dueSoon },
            ...known.enterprises.map(({ id }) => ({
              kind: 'enterprise' as const,
              value: id,
              cases: figures.enterprises.find((one) => one.value === id)?.cases ?? 0,
            })),
            ...triggerCodes.map((code) => ({
              kind: 'trigger' as const,
              value: code,
              cases: figures.triggers.find((one) => one.value === code)?.cases ?? 0,
            })),
            ...figures.offices.map((one) => ({ kind: 'office' as const, ...one })),
            ...figures.quarters.map((one) => ({ kind: 'quarter' as const, ...one })),
            ...figures.stages.map((one) => ({ kind: 'stage' as const, ...one })),
            ...figures.accountability.map((one) => ({ kind: 'accountability' as const, ...one })),
          ]
          for (const { id } of known.enterprises)
            for (const code of triggerCodes) {
              const value = `${id}/${code}`
              const times = behind('repeat', value).length
              const shown = figures.repeats.find((one) => one.value === value)?.cases ?? 0
              expect({ value, asked, shown }).toEqual({ value, asked, shown: times > 1 ? times : 0 })
            }
          for (const { kind, value, cases } of bars)
            expect({ kind, value, asked, cases }).toEqual({ kind, value, asked, cases: behind(kind, value).length })
          for (const part of ['quarters', 'stages', 'accountability'] as const)
            expect(figures[part].reduce((sum, one) => sum + one.cases, 0)).toBe(figures.cases)
          if (office === '' && enterpriseId === null && (period === periods[0] || period === periods[2]))
            for (const { kind, value } of bars) {
              const { rows } = await desk.call('analysis.cases', { ...asked, pick: { kind, value } })
              expect({ kind, value, ids: rows.map((one) => one.id).sort() }).toEqual({
                kind,
                value,
                ids: behind(kind, value),
              })
            }
        }
  }
  // The story holds what the figures are to be tried on; a second interview of a case gives no second term (Art. 11).
  const known = await everythingOf(await here.at('fenguan'), now)
  for (const { interviews, rectification, detail } of known.cases) {
    const [first] = interviews
    const anchor = first === undefined ? null : chinaDay(first.interview.startedAt ?? '')
    expect(rectification.clocks.map((one) => [one.enterpriseId, one.anchor])).toEqual(
      first === undefined ? [] : detail.enterpriseList.map((one) => [one.id, anchor]),
    )
  }
  // The list shows the first day by which anything is owed, and finds what is late by it.
  const fenguan = await here.at('fenguan')
  const { rows } = await fenguan.call('cases.list', {})
  const first = new Map(
    known.cases.map((seen) => [
      seen.detail.id,
      [...owedDays(seen), seen.detail.next.due ?? ''].filter(Boolean).sort()[0],
    ]),
  )
  expect(rows.map((one) => [one.id, one.due?.day])).toEqual(rows.map((one) => [one.id, first.get(one.id)]))
  const late = await fenguan.call('cases.list', { dueBy: '2026-10-11', order: 'due' })
  const expected = [...first].filter(([, day]) => day !== undefined && day < '2026-10-12')
  expect(late.rows.map((one) => one.id).sort()).toEqual(expected.map(([caseId]) => caseId).sort())
  expect(late.rows.map((one) => one.due?.day)).toEqual(expected.map(([, day]) => day).sort())
  const all = { ...periods[0], office: '', enterpriseId: null } as Parameters<typeof casesBehind>[1]
  const count = (kind: Pick['kind'], value = '') => casesBehind(known, all, { kind, value }, soonDays).length
  expect([known.cases.length, count('overdue'), count('dueSoon')]).toEqual([12, 2, 1])
})

test('every line of 台账 and every figure of 季度数字 is counted again from the cases', async () => {
  const { here, ids } = await once()
  for (const login of ['fenguan', 'zhuize']) {
    const desk = await here.at(login)
    const known = await everythingOf(desk, now)
    const leads = await (await here.at('zhuize')).call('referrals.register', {})
    for (const period of periods)
      for (const enterpriseId of [null, ids.group, ids.energy]) {
        const filter = { ...period, office: '', enterpriseId }
        const made = await desk.call('analysis.ledgers', { ...filter, folder: here.outside })
        const book = workbook(made.file)
        const lines = ledgerLines(known, filter, soonDays)
        expect({ filter, lines: book.责任约谈台账?.slice(1) }).toEqual({ filter, lines })
        expect(made.rows).toBe(lines.length)
        expect({ filter, lines: book.季度数字?.slice(1) }).toEqual({ filter, lines: quarterLines(known, filter) })
        expect({ filter, lines: book.问题线索台账?.slice(1) }).toEqual({
          filter,
          lines: leadLines(known, filter, leads, '渝某国资监管机构'),
        })
      }
  }
  const known = await everythingOf(await here.at('fenguan'), now)
  const lines = ledgerLines(known, { ...periods[0], office: '', enterpriseId: null } as never, soonDays)
  // Each end there is, each way a plan comes or does not.
  expect([...new Set(lines.map((line) => line[10]))].sort()).toEqual(['否', '已取消', '已撤销', '是'].sort())
  expect(lines.filter((line) => String(line[6]).startsWith('逾期未报送'))).toHaveLength(1)
  expect(lines.filter((line) => String(line[6]).startsWith('临期未报送'))).toHaveLength(1)
})

/** Draws a sheet, a report; null when there is nothing to draw it from. */
async function drawn(desk: Desk, subject: Parameters<typeof desk.call<'compilations.draft'>>[1]['subject']) {
  try {
    return await desk.call('compilations.draft', { subject })
  } catch (error) {
    if (error instanceof Error && error.message === 'compilations.nothing') return null
    throw error
  }
}

test('every sheet of Art. 17, of each enterprise, leader and year, is counted again from the cases', async () => {
  const { here } = await once()
  const desk = await here.at('zhuize')
  const known = await everythingOf(desk, now)
  let sheets = 0
  for (const { id: enterpriseId } of known.enterprises)
    for (const year of [2025, 2026]) {
      const offered = await desk.call('compilations.leaders', { enterpriseId, year })
      for (const leader of [null, '李某喆', '李某堃', '周某某', '郑某某']) {
        const subject = {
          ...{ kind: 'annualSheet' as const, enterpriseId, year },
          leader: leader === null ? null : { name: leader, post: '总经理' },
        }
        const paper = await drawn(desk, subject)
        const again = sheetOf(known, { enterpriseId, year, leader })
        // Whoever has a sheet can be chosen for it, and nobody else.
        if (leader !== null)
          expect({ leader, offered: offered.some((one) => one.name === leader) }).toEqual({
            leader,
            offered: again !== null,
          })
        if (paper === null || again === null) {
          expect({ subject, paper, again }).toEqual({ subject, paper: null, again: null })
          continue
        }
        if (paper.figures.kind !== 'annualSheet' || paper.texts.kind !== 'annualSheet') throw new Error('another kind')
        const { interviews, accountable, recoveredFen } = paper.figures
        const { treatment } = paper.texts
        expect({ subject, interviews, accountable, recoveredFen, treatment }).toEqual({ subject, ...again })
        sheets += 1
      }
    }
  // The group in both years, its port, the energy company with who came or was called to account; a second interview of a
  // case is a line of its own.
  expect(sheets).toBe(11)
  const [, port] = known.enterprises
  const twice = sheetOf(known, { enterpriseId: port?.id ?? '', year: 2026, leader: null })
  expect(twice?.interviews.filter((one) => one.day === '2026-08-03')).toHaveLength(1)
})

test('every periodic report and every 专项核查 is counted again from the cases', async () => {
  const { here } = await once()
  const desk = await here.at('zhuize')
  const known = await everythingOf(desk, now)
  for (const period of periods) {
    const paper = await drawn(desk, { kind: 'analysisReport', ...period })
    const again = reportOf(known, period)
    if (paper === null || again === null) {
      expect({ period, paper, again }).toEqual({ period, paper: null, again: null })
      continue
    }
    if (paper.figures.kind !== 'analysisReport') throw new Error('another kind')
    const { totals, triggers, repeated } = paper.figures
    const counts = (rows: readonly { value: string; count: number }[]) =>
      Object.fromEntries(rows.map((one) => [one.value, one.count]))
    expect({ period, totals, triggers: counts(triggers), repeated: counts(repeated) }).toEqual({ period, ...again })
    for (const trigger of triggerCodes) {
      const enterpriseIds = known.enterprises.map((one) => one.id)
      const subject = { kind: 'inspectionNotice' as const, ...period, trigger, problem: '同类问题', enterpriseIds }
      const notice = await drawn(desk, subject)
      const behind = casesBehind(
        known,
        { ...period, office: '', enterpriseId: null },
        { kind: 'trigger', value: trigger },
        soonDays,
      )
      expect({ trigger, sources: notice?.sources.map((one) => one.caseId).sort() ?? [] }).toEqual({
        trigger,
        sources: behind,
      })
      if (notice?.figures.kind === 'inspectionNotice') expect(notice.figures.cases).toBe(behind.length)
    }
  }
})
