import * as v from 'valibot'
import { day, id, line, optionalLine } from './common.ts'

/** What a number of a block was used for on the other machine, as its slip says. */
export const usedElsewhere = v.object({
  n: v.pipe(v.number(), v.integer(), v.minValue(1)),
  enterprise: line,
  matter: optionalLine,
  day,
})

export const numberState = v.picklist(['used', 'reserved', 'void'])
export const registerEntry = v.object({
  id,
  year: v.number(),
  n: v.number(),
  text: v.string(),
  state: numberState,
  /** What the number stands on: the notice itself, its 改期 or 取消, a notice of 专项核查 (Art. 19), or a paper of another machine. */
  paper: v.picklist(['none', 'notice', 'postpone', 'cancel', 'inspection', 'elsewhere']),
  caseId: v.nullable(id),
  enterpriseName: v.string(),
  matter: v.string(),
  /** Office whose block it lies in; empty outside blocks. */
  block: v.string(),
  reason: v.string(),
  at: v.string(),
  by: v.string(),
  /** It may still become 作废: no paper has gone out under it, and no other machine draws from it. */
  voidable: v.boolean(),
})
export type RegisterEntry = v.InferOutput<typeof registerEntry>

/** Numbers another machine draws from until discs are exchanged (Art. 4; DESIGN §1, B). */
export const numberBlock = v.object({
  id,
  /** `given` stands in the register of 责任追究部门, `taken` on the machine that draws from it. */
  kind: v.picklist(['given', 'taken']),
  year: v.number(),
  first: v.number(),
  last: v.number(),
  text: v.string(),
  office: v.string(),
  /** Check code of the paper slip: a wrong digit in year, bounds or office is noticed. */
  slip: v.string(),
  state: v.picklist(['open', 'closed']),
  used: v.number(),
  reserved: v.number(),
  void: v.number(),
  reason: v.string(),
  at: v.string(),
  by: v.string(),
})
export type NumberBlock = v.InferOutput<typeof numberBlock>

/** What 对账 finds in a year's register; an empty list of findings means that it agrees. */
export const reconciliation = v.object({
  year: v.number(),
  last: v.number(),
  used: v.number(),
  reserved: v.number(),
  void: v.number(),
  findings: v.array(
    v.object({
      n: v.number(),
      text: v.string(),
      code: v.picklist(['gap', 'unsigned', 'noReason', 'notIssued', 'orphan', 'openBlock', 'takenBack']),
    }),
  ),
})
export type Reconciliation = v.InferOutput<typeof reconciliation>

/** Most numbers of one block; a year of one office stays below it. */
export const blockLimit = 50

/** `监管约谈函〔2026〕15号`: 六角括号 U+3014/U+3015, no 第, no leading zero (GB/T 9704 7.2.5). */
export function numberText(word: string, year: number, n: number): string {
  return `${word}〔${year}〕${n}号`
}

/** The numbers of a block as its slip prints them. */
export function blockText(word: string, year: number, first: number, last: number): string {
  return `${numberText(word, year, first)}至${last}号`
}

/** The next number of a year: one after the highest ever given; gaps stay as 作废 and are never used again (Art. 4). */
export function nextNumber(given: readonly number[]): number {
  return given.reduce((top, n) => Math.max(top, n), 0) + 1
}

/** Numbers of 1…last that stand nowhere in the register: there must be none. */
export function gapsOf(given: readonly number[]): number[] {
  const known = new Set(given)
  return Array.from({ length: nextNumber(given) - 1 }, (_, index) => index + 1).filter((n) => !known.has(n))
}

/** Why a slip cannot be settled: a number outside its block, or named twice; null when it can. */
export function slipFault(
  block: Pick<NumberBlock, 'first' | 'last'>,
  used: readonly { readonly n: number }[],
): 'numbers.outsideBlock' | 'numbers.twiceOnSlip' | null {
  if (used.some(({ n }) => n < block.first || n > block.last)) return 'numbers.outsideBlock'
  return new Set(used.map(({ n }) => n)).size === used.length ? null : 'numbers.twiceOnSlip'
}

/** Words of the register, on screen and on paper alike. */
export const stateNames = { used: '已用', reserved: '预留', void: '作废' } as const
export const paperOfNumber: Readonly<Record<RegisterEntry['paper'], string>> = {
  none: '—',
  notice: '通知书',
  postpone: '改期通知',
  cancel: '取消通知',
  inspection: '专项核查通知',
  elsewhere: '他机通知书',
}
export const findingNames: Readonly<Record<Reconciliation['findings'][number]['code'], string>> = {
  gap: '缺号',
  unsigned: '没有签名的办理记录',
  noReason: '作废未写原因',
  notIssued: '已编号未印发',
  orphan: '找不到对应的通知书',
  openBlock: '年度已过仍为预留',
  takenBack: '所编文书未印发而事项已撤销，编号应作废',
}
