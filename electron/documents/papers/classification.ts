import type { Paper, TableRow } from '../model.ts'
import { clean } from '../text.ts'
import { dayOr, type FormFrame, form, formTable, type Opinion, opinionRow, pair, wide } from './form.ts'

/** What the three forms of a decision on secrecy say about the paper they decide on. */
export interface ClassifiedDocument extends FormFrame {
  readonly documentTitle: string
  readonly number: string | null
  readonly office: string
  readonly officer: string
  readonly drafted: string | null
  readonly opinions: readonly Opinion[]
  readonly remarks: string
}

/** The three elements that are fixed together (保密法 19; 实施条例 17). */
export interface SecrecyElements {
  readonly level: string
  /** 保密期限, 解密时间 or 解密条件 as printed. */
  readonly term: string
  readonly scope: readonly string[]
}

/** 定密审批表 (保密法 16, 19; 实施条例 15, 17): proposer and approver differ, three elements fixed together. */
export interface ClassificationData extends ClassifiedDocument, SecrecyElements {
  readonly origin: '原始定密' | '派生定密'
  /** 保密事项范围 with its item, or the source document of a derived classification. */
  readonly basis: string
  /** 密点; empty when none is named. */
  readonly secretPoints: string
  readonly reason: string
  readonly printed: string
}

export function classification(data: ClassificationData): Paper {
  return form('定密审批表', data, [
    formTable([
      ...documentRows(data),
      pair('定密类型', data.origin, '印制及份号', data.printed),
      wide('定密依据', data.basis, 16),
      pair('密级', data.level, '保密期限', data.term),
      wide('知悉范围', names(data.scope), 16),
      wide('密点', data.secretPoints),
      wide('定密理由', data.reason, 20),
      ...data.opinions.map(opinionRow),
      wide('备注', data.remarks),
    ]),
  ])
}

/** 国家秘密变更审批表 (保密法 23, 24; 定密管理规定): before and after side by side, who has to be told. */
export interface ClassificationChangeData extends ClassifiedDocument {
  readonly before: SecrecyElements
  readonly after: SecrecyElements
  readonly basis: string
  readonly reason: string
  /** Units and persons to be told in writing; an extension reaches them before the old term ends. */
  readonly notified: readonly string[]
}

export function classificationChange(data: ClassificationChangeData): Paper {
  const both = (label: string, of: (elements: SecrecyElements) => string, height = 10): TableRow => ({
    ...pair(`原${label}`, of(data.before), `变更后\n${label}`, of(data.after)),
    height,
  })
  return form('国家秘密变更审批表', data, [
    formTable([
      ...documentRows(data),
      both('密级', (one) => one.level, 12),
      both('保密期限', (one) => one.term, 12),
      both('知悉范围', (one) => names(one.scope), 20),
      wide('变更依据', data.basis, 14),
      wide('变更理由', data.reason, 20),
      wide('书面通知\n对象', names(data.notified), 16),
      ...data.opinions.map(opinionRow),
      wide('备注', data.remarks),
    ]),
  ])
}

/** 国家秘密解密审核表 (保密法 23; 解密暂行办法): the outcome is one of three, release may be of a part only. */
export interface DeclassificationData extends ClassifiedDocument, SecrecyElements {
  /** ISO date on which the term ends, or `null` where a condition ends it. */
  readonly expires: string | null
  readonly outcome: '解密' | '部分解密' | '变更' | '继续保密'
  /** What is released and what is not, of a partial release; otherwise empty. */
  readonly extent: string
  readonly basis: string
  readonly reason: string
  /** Whether the content may be made public, and who decided. */
  readonly publicity: string
  readonly notified: readonly string[]
}

export function declassification(data: DeclassificationData): Paper {
  return form('国家秘密解密审核表', data, [
    formTable([
      ...documentRows(data),
      pair('原密级', data.level, '原保密期限', data.term),
      pair('期限届满日', dayOr(data.expires, '按解密条件'), '审核结论', data.outcome),
      wide('知悉范围', names(data.scope), 14),
      wide('部分解密\n内容', data.extent === '' ? '无。' : data.extent, 14),
      wide('审核依据', data.basis, 14),
      wide('审核理由', data.reason, 20),
      wide('公开意见', data.publicity),
      wide('书面通知\n对象', names(data.notified), 14),
      ...data.opinions.map(opinionRow),
      wide('备注', data.remarks),
    ]),
  ])
}

function documentRows(data: ClassifiedDocument): TableRow[] {
  return [
    wide('文件标题', data.documentTitle, 12),
    pair('文号', data.number ?? '（待编号）', '拟稿日期', dayOr(data.drafted)),
    pair('承办处室', data.office, '承办人', data.officer),
  ]
}

const names = (list: readonly string[]): string => list.map(clean).join('、')
