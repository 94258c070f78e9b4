import type { Intake } from '#shared/domain/cases.ts'
import type { Section, UtteranceKind } from '#shared/domain/interviews.ts'

type SampleIntake = Omit<Intake, 'enterpriseIds' | 'scope'>

/** Invented enterprises; no enterprise of these names exists. */
export const sampleEnterprises = [
  {
    name: '渝某实业集团有限公司',
    shortName: '渝某实业',
    code: 'YL001',
    people: [
      { name: '周某某', title: '董事长' },
      { name: '吴某堃', title: '财务总监' },
    ],
  },
  {
    name: '渝某建设投资集团有限公司',
    shortName: '渝某建投',
    code: 'YL002',
    people: [{ name: '郑某某', title: '总经理' }],
  },
  {
    name: '渝某物流集团有限公司',
    shortName: '渝某物流',
    code: 'YL003',
    people: [{ name: '王某赟', title: '董事长' }],
  },
] as const

const plain: Pick<
  SampleIntake,
  | 'form'
  | 'areas'
  | 'instructions'
  | 'demands'
  | 'persons'
  | 'recusalAsked'
  | 'recusals'
  | 'dutyReason'
  | 'scopeUnits'
  | 'excluded'
  | 'accountabilityStarted'
> = {
  form: 'individual',
  areas: [],
  instructions: [],
  demands: [],
  persons: [],
  recusalAsked: true,
  recusals: [],
  dutyReason: '',
  scopeUnits: ['市纪委监委驻市国资委纪检监察组'],
  excluded: 'none',
  accountabilityStarted: null,
}

export const samples: Readonly<Record<'talked' | 'submitted' | 'opened', SampleIntake>> = {
  talked: {
    ...plain,
    areas: ['规划投资', '风险管控'],
    triggers: ['three', 'four'],
    matter: '境外股权投资未经可行性论证形成损失风险等',
    facts: '专项检查发现，企业在未开展可行性论证、未履行集体决策程序的情况下支付境外股权投资款，标的公司已停止经营。',
    sources: '2026年度投资专项检查报告',
    situations: [],
    amountFen: 32_560_000_00,
    instructions: [{ leader: '曹某某', day: '', text: '请监督处依规约谈，督促止损。' }],
    proposedLevel: 'secret',
  },
  submitted: {
    ...plain,
    triggers: ['five'],
    matter: '对外担保余额超过净资产比例上限存在重大风险隐患',
    facts: '企业为已失去控制权的参股公司提供担保，余额超过制度规定的上限，且未按要求报告。',
    sources: '财务监管快报',
    situations: [],
    amountFen: 118_000_000_00,
    proposedLevel: 'secret',
  },
  opened: {
    ...plain,
    triggers: ['eight'],
    matter: '审计整改事项长期未销号',
    facts: '上年度经济责任审计指出的五项问题中，三项超过整改期限仍未完成。',
    sources: '审计整改台账',
    situations: [],
    amountFen: null,
    demands: [
      {
        kind: 'audit',
        number: '',
        day: '',
        from: '审计部门',
        gist: '审计整改通知（纸质件，监督处存）',
        onPaper: true,
        caseId: null,
      },
    ],
    proposedLevel: 'none',
  },
}

/** What the notices of the samples say beside case and day. */
export const sampleNotice = {
  clock: '09:30',
  place: '3号楼第二会议室',
  unit: '监督处',
  hostName: '赵某某',
  hostTitle: '处长',
  interviewees: ['主要负责人', '分管负责人'],
  materials: '有关决策文件、合同、付款凭证和情况说明',
  contact: '孙某某',
  telephone: '023-0000 1234',
}

interface SampleLine {
  readonly key: number
  readonly kind: UtteranceKind
  readonly section: Section
  /** Part of the Art. 8 content, from 1; null where it has none. */
  readonly part: number | null
  readonly text: string
}

export const sampleLines: readonly SampleLine[] = [
  {
    key: 1,
    kind: 'explain',
    section: 'state',
    part: 1,
    text: '今天依据工作规则第三条对你公司开展责任约谈，主要就境外股权投资有关问题听取说明，请如实陈述。',
  },
  {
    key: 3,
    kind: 'statement',
    section: 'hear',
    part: 1,
    text: '该项目于2024年3月由分管同志提出，当时判断市场前景较好，没有委托机构开展可行性论证，我承担主要领导责任。',
  },
  {
    key: 4,
    kind: 'statement',
    section: 'hear',
    part: 2,
    text: '投资款分三笔支付，合计3256万元，第三笔支付时标的公司已经停止经营，财务部门没有提示风险。',
  },
  {
    key: 2,
    kind: 'question',
    section: 'ask',
    part: null,
    text: '第三笔款项支付前，是否有人提出过不同意见？',
  },
  {
    key: 4,
    kind: 'answer',
    section: 'ask',
    part: null,
    text: '法务部门提过，但没有形成书面意见，付款审批单上没有记录。',
  },
  {
    key: 1,
    kind: 'opinion',
    section: 'state',
    part: 4,
    text: '立即停止对该项目的一切后续投入，依法采取保全和追索措施，最大限度减少资产损失。',
  },
  {
    key: 1,
    kind: 'opinion',
    section: 'state',
    part: 4,
    text: '全面排查同类投资项目，完善可行性论证和集体决策制度。',
  },
  {
    key: 3,
    kind: 'commitment',
    section: 'other',
    part: 5,
    text: '我们将在十个工作日内报送工作方案，年底前完成追索诉讼立案。',
  },
]
