import * as v from 'valibot'
import { id, line } from '../domain/common.ts'
import { registerEntry } from '../domain/numbers.ts'
import { verb } from './verb.ts'

const common = { window: 'case', stepUp: { none: 'nothing leaves the archive' }, database: 'cases' } as const

export const numbers = {
  /** The year's register and the approved notices that wait for a number (Art. 4). */
  'numbers.register': verb({
    ...common,
    input: v.object({ year: v.number() }),
    output: v.object({
      entries: v.array(registerEntry),
      next: v.number(),
      waiting: v.array(
        v.object({ caseId: id, noticeId: id, enterpriseName: v.string(), matter: v.string(), approvedAt: v.string() }),
      ),
    }),
    roles: ['accountabilityOffice'],
    scope: { none: 'the register belongs to the accountability office as a whole (Art. 4)' },
    audit: 'numbers.register',
  }),
  'numbers.allocate': verb({
    ...common,
    input: v.object({ caseId: id, noticeId: id }),
    output: v.object({ text: v.string() }),
    roles: ['accountabilityOffice'],
    scope: { none: "numbering is the office's power over every approved notice (Art. 4)" },
    audit: 'numbers.allocate',
  }),
  'numbers.void': verb({
    ...common,
    input: v.object({ numberId: id, reason: line }),
    output: registerEntry,
    roles: ['accountabilityOffice'],
    scope: { none: 'the register belongs to the accountability office as a whole (Art. 4)' },
    audit: 'numbers.void',
  }),
} as const
