import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { stage } from '../domain/cases.ts'
import { day, id, line, nothing, optionalLine, path } from '../domain/common.ts'
import { enterprise, enterpriseInput, merge, office, partyKind, person, post, postInput } from '../domain/parties.ts'
import { partyColumns } from '../domain/party-import.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: { none: 'enterprises and persons are known to every business account; cases are not shown here' },
  stepUp: { none: 'nothing of a case leaves the archive' },
  database: 'cases',
} as const

const reading = { ...common, roles: businessRoles, audit: { none: 'master data; reads of cases are logged' } } as const
/** Who keeps the register. */
const keepers = ['caseOfficer', 'officeHead', 'accountabilityOffice'] as const
const peopleKeepers = [...keepers, 'minuteTaker'] as const

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** What a foreign table holds, judged row by row; nothing is kept by looking. */
export const importReport = v.object({
  hash,
  /** Rows below the heading. */
  total: v.number(),
  /** Rows with a fault, and each fault at its row and column. */
  badRows: v.number(),
  faults: v.array(
    v.object({
      line: v.number(),
      column: v.picklist(partyColumns),
      code: v.picklist([
        'missing',
        'tooLong',
        'formula',
        'badDay',
        'endBeforeStart',
        'badCode',
        'codeTaken',
        'contradiction',
        'ownParent',
        'cycle',
        'unknownParent',
      ]),
      value: v.string(),
    }),
  ),
  /** What the good rows would do. */
  newEnterprises: v.number(),
  changedEnterprises: v.number(),
  newPeople: v.number(),
  newPosts: v.number(),
  changedPosts: v.number(),
  /** The first new or changed enterprises, as a sample for the eye. */
  sample: v.array(v.object({ name: v.string(), parent: v.string(), people: v.number(), isNew: v.boolean() })),
})

export const parties = {
  /**
   * Enterprises by name, short name, code or pinyin initials, then by the people who hold or held a post there; the first
   * 50 of each. `alias` is the merged name it was found by, `person` the person and post.
   */
  'parties.search': verb({
    ...reading,
    input: v.object({ query: optionalLine }),
    output: v.array(v.object({ ...enterprise.entries, alias: v.string(), person: v.string() })),
  }),
  /** Every enterprise that stands for itself, for the tree. */
  'parties.tree': verb({ ...reading, input: nothing, output: v.array(enterprise) }),
  /** One enterprise with its posts over time, what was merged into it, and the cases the account may open. */
  'parties.enterprise': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ enterpriseId: id }),
    output: v.object({
      enterprise,
      posts: v.array(post),
      merges: v.array(merge),
      cases: v.array(v.object({ id, matter: v.string(), stage, at: v.string(), namedAs: v.string() })),
    }),
    roles: businessRoles,
    audit: 'parties.enterprise',
  }),
  /** A person's posts over time. */
  'parties.person': verb({
    ...reading,
    input: v.object({ personId: id }),
    output: v.object({ id, name: v.string(), posts: v.array(post), merges: v.array(merge) }),
  }),
  /** Who held which post in enterprises on a day; with `below` in all their subsidiaries too (Art. 7). */
  'parties.holders': verb({
    ...reading,
    input: v.object({
      enterpriseIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(60)),
      on: day,
      below: v.optional(v.boolean(), false),
    }),
    output: v.array(post),
  }),
  'parties.createEnterprise': verb({
    ...common,
    input: enterpriseInput,
    output: enterprise,
    roles: keepers,
    audit: 'parties.createEnterprise',
  }),
  'parties.updateEnterprise': verb({
    ...common,
    input: v.object({ enterpriseId: id, enterprise: enterpriseInput }),
    output: enterprise,
    roles: keepers,
    audit: 'parties.updateEnterprise',
  }),
  'parties.people': verb({ ...reading, input: v.object({ enterpriseId: id }), output: v.array(person) }),
  'parties.createPerson': verb({
    ...common,
    input: v.object({
      enterpriseId: id,
      name: line,
      title: optionalLine,
      since: v.optional(v.nullable(day), null),
      until: v.optional(v.nullable(day), null),
    }),
    output: person,
    roles: peopleKeepers,
    audit: 'parties.createPerson',
  }),
  /** A further post of a known person, or the dates of a known post. */
  'parties.savePost': verb({
    ...common,
    input: v.object({ postId: v.nullable(id), personId: id, enterpriseId: id, post: postInput }),
    output: nothing,
    roles: peopleKeepers,
    audit: 'parties.savePost',
  }),
  /** Brings two entries of the same enterprise or person together; cases keep pointing to what they named. */
  'parties.merge': verb({
    ...common,
    input: v.object({ kind: partyKind, fromId: id, intoId: id, reason: line }),
    output: nothing,
    roles: keepers,
    audit: 'parties.merge',
  }),
  'parties.unmerge': verb({
    ...common,
    input: v.object({ mergeId: id, reason: line }),
    output: nothing,
    roles: keepers,
    audit: 'parties.unmerge',
  }),
  'parties.readImport': verb({
    ...common,
    input: v.object({ file: path }),
    output: importReport,
    roles: keepers,
    audit: 'parties.readImport',
  }),
  /** Lands the good rows of the file that was looked at, in one transaction; the same file again changes nothing. */
  'parties.import': verb({
    ...common,
    input: v.object({ file: path, hash }),
    output: importReport,
    roles: keepers,
    audit: 'parties.import',
  }),
  /** Writes the register as a table into a folder; answers the file. */
  'parties.export': verb({
    ...common,
    input: v.object({ folder: path, format: v.picklist(['csv', 'xlsx']) }),
    output: v.object({ file: v.string(), rows: v.number() }),
    roles: keepers,
    stepUp: 'password',
    audit: 'parties.export',
  }),
  'parties.offices': verb({ ...reading, input: nothing, output: v.array(office) }),
  'parties.saveOffice': verb({
    ...common,
    input: office,
    output: nothing,
    roles: ['officeHead', 'accountabilityOffice'],
    audit: 'parties.saveOffice',
  }),
} as const
