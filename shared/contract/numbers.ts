import * as v from 'valibot'
import { id, line, optionalLine, path } from '../domain/common.ts'
import { blockLimit, numberBlock, reconciliation, registerEntry, usedElsewhere } from '../domain/numbers.ts'
import { verb } from './verb.ts'

const common = { window: 'case', stepUp: { none: 'nothing leaves the archive' }, database: 'cases' } as const
const register = {
  ...common,
  roles: ['accountabilityOffice'],
  scope: { none: 'the register belongs to the accountability office as a whole (Art. 4)' },
} as const
/** Who draws from a block on a machine without an accountability office. */
const drawers = ['caseOfficer', 'officeHead'] as const
const year = v.pipe(v.number(), v.integer(), v.minValue(2021), v.maxValue(2199))
const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99_999))

export const numbers = {
  /** The year's register and the signed papers that wait for a number (Art. 4). */
  'numbers.register': verb({
    ...register,
    input: v.object({ year: v.number() }),
    output: v.object({
      entries: v.array(registerEntry),
      blocks: v.array(numberBlock),
      next: v.number(),
      /** Years that are over with numbers still reserved: to be voided, their blocks to be called in (Art. 4). */
      past: v.array(v.object({ year: v.number(), reserved: v.number() })),
      waiting: v.array(
        v.object({
          caseId: id,
          noticeId: id,
          changeId: v.nullable(id),
          kind: v.picklist(['notice', 'postpone', 'cancel']),
          enterpriseName: v.string(),
          matter: v.string(),
          approvedAt: v.string(),
          /** First day the notice names to the enterprise; for its change, the day of the interview as it stands. */
          due: v.nullable(v.string()),
        }),
      ),
      /** Signed notices of 专项核查 that wait for a number, of those the account may know (Art. 19). */
      inspections: v.array(v.object({ compilationId: id, title: v.string(), approvedAt: v.string() })),
    }),
    audit: 'numbers.register',
  }),
  /** Gives the next number, or one that was reserved, to a notice or to its 改期/取消 paper; a signed act. */
  'numbers.allocate': verb({
    ...register,
    input: v.object({
      caseId: id,
      noticeId: id,
      changeId: v.optional(v.nullable(id), null),
      numberId: v.optional(v.nullable(id), null),
    }),
    output: v.object({ text: v.string() }),
    audit: 'numbers.allocate',
  }),
  /** The same for the notice of a 专项核查 (Art. 19), which belongs to no case of its own. */
  'numbers.allocateInspection': verb({
    ...common,
    input: v.object({ compilationId: id, numberId: v.optional(v.nullable(id), null) }),
    output: v.object({ text: v.string() }),
    roles: ['accountabilityOffice'],
    scope: 'case',
    audit: 'numbers.allocateInspection',
  }),
  /** Keeps the next number free for a paper that is still being prepared. */
  'numbers.reserve': verb({
    ...register,
    input: v.object({ reason: line }),
    output: registerEntry,
    audit: 'numbers.reserve',
  }),
  'numbers.void': verb({
    ...register,
    input: v.object({ numberId: id, reason: line }),
    output: registerEntry,
    audit: 'numbers.void',
  }),
  /** A block for an office on another machine; its slip goes there on paper. */
  'numbers.giveBlock': verb({
    ...register,
    input: v.object({ office: line, count: v.pipe(whole, v.maxValue(blockLimit)), reason: line }),
    output: numberBlock,
    audit: 'numbers.giveBlock',
  }),
  /** Enters what the returned slip says: the numbers used there; `close` voids the rest with a reason. */
  'numbers.settleBlock': verb({
    ...register,
    input: v.object({ blockId: id, used: v.array(usedElsewhere), close: v.boolean(), reason: optionalLine }),
    output: numberBlock,
    audit: 'numbers.settleBlock',
  }),
  /** 对账: every number of the year with its state, its act and its paper. */
  'numbers.reconcile': verb({
    ...register,
    input: v.object({ year: v.number() }),
    output: reconciliation,
    audit: 'numbers.reconcile',
  }),
  /** The register with its 对账, or the slip of a block, as a PDF. */
  'numbers.print': verb({
    ...register,
    input: v.object({ year: v.number(), blockId: v.nullable(id) }),
    output: v.object({ pdf: v.instance(Uint8Array) }),
    stepUp: { none: 'shown inside the window only' },
    audit: 'numbers.print',
  }),
  /** Writes the same paper into a folder. */
  'numbers.export': verb({
    ...register,
    input: v.object({ year: v.number(), blockId: v.nullable(id), folder: path }),
    output: v.object({ file: v.string() }),
    stepUp: 'password',
    audit: 'numbers.export',
  }),
  /** Blocks entered on this machine. */
  'numbers.blocks': verb({
    ...common,
    input: v.object({}),
    output: v.array(numberBlock),
    roles: drawers,
    scope: { none: 'numbers without cases' },
    audit: 'numbers.blocks',
  }),
  /** Enters a block from its paper slip; refused where the accountability office keeps its register (Art. 4). */
  'numbers.takeBlock': verb({
    ...common,
    input: v.object({ office: line, year, first: whole, last: whole, slip: line }),
    output: numberBlock,
    roles: drawers,
    scope: { none: 'numbers without cases' },
    audit: 'numbers.takeBlock',
  }),
  /** Takes the lowest free number of a block for an approved notice of this machine; a signed act. */
  'numbers.drawFromBlock': verb({
    ...common,
    input: v.object({ caseId: id, noticeId: id, changeId: v.optional(v.nullable(id), null) }),
    output: v.object({ text: v.string() }),
    roles: drawers,
    scope: 'case',
    audit: 'numbers.drawFromBlock',
  }),
  /** Year's end, or no more need: the unused numbers are 作废 here, and the slip goes back. */
  'numbers.returnBlock': verb({
    ...common,
    input: v.object({ blockId: id, reason: line }),
    output: numberBlock,
    roles: drawers,
    scope: { none: 'numbers without cases' },
    audit: 'numbers.returnBlock',
  }),
} as const
