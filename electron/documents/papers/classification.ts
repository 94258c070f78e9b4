import { type Block, formField, type Paper, type TableRow } from '../model.ts'
import { cell, chineseDate, clean, labelCell, official, type PaperFrame } from '../text.ts'
import { type Opinion, opinionRow } from './approval.ts'

/** 定密审批表 (保密法 16, 19; 实施条例 15, 17): proposer and approver differ, three elements fixed together. */
export interface ClassificationData extends PaperFrame {
  readonly documentTitle: string
  readonly number: string | null
  readonly office: string
  readonly officer: string
  readonly origin: '原始定密' | '派生定密'
  /** 保密事项范围 with its item, or the source document of a derived classification. */
  readonly basis: string
  readonly level: string
  /** 保密期限, 解密时间 or 解密条件 as printed. */
  readonly term: string
  readonly scope: readonly string[]
  /** 密点; empty when none is named. */
  readonly secretPoints: string
  readonly reason: string
  readonly printed: string
  readonly drafted: string | null
  readonly opinions: readonly Opinion[]
  readonly remarks: string
  readonly anchor: string | null
}

export function classification(data: ClassificationData): Paper {
  return official('定密审批表', data, {
    field: formField,
    pageNumbers: 'of-total',
    anchor: data.anchor,
    blocks: [{ kind: 'title', text: '定密审批表', blankBefore: 0, blankAfter: 0 }, table(data)],
  })
}

function table(data: ClassificationData): Block {
  const wide = (label: string, value: string, height = 10): TableRow => ({
    height,
    cells: [labelCell(label), cell(value, { columns: 3 })],
  })
  const pair = (one: string, first: string, two: string, second: string): TableRow => ({
    height: 10,
    cells: [labelCell(one), cell(first), labelCell(two), cell(second)],
  })
  return {
    kind: 'table',
    widths: [30, 55, 30, 55],
    head: [],
    size: 12,
    rows: [
      wide('文件标题', data.documentTitle, 12),
      pair('文号', data.number ?? '（待编号）', '拟稿日期', data.drafted === null ? '' : chineseDate(data.drafted)),
      pair('承办处室', data.office, '承办人', data.officer),
      pair('定密类型', data.origin, '印制及份号', data.printed),
      wide('定密依据', data.basis, 16),
      pair('密级', data.level, '保密期限', data.term),
      wide('知悉范围', data.scope.map(clean).join('、'), 16),
      wide('密点', data.secretPoints),
      wide('定密理由', data.reason, 20),
      ...data.opinions.map(opinionRow),
      wide('备注', data.remarks),
    ],
  }
}
