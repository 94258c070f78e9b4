import type { Paper } from '../model.ts'
import { dayOr, type FormFrame, form, formTable, type Opinion, opinionRow, pair, wide } from './form.ts'

/** 审签单 of a notice or of minutes (the Rules 4: 报经分管负责同志或主要负责同志审签同意). */
export interface ApprovalData extends FormFrame {
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
}

/** The form as a paper: a table with a box for each opinion. */
export function approval(data: ApprovalData): Paper {
  return form(data.title, data, [
    formTable([
      wide('文件标题', data.documentTitle, 12),
      pair('文号', data.number ?? '（待编号）', '拟稿日期', dayOr(data.drafted)),
      pair('承办处室', data.office, '承办人', data.officer),
      wide('被约谈企业', data.enterprise),
      wide('抄送', data.copies.join('、')),
      wide('密级', data.classification),
      wide('约谈情形\n（第三条）', data.triggers.join('\n'), 20),
      wide('约谈事由', data.cause, 20),
      ...data.opinions.map(opinionRow),
    ]),
  ])
}
