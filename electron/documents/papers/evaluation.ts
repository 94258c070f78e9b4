import type { Paper, TableRow } from '../model.ts'
import { cell, labelCell } from '../text.ts'
import { dayOr, essay, type FormFrame, form, formTable, type Opinion, opinionRow, pair, wide } from './form.ts'
import { registerTable } from './register.ts'

/** The four parts of the 专项工作报告 (the Rules 15). */
export interface ReportPart {
  readonly name: '相关工作开展情况' | '采取措施' | '落实成效' | '责任追究情况'
  readonly complete: boolean
  readonly remark: string
}

/** 评估与销账表 (the Rules 15, 16: 指导督促和评估). */
export interface EvaluationData extends FormFrame {
  readonly enterprise: string
  readonly noticeNumber: string
  readonly cause: string
  /** ISO dates; `null` means it has not come in. */
  readonly planReceived: string | null
  readonly reportReceived: string | null
  readonly parts: readonly ReportPart[]
  readonly items: readonly {
    readonly problem: string
    readonly measures: string
    readonly result: '完成' | '部分完成' | '未完成'
    readonly close: boolean
    readonly remark: string
  }[]
  /** 同类问题排查 (the Rules 14). */
  readonly screening: string
  readonly conclusion: string
  readonly opinions: readonly Opinion[]
}

export function evaluation(data: EvaluationData): Paper {
  const partRow = (part: ReportPart): TableRow => ({
    height: 10,
    cells: [
      labelCell(part.name),
      cell(part.complete ? '完整' : '不完整', { align: 'center' }),
      cell(part.remark, { columns: 2 }),
    ],
  })
  return form('责任约谈整改评估与销账表', data, [
    formTable([
      wide('被约谈企业', data.enterprise),
      wide('约谈事由', data.cause),
      pair('通知书文号', data.noticeNumber, '方案报送', dayOr(data.planReceived, '未报送')),
      pair('报告报送', dayOr(data.reportReceived, '未报送'), '销账项数', closing(data)),
      ...data.parts.map(partRow),
      wide('同类问题\n排查', data.screening, 12),
    ]),
    { kind: 'blank', lines: 0.3 },
    registerTable(
      [
        { label: '序号', width: 12, align: 'center' },
        { label: '问题（整改事项）', width: 54, align: 'left' },
        { label: '落实措施', width: 44, align: 'left' },
        { label: '评估', width: 18, align: 'center' },
        { label: '是否销账', width: 16, align: 'center' },
        { label: '说明', width: 26, align: 'left' },
      ],
      data.items.map((item, index) => [
        String(index + 1),
        item.problem,
        item.measures,
        item.result,
        item.close ? '销账' : '不销账',
        item.remark,
      ]),
    ),
    { kind: 'blank', lines: 0.3 },
    formTable([essay('评估结论', data.conclusion, 24), ...data.opinions.map(opinionRow)]),
  ])
}

const closing = (data: EvaluationData): string =>
  `共${data.items.length}项，销账${data.items.filter((item) => item.close).length}项`
