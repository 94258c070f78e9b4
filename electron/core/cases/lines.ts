import { type CaseRow, enterpriseHay } from '#db/repositories/cases.ts'
import { countFacts } from '#db/repositories/facts.ts'
import { type LineRow, staleCases, writeLines } from '#db/repositories/lines.ts'
import type { NextStep } from '#shared/domain/cases.ts'
import { nextStep } from '#shared/domain/cases-panel.ts'
import { numberText } from '#shared/domain/numbers.ts'
import type { Context } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'
import { nameOf } from './case-file.ts'
import { daysAhead, owedBy, plainFacts, type ShownCase } from './panel.ts'

/** Cases counted at once: bounded, so that the statements stay small. */
const batch = 500

/** Writes the stale lines anew; whatever reads lines calls it first. */
export async function refreshLines(context: Context): Promise<void> {
  for (let ids = await staleCases(context.trx, batch); ids.length > 0; ids = await staleCases(context.trx, batch))
    await writeLines(context.trx, await linesOf(context, ids))
}

const earliest = (...days: (string | null)[]): string | null => days.filter((day) => day !== null).sort()[0] ?? null

async function linesOf(context: Context, ids: readonly string[]): Promise<LineRow[]> {
  const { trx } = context
  const some = () => trx('cases').whereIn('id', ids).select('id')
  const rows: CaseRow[] = await trx<CaseRow>('cases').whereIn('id', ids)
  const counts = await countFacts(trx, some())
  const rules = await rulesOf(context)
  const owed = await owedBy(trx, rules, some())
  const ahead = await daysAhead(trx, some())
  const names = await enterpriseHay(trx, some())
  const numbered: { case_id: string; year: number; n: number }[] = await trx('notices')
    .join('numbers', 'numbers.id', 'notices.number_id')
    .whereIn('notices.case_id', ids)
    .orderBy(['numbers.year', 'numbers.n'])
    .select('notices.case_id', 'numbers.year', 'numbers.n')
  const numbersOf = Map.groupBy(numbered, (row) => row.case_id)
  return rows.flatMap((row) => {
    const counted = counts.get(row.id)
    if (!counted) return []
    const officer = nameOf(context, row.officer_id)
    const facts = plainFacts(row, counted, officer, owed.get(row.id), ahead.get(row.id))
    const profile = rules.of(row)
    const next = nextStep(facts, profile)
    const { word } = profile.numbering
    // In full: a notice answers to all its names, 责任约谈通知书 and 监管约谈函 (ANCHORS A2, Art. 4).
    const numbers = (numbersOf.get(row.id) ?? []).map(({ year, n }) => numberText(word, year, n))
    const enterprises = names.get(row.id) ?? []
    const first = earliest(next.due, facts.planDue, facts.itemDue)
    const provisional =
      (first === next.due && next.provisional === true) || (first === facts.planDue && facts.planProvisional)
    return {
      case_id: row.id,
      state: row.state,
      office: row.office,
      officer_id: row.officer_id,
      form: row.form,
      matter: row.matter,
      enterprises: JSON.stringify(enterprises.map((one) => one.shown)),
      numbers: JSON.stringify(numbers),
      next_code: next.code,
      next_role: next.role,
      next_article: next.article,
      next_due: next.due,
      next_provisional: next.provisional ? 1 : 0,
      owed_due: earliest(facts.planDue, facts.itemDue),
      first_due: first,
      first_provisional: first !== null && provisional ? 1 : 0,
      level: counted.level,
      hay: [row.matter, ...enterprises.map((one) => one.hay), row.office, officer].join(' ').toLowerCase(),
      created_at: row.created_at,
      updated_at: row.updated_at,
    }
  })
}

/** The next step of a line. */
export function nextOf(row: LineRow): NextStep {
  return {
    code: row.next_code,
    role: row.next_role,
    article: row.next_article,
    due: row.next_due,
    provisional: row.next_provisional === 1,
  }
}

/** A line as the window shows it. */
export function shownLine(context: Context, row: LineRow): ShownCase {
  return {
    id: row.case_id,
    matter: row.matter,
    enterprises: JSON.parse(row.enterprises),
    numbers: JSON.parse(row.numbers),
    office: row.office,
    officer: nameOf(context, row.officer_id),
    stage: row.state,
    next: nextOf(row),
    due: row.first_due === null ? null : { day: row.first_due, provisional: row.first_provisional === 1 },
    level: row.level,
    form: row.form,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
