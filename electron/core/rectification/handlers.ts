import { caseOf } from '../cases/case-file.ts'
import type { Handlers } from '../context.ts'
import { openOnes } from '../secrecy/closed.ts'
import { closingHandlers } from './closing.ts'
import { documentHandlers, shownDocuments } from './documents.ts'
import { entryHandlers, shownEntries } from './entries.ts'
import { itemHandlers, shownItems } from './items.ts'
import { clocksOf, planHandlers, shownExtensions } from './plans.ts'

export const rectificationHandlers = {
  ...closingHandlers,
  ...documentHandlers,
  ...entryHandlers,
  ...itemHandlers,
  ...planHandlers,

  'rectification.get': async (context, { caseId }) => ({
    clocks: await clocksOf(context, caseId),
    extensions: await shownExtensions(context, caseId),
    items: await shownItems(context, caseId),
    documents: await shownDocuments(context, caseId),
    entries: await openOnes(context, caseId, await shownEntries(context, caseId), (one) => one.id),
    amountFen: (await caseOf(context, caseId)).amount_fen,
  }),
} satisfies Partial<Handlers>
