import { lightOf } from '../calendar/workingDays.ts'
import { quarterOf, quartersBetween } from './analysis.ts'
import { officialDay } from './common.ts'
import { type EvaluationResult, resultNames } from './rectification.ts'
import { type Referral, referralStateNames } from './referrals.ts'

// 台账: what the office reports elsewhere line by line, written from what was entered once (Art. 17–19).

/** One enterprise of one case, from its notice to 销账, as far as ledgers and sheets tell it. Days are days in China. */
export interface Followed {
  readonly caseId: string
  readonly matter: string
  readonly office: string
  readonly enterpriseId: string
  readonly enterprise: string
  /** Codes of the situations of Art. 3. */
  readonly triggers: readonly string[]
  /** Sum of the case in fen; null when none is named. */
  readonly amountFen: number | null
  /** 撤销 of the case, or 取消 of this notice before its interview: nothing follows any more. */
  readonly ended: 'withdrawn' | 'cancelled' | null
  readonly number: string
  readonly issuedOn: string
  /** Interviews that were held under this notice, the first first; each further one is one more. */
  readonly interviews: readonly { readonly id: string; readonly on: string }[]
  /** Null before the term runs, and once nothing is awaited any more. */
  readonly planDue: string | null
  /** When the plan came in that stands. */
  readonly planOn: string | null
  /** When each progress report came in. */
  readonly progressOn: readonly string[]
  /** When the special report came in that stands. */
  readonly reportOn: string | null
  readonly evaluation: { readonly result: EvaluationResult; readonly opinion: string } | null
  readonly closedOn: string | null
  readonly accountable: readonly {
    readonly name: string
    readonly post: string
    readonly basis: string
    readonly handling: string
    readonly day: string
  }[]
  /** Sums of Art. 12 and the day they were entered; null while no effects stand. */
  readonly effects: {
    readonly on: string
    readonly recoveredFen: number | null
    readonly reducedFen: number | null
    /** The four effects in words, those that were named. */
    readonly words: readonly string[]
  } | null
}

/** 工作方案 against its term on a day (Art. 11). */
export type PlanState = '按期' | '逾期' | '未报' | '未到期'
export function planState(one: Pick<Followed, 'planDue' | 'planOn'>, today: string): PlanState {
  if (one.planDue === null) return '未到期'
  if (one.planOn !== null) return one.planOn <= one.planDue ? '按期' : '逾期'
  return today > one.planDue ? '未报' : '未到期'
}

/** How the rectification of an enterprise stands: what the evaluation found, until then what is still going on. */
export type Outcome = '完成' | '整改中' | '拖延' | '拒绝' | '不力' | '弄虚作假'
const outcomes: Partial<Readonly<Record<EvaluationResult, Outcome>>> = {
  refused: '拒绝',
  delayed: '拖延',
  poor: '不力',
  false: '弄虚作假',
}
export function outcomeOf(one: Pick<Followed, 'evaluation' | 'closedOn'>): Outcome {
  const found = one.evaluation === null ? undefined : outcomes[one.evaluation.result]
  return found ?? (one.closedOn === null ? '整改中' : '完成')
}

/** Those whose paper was issued in a period of days. */
export function issuedIn(all: readonly Followed[], since: string, until: string): readonly Followed[] {
  return all.filter((one) => one.issuedOn >= since && one.issuedOn <= until)
}

export type LedgerCell = string | number | { readonly day: string } | null
const dayCell = (day: string | null): LedgerCell => (day === null ? null : { day })

/** 责任约谈、提示函、通报 ledger of the accountability systems, its columns in their order. */
export const ledgerColumns = [
  '发文日期',
  '文号',
  '监督类型',
  '业务处室',
  '监督对象',
  '提示、通报或约谈事项概述',
  '工作方案报送时间',
  '定期报告情况',
  '办结报告报送时间',
  '业务处室评估情况',
  '是否销账',
] as const

/** What the ledger says of a plan that has not come in: its light in words, nothing while it is green. */
function planWords(due: string | null, today: string, soon: number): string | null {
  const light = due === null ? 'green' : lightOf(due, today, soon)
  if (due === null || light === 'green') return null
  return light === 'red' ? '逾期未报送' : `临期未报送（${officialDay(due)}到期）`
}

/** `soon`: days before its due day from which a plan is said to run out. */
export function ledgerRow(one: Followed, today: string, soon: number): LedgerCell[] {
  const last = one.progressOn.at(-1)
  return [
    { day: one.issuedOn },
    one.number,
    '责任约谈',
    one.office,
    one.enterprise,
    one.matter,
    one.planOn === null ? planWords(one.planDue, today, soon) : { day: one.planOn },
    last === undefined ? null : `已报送${one.progressOn.length}次，最近一次${officialDay(last)}`,
    dayCell(one.reportOn),
    one.evaluation === null
      ? null
      : [resultNames[one.evaluation.result], one.evaluation.opinion].filter(Boolean).join('：'),
    one.ended === null ? (one.closedOn === null ? '否' : '是') : endedNames[one.ended],
  ]
}
const endedNames = { withdrawn: '已撤销', cancelled: '已取消' } as const

/** 问题线索 ledger, its columns in their order. */
export const leadColumns = [
  '线索编号',
  '受理时间',
  '线索来源',
  '当事企业名称/层级',
  '线索管理级次',
  '问题线索描述',
  '追责进度',
  '违规认定',
  '损失及不良后果',
  '姓名/职务/责任类型/处理方式',
  '审核状态',
] as const

/** A lead as its ledger tells it; what the account may not read of it is empty already. */
export interface FollowedLead
  extends Pick<Referral, 'number' | 'register' | 'state' | 'summary' | 'amount' | 'persons'> {
  /** Day in China it was received; null before. */
  readonly receivedOn: string | null
  /** Enterprises with their tier in the tree, 1 at its top. */
  readonly enterprises: readonly { readonly name: string; readonly tier: number }[]
  /** The body that manages the lead: the unit of the archive. */
  readonly unit: string
  readonly progress: string
  readonly accountable: Followed['accountable']
}

const tiers = '一二三四五六七八九'
const tierName = (tier: number): string => `${tiers[tier - 1] ?? String(tier)}级企业`

/** A row of the lead ledger. What this archive does not hold (违规认定, 责任类型) is left for the pen. */
export function leadRow(one: FollowedLead): LedgerCell[] {
  const named = new Set(one.accountable.map((each) => each.name))
  const persons = [
    ...one.accountable.map(({ name, post, handling }) => [name, post, '', handling].join('/')),
    ...one.persons.filter((name) => !named.has(name)).map((name) => `${name}///`),
  ]
  return [
    one.register === '' ? one.number : one.register,
    dayCell(one.receivedOn),
    '国资委监督',
    one.enterprises.map(({ name, tier }) => `${name}/${tierName(tier)}`).join('；'),
    one.unit,
    one.summary,
    one.progress,
    null,
    one.amount,
    persons.join('；'),
    referralStateNames[one.state],
  ]
}

/** 季度数字, each counted on the day its own act fell in. */
export const quarterColumns = [
  '季度',
  '印发通知书（份）',
  '约谈企业（户次）',
  '约谈企业（户）',
  '应报工作方案（件）',
  '按期报送（件）',
  '逾期或未报（件）',
  '报送专项工作报告（件）',
  '销账（户次）',
  '追责问责（人次）',
  '挽回损失（元）',
  '减少损失（元）',
] as const

/** One row for each quarter of a period, also an empty one, in order. Sums in yuan. */
export function quarterRows(
  all: readonly Followed[],
  period: { readonly since: string; readonly until: string; readonly today: string },
): LedgerCell[][] {
  const { since, until, today } = period
  return quartersBetween(since, until).map((quarter) => {
    const within = (day: string | null | undefined): day is string =>
      day !== null && day !== undefined && day >= since && day <= until && quarterOf(day) === quarter
    const held = all.flatMap((one) => one.interviews.flatMap(({ on }) => (within(on) ? [one.enterpriseId] : [])))
    const due = all.filter((one) => within(one.planDue))
    const count = (state: readonly PlanState[]) => due.filter((one) => state.includes(planState(one, today))).length
    const effects = all.flatMap((one) => (one.effects !== null && within(one.effects.on) ? [one.effects] : []))
    const yuan = (sum: 'recoveredFen' | 'reducedFen') =>
      effects.reduce((total, one) => total + (one[sum] ?? 0), 0) / 100
    const [year = '', n = ''] = quarter.split('-')
    return [
      `${year}年第${n}季度`,
      all.filter((one) => within(one.issuedOn)).length,
      held.length,
      new Set(held).size,
      due.length,
      count(['按期']),
      count(['逾期', '未报']),
      all.filter((one) => within(one.reportOn)).length,
      all.filter((one) => within(one.closedOn)).length,
      all.flatMap((one) => one.accountable).filter((each) => within(each.day)).length,
      yuan('recoveredFen'),
      yuan('reducedFen'),
    ]
  })
}
