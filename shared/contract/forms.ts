import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, nothing } from '../domain/common.ts'
import { unfinishedForm } from '../domain/forms.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'filtered',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
  roles: businessRoles,
} as const

/** Forms an account left unfinished: a lock, an expired session or a kill takes nothing that was typed into them. */
export const forms = {
  /** All of the account; a form of a case only while the case lies in its 知悉范围. */
  'forms.unfinished': verb({
    ...common,
    input: nothing,
    output: v.array(unfinishedForm),
    audit: { none: 'the own words of the account, read once at sign-in' },
  }),
  /** A null body forgets the form: it was sent, or emptied. */
  'forms.keep': verb({
    ...common,
    input: v.object({
      caseId: v.nullable(id),
      form: unfinishedForm.entries.form,
      body: v.nullable(unfinishedForm.entries.body),
    }),
    output: nothing,
    audit: { none: 'what is being typed is no act yet; the act it becomes is logged' },
    whenHidden: true,
  }),
} as const
