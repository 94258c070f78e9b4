import { expect, test, vi } from 'vitest'
import { dayInChina } from '#shared/domain/common.ts'
import { chain, openCase, setPolicy, sharedOffice } from '../../support/office.ts'
import { accepting, planAccepted, rectified } from '../../support/rectifying.ts'
import { workbook } from '../../support/workbook.ts'

vi.setConfig({ testTimeout: 600_000 })

let now = '2026-11-02T01:00:00.000Z'
const office = sharedOffice(() => now)

test('台账 with exactly the columns of the accountability systems, written from what was entered once', async () => {
  const here = await office()
  const names = ['渝某台账甲集团有限公司', '渝某台账乙集团有限公司']
  const { caseId, enterprises, chengban, enter, evaluate, close, receive, check } = await rectified(here, names, [
    ...chain,
    'zhuize',
  ])
  const [first = '', second = ''] = enterprises
  const interviewed = dayInChina(now)
  now = '2026-11-10T01:00:00.000Z'
  await check((await receive('workPlan')).id, planAccepted)
  await receive('progress')
  now = '2026-11-12T01:00:00.000Z'
  await receive('progress')
  await enter(first, {
    kind: 'effects',
    stopped: '已停止新增投资',
    losses: '',
    risk: '',
    influence: '',
    recoveredFen: 12_345_600,
    reducedFen: null,
  })
  await enter(first, {
    kind: 'accountable',
    name: '周某某',
    post: '总经理',
    basis: '违规经营投资责任追究办法',
    handling: '诫勉',
    day: '2026-11-11',
  })
  const report = await chengban.call('rectification.receive', {
    caseId,
    enterpriseId: first,
    kind: 'specialReport',
    title: '专项工作报告',
    formal: { number: '渝某企发〔2026〕3号', sealed: true },
    file: null,
  })
  await check(report.id, accepting('work', 'steps', 'results', 'accountability'))
  await evaluate(first, 'done')
  await close(first)
  // A paper that was never issued is in no ledger; a day later the second plan is late.
  await openCase(here, ['渝某台账丙有限公司'])
  const period = { since: '2026-10-01', until: '2027-03-31', office: '', enterpriseId: null }
  // 临期 begins when the unit says so: the same threshold in the ledger and in the figures.
  const light = async () => {
    const desk = await here.again('fenguan')
    const { file } = await desk.call('analysis.ledgers', { ...period, folder: here.outside })
    const { figures } = await desk.call('analysis.figures', period)
    return [workbook(file).责任约谈台账?.[2]?.[6], figures.dueSoon, figures.overdue]
  }
  expect(await light()).toEqual([null, 0, 0])
  await setPolicy(here, 'soonDays', 4)
  expect(await light()).toEqual(['临期未报送（2026年11月16日到期）', 1, 0])
  now = '2026-11-17T01:00:00.000Z'
  expect(await light()).toEqual(['逾期未报送', 0, 1])

  const fenguan = await here.at('fenguan')
  const made = await fenguan.call('analysis.ledgers', { ...period, folder: here.outside })
  expect(made).toMatchObject({
    rows: 2,
    file: expect.stringMatching(/监督台账（2026年10月1日至2027年3月31日）（4）\.xlsx$/),
  })
  const book = workbook(made.file)
  expect(Object.keys(book)).toEqual(['责任约谈台账', '问题线索台账', '季度数字'])
  const [head, ...lines] = book.责任约谈台账 ?? []
  // ANCHORS A9, the ledger our users fill in elsewhere.
  expect(head?.join(' · ')).toBe(
    '发文日期 · 文号 · 监督类型 · 业务处室 · 监督对象 · 提示、通报或约谈事项概述 · 工作方案报送时间 · 定期报告情况 · 办结报告报送时间 · 业务处室评估情况 · 是否销账',
  )
  const {
    notices,
    matter,
    office: organiser,
  } = await (async () => {
    const detail = await chengban.call('cases.get', { caseId })
    return { ...detail, notices: await chengban.call('notices.list', { caseId }) }
  })()
  const numberOf = (id: string) => notices.find((one) => one.enterpriseId === id)?.number
  expect(lines).toEqual([
    [
      interviewed,
      numberOf(first),
      '责任约谈',
      organiser,
      names[0],
      matter,
      '2026-11-10',
      '已报送2次，最近一次2026年11月12日',
      '2026-11-12',
      '落实到位：整改要求均已落实',
      '是',
    ],
    [interviewed, numberOf(second), '责任约谈', organiser, names[1], matter, '逾期未报送', null, null, null, '否'],
  ])
  expect(book.问题线索台账).toEqual([
    '线索编号 · 受理时间 · 线索来源 · 当事企业名称/层级 · 线索管理级次 · 问题线索描述 · 追责进度 · 违规认定 · 损失及不良后果 · 姓名/职务/责任类型/处理方式 · 审核状态'.split(
      ' · ',
    ),
  ])
  const [, fourth, next] = book.季度数字 ?? []
  expect(fourth).toEqual(['2026年第4季度', 2, 2, 2, 2, 1, 1, 1, 1, 1, 123_456, 0])
  expect(next).toEqual(['2027年第1季度', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])

  // A lead goes to the accountability office and stands in its ledger with who was called to account.
  const [choice] = await chengban.call('referrals.choices', { caseId })
  if (!choice) throw new Error('nothing to refer')
  await chengban.call('referrals.send', {
    caseId,
    referral: {
      pieces: [{ paperId: choice.paperId, documentId: choice.documentId, form: 'copy' }],
      reason: '涉嫌违规经营投资',
      summary: '未经论证对外投资',
      period: '2024年',
      amount: '1,200万元',
      persons: ['周某某', '吴某某'],
    },
  })
  const again = workbook((await fenguan.call('analysis.ledgers', { ...period, folder: here.outside })).file)
  expect(again.问题线索台账?.slice(1)).toEqual([
    [
      '移送〔2026〕1号',
      null,
      '国资委监督',
      `${names[0]}/一级企业；${names[1]}/一级企业`,
      '渝某国资监管机构',
      '未经论证对外投资',
      '不涉及',
      null,
      '1,200万元',
      '周某某/总经理//诫勉；吴某某///',
      '待签收',
    ],
  ])
  // Narrowed to one enterprise, and to a period in which nothing was issued.
  const one = await fenguan.call('analysis.ledgers', { ...period, enterpriseId: second, folder: here.outside })
  expect(
    workbook(one.file)
      .责任约谈台账?.slice(1)
      .map((row) => row[4]),
  ).toEqual([names[1]])
  const early = { ...period, since: '2026-01-01', until: '2026-03-31', folder: here.outside }
  expect((await fenguan.call('analysis.ledgers', early)).rows).toBe(0)
})

test('only the own 知悉范围 leaves, and only for those who analyse', async () => {
  const here = await office()
  const period = { since: '2026-10-01', until: '2026-12-31', office: '', enterpriseId: null, folder: here.outside }
  // 主要负责同志 asks, and stands in the scope of none of these cases.
  const zhuyao = await here.at('zhuyao')
  expect((await (await here.at('fenguan')).call('analysis.ledgers', period)).rows).toBe(2)
  const none = await zhuyao.call('analysis.ledgers', period)
  expect(none.rows).toBe(0)
  const book = workbook(none.file)
  expect([book.责任约谈台账?.length, book.问题线索台账?.length]).toEqual([1, 1])
  await expect((await here.at('chengban')).call('analysis.ledgers', period)).rejects.toThrow('door.role')
  await expect(zhuyao.call('analysis.ledgers', { ...period, folder: `${here.outside}/none` })).rejects.toThrow(
    'papers.noFolder',
  )
})
