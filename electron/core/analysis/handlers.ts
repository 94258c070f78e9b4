import { linesById } from '#db/repositories/lines.ts'
import { casesOf, figuresOf } from '#shared/domain/analysis.ts'
import { officialDay } from '#shared/domain/common.ts'
import { shownLine } from '../cases/lines.ts'
import type { Handlers } from '../context.ts'
import { exportTable } from '../papers/export.ts'
import { openLines } from '../secrecy/closed.ts'
import { ledgerFile } from './ledgers.ts'
import { looked } from './looked.ts'

/** Longest list of cases behind one bar. */
const listed = 200

export const analysisHandlers = {
  'analysis.figures': async (context, filter) => {
    const { cases, enterprises, offices } = await looked(context, filter)
    return { figures: figuresOf(cases, enterprises, filter), offices: offices.sort() }
  },

  'analysis.cases': async (context, { pick, ...filter }) => {
    const { cases, enterprises } = await looked(context, filter)
    const ids = casesOf(cases, enterprises, pick)
      .sort((a, b) => b.openedOn.localeCompare(a.openedOn) || (a.caseId < b.caseId ? 1 : -1))
      .map((one) => one.caseId)
    const rows = await openLines(context, await linesById(context.trx, context.account.id, ids.slice(0, listed)))
    return { rows: rows.map((row) => shownLine(context, row)), total: ids.length }
  },

  'analysis.ledgers': {
    long: async (context, { folder, ...filter }) => {
      const table = await context.read((inside) => ledgerFile(inside, filter))
      const name = `监督台账（${officialDay(filter.since)}至${officialDay(filter.until)}）.xlsx`
      return context.commit((inside) => exportTable(inside, folder, name, table))
    },
  },
} satisfies Partial<Handlers>
