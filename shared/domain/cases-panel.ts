import { planDeadline, type RuleProfile, signersOf, termOf } from '../rules/profile.ts'
import { type BusinessRole, type Role, roleNames } from './accounts.ts'
import type { Holder } from './archive.ts'
import { type ArticleLine, type CaseFacts, type NextStep, stages } from './cases.ts'
import { officialDay } from './common.ts'
import type { CompilationKind } from './papers.ts'
import { type MaterialState, materialKindNames } from './preparation.ts'
import { documentKindNames, type ReceivedDocument } from './rectification.ts'

/** What the 条款清单 and the next step are read from; counted from the tables (DESIGN §5). */
export interface PanelFacts extends CaseFacts {
  readonly form: 'individual' | 'collective'
  /** 承办人 of the case. */
  readonly officer: string
  readonly createdAt: string
  /** Marks of the triggers of Art. 3, e.g. `三、五`. */
  readonly triggers: string
  /** Notices at 送审 or beyond. */
  readonly submitted: number
  readonly confirmed: number
  /** Notices that name units for 抄送. */
  readonly copied: number
  readonly host: string
  readonly jointUnits: string
  readonly minutesSubmitted: number
  readonly received: {
    readonly material: number
    readonly workPlan: number
    readonly progress: number
    readonly specialReport: number
  }
  /** Enterprises whose work plan was accepted, and extensions that wait for a decision (Art. 11). */
  readonly plans: { readonly accepted: number; readonly extensions: number }
  /** Enterprises whose special report was accepted (Art. 15). */
  readonly reports: number
  /** Enterprises that were evaluated, closed (Art. 16), and found to be what Art. 18 makes answerable. */
  readonly supervised: { readonly evaluated: number; readonly closed: number; readonly answerable: number }
  /** 移送纪检监察机构 by how far it has come (Art. 18). */
  readonly discipline: Readonly<Record<'asked' | 'approved' | 'sent' | 'received', number>>
  /** Enterprises whose effects and screening were entered, and persons called to account (Art. 12–14). */
  readonly outcome: { readonly effects: number; readonly screening: number; readonly persons: number }
  readonly items: number
  /** Who answers for the open volume (Art. 20). */
  readonly volumeHolder: Holder
  /** The earliest due day of a 工作方案 that has not come in; null before the interview or when all are there. */
  readonly planDue: string | null
  /** 暂定: that day runs over a year whose holidays are not announced. */
  readonly planProvisional: boolean
  /** The earliest day by which an open 整改事项 is owed; null when none names a day (Art. 12). */
  readonly itemDue: string | null
  /** Days by which what comes before the interview is owed; empty where none is fixed yet. */
  readonly before: {
    /** An intake nobody took by then is shown to the head of office. */
    readonly accept: string
    /** The earliest day that a notice still to go out asks something for (Art. 4, 10). */
    readonly notice: string
    /** The day of the first interview, after every 改期 that went out. */
    readonly interview: string
  }
  /** 说明材料 and 书面陈述材料 that the issued notices ask for (Art. 10). */
  readonly materials: readonly Pick<MaterialState, 'kind' | 'due' | 'receivedAt'>[]
  /** The latest act of each kind, a receipt also by its kind of document: who and when (a day of the law). */
  readonly done: Readonly<Record<string, { readonly who: string; readonly when: string }>>
}

type Line = Omit<ArticleLine, 'article' | 'topic' | 'paper'>

const reached = (facts: CaseFacts, stage: (typeof stages)[number]): boolean =>
  facts.stage !== 'withdrawn' && stages.indexOf(facts.stage) >= stages.indexOf(stage)

const none: Line = { state: 'notApplicable', who: '', when: '', note: '' }

/** Done by the latest of the acts named. */
function done(facts: PanelFacts, kinds: string | readonly string[], note = ''): Line {
  const acts = [kinds].flat().flatMap((kind) => facts.done[kind] ?? [])
  const act = acts.sort((a, b) => a.when.localeCompare(b.when)).at(-1)
  return { state: 'done', who: act?.who ?? '', when: act?.when ?? '', note }
}

/** The receipt of a kind of document among the acts. */
const receiptOf = (kind: ReceivedDocument['kind']): string => `rectification.receive/${documentKindNames[kind]}`

function owed(role: BusinessRole, note: string, when = ''): Line {
  return { state: 'owed', who: roleNames[role], when, note }
}

function waiting(who: string, note: string, when = ''): Line {
  return { state: 'waiting', who, when, note }
}

const count = (have: number, all: number): string => `${have}/${all} 家`

function article4(facts: PanelFacts, rules: RuleProfile): Line {
  const { notices, enterprises } = facts
  if (notices.issued >= enterprises) return done(facts, 'notices.issue', `已印发 ${count(notices.issued, enterprises)}`)
  const { accept, notice: day } = facts.before
  if (!reached(facts, 'notice')) return owed('caseOfficer', '确认承办后拟制《责任约谈通知书》', accept)
  if (facts.submitted < enterprises) return owed('caseOfficer', `送审 ${count(facts.submitted, enterprises)}`, day)
  if (notices.approved < enterprises)
    return { ...owed('deputyLeader', `审签 ${count(notices.approved, enterprises)}`, day), who: signersOf(rules) }
  if (notices.classified < enterprises) return waiting(roleNames.classifier, '审签已毕，待定密后编号', day)
  if (notices.numbered < enterprises)
    return owed('accountabilityOffice', `编号 ${count(notices.numbered, enterprises)}`, day)
  return owed('caseOfficer', `印发 ${count(notices.issued, enterprises)}`, day)
}

function article5(facts: PanelFacts): Line {
  const over = facts.interview === 'ended' || facts.interview === 'frozen'
  const { interview } = facts.before
  // 会前沟通 is owed once others take part, until its record stands (Art. 5).
  if (facts.jointUnits !== '' && !facts.done['preparation.consult'] && !over)
    return owed('caseOfficer', `与${facts.jointUnits}会前沟通`, interview)
  if (facts.interview === 'none') return waiting(facts.host, '通知印发后主持约谈', interview)
  const joint = facts.jointUnits === '' ? '' : `共同约谈：${facts.jointUnits}`
  if (facts.interview === 'ended' || facts.interview === 'frozen') {
    return { ...done(facts, 'interviews.end', joint), who: facts.host }
  }
  return owed('officeHead', facts.host === '' ? '主持约谈' : `主持人：${facts.host}`, interview)
}

function article8(facts: PanelFacts): Line {
  switch (facts.interview) {
    case 'ended':
    case 'frozen':
      return done(facts, 'interviews.end')
    case 'running':
    case 'paused':
      return owed('minuteTaker', '约谈进行中')
    case 'planned':
      return owed('minuteTaker', '通知已印发，待约谈', facts.before.interview)
    case 'none':
      return waiting('', '待通知印发', facts.before.interview)
  }
}

function article9(facts: PanelFacts): Line {
  const { minutes, enterprises } = facts
  if (facts.interview !== 'ended' && facts.interview !== 'frozen') return waiting('', '约谈结束后形成纪要')
  if (minutes.final >= enterprises)
    return done(facts, 'minutes.finalise', `已定稿 ${count(minutes.final, enterprises)}`)
  if (minutes.drafted < enterprises || facts.minutesSubmitted < enterprises)
    return owed('minuteTaker', `纪要送审 ${count(facts.minutesSubmitted, enterprises)}`)
  if (minutes.classified < enterprises) return waiting(roleNames.classifier, '纪要待定密')
  return owed('officeHead', `定稿 ${count(minutes.final, enterprises)}`)
}

function article10(facts: PanelFacts): Line {
  if (facts.notices.issued === 0) return waiting('被约谈企业', '待通知印发')
  const missing = facts.materials.filter((one) => one.receivedAt === null)
  if (facts.confirmed >= facts.enterprises && facts.notices.issued >= facts.enterprises && missing.length === 0)
    return done(facts, [receiptOf('material'), receiptOf('statement')], '已确认并提交材料')
  const kinds = (['material', 'statement'] as const).flatMap((kind) => {
    const asked = facts.materials.filter((one) => one.kind === kind)
    const here = asked.filter((one) => one.receivedAt !== null)
    return asked.length === 0 ? [] : `${materialKindNames[kind]} ${count(here.length, asked.length)}`
  })
  const note = [`确认 ${count(facts.confirmed, facts.enterprises)}`, ...kinds].join('，')
  const [due] = missing.flatMap((one) => (one.due === '' ? [] : one.due)).sort()
  return waiting('被约谈企业', note, due ?? '')
}

function article21(facts: PanelFacts): Line {
  const { notices, minutes, enterprises } = facts
  if (facts.submitted > notices.classified || facts.minutesSubmitted > minutes.classified)
    return owed('classifier', '有定密事项待审批', facts.submitted > notices.classified ? facts.before.notice : '')
  if (notices.classified >= enterprises && minutes.classified >= enterprises)
    return done(facts, 'secrecy.decide', '通知书、纪要均已定密')
  if (notices.classified >= enterprises) return waiting('', '通知书已定密，纪要待送审')
  return waiting('', '随通知书送审提出定密意见')
}

/** Whether the case went into a paper of many cases (Art. 17, 19); `note` until it does. */
function compiled(facts: PanelFacts, kinds: readonly CompilationKind[], note: string): Line {
  const acts = kinds.map((kind) => `compilations.${kind}`)
  return acts.some((act) => facts.done[act]) ? done(facts, acts, '已汇入综合材料') : { ...none, note }
}

function article18(facts: PanelFacts): Line {
  const { discipline, supervised } = facts
  if (discipline.asked > 0) return owed('deputyLeader', '申请移送纪检监察机构，待决定')
  if (discipline.approved > 0) return owed('caseOfficer', '已同意移送纪检监察机构，待送出')
  if (discipline.sent > 0) return waiting('纪检监察机构', '已移送，待回执')
  if (discipline.received > 0)
    return done(facts, 'referrals.receiptDiscipline', `已移送纪检监察机构 ${discipline.received} 件，均有回执`)
  if (supervised.answerable > 0)
    return owed('accountabilityOffice', `评估认定整改不到位 ${supervised.answerable} 家，按规定追究责任`)
  return { ...none, note: '未发现需移送的情形' }
}

function article20(facts: PanelFacts): Line {
  const line = filed(facts)
  return facts.done['referrals.send'] ? { ...line, note: `${line.note}；线索材料已移送责任追究部门` } : line
}

function filed(facts: PanelFacts): Line {
  switch (facts.volume) {
    case 'sealed':
      return done(facts, 'archive.seal', '已归档、封包')
    case 'filed':
      return done(facts, 'archive.file', '已归档')
    case 'open':
      if (facts.volumeHolder === 'office') return owed('caseOfficer', '已立卷，待移交档案员')
      return owed('archivist', facts.volumeHolder === 'handed' ? '已移交，待签收' : '已签收，待归档')
    case 'none':
      return reached(facts, 'filing') ? owed('caseOfficer', '立卷') : waiting('', '整改办结后立卷归档')
  }
}

/** Art. 11: the plan comes in, a person checks its parts, it is accepted; its term may be extended. */
function article11(facts: PanelFacts): Line {
  const { plans, enterprises, received } = facts
  if (facts.interview !== 'ended' && facts.interview !== 'frozen') return waiting('被约谈企业', '约谈后办理')
  if (plans.accepted >= enterprises)
    return done(facts, 'rectification.acceptPlan', `工作方案已核对接受 ${count(plans.accepted, enterprises)}`)
  if (plans.extensions > 0) return owed('officeHead', '审批工作方案延期', facts.planDue ?? '')
  if (received.workPlan > plans.accepted)
    return owed('caseOfficer', `核对工作方案 ${count(plans.accepted, enterprises)}`, facts.planDue ?? '')
  const provisional = facts.planDue !== null && facts.planProvisional ? '，期限暂定' : ''
  return waiting('被约谈企业', `已报送 ${count(received.workPlan, enterprises)}${provisional}`, facts.planDue ?? '')
}

/** Art. 12: items are closed, and the effects are entered for each enterprise. */
function article12(facts: PanelFacts): Line {
  const { items, openItems, outcome, enterprises } = facts
  if (items === 0 && outcome.effects === 0) return waiting('被约谈企业', '尚无整改事项')
  if (openItems > 0) return waiting('被约谈企业', `未销账 ${openItems}/${items} 项`, facts.itemDue ?? '')
  if (outcome.effects < enterprises) return owed('caseOfficer', `登记落实成效 ${count(outcome.effects, enterprises)}`)
  return done(facts, 'rectification.effects', `整改事项 ${items} 项全部销账，成效已登记`)
}

/** Art. 13: who was called to account; a matter may leave nobody to be. */
function article13(facts: PanelFacts): Line {
  const { persons } = facts.outcome
  if (persons > 0) return done(facts, 'rectification.accountable', `已登记追责问责 ${persons} 人`)
  return reached(facts, 'filing')
    ? { ...none, note: '未登记追责问责' }
    : waiting('被约谈企业', '待企业报送追责问责情况')
}

/** Art. 14: 举一反三, a screening by each enterprise. */
function article14(facts: PanelFacts): Line {
  const { outcome, enterprises } = facts
  if (outcome.screening >= enterprises)
    return done(facts, 'rectification.screening', `已排查 ${count(outcome.screening, enterprises)}`)
  return waiting('被约谈企业', `已排查 ${count(outcome.screening, enterprises)}`)
}

/** Art. 15: progress on the way, a special report at the end, whose parts a person checks. */
function article15(facts: PanelFacts): Line {
  const { received, reports, enterprises } = facts
  if (facts.interview !== 'ended' && facts.interview !== 'frozen') return waiting('被约谈企业', '约谈后办理')
  if (reports >= enterprises)
    return done(facts, 'rectification.acceptReport', `专项工作报告已核对接受 ${count(reports, enterprises)}`)
  if (received.specialReport > reports) return owed('caseOfficer', `核对专项工作报告 ${count(reports, enterprises)}`)
  const progress = received.progress === 0 ? '' : `进展报告 ${count(received.progress, enterprises)}，`
  return waiting('被约谈企业', `${progress}专项工作报告 ${count(received.specialReport, enterprises)}`)
}

/** Art. 16: the office urges, evaluates, and closes each enterprise, or the case is filed with the reason why not. */
function article16(facts: PanelFacts): Line {
  const { supervised, enterprises } = facts
  if (supervised.closed >= enterprises)
    return done(facts, 'rectification.closure', `已销账 ${count(supervised.closed, enterprises)}`)
  if (reached(facts, 'filing')) {
    const note = `已销账 ${count(supervised.closed, enterprises)}，未销账的已说明理由`
    return done(facts, 'cases.beginFiling', note)
  }
  if (facts.stage !== 'rectification') return waiting('', '约谈后办理')
  const note = `评估 ${count(supervised.evaluated, enterprises)}，销账 ${count(supervised.closed, enterprises)}`
  return owed('caseOfficer', note)
}

interface Asked {
  readonly topic: string | ((rules: RuleProfile) => string)
  readonly stand: (facts: PanelFacts, rules: RuleProfile) => Line
}

const lines: readonly Asked[] = [
  { topic: '目的和依据', stand: () => ({ ...none, note: '总则' }) },
  { topic: '责任约谈的含义', stand: () => ({ ...none, note: '总则' }) },
  {
    topic: '约谈情形',
    stand: (facts) => {
      const started = facts.done['cases.accountability']
      const later = started === undefined ? '' : `；责任追究程序已于${officialDay(started.when)}登记启动`
      return done(facts, 'cases.create', `第三条（${facts.triggers}）项${later}`)
    },
  },
  { topic: '通知书拟制、审签、编号、印发', stand: article4 },
  { topic: '主持和共同约谈', stand: article5 },
  {
    topic: '约谈形式',
    stand: (facts) =>
      done(facts, 'cases.create', facts.form === 'individual' ? '个别约谈' : `集体约谈，${facts.enterprises} 家企业`),
  },
  {
    topic: '约谈对象',
    stand: (facts) =>
      facts.submitted >= facts.enterprises
        ? done(facts, 'notices.submit', '已在通知书中指定')
        : owed('caseOfficer', '在通知书中指定被约谈人员', facts.before.notice),
  },
  { topic: '约谈内容', stand: article8 },
  { topic: '约谈记录和纪要', stand: article9 },
  { topic: '企业确认和提交材料', stand: article10 },
  { topic: (rules) => `${planDeadline(rules).name}（${termOf(planDeadline(rules))}）`, stand: article11 },
  { topic: '落实整改', stand: article12 },
  { topic: '企业追责问责', stand: article13 },
  { topic: '同类问题排查', stand: article14 },
  { topic: '进展和专项工作报告', stand: article15 },
  { topic: '指导督促和评估', stand: article16 },
  { topic: '考核评价参考', stand: (facts) => compiled(facts, ['annualSheet'], '由考核、干部部门办理') },
  {
    topic: '拒绝、拖延整改的处理和移送',
    stand: article18,
  },
  {
    topic: '定期汇总分析',
    stand: (facts) => compiled(facts, ['analysisReport', 'inspectionNotice'], '由责任追究部门汇总，见“分析”'),
  },
  { topic: '立卷归档', stand: article20 },
  { topic: '定密和保密', stand: article21 },
  {
    topic: '生产安全、环境污染除外',
    stand: (facts) => done(facts, 'cases.create', '不属于生产安全事故、环境污染事件'),
  },
  { topic: '施行日期', stand: () => ({ ...none, note: '附则' }) },
]

/**
 * The 条款清单 of a case under its own rules: one line for each of the 23 articles. What 承办人 owes bears the name. A
 * withdrawn case owes nothing more.
 */
export function articleLines(facts: PanelFacts, rules: RuleProfile): ArticleLine[] {
  return lines.map(({ topic, stand }, index) => {
    const line = stand(facts, rules)
    const ended = facts.stage === 'withdrawn' && line.state !== 'done'
    const officer = line.state === 'owed' && line.who === roleNames.caseOfficer ? ` ${facts.officer}` : ''
    return {
      article: index + 1,
      topic: typeof topic === 'string' ? topic : topic(rules),
      paper: null,
      ...(ended ? { ...none, note: '事项已撤销' } : { ...line, who: `${line.who}${officer}` }),
    }
  })
}

/** A step that is asked of a role, and until when; 暂定 only where the day runs over an unannounced year. */
export function step(
  code: string,
  role: Role | null,
  article: number,
  due: string | null = null,
  provisional = false,
): NextStep {
  return { code, role, article, due: due === '' ? null : due, provisional }
}

/** What is to be done next, as a verb of the office; the same words on screen and in the exported list. */
export const stepNames: Readonly<Record<string, string>> = {
  'cases.accept': '确认承办',
  'cases.untouched': '督促确认承办',
  'notices.submit': '拟稿并送审通知书',
  'notices.decide': '审签通知书',
  'secrecy.decide': '定密',
  'referrals.decideDiscipline': '决定移送纪检监察机构',
  'numbers.allocate': '编号',
  'notices.issue': '印发通知书',
  'notices.decideChange': '审签改期或取消通知',
  'notices.issueChange': '印发改期或取消通知',
  'papers.decideFinal': '核定定稿',
  'redactions.review': '审核遮盖版',
  'notices.confirm': '登记企业确认',
  'preparation.remind': '催报材料',
  'interviews.prepare': '约谈准备',
  'interviews.host': '主持约谈',
  'interviews.start': '开始约谈',
  'interviews.end': '约谈进行中',
  'minutes.draft': '由记录起草纪要',
  'minutes.submit': '纪要送审',
  'minutes.finalise': '纪要定稿',
  'rectification.receive': '接收企业工作方案',
  'rectification.check': '核对工作方案',
  'rectification.checkReport': '核对专项工作报告',
  'rectification.awaitReport': '督促报送专项工作报告',
  'rectification.evaluate': '评估整改落实情况',
  'rectification.close': '企业整改销账',
  'rectification.decideExtension': '审批工作方案延期',
  'rectification.closeItem': '整改事项销账',
  'cases.beginFiling': '转入立卷',
  'archive.assemble': '立卷',
  'archive.handOver': '移交案卷',
  'archive.receive': '签收案卷',
  'referrals.receive': '签收移送线索',
  'archive.file': '归档',
  'archive.seal': '封包',
  none: '已办结',
}

/**
 * The single next step of a case, as the verb that takes it, and whose turn it is. `waiting.*` codes wait for somebody
 * outside; `none` stands when nothing is left to do. What comes before an interview is due by the days its notices name.
 */
export function nextStep(facts: PanelFacts, { signers }: Pick<RuleProfile, 'signers'>): NextStep {
  const { notices, minutes, enterprises } = facts
  const { notice, interview } = facts.before
  const plan = (code: string, role: BusinessRole): NextStep =>
    step(code, role, 11, facts.planDue, facts.planDue !== null && facts.planProvisional)
  switch (facts.stage) {
    case 'intake':
      return step('cases.accept', 'caseOfficer', 4)
    case 'notice':
      if (facts.submitted < enterprises) return step('notices.submit', 'caseOfficer', 4, notice)
      if (notices.approved < enterprises) return step('notices.decide', signers[0]?.code ?? 'deputyLeader', 4, notice)
      if (notices.classified < enterprises) return step('secrecy.decide', 'classifier', 21, notice)
      if (notices.numbered < enterprises) return step('numbers.allocate', 'accountabilityOffice', 4, notice)
      return step('notices.issue', 'caseOfficer', 4, notice)
    case 'interview':
      if (facts.interview === 'running' || facts.interview === 'paused') return step('interviews.end', 'minuteTaker', 8)
      return step('interviews.start', 'minuteTaker', 8, interview)
    case 'minutes':
      if (minutes.drafted < enterprises) return step('minutes.draft', 'minuteTaker', 9)
      if (facts.minutesSubmitted < enterprises) return step('minutes.submit', 'minuteTaker', 9)
      if (minutes.classified < enterprises) return step('secrecy.decide', 'classifier', 21)
      return step('minutes.finalise', 'officeHead', 9)
    case 'rectification':
      if (facts.settled >= enterprises) return step('cases.beginFiling', 'caseOfficer', 16)
      if (facts.plans.extensions > 0) return plan('rectification.decideExtension', 'officeHead')
      if (facts.received.workPlan > facts.plans.accepted) return step('rectification.check', 'caseOfficer', 11)
      if (facts.received.workPlan < enterprises) return plan('rectification.receive', 'caseOfficer')
      if (facts.received.specialReport > facts.reports) return step('rectification.checkReport', 'caseOfficer', 15)
      if (facts.openItems > 0) return step('rectification.closeItem', 'caseOfficer', 12, facts.itemDue)
      if (facts.reports < enterprises) return step('rectification.awaitReport', 'caseOfficer', 15)
      if (facts.supervised.evaluated < enterprises) return step('rectification.evaluate', 'caseOfficer', 16)
      return step('rectification.close', 'caseOfficer', 16)
    case 'filing':
      if (facts.volume === 'none') return step('archive.assemble', 'caseOfficer', 20)
      if (facts.volumeHolder === 'office') return step('archive.handOver', 'caseOfficer', 20)
      return step(facts.volumeHolder === 'handed' ? 'archive.receive' : 'archive.file', 'archivist', 20)
    case 'archived':
      return facts.volume === 'sealed' ? step('none', null, 20) : step('archive.seal', 'archivist', 20)
    case 'withdrawn':
      return step('none', null, 4)
  }
}
