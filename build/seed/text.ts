import type { Intake, TriggerCode } from '#shared/domain/cases.ts'
import type { Section, UtteranceKind } from '#shared/domain/interviews.ts'
import type { Random } from './random.ts'

/** Two invented characters each: with 渝某 before them they name no enterprise that exists. */
const first = '启恒瑞嘉弘泰盛德汇融景朗岳川澄宁昌远博凯'
const second = '兴源丰益合顺安信达和通拓晟润翔筑维科航域'
const trades = [
  ['能源', '电力', '燃气', '新能源'],
  ['建设投资', '置业', '工程', '设计院'],
  ['物流', '港务', '仓储', '供应链'],
  ['文化旅游', '酒店', '景区', '传媒'],
  ['装备制造', '机床', '汽车零部件', '智能科技'],
  ['商贸', '百货', '粮油', '医药'],
  ['资本运营', '融资租赁', '担保', '小额贷款'],
  ['水务环境', '供水', '排水', '环保科技'],
] as const

/** One group with its subsidiaries, by its place in the list: names never repeat. */
export function groupNames(index: number): { name: string; shortName: string; children: string[] } {
  const one = `${first[index % first.length]}${second[Math.floor(index / first.length) % second.length]}`
  const [main, ...others] = trades[index % trades.length] ?? trades[0]
  return {
    name: `渝某${one}${main}集团有限公司`,
    shortName: `渝某${one}`,
    children: others.map((trade) => `渝某${one}${trade}有限公司`),
  }
}

const families = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏章云苏潘葛范彭鲁韦马苗方'
export const posts = ['董事长', '总经理', '财务总监', '副总经理', '党委副书记', '投资部部长', '风控部部长'] as const

/** 某 names only: nobody is called so. */
export function personName(random: Random): string {
  return `${random.pick([...families])}某${random.pick(['某', '喆', '堃', '赟', '镕', '玮', '珺', '昱'])}`
}

interface Story {
  readonly triggers: readonly TriggerCode[]
  readonly areas?: readonly string[]
  readonly matter: string
  readonly facts: string
  readonly source: string
}

const stories: readonly Story[] = [
  {
    triggers: ['three', 'four'],
    areas: ['规划投资', '风险管控'],
    matter: '{项目}未经可行性论证即实施投资形成损失风险',
    facts: '专项检查发现，企业在未开展可行性论证、未履行集体决策程序的情况下支付投资款，标的公司经营已陷入停滞。',
    source: '投资专项检查报告',
  },
  {
    triggers: ['five'],
    matter: '对{项目}超比例提供担保存在重大风险隐患',
    facts: '企业为已失去控制权的参股公司提供担保，余额超过制度规定的上限，且未按要求报告。',
    source: '财务监管快报',
  },
  {
    triggers: ['eight'],
    matter: '{项目}审计整改事项长期未销号',
    facts: '经济责任审计指出的问题中，多项超过整改期限仍未完成，整改台账与实际情况不符。',
    source: '审计整改台账',
  },
  {
    triggers: ['seven'],
    matter: '{项目}重大资产损失未按规定报告',
    facts: '企业在知悉重大资产损失风险后，未按重大事项请示报告制度报告，间隔超过六个月。',
    source: '重大事项报告核查情况',
  },
  {
    triggers: ['six', 'five'],
    matter: '{项目}应收账款大额逾期形成资产损失风险',
    facts: '企业赊销管理失控，大额应收账款逾期两年以上，部分债务人已进入破产程序。',
    source: '资产质量专项排查',
  },
  {
    triggers: ['four'],
    areas: ['内部控制', '合规管理'],
    matter: '{项目}内部控制失效导致资金被违规占用',
    facts: '资金支付未执行分级授权，单一岗位可完成全部审批，致使资金被关联方长期占用。',
    source: '内部控制评价报告',
  },
  {
    triggers: ['four'],
    areas: ['改革重组', '产权管理'],
    matter: '{项目}资产转让未履行进场交易程序',
    facts: '企业以协议方式转让子企业产权，未经评估备案，也未进入产权市场公开交易。',
    source: '产权管理专项检查',
  },
  {
    triggers: ['nine'],
    matter: '{项目}境外经营管控不力',
    facts: '境外项目现场无派驻财务人员，大额分包合同由当地代理人签订，成本核算资料缺失。',
    source: '境外资产检查情况',
  },
  {
    triggers: ['one', 'three'],
    matter: '{项目}落实决策部署进度严重滞后',
    facts: '企业承担的重点任务连续两个季度未完成节点目标，上报进度与现场核查结果不一致。',
    source: '督查通报',
  },
  {
    triggers: ['ten'],
    matter: '{项目}工程建设超概算且结算长期未办理',
    facts: '项目总投资超出批复概算三成以上，竣工后三年仍未办理结算和决算审计。',
    source: '工程建设专项审计',
  },
]

const projects = [
  '东港片区',
  '西部物流园',
  '江北仓储基地',
  '南岸能源站',
  '北碚产业园',
  '高速公路服务区',
  '城市管网',
  '数据中心',
  '康养综合体',
  '新材料基地',
  '跨境供应链',
  '农产品市场',
]
const phases = ['一期', '二期', '三期', '改造', '收购', '合作']

/** What 承办人 would write at the start; enterprises and 知悉范围 come from the caller. */
export function intakeText(random: Random): Omit<Intake, 'form' | 'enterpriseIds' | 'scope' | 'proposedLevel'> {
  const story = random.pick(stories)
  const project = `${random.pick(projects)}${random.pick(phases)}项目`
  return {
    matter: story.matter.replace('{项目}', project),
    triggers: [...story.triggers],
    areas: [...(story.areas ?? [])],
    facts: `${story.facts}涉及${project}，相关情况已由企业初步说明。`,
    sources: story.source,
    situations: [],
    amountFen: random.chance(0.8) ? random.between(80, 90_000) * 1_000_000 : null,
    scopeUnits: ['市纪委监委驻市国资委纪检监察组'],
    instructions: random.chance(0.4)
      ? [{ leader: '曹某某', day: '', text: '请有关处室依规约谈，督促整改，限期报告结果。' }]
      : [],
    persons: [],
    recusalAsked: true,
    recusals: [],
    dutyReason: '',
    excluded: 'none',
    accountabilityStarted: story.triggers.includes('six') ? false : null,
    demands: story.triggers.includes('eight')
      ? [
          {
            kind: 'tip',
            number: '',
            day: '',
            from: '',
            gist: '国资监管提示函（纸质件，承办处室存）',
            onPaper: true,
            caseId: null,
          },
        ]
      : [],
  }
}

export interface Line {
  /** 1 the host, 2 the first of the enterprise. */
  readonly key: 1 | 2
  readonly kind: UtteranceKind
  readonly section: Section
  readonly text: string
}

/** The shortest record that covers Art. 8. */
export function recordLines(matter: string): readonly Line[] {
  return [
    {
      key: 1,
      kind: 'explain',
      section: 'state',
      text: `今天依据工作规则第三条开展责任约谈，事由是${matter}，请如实陈述。`,
    },
    {
      key: 2,
      kind: 'statement',
      section: 'hear',
      text: '情况属实。主要原因是前期论证不充分、内部把关不严，我们已暂停后续支付并组织核查。',
    },
    { key: 1, kind: 'question', section: 'ask', text: '决策前是否有人提出过不同意见，有无书面记录？' },
    { key: 2, kind: 'answer', section: 'ask', text: '法务部门提出过意见，但没有形成书面记录。' },
    {
      key: 1,
      kind: 'opinion',
      section: 'state',
      text: '立即制止违规行为，依法采取保全和追索措施，最大限度减少资产损失，并在全集团开展同类问题排查。',
    },
    {
      key: 2,
      kind: 'commitment',
      section: 'other',
      text: '我们将在十个工作日内报送工作方案，明确责任主体和时间安排。',
    },
  ]
}

export const officesOf = ['监督处', '财务监管处', '规划投资处', '改革重组处'] as const
