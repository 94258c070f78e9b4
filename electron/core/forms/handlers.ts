import { casesInScope } from '#db/repositories/cases.ts'
import { forgetForm, formsOf, keepForm } from '#db/repositories/forms.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Handlers } from '../context.ts'

export const formsHandlers = {
  'forms.unfinished': ({ trx, account }) => formsOf(trx, account.id),

  'forms.keep': async ({ trx, account, now }, { caseId, form, body }) => {
    if (body === null) {
      await forgetForm(trx, account.id, form)
      return {}
    }
    if (caseId !== null) {
      const inside = await casesInScope(trx, account.id).where({ case_id: caseId }).first('case_id')
      if (inside === undefined) fail('door.scope')
    }
    await keepForm(trx, { accountId: account.id, caseId, form, body, now })
    return {}
  },
} satisfies Partial<Handlers>
