import * as v from 'valibot'
import { type RetentionTable, type RetentionTerm, retentionTerms } from '../rules/retention.ts'
import { id } from './common.ts'
import { level } from './secrecy.ts'

// Filing by piece (按件, DA/T 22-2015): one document with its 定稿 and enclosures is one piece under a 档号 of its own.

export const piece = v.object({
  id,
  /** Case and volume it lies in; both null for a paper drawn from several cases (Art. 17, 19), which lies in none. */
  caseId: v.nullable(id),
  volumeId: v.nullable(id),
  compilationId: v.nullable(id),
  paperId: v.nullable(id),
  documentId: v.nullable(id),
  /** 档号. */
  code: v.string(),
  year: v.number(),
  term: v.picklist(['Y', 'D30', 'D10']),
  /** Code of 机构（问题）. */
  organ: v.string(),
  /** 件号 within year, term and organ. */
  n: v.number(),
  title: v.string(),
  number: v.string(),
  author: v.string(),
  day: v.string(),
  level,
  pages: v.number(),
  filedAt: v.string(),
})
export type Piece = v.InferOutput<typeof piece>

/** 件号 has four digits (DA/T 22-2015). */
const pieceDigits = 4

/** What the pieces of one run of 件号 share: 全宗号-门类·年度-保管期限-机构. */
export function piecePrefix(
  table: RetentionTable,
  { year, term, organ }: Pick<Piece, 'year' | 'term' | 'organ'>,
): string {
  return `${table.fonds?.code ?? ''}-${table.category ?? 'WS'}·${year}-${term}-${organ}-`
}

export function pieceCode(prefix: string, n: number): string {
  return `${prefix}${String(n).padStart(pieceDigits, '0')}`
}

/** Term of a piece by the unit's own table: of the row that names its kind of paper, else of the 责任约谈 row. */
export function termOfPiece(table: RetentionTable, code: string): RetentionTerm {
  const own = table.rows.find((row) => row.papers?.includes(code)) ?? table.rows.find((row) => row.interview)
  return own?.term ?? 'D30'
}

/** Name of an organ's code in the table; the code itself where it names none. */
export function organName(table: RetentionTable, organ: string): string {
  return table.organs?.find((one) => one.code === organ)?.office ?? organ
}

export function termName(term: RetentionTerm): string {
  return retentionTerms[term]
}
