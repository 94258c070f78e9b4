import * as v from 'valibot'
import { leaderRoles } from '../domain/accounts.ts'
import { analysisFilter, figures, pick } from '../domain/analysis.ts'
import { path } from '../domain/common.ts'
import { caseRow } from './cases.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  roles: ['accountabilityOffice', ...leaderRoles],
  scope: 'filtered',
  database: 'cases',
} as const

/** 汇总分析 (Art. 19), over what lies in the account's own 知悉范围: numbers too can tell of a case one must not know. */
export const analysis = {
  'analysis.figures': verb({
    ...common,
    input: analysisFilter,
    output: v.object({ figures, offices: v.array(v.string()) }),
    audit: 'analysis.figures',
  }),
  /** The cases one bar stands for: the newest first, at most 200 of `total`. */
  'analysis.cases': verb({
    ...common,
    input: v.object({ ...analysisFilter.entries, pick }),
    output: v.object({ rows: v.array(caseRow), total: v.number() }),
    audit: 'analysis.cases',
  }),
  /**
   * 监督台账 as a workbook in a folder the user chose: what was issued in the period, the leads that came to the
   * accountability office in it, and the figures of its quarters.
   */
  'analysis.ledgers': verb({
    ...common,
    input: v.object({ ...analysisFilter.entries, folder: path }),
    output: v.object({ file: v.string(), rows: v.number() }),
    stepUp: 'password',
    audit: 'analysis.ledgers',
  }),
} as const
