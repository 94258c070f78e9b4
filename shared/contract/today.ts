import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { nextStep } from '../domain/cases.ts'
import { day, id, nothing } from '../domain/common.ts'
import { caseRow } from './cases.ts'
import { verb } from './verb.ts'

const common = { window: 'case', stepUp: { none: 'nothing leaves the archive' } } as const

/** What is mine today. */
export const today = {
  'today.get': verb({
    ...common,
    input: nothing,
    output: v.object({
      /** 待我办, ordered by due; the first 200 of `waiting`. */
      mine: v.array(v.object({ caseId: id, matter: v.string(), enterprise: v.string(), next: nextStep })),
      /** Years whose reserved numbers are to be voided or called in (Art. 4): of 责任追究部门, or of who draws from blocks. */
      years: v.array(v.object({ year: v.number(), reserved: v.number(), due: v.string() })),
      /** 综合材料 (Art. 17, 19) that ask something of the account: 审签, number and 印发 of a notice, 重新定密 after a source rose, a 专项核查 whose reports are due. */
      compilations: v.array(
        v.object({
          id,
          title: v.string(),
          article: v.number(),
          what: v.picklist(['decide', 'number', 'issue', 'reclassify', 'followUp']),
          due: v.nullable(v.string()),
        }),
      ),
      /** 借阅 the account answers, and its own to be given back by their last day `due`, ISO (保密法 21). */
      borrowings: v.array(
        v.object({
          id,
          what: v.picklist(['decide', 'giveBack']),
          archivalCode: v.string(),
          borrower: v.string(),
          due: v.nullable(v.string()),
        }),
      ),
      /** 临期与逾期: what an enterprise owes by a day, the most urgent first; at most 100. */
      clocks: v.array(
        v.object({
          caseId: id,
          enterprise: v.string(),
          what: v.picklist(['workPlan', 'item']),
          /** The words of a 整改事项; empty for a 工作方案. */
          text: v.string(),
          due: v.string(),
          /** 暂定: the day runs over a year whose holidays are not announced. */
          provisional: v.boolean(),
          light: v.picklist(['green', 'yellow', 'red']),
          daysLeft: v.number(),
          /** The last 催办函 that called it in, and how many did; null while none has (Art. 16). */
          reminded: v.nullable(v.object({ times: v.number(), on: day, by: v.string(), newDue: day })),
        }),
      ),
      recent: v.array(caseRow),
      waiting: v.number(),
    }),
    roles: businessRoles,
    scope: 'filtered',
    audit: 'today.get',
    database: 'cases',
  }),
} as const
