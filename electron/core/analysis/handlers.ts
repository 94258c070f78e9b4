import { analysisCounts } from '#db/repositories/analysis.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import type { Handlers } from '../context.ts'

export const analysisHandlers = {
  // Art. 19, for what lies in the account's own scope: numbers too can tell of a case one must not know.
  'analysis.counts': ({ trx, account }, { year }) => analysisCounts(trx, casesInScope(trx, account.id), year),
} satisfies Partial<Handlers>
