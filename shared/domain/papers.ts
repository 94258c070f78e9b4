import * as v from 'valibot'
import { day, id, line } from './common.ts'
import type { Stretch } from './difference.ts'
import { type ClassifiedObject, level } from './secrecy.ts'

/** Papers an office makes along the way, whenever it needs them, from what the archive holds. */
export const workingKinds = [
  'consultation',
  'receipt',
  'confirmation',
  'outline',
  'rectificationLedger',
  'evaluation',
  'weighing',
  'classificationNotice',
  'volumeReceipt',
  'volumeCover',
] as const
export const workingKind = v.picklist(workingKinds)
export type WorkingKind = v.InferOutput<typeof workingKind>

/** Papers of the office that are drawn from several cases (Art. 17, 19). */
export const compilationKinds = ['annualSheet', 'analysisReport', 'inspectionNotice'] as const
export type CompilationKind = (typeof compilationKinds)[number]

/**
 * Papers the archive keeps; each it makes itself has a function of this name in `electron/documents/make-paper.ts`. An
 * `attachment` came in with the facts of the case (Art. 3) and is kept as it came.
 */
export const paperKinds = [
  'notice',
  'postponement',
  'cancellation',
  'approval',
  'classification',
  'record',
  'minutes',
  'reminder',
  'contents',
  'referenceSheet',
  'handover',
  'fourProperty',
  'transferList',
  'transferReceipt',
  'transferLetter',
  'redaction',
  'attachment',
  ...compilationKinds,
  ...workingKinds,
] as const
export const paperKind = v.picklist(paperKinds)
export type PaperKind = v.InferOutput<typeof paperKind>
export const paperNames: Readonly<Record<PaperKind, string>> = {
  notice: '责任约谈通知书',
  postponement: '改期通知',
  cancellation: '取消通知',
  consultation: '会前沟通记录',
  approval: '审签单',
  classification: '定密审批表',
  record: '约谈记录',
  minutes: '约谈纪要',
  reminder: '催办函',
  contents: '卷内文件目录',
  referenceSheet: '卷内备考表',
  handover: '移交接收登记表',
  fourProperty: '四性检测报告',
  transferList: '移送清单',
  transferReceipt: '移送材料签收单',
  transferLetter: '移送函',
  redaction: '遮盖版',
  attachment: '立项附件',
  annualSheet: '责任约谈情况年度参考表',
  analysisReport: '责任约谈汇总分析报告',
  inspectionNotice: '共性问题专项核查通知',
  receipt: '送达回执',
  confirmation: '确认登记单',
  outline: '约谈提纲',
  rectificationLedger: '整改台账',
  evaluation: '评估与销账表',
  weighing: '责任认定参考表',
  classificationNotice: '变更解密通知',
  volumeReceipt: '案卷移交签收单',
  volumeCover: '案卷封面',
}
export const paperFormat = v.picklist(['pdf', 'docx'])
export type PaperFormat = v.InferOutput<typeof paperFormat>
/** Ending of a kept file, without the dot: `pdf`, `docx`, for an attachment whatever it came with. */
export const fileFormat = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,16}$/))

/** Papers that bear the decision on their object, by its kind; each copy of one has a 份号 of its own (保密法 22; 公文条例 9). The first is what 定密责任人 reads. */
export const markedPapers: Readonly<Record<ClassifiedObject, readonly [PaperKind, ...PaperKind[]]>> = {
  notice: ['notice'],
  noticeChange: ['postponement', 'cancellation'],
  record: ['record'],
  minutes: ['minutes'],
  redaction: ['redaction'],
  reminder: ['reminder'],
  referral: ['transferList', 'transferReceipt'],
  discipline: ['transferLetter', 'transferList'],
}

/** Whether a paper bears a mark by the decision on its own object. */
export function bearsMark(kind: PaperKind): boolean {
  return Object.values(markedPapers).some((kinds) => kinds.includes(kind))
}

/** What a paper belongs to: a case, or a compilation drawn from several (公文条例 32). Exactly one of them is named. */
export const holder = { caseId: v.optional(v.nullable(id), null), compilationId: v.optional(v.nullable(id), null) }
export interface Holder {
  readonly caseId: string | null
  readonly compilationId: string | null
}

/** A frozen paper: the bytes never change again. */
export const paper = v.object({
  id,
  ...holder,
  kind: paperKind,
  objectId: id,
  /** 第几版: a corrected record and reopened minutes print again, and the older paper stays. */
  edition: v.number(),
  title: v.string(),
  format: fileFormat,
  sha256: v.string(),
  size: v.number(),
  /** Null for what was not made here. */
  pages: v.nullable(v.number()),
  level,
  frozenAt: v.string(),
})
export type Paper = v.InferOutput<typeof paper>

/**
 * Which edition took the place of a paper: a corrected record and reopened minutes print again, and the older paper stays
 * in the case, marked 已被替代. Null while it is the newest of its kind and object.
 */
export function supersededBy(
  paper: Pick<Paper, 'kind' | 'objectId' | 'edition'>,
  papers: readonly Pick<Paper, 'kind' | 'objectId' | 'edition'>[],
): number | null {
  const same = papers.filter((one) => one.kind === paper.kind && one.objectId === paper.objectId)
  const newest = Math.max(paper.edition, ...same.map((one) => one.edition))
  return newest > paper.edition ? newest : null
}

/** A face the machine lacks and what stands in for it; shown, never silent (DESIGN §7). */
export const substitution = v.object({ wanted: v.string(), used: v.string() })

/** One role of the standard (小标宋, 仿宋 …) and the face that prints it on this machine. */
export const fontLine = v.object({
  role: v.picklist(['xiaobiaosong', 'fangsong', 'kaiti', 'heiti', 'songti']),
  wanted: v.string(),
  used: v.string(),
  file: v.string(),
  /** False: 替代字体. */
  genuine: v.boolean(),
  licence: v.string(),
  hanzi: v.number(),
  hanziOf: v.number(),
  lacking: v.string(),
  instead: v.array(v.string()),
  missing: v.string(),
})

/** A signed paper come back as a scan: which paper, who signed it, when (Art. 20: the filed set holds it). */
export const paperScan = v.object({
  id,
  caseId: id,
  paperId: id,
  signer: line,
  signedOn: day,
  at: v.string(),
  fileName: v.string(),
  size: v.number(),
  sha256: v.string(),
})
export type PaperScan = v.InferOutput<typeof paperScan>

/** Papers whose editable text may come back as 定稿: those somebody has signed here, and that leave the office. */
export const returnableKinds = ['notice', 'postponement', 'cancellation', 'minutes'] as const
export type ReturnableKind = (typeof returnableKinds)[number]

export function isReturnable(kind: PaperKind): kind is ReturnableKind {
  return returnableKinds.some((one) => one === kind)
}

/** 待核定, 已核定为定稿, 已退回; a later one of the same paper takes the place of one that still waits. */
export const finalStates = ['submitted', 'approved', 'returned', 'replaced'] as const

/** 定稿: a paper's DOCX that was edited elsewhere and came back, for its signer to approve (Art. 4, 9, 20). */
export const paperFinal = v.object({
  id,
  caseId: id,
  paperId: id,
  state: v.picklist(finalStates),
  fileName: v.string(),
  size: v.number(),
  sha256: v.string(),
  /** Characters it has more and fewer than the paper as it was frozen here. */
  added: v.number(),
  removed: v.number(),
  note: v.string(),
  /** Who signed the paper, by name; the same person approves its 定稿. */
  signer: v.string(),
  /** Whether the account that asks may decide on it. */
  mayDecide: v.boolean(),
  broughtBy: v.string(),
  broughtAt: v.string(),
  decidedBy: v.string(),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
})
export type PaperFinal = v.InferOutput<typeof paperFinal>

/** Characters added and taken out, line ends apart. Pure. */
export function countDifference(stretches: readonly Stretch[]): { readonly added: number; readonly removed: number } {
  const of = (kind: Stretch['kind']): number =>
    stretches
      .filter((one) => one.kind === kind)
      .reduce((sum, one) => sum + [...one.text.replaceAll('\n', '')].length, 0)
  return { added: of('added'), removed: of('removed') }
}
