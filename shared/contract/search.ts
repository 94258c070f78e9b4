import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { day, id } from '../domain/common.ts'
import { longestQuery, searchKinds } from '../domain/search.ts'
import { verb } from './verb.ts'

/** Full text over everything the account may see. */
export const search = {
  'search.query': verb({
    input: v.object({
      query: v.pipe(v.string(), v.trim(), v.maxLength(longestQuery)),
      kind: v.optional(v.nullable(v.picklist(searchKinds)), null),
      /** Only this case. */
      caseId: v.optional(v.nullable(id), null),
      /** Only cases opened, and 综合材料 begun, from this day to that day. */
      since: v.optional(v.nullable(day), null),
      until: v.optional(v.nullable(day), null),
      order: v.optional(v.picklist(['newest', 'best']), 'newest'),
    }),
    output: v.object({
      /** At most 50. */
      hits: v.array(
        v.object({
          /** Null of a compilation, which is drawn from several; `ref` names it. */
          caseId: v.nullable(id),
          kind: v.picklist(searchKinds),
          /** Id of the row it stands in; of minutes and sentence, parted by `/`. */
          ref: v.string(),
          /** The interview, the minutes or the notice the text belongs to. */
          within: v.nullable(id),
          title: v.string(),
          excerpt: v.object({ text: v.string(), marks: v.array(v.tuple([v.number(), v.number()])) }),
        }),
      ),
      /** How many there are; counted up to 1000. */
      count: v.number(),
      /** True when there are more than were counted. */
      more: v.boolean(),
      /** Texts that changed lately and are still being indexed; asking again goes on with them. */
      pending: v.number(),
    }),
    window: 'case',
    stepUp: { none: 'nothing leaves the archive' },
    roles: businessRoles,
    scope: 'filtered',
    audit: 'search.query',
    database: 'cases',
  }),
} as const
