import { casesInScope, enterprisesOfCase, findCase } from '#db/repositories/cases.ts'
import { countFacts } from '#db/repositories/facts.ts'
import { writeXlsx } from '#electron/documents/xlsx.ts'
import { type AnalysisFilter, accountabilityNames, askedFor, tierOf } from '#shared/domain/analysis.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  type FollowedLead,
  issuedIn,
  leadColumns,
  leadRow,
  ledgerColumns,
  ledgerRow,
  quarterColumns,
  quarterRows,
} from '#shared/domain/ledgers.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { highestLevel, type Level } from '#shared/domain/secrecy.ts'
import type { Context } from '../context.ts'
import { readableLeads } from '../referrals/handlers.ts'
import { followed } from './followed.ts'
import { type Register, registerOf } from './looked.ts'

/** Leads sent in the period that are asked for and that the account may read, the first first. */
async function leadsIn(context: Context, filter: AnalysisFilter, { enterprises, remaining }: Register) {
  const asked = askedFor(enterprises, filter)
  const leads: (FollowedLead & { readonly caseId: string; readonly level: Level })[] = []
  for (const lead of await readableLeads(context)) {
    const sentOn = dayInChina(lead.sentAt)
    if (sentOn < filter.since || sentOn > filter.until) continue
    const called = await enterprisesOfCase(context.trx, lead.caseId)
    const ids = called.map((one) => remaining(one.id))
    if (!asked(lead.office, ids)) continue
    const row = await findCase(context.trx, lead.caseId)
    const started = row?.accountability_started ?? null
    leads.push({
      ...lead,
      receivedOn: lead.state === 'received' && lead.answeredAt !== null ? dayInChina(lead.answeredAt) : null,
      enterprises: called.map(({ name, id }) => ({ name, tier: tierOf(enterprises, remaining(id)) })),
      unit: context.session.archive.ledger.unit,
      progress: accountabilityNames[started === null ? 'none' : started === 1 ? 'started' : 'pending'],
      accountable: [],
    })
  }
  return leads.reverse()
}

/** 监督台账 as a workbook: 责任约谈台账, 问题线索台账, 季度数字; with the lines of the first and the highest level. */
export async function ledgerFile(
  context: Context,
  filter: AnalysisFilter,
): Promise<{ readonly bytes: Buffer; readonly rows: number; readonly level: Level }> {
  const today = dayInChina(context.now)
  const soon = policyValue(context.session.archive.ledger, 'soonDays')
  const register = await registerOf(context)
  const asked = askedFor(register.enterprises, filter)
  const every = await followed(context)
  const all = every.filter((one) => asked(one.office, [one.enterpriseId]))
  const issued = issuedIn(all, filter.since, filter.until)
  const leads = await leadsIn(context, filter, register)
  const people = Map.groupBy(every, (one) => one.caseId)
  const facts = await countFacts(context.trx, casesInScope(context.trx, context.account.id))
  const levels = [...leads, ...all.flatMap((one) => facts.get(one.caseId) ?? [])].map((one) => one.level)
  const bytes = writeXlsx([
    {
      name: '责任约谈台账',
      rows: [ledgerColumns, ...issued.map((one) => ledgerRow(one, today, soon))],
      widths: [16, 26, 12, 14, 36, 48, 18, 32, 18, 36, 10],
    },
    {
      name: '问题线索台账',
      rows: [
        leadColumns,
        ...leads.map((one) =>
          leadRow({ ...one, accountable: (people.get(one.caseId) ?? []).flatMap((each) => each.accountable) }),
        ),
      ],
      widths: [22, 16, 12, 40, 16, 48, 12, 16, 22, 40, 12],
    },
    {
      name: '季度数字',
      rows: [quarterColumns, ...quarterRows(all, { ...filter, today })],
      widths: [16, ...quarterColumns.slice(1).map(() => 16)],
    },
  ])
  return { bytes, rows: issued.length, level: highestLevel(levels) }
}
