import * as v from 'valibot'
import type { Volume } from './archive.ts'
import { id, line, optionalLine } from './common.ts'
import { level } from './secrecy.ts'

// 移送线索 (Art. 20): what concerns 违规经营投资 leaves the organising office for the accountability office, which signs for
// it and keeps it among its own 业务档案; the volume says what left and where it is.

/** An original leaves the volume; of what the volume has to hold only a copy leaves. */
export const pieceForm = v.picklist(['original', 'copy'])
export const pieceFormNames = { original: '原件', copy: '复制件' } as const

/** Something of a case that may be referred: a paper made here, or one an enterprise sent in. */
const pieceFields = {
  paperId: v.nullable(id),
  documentId: v.nullable(id),
  /** Filing code of the rule profile. */
  code: v.string(),
  title: v.string(),
  number: v.string(),
  day: v.string(),
  level,
  pages: v.number(),
}
/** What the office may choose from; `gone` is the 移送号 the original left under, empty while it is here. */
export const referable = v.object({ ...pieceFields, gone: v.string() })
export type Referable = v.InferOutput<typeof referable>
export const referredPiece = v.object({ ...pieceFields, form: pieceForm })
export type ReferredPiece = v.InferOutput<typeof referredPiece>

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))

/** What the office enters: the pieces, why they go, and the lead in short (线索摘要). */
export const referralInput = v.object({
  pieces: v.pipe(
    v.array(v.object({ paperId: v.nullable(id), documentId: v.nullable(id), form: pieceForm })),
    v.minLength(1),
    v.maxLength(200),
  ),
  reason: words,
  summary: words,
  /** When it happened and the sum concerned, as the list prints them. */
  period: optionalLine,
  amount: optionalLine,
  persons: v.pipe(v.array(line), v.maxLength(30)),
})
export type ReferralInput = v.InferOutput<typeof referralInput>

export const referralState = v.picklist(['sent', 'received', 'returned'])
export type ReferralState = v.InferOutput<typeof referralState>
export const referralStateNames: Readonly<Record<ReferralState, string>> = {
  sent: '待签收',
  received: '已签收',
  returned: '已退回',
}

export const referral = v.object({
  id,
  caseId: id,
  /** `移送〔2026〕1号`. */
  number: v.string(),
  state: referralState,
  reason: v.string(),
  summary: v.string(),
  period: v.string(),
  amount: v.string(),
  persons: v.array(v.string()),
  pieces: v.array(referredPiece),
  /** The organising office. */
  office: v.string(),
  /** Level of the case when it was sent. */
  level,
  sentAt: v.string(),
  /** `线索〔2026〕1号` in the 业务档案 of the accountability office; empty before the receipt. */
  register: v.string(),
  answeredAt: v.nullable(v.string()),
  /** 清点情况, or why it went back. */
  note: v.string(),
})
export type Referral = v.InferOutput<typeof referral>

/** A piece of a case that left, as its volume shows it (GB/T 9705: 参见). */
export const movedPiece = v.object({
  referralId: id,
  number: v.string(),
  register: v.string(),
  state: referralState,
  code: v.string(),
  title: v.string(),
  day: v.string(),
  level,
  form: pieceForm,
  paperId: v.nullable(id),
  documentId: v.nullable(id),
})
export type MovedPiece = v.InferOutput<typeof movedPiece>

/** 移送号, in one sequence a year. */
export function referralNumber(year: number, n: number): string {
  return `移送〔${year}〕${n}号`
}

/** 业务档案登记号 of the accountability office, in one sequence a year. */
export function leadNumber(year: number, n: number): string {
  return `线索〔${year}〕${n}号`
}

/** Where a piece is to be looked for, as contents and reference sheet say it. */
export function whereabouts(piece: Pick<MovedPiece, 'form' | 'number' | 'register'>): string {
  const place = piece.register === '' ? piece.number : `${piece.number}、${piece.register}`
  return `${pieceFormNames[piece.form]}已移送责任追究部门，见${place}`
}

/** Code of why nothing may leave a volume now; null when it may. Only the office that still holds it refers. Pure. */
export function referralRefusal(volume: Pick<Volume, 'state' | 'holder'> | null): string | null {
  if (volume === null) return null
  if (volume.state !== 'open') return 'archive.volumeFiled'
  return volume.holder === 'office' ? null : 'archive.handedOver'
}

/** Code of the first fault of a choice; null when there is none. What the archive made itself stays as the original. */
export function choiceFault(chosen: ReferralInput['pieces'], known: readonly Referable[]): string | null {
  const seen = new Set<string>()
  for (const { paperId, documentId, form } of chosen) {
    const piece = known.find((one) => one.paperId === paperId && one.documentId === documentId)
    if (!piece) return 'referrals.unknownPiece'
    const key = paperId ?? documentId ?? ''
    if (seen.has(key)) return 'referrals.twice'
    seen.add(key)
    if (piece.gone !== '') return 'referrals.gone'
    if (paperId !== null && form === 'original') return 'referrals.paperStays'
  }
  return null
}
