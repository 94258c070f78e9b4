import * as v from 'valibot'
import { fixityRun } from '../domain/fixity.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'filtered',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
  roles: ['archivist'],
} as const

export const fixity = {
  /** 定期核对 so far, the last first, and whether the next is due by policy. */
  'fixity.list': verb({
    ...common,
    input: v.object({}),
    output: v.object({ runs: v.array(fixityRun), days: v.nullable(v.number()), every: v.number(), due: v.boolean() }),
    audit: 'fixity.list',
  }),
  /** Reads every attachment and paper to its end, and every bundle that still stands where it was written. */
  'fixity.run': verb({ ...common, input: v.object({ job: v.string() }), output: fixityRun, audit: 'fixity.run' }),
} as const
