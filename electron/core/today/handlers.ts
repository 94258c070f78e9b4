import { casesInScope } from '#db/repositories/cases.ts'
import {
  casesToSign,
  casesWithChange,
  casesWithFinal,
  type OwnCases,
  type PinnedCase,
  redactionsToReview,
} from '#db/repositories/desk.ts'
import { disciplineToDecide } from '#db/repositories/discipline.ts'
import { handledLately, type LineRow, linesById, linesOfRole, untouchedLines } from '#db/repositories/lines.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { waitingClassifications } from '#db/repositories/secrecy.ts'
import { addDays } from '#shared/calendar/workingDays.ts'
import type { Role } from '#shared/domain/accounts.ts'
import type { NextStep } from '#shared/domain/cases.ts'
import { step } from '#shared/domain/cases-panel.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { maySign } from '#shared/domain/notices.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { askedByLoans } from '../archive/borrowings.ts'
import { nextOf, refreshLines, shownLine } from '../cases/lines.ts'
import { daysAhead } from '../cases/panel.ts'
import type { Context, Handlers } from '../context.ts'
import { waitingNumbers, yearsToClose } from '../numbers/waiting.ts'
import { openLeads } from '../referrals/handlers.ts'
import { rulesOf } from '../rules/rules.ts'
import { openLines, openOnes } from '../secrecy/closed.ts'
import { redactionReviewers } from '../secrecy/redactions.ts'
import { clocksFor } from './clocks.ts'
import { askedOfCompilations } from './compilations.ts'
import { preparingCases } from './preparing.ts'

const recentCount = 10
/** Longest list of asked steps on one screen; the most urgent stand first. */
const mineCount = 200

interface Step {
  readonly caseId: string
  readonly next: NextStep
}

interface Asked extends Step {
  readonly matter: string
  readonly enterprise: string
}

/** Steps that are one account's alone, in the order they are asked for: each step of a case stands once. */
class Desk {
  readonly #asked = new Map<string, Asked>()

  line(row: LineRow, next?: NextStep): void {
    this.add({
      caseId: row.case_id,
      matter: row.matter,
      enterprise: (JSON.parse(row.enterprises) as string[]).join('、'),
      next: next ?? nextOf(row),
    })
  }

  add(one: Asked): void {
    const key = `${one.caseId} ${one.next.code}`
    if (!this.#asked.has(key)) this.#asked.set(key, one)
  }

  get ordered(): Asked[] {
    return [...this.#asked.values()].sort((a, b) => (a.next.due ?? '9999').localeCompare(b.next.due ?? '9999'))
  }
}

/** What the preparation of an interview asks of 承办人 and of the head of the host office (Art. 5, 8, 10). */
async function askedBefore(context: Context, role: 'caseOfficer' | 'officeHead', own: OwnCases): Promise<Step[]> {
  const today = dayInChina(context.now)
  return (await preparingCases(context, own, mineCount)).flatMap(({ caseId, day, confirmed, missing }): Step[] => {
    if (role === 'officeHead') return day === today ? [{ caseId, next: step('interviews.host', role, 5, day) }] : []
    return [
      ...(confirmed ? [] : [{ caseId, next: step('notices.confirm', role, 10, day) }]),
      ...(missing === null ? [] : [{ caseId, next: step('preparation.remind', role, 10, missing) }]),
      { caseId, next: step('interviews.prepare', role, 8, day) },
    ]
  })
}

/** What stands on a role's desk beside the next steps of the cases: 审签, 改期 and 取消 papers, the days before the interview. */
async function askedBeside(context: Context, role: Role, own: OwnCases): Promise<Step[]> {
  const { trx, account } = context
  const { ledger } = context.session.archive
  // 定稿 is approved by the one who signed the paper; of one who has left, by whoever holds the office now (Art. 20).
  const signers = [
    account.id,
    ...ledger
      .accounts()
      .filter((one) => one.state !== 'active')
      .map((one) => one.id),
  ]
  const finals = async (): Promise<Step[]> =>
    (await casesWithFinal(trx, account.id, signers, mineCount)).map((caseId) => ({
      caseId,
      next: step('papers.decideFinal', role, 20),
    }))
  const each = (cases: readonly PinnedCase[], code: string): Step[] =>
    cases.map(({ id }) => ({ caseId: id, next: step(code, role, 4) }))
  // 改期 and 取消 are due by the day of the interview as it stands.
  const eachChange = async (cases: readonly PinnedCase[], code: string): Promise<Step[]> => {
    const some = trx('cases').whereIn(
      'id',
      cases.map((one) => one.id),
    )
    const ahead = await daysAhead(trx, some.select('id'))
    return cases.map(({ id }) => ({ caseId: id, next: step(code, role, 4, ahead.get(id)?.interview || null) }))
  }
  const rules = await rulesOf(context)
  switch (role) {
    // 审签 is theirs alike whom the rules of the case name, unless the paper was sent to one of them (Art. 4).
    case 'deputyLeader':
    case 'chiefLeader': {
      const signs = (one: PinnedCase): boolean => maySign(rules.of(one), [role])
      const changes = await casesWithChange(trx, account.id, 'submitted', {}, mineCount)
      const asked = await openOnes(context, null, await disciplineToDecide(trx, account.id, mineCount), (one) => one.id)
      return [
        ...each((await casesToSign(trx, account.id, mineCount)).filter(signs), 'notices.decide'),
        ...(await eachChange(changes.filter(signs), 'notices.decideChange')),
        ...(await finals()),
        ...asked.map(({ caseId }) => ({ caseId, next: step('referrals.decideDiscipline', role, 18) })),
      ]
    }
    case 'caseOfficer':
      return [
        ...(await eachChange(
          await casesWithChange(trx, account.id, 'numbered', own, mineCount),
          'notices.issueChange',
        )),
        ...(await askedBefore(context, role, own)),
      ]
    case 'officeHead':
      return [...(await askedBefore(context, role, own)), ...(await finals())]
    default:
      return []
  }
}

/** Cases with a 遮盖版 the account may review: another's, of a paper it may know (Art. 21; 保密法 21). */
async function toReview({ trx, account }: Context): Promise<string[]> {
  const waiting = await redactionsToReview(trx, account.id, mineCount)
  const closed = await closedIds(
    trx,
    account,
    waiting.map((one) => one.caseId),
  )
  return [...new Set(waiting.filter((one) => !closed.has(one.id)).map((one) => one.caseId))]
}

/** What is asked of the signed-in account, by each of its roles. */
async function asked(context: Context): Promise<Asked[]> {
  const { trx, account, now } = context
  const desk = new Desk()
  for (const role of account.roles) {
    // A case officer answers for the own cases, a head for those of the office; leaders, recorder, archivist for every
    // case they know.
    const own =
      role === 'caseOfficer' ? { officer_id: account.id } : role === 'officeHead' ? { office: account.office } : {}
    for (const row of await openLines(context, await linesOfRole(trx, account.id, role, own, mineCount)))
      if (row.next_code !== 'notices.decide') desk.line(row)
    const beside = await askedBeside(context, role, own)
    const ids = new Set(beside.map((one) => one.caseId))
    const lines = await openLines(context, await linesById(trx, account.id, [...ids]))
    const lineOf = new Map(lines.map((row) => [row.case_id, row]))
    for (const { caseId, next } of beside) {
      const row = lineOf.get(caseId)
      // What is the next step of the case as well is due with it.
      if (row) desk.line(row, next.code === row.next_code ? { ...next, due: row.next_due } : next)
    }
    if (role === 'officeHead') {
      const days = policyValue(context.session.archive.ledger, 'untouchedDays')
      const before = new Date(Date.parse(now) - days * 86_400_000).toISOString()
      for (const row of await untouchedLines(trx, account.id, account.office, before))
        if (row.officer_id !== account.id)
          desk.line(row, step('cases.untouched', role, 4, addDays(dayInChina(row.created_at), days)))
    }
    if (role === 'accountabilityOffice') {
      // Numbering is the office's own duty over every approved notice, whoever's case it is (Art. 4).
      for (const one of await waitingNumbers(context))
        desk.add({
          caseId: one.caseId,
          matter: one.matter,
          enterprise: one.enterpriseName,
          next: step('numbers.allocate', role, 4, one.due),
        })
      // So are the leads that came in (Art. 20).
      for (const one of await openLeads(context)) desk.add({ ...one, next: step('referrals.receive', role, 20) })
    }
    if (redactionReviewers.includes(role))
      for (const row of await openLines(context, await linesById(trx, account.id, await toReview(context))))
        desk.line(row, step('redactions.review', role, 21))
    if (role === 'classifier') {
      // 定密 goes on beside 审签 (Art. 4, 21): it need not be the case's next step to be mine.
      const proposed = await waitingClassifications(trx, casesInScope(trx, account.id))
      const ids = proposed.filter((one) => one.proposerId !== account.id).map((one) => one.caseId)
      const lines = await linesById(trx, account.id, [...new Set(ids)].slice(0, mineCount))
      for (const row of await openLines(context, lines))
        desk.line(row, step('secrecy.decide', role, 21, row.next_code === 'secrecy.decide' ? row.next_due : null))
    }
  }
  return desk.ordered
}

export const todayHandlers = {
  'today.get': async (context) => {
    const { trx, account } = context
    await refreshLines(context)
    const mine = await asked(context)
    const lately = await linesById(trx, account.id, await handledLately(trx, account.id, recentCount))
    return {
      mine: mine.slice(0, mineCount),
      waiting: mine.length,
      years: await yearsToClose(context),
      compilations: await askedOfCompilations(context),
      borrowings: await askedByLoans(context),
      clocks: await clocksFor(context),
      recent: (await openLines(context, lately)).map((row) => shownLine(context, row)),
    }
  },
} satisfies Partial<Handlers>
