import * as v from 'valibot'
import { day, id, line, optionalLine } from './common.ts'

/** Levels in rising order (DOMAIN §2.3). 绝密 is refused on every path (default 4), so it is no value here. */
export const levels = ['none', 'work', 'secret', 'confidential'] as const
export type Level = (typeof levels)[number]
export const level = v.picklist(levels)
export const levelNames: Readonly<Record<Level, string>> = {
  none: '非密',
  work: '工作秘密',
  secret: '秘密',
  confidential: '机密',
}
/** Longest term in years by level (保密法 20). */
export const termCaps: Readonly<Record<'secret' | 'confidential', number>> = { secret: 10, confidential: 20 }

/** A term is a period, a date or a condition (保密法 20; 实施条例 19). */
export const term = v.variant('kind', [
  v.object({
    kind: v.literal('period'),
    length: v.pipe(v.number(), v.integer(), v.minValue(1)),
    unit: v.picklist(['year', 'month']),
  }),
  v.object({ kind: v.literal('date'), until: day }),
  v.object({ kind: v.literal('condition'), text: line }),
])
export type Term = v.InferOutput<typeof term>

export const classifiedObject = v.picklist(['notice', 'record', 'minutes'])
export type ClassifiedObject = v.InferOutput<typeof classifiedObject>

/** What 承办人 proposes: the three elements together (保密法 19; 实施条例 17). */
export const proposal = v.object({
  level,
  /** Null exactly when the level is 非密 or 工作秘密. */
  term: v.nullable(term),
  basis: optionalLine,
  reason: optionalLine,
  /** Account ids inside the 知悉范围. */
  scope: v.array(id),
})
export type Proposal = v.InferOutput<typeof proposal>

export const classification = v.object({
  id,
  caseId: id,
  objectKind: classifiedObject,
  objectId: id,
  state: v.picklist(['proposed', 'approved', 'returned', 'superseded']),
  ...proposal.entries,
  proposerId: id,
  proposedAt: v.string(),
  approverId: v.nullable(id),
  approvedAt: v.nullable(v.string()),
  opinion: v.string(),
})
export type Classification = v.InferOutput<typeof classification>

export function isStateSecret(value: Level): value is 'secret' | 'confidential' {
  return value === 'secret' || value === 'confidential'
}

/** Position in the order of §2.3; higher protects more. */
export function levelRank(value: Level): number {
  return levels.indexOf(value)
}

/** Highest level of a compilation or bundle (公文条例 32). */
export function highestLevel(values: readonly Level[]): Level {
  return values.reduce<Level>((top, value) => (levelRank(value) > levelRank(top) ? value : top), 'none')
}

/** Names what a proposal lacks or breaks; empty when it may be approved (保密法 14, 20, 22; DOMAIN §2.1). */
export function proposalFaults(value: Proposal, ceiling: Level): readonly string[] {
  const faults: string[] = []
  if (levelRank(value.level) > levelRank(ceiling)) faults.push('secrecy.aboveCeiling')
  if (isStateSecret(value.level)) {
    if (value.term === null) faults.push('secrecy.termMissing')
    else if (value.term.kind === 'period') {
      const months = value.term.unit === 'year' ? value.term.length * 12 : value.term.length
      if (months > termCaps[value.level] * 12) faults.push('secrecy.termAboveCap')
    }
    if (value.basis === '') faults.push('secrecy.basisMissing')
  } else if (value.term !== null) faults.push('secrecy.termWithoutLevel')
  return faults
}

/** The mark as it is printed, `机密★10年`; null when no mark may stand (保密法 22: no secret, no mark). */
export function markText(value: { level: Level; term: Term | null }): string | null {
  if (!isStateSecret(value.level) || value.term === null) return value.level === 'work' ? levelNames.work : null
  const name = levelNames[value.level]
  switch (value.term.kind) {
    case 'period':
      return `${name}★${value.term.length}${value.term.unit === 'year' ? '年' : '个月'}`
    case 'date': {
      const [year, month, date] = value.term.until.split('-').map(Number)
      return `${name}★${year}年${month}月${date}日`
    }
    case 'condition':
      return `${name}★${value.term.text}`
  }
}
