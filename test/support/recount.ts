import type { Desk } from '#electron/core/sample/desk.ts'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Pick } from '#shared/domain/analysis.ts'

// The figures of Art. 17 and 19 once more: from what each case shows through the door, by loops alone. Nothing here knows how
// the program counts; words of the ledgers are those of ANCHORS A9 and of its own columns.

/** A case as an account that may know it sees it. */
interface Seen {
  readonly detail: VerbOutput<'cases.get'>
  readonly notices: VerbOutput<'notices.list'>
  readonly rectification: VerbOutput<'rectification.get'>
  readonly interviews: readonly VerbOutput<'interviews.get'>[]
}

/** Everything an account may know, and which enterprise each entry of the register stands for. */
export interface Known {
  readonly cases: readonly Seen[]
  readonly enterprises: readonly { readonly id: string; readonly name: string; readonly parentId: string | null }[]
  readonly standsFor: ReadonlyMap<string, string>
  readonly today: string
}

/** Reads all of it, case by case. */
export async function everythingOf(desk: Desk, now: string): Promise<Known> {
  const held = await desk.call('interviews.list', {})
  const cases: Seen[] = []
  for (const { id: caseId } of (await desk.call('cases.list', { limit: 200 })).rows) {
    const interviews = []
    for (const one of held)
      if (one.caseId === caseId && one.endedAt !== null)
        interviews.push(await desk.call('interviews.get', { caseId, interviewId: one.id }))
    cases.push({
      detail: await desk.call('cases.get', { caseId }),
      notices: await desk.call('notices.list', { caseId }),
      rectification: await desk.call('rectification.get', { caseId }),
      interviews: interviews.sort((a, b) => a.interview.ordinal - b.interview.ordinal),
    })
  }
  const enterprises = await desk.call('parties.tree', {})
  const standsFor = new Map<string, string>()
  for (const { id } of enterprises)
    for (const merge of (await desk.call('parties.enterprise', { enterpriseId: id })).merges)
      if (merge.undone === null && merge.kind === 'enterprise') standsFor.set(merge.fromId, merge.intoId)
  return { cases, enterprises, standsFor, today: chinaDay(now) }
}

/** The day a moment falls on eight hours east of Greenwich. */
export function chinaDay(moment: string): string {
  return new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 10)
}

const quarter = (day: string): string => {
  const month = Number(day.slice(5, 7))
  return `${day.slice(0, 4)}-${month <= 3 ? 1 : month <= 6 ? 2 : month <= 9 ? 3 : 4}`
}

function standing(known: Known, enterpriseId: string): string {
  let id = enterpriseId
  for (let next = known.standsFor.get(id); next !== undefined; next = known.standsFor.get(id)) id = next
  return id
}

/** Is an enterprise another one, or somewhere below it? */
function within(known: Known, enterpriseId: string, top: string): boolean {
  let at: string | null = standing(known, enterpriseId)
  for (let step = 0; at !== null && step < 30; step += 1) {
    if (at === top) return true
    at = known.enterprises.find((one) => one.id === at)?.parentId ?? null
    if (at !== null) at = standing(known, at)
  }
  return false
}

export interface Asked {
  readonly since: string
  readonly until: string
  readonly office: string
  readonly enterpriseId: string | null
}

/** Days by which the enterprises of a case still owe something. */
export function owedDays({ detail, rectification }: Seen): string[] {
  const days: string[] = []
  if (detail.stage === 'withdrawn') return days
  for (const clock of rectification.clocks) if (clock.receivedAt === null) days.push(clock.due)
  for (const item of rectification.items) if (item.state === 'open' && item.due !== null) days.push(item.due)
  return days
}

/** Whether something an enterprise owes is late, or falls due within so many days. */
function owes(known: Known, seen: Seen, soonDays: number): 'late' | 'soon' | null {
  const days = owedDays(seen)
  let found: 'late' | 'soon' | null = null
  for (const day of days) {
    const left = (Date.parse(day) - Date.parse(known.today)) / 86_400_000
    if (left < 0) return 'late'
    if (left <= soonDays) found = 'soon'
  }
  return found
}

/** The cases behind one bar of a chart. */
export function casesBehind(known: Known, asked: Asked, pick: Pick, soonDays: number): string[] {
  const ids: string[] = []
  for (const seen of known.cases) {
    const { detail } = seen
    const day = chinaDay(detail.createdAt)
    if (day < asked.since || day > asked.until) continue
    if (asked.office !== '' && detail.office !== asked.office) continue
    const about = detail.enterpriseList.map((one) => standing(known, one.id))
    const { enterpriseId } = asked
    if (enterpriseId !== null && !about.some((one) => within(known, one, enterpriseId))) continue
    const [first = '', second = ''] = pick.value.split('/')
    const { triggers, accountabilityStarted } = detail.intake
    const belongs =
      pick.kind === 'all' ||
      (pick.kind === 'enterprise' && about.some((one) => within(known, one, pick.value))) ||
      (pick.kind === 'trigger' && triggers.some((one) => one === pick.value)) ||
      (pick.kind === 'office' && detail.office === pick.value) ||
      (pick.kind === 'quarter' && quarter(day) === pick.value) ||
      (pick.kind === 'stage' && detail.stage === pick.value) ||
      (pick.kind === 'accountability' &&
        pick.value === (accountabilityStarted === null ? 'none' : accountabilityStarted ? 'started' : 'pending')) ||
      (pick.kind === 'overdue' && owes(known, seen, soonDays) === 'late') ||
      (pick.kind === 'dueSoon' && owes(known, seen, soonDays) === 'soon') ||
      (pick.kind === 'repeat' && about.includes(first) && triggers.some((one) => one === second))
    if (belongs) ids.push(detail.id)
  }
  return ids.sort()
}

type EntryOf<K extends VerbOutput<'rectification.get'>['entries'][number]['body']['kind']> = Extract<
  VerbOutput<'rectification.get'>['entries'][number]['body'],
  { kind: K }
>

/** One notice that went out, and what its case shows of it. */
interface Line {
  readonly seen: Seen
  readonly enterpriseId: string
  readonly number: string
  readonly issuedAt: string
  readonly end: '' | '已撤销' | '已取消'
  /** Day of every interview, and who of the enterprise came to it. */
  readonly held: readonly { readonly id: string; readonly day: string; readonly came: readonly string[] }[]
  readonly due: string | null
  readonly plan: string | null
  readonly progress: readonly string[]
  readonly report: string | null
  readonly evaluation: EntryOf<'evaluation'> | null
  readonly closed: string | null
  readonly persons: readonly EntryOf<'accountable'>[]
  readonly effects: { readonly day: string; readonly body: EntryOf<'effects'> } | null
}

/** Every notice that ever went out, the first first. */
function linesOf(known: Known): Line[] {
  const lines: Line[] = []
  for (const seen of known.cases) {
    const { detail, notices, rectification, interviews } = seen
    for (const notice of notices) {
      const issue = detail.history.find((one) => one.act === 'notices.issue' && one.detail === notice.number)
      if (!issue || notice.number === null) continue
      const live = notice.state === 'issued'
      const mine = <T extends { readonly enterpriseId: string }>(list: readonly T[]): T[] =>
        live ? list.filter((one) => one.enterpriseId === notice.enterpriseId) : []
      const papers = (kind: string): string[] => {
        const days: string[] = []
        for (const one of mine(rectification.documents))
          if (one.kind === kind && one.state !== 'returned') days.push(chinaDay(one.receivedAt))
        return days.sort()
      }
      let evaluation: Line['evaluation'] = null
      let closed: string | null = null
      let effects: Line['effects'] = null
      const persons = []
      for (const { body, at } of mine(rectification.entries)) {
        if (body.kind === 'evaluation') evaluation = body
        if (body.kind === 'closure') closed = chinaDay(at)
        if (body.kind === 'effects') effects = { day: chinaDay(at), body }
        if (body.kind === 'accountable') persons.push(body)
      }
      const [plan = null] = papers('workPlan')
      const [clock] = mine(rectification.clocks)
      const nothingAwaited = detail.stage === 'withdrawn' && plan === null
      const held = []
      if (live)
        for (const { interview, utterances } of interviews) {
          const came = []
          for (const one of interview.attendees) {
            if (one.delegation !== 'enterprise' || one.enterpriseId !== notice.enterpriseId) continue
            const spoke = utterances.some((line) => line.speakerId === one.id)
            const there = one.state === 'present' || one.state === 'late' || one.state === 'left'
            if (there || (one.state === 'expected' && spoke)) came.push(one.name)
          }
          if (interview.startedAt !== null) held.push({ id: interview.id, day: chinaDay(interview.startedAt), came })
        }
      lines.push({
        seen,
        enterpriseId: standing(known, notice.enterpriseId),
        number: notice.number,
        issuedAt: issue.at,
        end: detail.stage === 'withdrawn' ? '已撤销' : live ? '' : '已取消',
        held,
        due: clock === undefined || nothingAwaited ? null : clock.due,
        plan,
        progress: papers('progress'),
        report: papers('specialReport').at(-1) ?? null,
        evaluation,
        closed,
        persons,
        effects,
      })
    }
  }
  return lines.sort((a, b) => (a.issuedAt < b.issuedAt ? -1 : a.issuedAt > b.issuedAt ? 1 : 0))
}

const nameOf = (known: Known, id: string): string => known.enterprises.find((one) => one.id === id)?.name ?? ''
const official = (day: string): string =>
  `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
const results: Readonly<Record<string, string>> = {
  done: '落实到位',
  mostly: '基本落实',
  refused: '拒绝整改',
  delayed: '拖延整改',
  poor: '整改不力',
  false: '弄虚作假',
}

type Cell = string | number | null

/** Lines an office and a family are asked for of. */
function asked(known: Known, { office, enterpriseId }: Asked): Line[] {
  return linesOf(known).filter(
    (one) =>
      (office === '' || one.seen.detail.office === office) &&
      (enterpriseId === null || within(known, one.enterpriseId, enterpriseId)),
  )
}

/** 责任约谈台账 of what went out in a period. */
export function ledgerLines(known: Known, filter: Asked, soonDays: number): Cell[][] {
  const rows: Cell[][] = []
  for (const one of asked(known, filter)) {
    const day = chinaDay(one.issuedAt)
    if (day < filter.since || day > filter.until) continue
    let plan: string | null = one.plan
    if (plan === null && one.due !== null) {
      const left = (Date.parse(one.due) - Date.parse(known.today)) / 86_400_000
      if (left < 0) plan = '逾期未报送'
      else if (left <= soonDays) plan = `临期未报送（${official(one.due)}到期）`
    }
    const last = one.progress.at(-1)
    const { evaluation } = one
    rows.push([
      day,
      one.number,
      '责任约谈',
      one.seen.detail.office,
      nameOf(known, one.enterpriseId),
      one.seen.detail.matter,
      plan,
      last === undefined ? null : `已报送${one.progress.length}次，最近一次${official(last)}`,
      one.report,
      evaluation === null ? null : `${results[evaluation.result]}：${evaluation.opinion}`,
      one.end !== '' ? one.end : one.closed === null ? '否' : '是',
    ])
  }
  return rows
}

/** 季度数字 of a period: every act laid into the quarter of its own day. */
export function quarterLines(known: Known, filter: Asked): Cell[][] {
  const rows = new Map<string, number[]>()
  const called = new Map<string, Set<string>>()
  for (let at = Date.parse(filter.since); at <= Date.parse(filter.until); at += 86_400_000) {
    const name = quarter(new Date(at).toISOString().slice(0, 10))
    if (!rows.has(name)) rows.set(name, Array<number>(11).fill(0))
    if (!called.has(name)) called.set(name, new Set())
  }
  const add = (day: string | null, column: number, value = 1): void => {
    if (day === null || day < filter.since || day > filter.until) return
    const row = rows.get(quarter(day))
    if (row) row[column] = (row[column] ?? 0) + value
  }
  for (const one of asked(known, filter)) {
    add(chinaDay(one.issuedAt), 0)
    for (const { day } of one.held) {
      add(day, 1)
      if (day >= filter.since && day <= filter.until) called.get(quarter(day))?.add(one.enterpriseId)
    }
    add(one.due, 3)
    if (one.due !== null && one.plan !== null && one.plan <= one.due) add(one.due, 4)
    else if (one.due !== null && (one.plan !== null || known.today > one.due)) add(one.due, 5)
    add(one.report, 6)
    add(one.closed, 7)
    for (const person of one.persons) add(person.day, 8)
    if (one.effects) {
      add(one.effects.day, 9, one.effects.body.recoveredFen ?? 0)
      add(one.effects.day, 10, one.effects.body.reducedFen ?? 0)
    }
  }
  return [...rows].map(([name, row]) => {
    const [year = '', n = ''] = name.split('-')
    row[2] = called.get(name)?.size ?? 0
    return [`${year}年第${n}季度`, ...row.slice(0, 9), (row[9] ?? 0) / 100, (row[10] ?? 0) / 100]
  })
}

/** A lead that was referred, with how deep each enterprise of its case lies in the tree. */
export function leadLines(
  known: Known,
  filter: Asked,
  leads: VerbOutput<'referrals.register'>,
  unit: string,
): Cell[][] {
  const rows: Cell[][] = []
  for (const lead of [...leads].reverse()) {
    const seen = known.cases.find((one) => one.detail.id === lead.caseId)
    const sent = chinaDay(lead.sentAt)
    if (!seen || sent < filter.since || sent > filter.until) continue
    const { office, enterpriseId } = filter
    if (office !== '' && seen.detail.office !== office) continue
    if (enterpriseId !== null && !seen.detail.enterpriseList.some(({ id }) => within(known, id, enterpriseId))) continue
    const about: string[] = []
    for (const { id, name } of seen.detail.enterpriseList) {
      let depth = 1
      for (let at = known.enterprises.find((one) => one.id === standing(known, id)); at?.parentId; depth += 1)
        at = known.enterprises.find((one) => one.id === standing(known, at?.parentId ?? ''))
      about.push(`${name}/${'一二三四五'[depth - 1]}级企业`)
    }
    const persons: string[] = []
    const called = new Set<string>()
    for (const line of linesOf(known).filter((one) => one.seen === seen))
      for (const { name, post, handling } of line.persons) {
        persons.push(`${name}/${post}//${handling}`)
        called.add(name)
      }
    for (const name of lead.persons) if (!called.has(name)) persons.push(`${name}///`)
    const started = seen.detail.intake.accountabilityStarted
    rows.push([
      lead.register === '' ? lead.number : lead.register,
      lead.state === 'received' && lead.answeredAt !== null ? chinaDay(lead.answeredAt) : null,
      '国资委监督',
      about.join('；'),
      unit,
      lead.summary,
      started === null ? '不涉及' : started ? '已启动' : '暂未启动',
      null,
      lead.amount === '' ? null : lead.amount,
      persons.join('；'),
      { sent: '待签收', received: '已签收', returned: '已退回' }[lead.state],
    ])
  }
  return rows
}

/** Situations of Art. 3 in the order of the Rules. */
const ordered = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

const planWord = (known: Known, one: Line): string => {
  if (one.due === null) return '未到期'
  if (one.plan !== null) return one.plan <= one.due ? '按期' : '逾期'
  return known.today > one.due ? '未报' : '未到期'
}
const outcomeWord = ({ evaluation, closed }: Line): string => {
  if (evaluation?.result === 'refused') return '拒绝'
  if (evaluation?.result === 'delayed') return '拖延'
  if (evaluation?.result === 'poor') return '不力'
  if (evaluation?.result === 'false') return '弄虚作假'
  return closed === null ? '整改中' : '完成'
}

/** The figures of an Art. 17 sheet; null when there is nothing to draw one from. */
export function sheetOf(known: Known, of: { enterpriseId: string; year: number; leader: string | null }) {
  const interviews = []
  const handled: Record<string, number> = {}
  let accountable = 0
  let recoveredFen = 0
  for (const one of linesOf(known)) {
    if (one.end !== '' || !within(known, one.enterpriseId, of.enterpriseId)) continue
    const called = one.persons.some((person) => person.name === of.leader)
    const days = []
    for (const { day, came } of one.held)
      if (day.startsWith(`${of.year}-`) && (of.leader === null || called || came.includes(of.leader))) days.push(day)
    if (days.length === 0) continue
    for (const day of days)
      interviews.push({
        number: one.number,
        day,
        cause:
          one.enterpriseId === of.enterpriseId
            ? one.seen.detail.matter
            : `${nameOf(known, one.enterpriseId)}：${one.seen.detail.matter}`,
        triggers: ordered.filter((code) => one.seen.detail.intake.triggers.some((given) => given === code)),
        plan: planWord(known, one),
        outcome: outcomeWord(one),
      })
    for (const { name, handling } of one.persons)
      if (of.leader === null || name === of.leader) {
        accountable += 1
        handled[handling] = (handled[handling] ?? 0) + 1
      }
    recoveredFen += one.effects?.body.recoveredFen ?? 0
  }
  if (interviews.length === 0) return null
  interviews.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const treatment = Object.entries(handled).map(([handling, count]) => `${handling}${count}人`)
  return { interviews, accountable, recoveredFen, treatment: treatment.join('，') }
}

/** The figures of a periodic report; null when nothing happened in it. */
export function reportOf(known: Known, { since, until }: Period) {
  const inside = (day: string | null): boolean => day !== null && day >= since && day <= until
  const totals = { plansOnTime: 0, plansLate: 0, closed: 0, accountable: 0, recoveredFen: 0 }
  const [interviews, called, persons] = [new Set<string>(), new Map<string, number>(), new Set<string>()]
  const triggers = new Map<string, Set<string>>()
  let something = false
  for (const one of linesOf(known)) {
    for (const { id, day, came } of one.held) {
      if (!inside(day)) continue
      something = true
      interviews.add(id)
      called.set(one.enterpriseId, (called.get(one.enterpriseId) ?? 0) + 1)
      for (const name of came) persons.add(`${id}/${one.enterpriseId}/${name}`)
      for (const trigger of one.seen.detail.intake.triggers)
        triggers.set(trigger, (triggers.get(trigger) ?? new Set()).add(one.seen.detail.id))
    }
    if (inside(one.due)) {
      something = true
      const word = planWord(known, one)
      if (word === '按期') totals.plansOnTime += 1
      if (word === '逾期' || word === '未报') totals.plansLate += 1
    }
    if (inside(one.closed)) {
      something = true
      totals.closed += 1
    }
    for (const person of one.persons)
      if (inside(person.day)) {
        something = true
        totals.accountable += 1
      }
    if (one.effects && inside(one.effects.day)) {
      something = true
      totals.recoveredFen += one.effects.body.recoveredFen ?? 0
    }
  }
  if (!something) return null
  return {
    totals: { ...totals, interviews: interviews.size, enterprises: called.size, persons: persons.size },
    triggers: Object.fromEntries([...triggers].map(([code, cases]) => [code, cases.size])),
    repeated: Object.fromEntries([...called].filter(([, count]) => count > 1)),
  }
}
type Period = { readonly since: string; readonly until: string }
