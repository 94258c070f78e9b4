import * as v from 'valibot'
import { day, id, line, optionalLine } from './common.ts'
import { outlasts } from './secrecy-terms.ts'

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

/**
 * A term is a period, a date or a condition (保密法 20; 实施条例 19); 长期 only where a clause of a 保密事项范围 says so
 * (定密暂行规定 2014, 22), which is why it cannot be written without one.
 */
export const term = v.variant('kind', [
  v.object({
    kind: v.literal('period'),
    length: v.pipe(v.number(), v.integer(), v.minValue(1)),
    unit: v.picklist(['year', 'month', 'day']),
  }),
  v.object({ kind: v.literal('date'), until: day }),
  v.object({ kind: v.literal('condition'), text: line }),
  v.object({ kind: v.literal('permanent'), clause: line }),
])
export type Term = v.InferOutput<typeof term>

/** What binds a paper: its level, and the term of a state secret. */
export interface Bound {
  readonly level: Level
  readonly term: Term | null
}

/**
 * What inherits the mark of what it is drawn from until it has a decision of its own: 改期 and 取消, a 催办函, what a referral
 * sends, the record (派生定密, 保密法 18). Its proposal stands alone; those of the others go with 送审.
 */
export const inheritingObject = v.picklist(['noticeChange', 'record', 'reminder', 'referral', 'discipline'])
export type InheritingObject = v.InferOutput<typeof inheritingObject>
export const classifiedObject = v.picklist(['notice', 'minutes', 'redaction', ...inheritingObject.options])
export type ClassifiedObject = v.InferOutput<typeof classifiedObject>

/** Whether a paper bears the mark of another one until it has a decision of its own. */
export function isInheriting(kind: ClassifiedObject): kind is InheritingObject {
  return v.is(inheritingObject, kind)
}

/** The paper a derived secret comes from (保密法 18; 实施条例 18): its level and term bind what is drawn from it. */
export const derivationSource = v.object({
  title: line,
  number: optionalLine,
  issuer: line,
  level: v.picklist(['secret', 'confidential']),
  term,
})
export type DerivationSource = v.InferOutput<typeof derivationSource>

/** What 承办人 proposes: the three elements together (保密法 19; 实施条例 17). */
export const proposal = v.object({
  level,
  /** Null exactly when the level is 非密 or 工作秘密. */
  term: v.nullable(term),
  /** 保密事项范围 with its clause, or a row of the unit's 一览表. */
  basis: optionalLine,
  reason: optionalLine,
  /** 密点; may stay empty. */
  points: v.optional(optionalLine, ''),
  /** Account ids inside the 知悉范围. */
  scope: v.array(id),
  /** 派生定密: what it is drawn from; empty for 原始定密. */
  sources: v.optional(v.array(derivationSource), []),
  /** 不明确事项: fits the law but no clause names it; protected at once and reported within 10 工作日 (实施条例 25). */
  unclear: v.optional(v.boolean(), false),
})
export type Proposal = v.InferOutput<typeof proposal>
export type ProposalInput = v.InferInput<typeof proposal>

/** A first decision, a change of level, term or scope, or a release (保密法 23, 24). */
export const classificationAct = v.picklist(['initial', 'change', 'release'])
export type ClassificationAct = v.InferOutput<typeof classificationAct>
export const classificationActNames: Readonly<Record<ClassificationAct, string>> = {
  initial: '定密',
  change: '变更',
  release: '解密',
}

export const classification = v.object({
  id,
  caseId: id,
  objectKind: classifiedObject,
  objectId: id,
  act: classificationAct,
  /** The decision that a change or release takes the place of. */
  replaces: v.nullable(id),
  state: v.picklist(['proposed', 'approved', 'returned', 'superseded']),
  ...proposal.entries,
  proposerId: id,
  proposedAt: v.string(),
  approverId: v.nullable(id),
  approvedAt: v.nullable(v.string()),
  opinion: v.string(),
})
export type Classification = v.InferOutput<typeof classification>

/** Conclusion of the yearly review of one decision (保密法 24). */
export const reviewConclusion = v.picklist(['keep', 'change', 'release'])
export type ReviewConclusion = v.InferOutput<typeof reviewConclusion>
export const reviewConclusionNames: Readonly<Record<ReviewConclusion, string>> = {
  keep: '继续保密',
  change: '应予变更',
  release: '应予解密',
}

/** A wish that somebody outside the 知悉范围 may know a case (保密法 21); decided by another person. */
export const scopeRequest = v.object({
  id,
  caseId: id,
  accountId: id,
  reason: v.string(),
  requesterId: id,
  at: v.string(),
  state: v.picklist(['requested', 'approved', 'returned']),
  deciderId: v.nullable(id),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
})
export type ScopeRequest = v.InferOutput<typeof scopeRequest>

/** What stands in place of the title of a paper its reader may not know, where its place has to be seen (保密法 21). */
export const withheldTitle = '（不在知悉范围内）'

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

/** How high a level may be given here: by the organ's own authority (保密法 17), and at most held by the machine. */
export interface LevelLimits {
  readonly authority: Level
  readonly machine: Level
}

/**
 * Names what a proposal lacks or breaks; empty when it may be approved (保密法 14, 18, 20, 22; DOMAIN §2.1). `from` is the
 * day the term runs from, to compare terms of different kinds.
 */
export function proposalFaults(value: Proposal, limits: LevelLimits, from: string): readonly string[] {
  const faults: string[] = []
  const derived = value.sources.length > 0
  if (levelRank(value.level) > levelRank(limits.machine)) faults.push('secrecy.aboveMachine')
  // 派生定密 is not bound by the organ's own authority (定密规定 2025, 11).
  else if (!derived && levelRank(value.level) > levelRank(limits.authority)) faults.push('secrecy.aboveCeiling')
  if (!isStateSecret(value.level)) {
    if (value.term !== null) faults.push('secrecy.termWithoutLevel')
    if (derived) faults.push('secrecy.belowSource')
    return faults
  }
  if (value.term === null) faults.push('secrecy.termMissing')
  else if (!derived && exceedsCap(value.level, value.term)) faults.push('secrecy.termAboveCap')
  if (value.basis === '' && !derived && !value.unclear) faults.push('secrecy.basisMissing')
  if (value.sources.some((one) => levelRank(one.level) > levelRank(value.level))) faults.push('secrecy.belowSource')
  const { term: own } = value
  if (own !== null && value.sources.some((one) => outlasts(one.term, own, from)))
    faults.push('secrecy.termShorterThanSource')
  return faults
}

function exceedsCap(value: 'secret' | 'confidential', of: Term): boolean {
  if (of.kind !== 'period') return false
  const cap = termCaps[value]
  if (of.unit === 'day') return of.length > cap * 365
  return (of.unit === 'year' ? of.length * 12 : of.length) > cap * 12
}

/** The mark as it is printed, `机密★10年`; null when no mark may stand (保密法 22: no secret, no mark). */
export function markText(value: { level: Level; term: Term | null }): string | null {
  if (!isStateSecret(value.level) || value.term === null) return value.level === 'work' ? levelNames.work : null
  const name = levelNames[value.level]
  switch (value.term.kind) {
    case 'period':
      return `${name}★${value.term.length}${unitNames[value.term.unit]}`
    case 'date': {
      const [year, month, date] = value.term.until.split('-').map(Number)
      return `${name}★${year}年${month}月${date}日`
    }
    case 'condition':
      return `${name}★${value.term.text}`
    case 'permanent':
      return `${name}★长期`
  }
}

const unitNames = { year: '年', month: '个月', day: '日' } as const
