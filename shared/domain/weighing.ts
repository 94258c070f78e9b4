import { money, officialDay } from './common.ts'
import { type Followed, outcomeOf, planState } from './ledgers.ts'
import { type EntryBody, evaluationText } from './rectification.ts'

// 从重从轻参考 (Art. 13, 18): how the rectification went, as facts that weigh, each with what proves it. Nothing here judges.

/** One fact that weighs, and where it stands. */
export interface Factor {
  readonly direction: '从重、加重' | '从轻、减轻'
  readonly fact: string
  readonly evidence: string
}

/** What is known of one enterprise of a case. */
export interface Weighed {
  readonly followed: Pick<Followed, 'planDue' | 'planOn' | 'evaluation' | 'closedOn'>
  /** Entries that stand, each with the day it was made. */
  readonly entries: readonly { readonly body: EntryBody; readonly on: string }[]
  readonly items: readonly { readonly text: string; readonly due: string | null; readonly closed: boolean }[]
}

const effectNames = {
  stopped: '制止纠正违规行为',
  losses: '减少或挽回资产损失',
  risk: '降低损失风险',
  influence: '消除不良影响',
} as const

/** Kinds of entries of which at least one has to stand before there is anything to weigh. */
export const weighedKinds = ['effects', 'accountable', 'screening', 'evaluation', 'reminder'] as const

/** The facts that weigh, the heavier ones first, on a day. Pure. */
export function factorsOf({ followed, entries, items }: Weighed, today: string): Factor[] {
  const heavier: Factor[] = []
  const lighter: Factor[] = []
  const weigh = (list: Factor[], fact: string, evidence: string): void => {
    list.push({ direction: list === heavier ? '从重、加重' : '从轻、减轻', fact, evidence })
  }
  const of = <K extends EntryBody['kind']>(kind: K) =>
    entries.flatMap(({ body, on }) =>
      body.kind === kind ? [{ body: body as Extract<EntryBody, { kind: K }>, on }] : [],
    )
  const { planDue, planOn } = followed
  const plan = planState(followed, today)
  const term = planDue === null ? '' : `期限${officialDay(planDue)}（第十一条）`
  if (plan === '逾期' && planOn !== null) weigh(heavier, '工作方案逾期报送', `${officialDay(planOn)}收到，${term}`)
  if (plan === '未报') weigh(heavier, '工作方案逾期未报送', term)
  if (plan === '按期' && planOn !== null) weigh(lighter, '工作方案按期报送', `${officialDay(planOn)}收到，${term}`)
  const reminders = of('reminder')
  if (reminders.length > 0)
    weigh(heavier, `经催办${reminders.length}次`, `催办函（${reminders.map((one) => officialDay(one.on)).join('、')}）`)
  for (const { text, due, closed } of items)
    if (!closed && due !== null && due < today)
      weigh(heavier, `整改事项逾期未完成：${text}`, `整改台账，期限${officialDay(due)}`)
  if (items.length > 0 && items.every((one) => one.closed))
    weigh(lighter, `整改事项${items.length}项全部完成`, '整改台账')
  for (const { body, on } of of('effects')) {
    const evidence = `落实成效登记（${officialDay(on)}，第十二条）`
    for (const name of ['stopped', 'losses', 'risk', 'influence'] as const)
      if (body[name] !== '') weigh(lighter, `${effectNames[name]}：${body[name]}`, evidence)
    if ((body.recoveredFen ?? 0) > 0) weigh(lighter, `挽回损失${money(body.recoveredFen ?? 0)}`, evidence)
    if ((body.reducedFen ?? 0) > 0) weigh(lighter, `减少损失${money(body.reducedFen ?? 0)}`, evidence)
  }
  for (const { body } of of('accountable'))
    weigh(
      lighter,
      `对${[body.name, body.post].filter(Boolean).join('、')}追责问责：${body.handling}`,
      `${officialDay(body.day)}，${body.basis}（第十三条）`,
    )
  for (const { body } of of('screening'))
    weigh(lighter, `同类问题排查（${body.scope}）：${body.result}`, `${officialDay(body.day)}登记（第十四条）`)
  for (const { body, on } of of('evaluation')) {
    const bad = !['完成', '整改中'].includes(outcomeOf({ ...followed, evaluation: body }))
    const words = `评估认定${evaluationText(body)}`
    weigh(bad ? heavier : lighter, words, `整改评估（${officialDay(on)}，第十六条）`)
  }
  return [...heavier, ...lighter]
}
