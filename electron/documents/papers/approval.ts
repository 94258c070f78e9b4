import { type Block, formField, type Paper, type TableRow } from '../model.ts'
import { cell, chineseDate, clean, labelCell, official, type PaperFrame } from '../text.ts'

/** An opinion on an internal form: what was said, by whom, when. `null` name: still to be given. */
export interface Opinion {
  readonly label: string
  readonly text: string
  readonly name: string | null
  /** ISO date. */
  readonly date: string | null
}

/** 审签单 of a notice or of minutes (the Rules 4: 报经分管负责同志或主要负责同志审签同意). */
export interface ApprovalData extends PaperFrame {
  readonly title: string
  readonly documentTitle: string
  readonly number: string | null
  readonly office: string
  readonly officer: string
  readonly enterprise: string
  readonly copies: readonly string[]
  /** As proposed or approved: `机密★10年（拟定）`, `不属于国家秘密`. */
  readonly classification: string
  /** Items of Art. 3 relied on, verbatim. */
  readonly triggers: readonly string[]
  readonly cause: string
  readonly drafted: string | null
  readonly opinions: readonly Opinion[]
  /** 纸上锚: sequence and head of the log at the signing. */
  readonly anchor: string | null
}

/** The form as a paper: a table with a box for each opinion. */
export function approval(data: ApprovalData): Paper {
  const wide = (label: string, value: string, height = 10): TableRow => ({
    height,
    cells: [labelCell(label), cell(value, { columns: 3 })],
  })
  const pair = (one: string, first: string, two: string, second: string): TableRow => ({
    height: 10,
    cells: [labelCell(one), cell(first), labelCell(two), cell(second)],
  })
  return official(data.title, data, {
    field: formField,
    pageNumbers: 'of-total',
    anchor: data.anchor,
    blocks: [
      { kind: 'title', text: clean(data.title), blankBefore: 0, blankAfter: 0 },
      table([
        wide('文件标题', data.documentTitle, 12),
        pair('文号', data.number ?? '（待编号）', '拟稿日期', data.drafted === null ? '' : chineseDate(data.drafted)),
        pair('承办处室', data.office, '承办人', data.officer),
        wide('被约谈企业', data.enterprise),
        wide('抄送', data.copies.join('、')),
        wide('密级', data.classification),
        wide('约谈情形\n（第三条）', data.triggers.join('\n'), 20),
        wide('约谈事由', data.cause, 20),
        ...data.opinions.map(opinionRow),
      ]),
    ],
  })
}

const table = (rows: readonly TableRow[]): Block => ({
  kind: 'table',
  widths: [30, 55, 30, 55],
  head: [],
  rows,
  size: 12,
})

/** The row of an opinion: text above, name and date at the lower right. */
export function opinionRow(opinion: Opinion): TableRow {
  const name = opinion.name === null ? '签名：　　　　　　' : `签名：${clean(opinion.name)}　　`
  return {
    height: 28,
    cells: [
      labelCell(opinion.label),
      { ...cell(opinion.text, { columns: 3 }), vertical: 'top', foot: `${name}${chineseDate(opinion.date)}` },
    ],
  }
}
