import * as v from 'valibot'
import { casesInScope, findCase } from '#db/repositories/cases.ts'
import {
  closeIncident,
  findIncident,
  type IncidentRow,
  insertIncident,
  insertSelfCheck,
  listIncidents,
  listSelfChecks,
  reportIncident,
  type SelfCheckRow,
} from '#db/repositories/incidents.ts'
import { fail } from '#shared/contract/errors.ts'
import { reportDue, selfCheckAnswers } from '#shared/domain/incidents.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'

/** An incident that is not closed yet. Errors: `incidents.unknown`, `incidents.closed`. */
async function openOne(context: Context, id: string): Promise<IncidentRow> {
  const row = (await findIncident(context.trx, id)) ?? fail('incidents.unknown')
  return row.closedAt === null ? row : fail('incidents.closed')
}

function shownCheck(context: Context, { accountId, answers, ...row }: SelfCheckRow) {
  return { ...row, by: nameOf(context, accountId), answers: v.parse(selfCheckAnswers, JSON.parse(answers)) }
}

export const incidentHandlers = {
  'incidents.list': async (context) => {
    const { trx, account } = context
    const mine: { case_id: string }[] = await casesInScope(trx, account.id)
    const inside = new Set(mine.map((row) => row.case_id))
    const shown = []
    for (const { accountId, ...row } of await listIncidents(trx)) {
      // An incident is the office's; what case it concerns is known only inside the 知悉范围.
      const known = row.caseId !== null && inside.has(row.caseId)
      shown.push({
        ...row,
        caseId: known ? row.caseId : null,
        matter: known ? ((await findCase(trx, row.caseId ?? ''))?.matter ?? '') : '',
        by: nameOf(context, accountId),
        due: reportDue(row.foundAt),
      })
    }
    return shown
  },

  'incidents.open': async (context, input) => {
    const { trx, account, now } = context
    if (input.foundAt > now) fail('incidents.inFuture')
    const id = context.newId()
    if (input.caseId !== null) {
      const known: unknown = await casesInScope(trx, account.id).where('case_id', input.caseId).first()
      if (known === undefined) fail('door.scope')
      await recordEvent(context, input.caseId, 'incidents.open', 21)
    }
    await insertIncident(trx, { id, ...input, accountId: account.id })
    context.note({ level: input.level, objectKind: 'incident', objectId: id })
    return { id, due: reportDue(input.foundAt) }
  },

  'incidents.report': async (context, { incidentId, ...report }) => {
    const row = await openOne(context, incidentId)
    if (row.reportedAt !== null) fail('incidents.reported')
    if (report.reportedAt < row.foundAt) fail('incidents.beforeFinding')
    if (report.reportedAt > context.now) fail('incidents.inFuture')
    await reportIncident(context.trx, row.id, report)
    context.note({ level: row.level, objectKind: 'incident', objectId: row.id })
    return {}
  },

  'incidents.close': async (context, { incidentId, conclusion }) => {
    const row = await openOne(context, incidentId)
    if (row.reportedAt === null) fail('incidents.notReported')
    await closeIncident(context.trx, row.id, { closedAt: context.now, conclusion })
    context.note({ level: row.level, objectKind: 'incident', objectId: row.id })
    return {}
  },

  'incidents.selfChecks': async (context) => (await listSelfChecks(context.trx)).map((row) => shownCheck(context, row)),

  'incidents.selfCheck': async (context, { answers, conclusion }) => {
    const { account, now } = context
    if (answers.some((one) => one.result !== 'sound' && one.note === '')) fail('incidents.noteMissing')
    const row = { id: context.newId(), at: now, accountId: account.id, answers: JSON.stringify(answers), conclusion }
    await insertSelfCheck(context.trx, row)
    return shownCheck(context, row)
  },
} satisfies Partial<Handlers>
