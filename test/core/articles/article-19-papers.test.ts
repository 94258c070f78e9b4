import { execFileSync } from 'node:child_process'
import { expect, test, vi } from 'vitest'
import { dayInChina } from '#shared/domain/common.ts'
import type { CompilationSubject } from '#shared/domain/compilations.ts'
import { chain, sharedOffice } from '../../support/office.ts'
import { planAccepted, rectified } from '../../support/rectifying.ts'

vi.setConfig({ testTimeout: 600_000 })

let now = '2026-11-02T01:00:00.000Z'
const office = sharedOffice(() => now)
const names = ['渝某报告甲集团有限公司', '渝某报告乙集团有限公司', '渝某报告丙集团有限公司'] as const
const members = [...chain, 'zhuize'] as const
const year: CompilationSubject = { kind: 'analysisReport', since: '2026-01-01', until: '2026-12-31' }

test('Art. 19: the periodic report is drafted from the figures of the period; every one of them counted again by loops', async () => {
  const here = await office()
  const [zhuize, fenguan, chengban] = [await here.at('zhuize'), await here.at('fenguan'), await here.at('chengban')]
  await expect(zhuize.call('compilations.draft', { subject: year })).rejects.toThrow('compilations.nothing')
  const first = await rectified(here, [names[0], names[1]], members)
  const [one = '', two = ''] = first.enterprises
  now = '2026-11-04T01:00:00.000Z'
  const second = await rectified(here, [names[0]], members)
  const third = await rectified(here, [names[2]], members)
  now = '2026-11-10T01:00:00.000Z'
  await first.check((await first.receive('workPlan')).id, planAccepted)
  await first.enter(one, {
    kind: 'effects',
    stopped: '',
    losses: '已追回资金',
    risk: '',
    influence: '',
    recoveredFen: 5_000_000,
    reducedFen: null,
  })
  await first.enter(two, {
    kind: 'accountable',
    name: '周某某',
    post: '总经理',
    basis: '违规经营投资责任追究办法',
    handling: '诫勉',
    day: '2026-11-09',
  })
  await first.enter(two, { kind: 'evaluation', result: 'refused', opinion: '拒不提供资料', basis: '三次催办函' })
  now = '2026-12-20T01:00:00.000Z'
  const drawn = await zhuize.call('compilations.draft', { subject: year })
  if (drawn.figures.kind !== 'analysisReport' || drawn.texts.kind !== 'analysisReport') throw new Error('another kind')

  const today = dayInChina(now)
  const caseIds = [first.caseId, second.caseId, third.caseId]
  const again = { plansOnTime: 0, plansLate: 0, accountable: 0, recoveredFen: 0, closed: 0 }
  const called: string[] = []
  const heard: string[] = []
  const triggers: Record<string, number> = {}
  for (const caseId of caseIds) {
    const detail = await chengban.call('cases.get', { caseId })
    for (const code of detail.intake.triggers) triggers[code] = (triggers[code] ?? 0) + 1
    for (const each of detail.enterpriseList) called.push(each.id)
    const interview = await chengban.call('interviews.get', { caseId, interviewId: detail.interviewId ?? '' })
    const speakers = new Set(interview.utterances.map((said) => said.speakerId))
    for (const who of interview.interview.attendees)
      if (who.delegation === 'enterprise' && speakers.has(who.id)) heard.push(`${caseId}/${who.name}`)
    const { clocks, documents, entries } = await chengban.call('rectification.get', { caseId })
    for (const clock of clocks) {
      const plan = documents.find((paper) => paper.enterpriseId === clock.enterpriseId && paper.kind === 'workPlan')
      if (plan && dayInChina(plan.receivedAt) <= clock.due) again.plansOnTime += 1
      else if (plan || today > clock.due) again.plansLate += 1
    }
    for (const { body } of entries) {
      if (body.kind === 'accountable') again.accountable += 1
      if (body.kind === 'effects') again.recoveredFen += body.recoveredFen ?? 0
      if (body.kind === 'closure') again.closed += 1
    }
  }
  expect(drawn.figures.totals).toEqual({
    ...again,
    interviews: caseIds.length,
    enterprises: new Set(called).size,
    persons: new Set(heard).size,
  })
  expect(drawn.figures.totals).toMatchObject({ plansOnTime: 1, plansLate: 3, accountable: 1, recoveredFen: 5_000_000 })
  expect(Object.fromEntries(drawn.figures.triggers.map((row) => [row.value, row.count]))).toEqual(triggers)
  const times = new Map<string, number>()
  for (const enterprise of called) times.set(enterprise, (times.get(enterprise) ?? 0) + 1)
  expect(drawn.figures.repeated).toEqual(
    [...times].filter(([, n]) => n > 1).map(([value, count]) => ({ value, name: names[0], count })),
  )
  expect(drawn.texts.typical.map((point) => point.heading)).toEqual([`${names[1]}拒绝整改`])
  expect(drawn.texts.common.map((point) => point.text)).toEqual([
    expect.stringContaining('涉及企业3户'),
    expect.stringContaining('涉及企业3户'),
  ])
  expect(drawn.sources.map((each) => each.caseId)).toEqual([...caseIds].sort())

  const texts = { ...drawn.texts, suggestions: ['健全投资管控机制。'] }
  await zhuize.call('compilations.save', { compilationId: drawn.id, version: drawn.version, texts })
  await zhuize.call('compilations.submit', { compilationId: drawn.id })
  const about = { compilationId: drawn.id }
  const preview = await fenguan.call('compilations.preview', { ...about, texts: null })
  const print = execFileSync('pdftotext', ['-', '-'], { input: Buffer.from(preview.pdf), encoding: 'utf8' })
  const line = print.replace(/\s/g, '')
  expect(line).toContain(
    '2026年度共开展责任约谈3次，涉及企业3户、被约谈人员3人次。整改工作方案按期报送1件、逾期3件，整改销账0件；追究责任1人，挽回损失5万元。',
  )
  expect(line).toContain('健全投资管控机制。')
  await fenguan.call('compilations.decide', { ...about, decision: 'approved', opinion: '' })

  // Ctrl+K finds it by its words, its enterprises and their initials, for those alone who read such papers.
  const spare = await zhuize.call('compilations.draft', { subject: { ...year, until: '2026-12-30' } })
  const found = async (login: string, query: string) =>
    (await (await here.at(login)).call('search.query', { query, kind: 'compilation' })).hits
  expect(await found('zhuize', '健全投资管控')).toMatchObject([{ caseId: null, ref: drawn.id, title: drawn.title }])
  expect((await found('fenguan', '汇总分析报告')).map((hit) => hit.ref)).toEqual([spare.id, drawn.id])
  expect((await found('fenguan', names[0])).map((hit) => hit.ref)).toEqual([spare.id, drawn.id])
  for (const login of ['chengban', 'zhuyao'])
    expect({ login, hits: await found(login, '健全') }).toEqual({ login, hits: [] })
  await zhuize.call('compilations.withdraw', { compilationId: spare.id, reason: '重复' })
  expect((await found('fenguan', '汇总分析报告')).map((hit) => hit.ref)).toEqual([drawn.id])
  expect(await found('fenguan', 'analysisReport')).toEqual([])
  const anywhere = { query: '健全投资管控', since: '2026-01-01', until: '2026-12-31' }
  expect((await fenguan.call('search.query', anywhere)).count).toBe(1)
  expect((await fenguan.call('search.query', { ...anywhere, until: '2026-06-30' })).count).toBe(0)
  expect((await fenguan.call('search.query', { ...anywhere, caseId: first.caseId })).count).toBe(0)
  // A quarter in which nothing happened, and a period the wrong way round.
  const draft = (since: string, until: string) =>
    zhuize.call('compilations.draft', { subject: { kind: 'analysisReport', since, until } })
  await expect(draft('2025-01-01', '2025-03-31')).rejects.toThrow('compilations.nothing')
  await expect(draft('2026-12-31', '2026-01-01')).rejects.toThrow('compilations.backwards')
})

test('Art. 19: a common problem of the analysis becomes a 专项核查 with its notice, and is followed to its end', async () => {
  const here = await office()
  const [zhuize, fenguan] = [await here.at('zhuize'), await here.at('fenguan')]
  const { figures } = await zhuize.call('analysis.figures', { ...year, office: '', enterpriseId: null })
  const common = figures.triggers[0]
  expect(common?.cases).toBe(3)
  const tree = await zhuize.call('parties.tree', {})
  const enterpriseIds = names.map((name) => tree.find((one) => one.name === name)?.id ?? '')
  const subject: CompilationSubject = {
    kind: 'inspectionNotice',
    since: '2026-01-01',
    until: '2026-12-31',
    trigger: common?.value === 'three' ? 'three' : 'five',
    problem: '融资性贸易',
    enterpriseIds,
  }
  await expect(zhuize.call('compilations.draft', { subject: { ...subject, trigger: 'two' } })).rejects.toThrow(
    'compilations.nothing',
  )
  const drawn = await zhuize.call('compilations.draft', { subject })
  expect(drawn.sources).toHaveLength(3)
  if (drawn.texts.kind !== 'inspectionNotice') throw new Error('another kind')
  const compilationId = drawn.id
  await expect(zhuize.call('compilations.submit', { compilationId })).rejects.toThrow('compilations.incomplete')
  const texts = {
    ...drawn.texts,
    period: '2027年1月至3月',
    reportDue: '2027-01-31',
    contact: '赵某某',
    telephone: '023-0000 1234',
  }
  await zhuize.call('compilations.save', { compilationId, version: drawn.version, texts })
  const [first = '', second = '', third = ''] = enterpriseIds
  const entry = { kind: 'report' as const, text: '报送自查报告，发现问题2项', day: '2026-12-21' }
  await expect(zhuize.call('inspections.enter', { compilationId, enterpriseId: first, entry })).rejects.toThrow(
    'inspections.notIssued',
  )
  await zhuize.call('compilations.submit', { compilationId })
  const signed = await fenguan.call('compilations.decide', { compilationId, decision: 'approved', opinion: '' })
  expect(signed).toMatchObject({ inspection: null, number: '', papers: [] })

  // Art. 4: it is numbered like the other notices, out of one register; a number given in error is 作废 and never used again.
  const waits = async () => (await zhuize.call('today.get', {})).compilations.map((one) => one.what)
  const register = () => zhuize.call('numbers.register', { year: 2026 })
  expect((await register()).inspections).toMatchObject([{ compilationId, title: signed.title }])
  expect(await waits()).toEqual(['number'])
  await expect(zhuize.call('compilations.issue', { compilationId })).rejects.toThrow('compilations.notNumbered')
  const reserved = await zhuize.call('numbers.reserve', { reason: '专项核查通知拟稿中' })
  const { text: wrong } = await zhuize.call('numbers.allocateInspection', { compilationId, numberId: reserved.id })
  expect(wrong).toBe(`监管约谈函〔2026〕${reserved.n}号`)
  await expect(zhuize.call('numbers.allocateInspection', { compilationId })).rejects.toThrow('compilations.numbered')
  await zhuize.call('numbers.void', { numberId: reserved.id, reason: '误用' })
  expect(await waits()).toEqual(['number'])
  const { text: number } = await zhuize.call('numbers.allocateInspection', { compilationId })
  expect(number).toBe(`监管约谈函〔2026〕${reserved.n + 1}号`)
  expect(await waits()).toEqual(['issue'])
  const { entries } = await register()
  expect(entries.slice(-2).map((one) => [one.paper, one.state, one.matter, one.voidable])).toEqual([
    ['inspection', 'void', signed.title, false],
    ['inspection', 'used', signed.title, true],
  ])
  const findings = async () =>
    (await zhuize.call('numbers.reconcile', { year: 2026 })).findings.filter((one) => one.n >= reserved.n)
  expect((await findings()).map((one) => one.code)).toEqual(['notIssued'])
  await expect(zhuize.call('inspections.enter', { compilationId, enterpriseId: first, entry })).rejects.toThrow(
    'inspections.notIssued',
  )
  const issued = await zhuize.call('compilations.issue', { compilationId })
  await expect(zhuize.call('compilations.issue', { compilationId })).rejects.toThrow('compilations.issued')
  const last = (await register()).entries.at(-1)
  expect(last?.voidable).toBe(false)
  await expect(zhuize.call('numbers.void', { numberId: last?.id ?? '', reason: '误发' })).rejects.toThrow(
    'numbers.issued',
  )
  expect(await findings()).toEqual([])
  const notice = await zhuize.call('compilations.preview', { compilationId, texts: null })
  expect(execFileSync('pdftotext', ['-', '-'], { input: Buffer.from(notice.pdf), encoding: 'utf8' })).toContain(number)
  expect((await zhuize.call('search.query', { query: number, kind: 'compilation' })).hits).toMatchObject([
    { ref: compilationId },
  ])
  expect(issued.number).toBe(number)
  expect(issued.inspection).toEqual({ done: 0, of: 3, closed: false })
  expect(issued.papers.map((one) => one.kind)).toEqual(['inspectionNotice', 'inspectionNotice'])

  // 今日 asks for the reports when their day is near, until every enterprise was heard of.
  const asked = async () => (await zhuize.call('today.get', {})).compilations.filter((one) => one.what === 'followUp')
  expect(await asked()).toEqual([])
  now = '2027-02-01T01:00:00.000Z'
  const line = { id: compilationId, title: issued.title, article: 19, what: 'followUp', due: '2027-01-31' }
  expect(await asked()).toEqual([line])

  now = '2026-12-28T01:00:00.000Z'
  const enter = (enterpriseId: string, value: { kind: 'report' | 'finding' | 'done'; text: string; day: string }) =>
    zhuize.call('inspections.enter', { compilationId, enterpriseId, entry: value })
  await enter(first, entry)
  await enter(first, { ...entry, kind: 'finding', text: '两笔业务未履行决策程序' })
  // A report of an enterprise that is not examined, of a day to come, and after its end.
  const stranger = await zhuize.call('parties.createEnterprise', {
    name: '渝某报告丁有限公司',
    shortName: '',
    code: '',
    parentId: null,
  })
  await expect(enter(stranger.id, entry)).rejects.toThrow('inspections.otherEnterprise')
  await expect(enter(second, { ...entry, day: '2026-12-29' })).rejects.toThrow('inspections.impossibleDay')
  for (const enterprise of [first, second]) await enter(enterprise, { ...entry, kind: 'done', text: '整改完成' })
  await expect(enter(first, entry)).rejects.toThrow('inspections.doneAlready')
  await expect(zhuize.call('inspections.close', { compilationId, conclusion: '核查结束' })).rejects.toThrow(
    'inspections.open',
  )
  await enter(third, { ...entry, kind: 'done', text: '未发现同类问题' })
  const all = await zhuize.call('inspections.close', { compilationId, conclusion: '问题均已整改' })
  expect(all.map((one) => [one.kind, one.enterpriseId])).toEqual([
    ['report', first],
    ['finding', first],
    ['done', first],
    ['done', second],
    ['done', third],
    ['closure', null],
  ])
  await expect(zhuize.call('inspections.close', { compilationId, conclusion: '再次' })).rejects.toThrow(
    'inspections.closed',
  )
  now = '2027-02-01T01:00:00.000Z'
  expect(await asked()).toEqual([])
  const [row] = (await fenguan.call('compilations.list', {})).filter((one) => one.id === compilationId)
  expect(row?.inspection).toEqual({ done: 3, of: 3, closed: true })
})
