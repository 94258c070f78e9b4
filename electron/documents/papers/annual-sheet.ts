import type { Paper } from '../model.ts'
import { essay, type FormFrame, form, formTable, type Opinion, opinionRow, pair, wide } from './form.ts'
import { registerTable } from './register.ts'

/** One interview of the year. */
export interface AnnualInterview {
  readonly number: string
  /** YYYYMMDD. */
  readonly date: string
  readonly cause: string
  /** Items of Art. 3: （二）、（五）. */
  readonly triggers: string
  readonly planOnTime: '按期' | '逾期' | '未报' | '未到期'
  readonly outcome: '完成' | '整改中' | '拖延' | '拒绝' | '不力' | '弄虚作假'
}

/** Sheet of Art. 17 for one enterprise, or one of its leaders, and one year: a reference for the yearly and the comprehensive assessment. */
export interface AnnualSheetData extends FormFrame {
  readonly enterprise: string
  /** One leader of it; null for the enterprise as a whole. */
  readonly leader: { readonly name: string; readonly post: string } | null
  readonly year: number
  readonly interviews: readonly AnnualInterview[]
  readonly accountable: number
  readonly treatment: string
  readonly recovered: string
  readonly risks: string
  readonly results: string
  readonly opinions: readonly Opinion[]
}

export function annualSheet(data: AnnualSheetData): Paper {
  const onTime = data.interviews.filter((one) => one.planOnTime === '按期').length
  const done = data.interviews.filter((one) => one.outcome === '完成').length
  return form(data.leader === null ? '责任约谈情况年度参考表' : '企业负责人责任约谈情况年度参考表', data, [
    formTable([
      pair('企业', data.enterprise, '年度', `${data.year}年`),
      ...(data.leader === null ? [] : [pair('姓名', data.leader.name, '职务', data.leader.post)]),
      pair('约谈次数', `${data.interviews.length}次`, '方案按期', `${onTime}次`),
      pair('整改完成', `${done}次`, '追责人数', `${data.accountable}人`),
      pair('处理情况', data.treatment, '挽回损失', data.recovered),
    ]),
    { kind: 'blank', lines: 0.3 },
    registerTable(
      [
        { label: '序号', width: 12, align: 'center' },
        { label: '通知书文号', width: 40, align: 'left' },
        { label: '约谈日期', width: 22, align: 'center' },
        { label: '事由', width: 42, align: 'left' },
        { label: '第三条情形', width: 22, align: 'center' },
        { label: '方案', width: 16, align: 'center' },
        { label: '整改', width: 16, align: 'center' },
      ],
      data.interviews.map((one, index) => [
        String(index + 1),
        one.number,
        one.date,
        one.cause,
        one.triggers,
        one.planOnTime,
        one.outcome,
      ]),
    ),
    { kind: 'blank', lines: 0.3 },
    formTable([
      essay('反映的重大\n问题风险', data.risks, 26),
      essay('整改措施\n及成效', data.results, 26),
      ...data.opinions.map(opinionRow),
      wide('用途', '供被约谈企业负责人年度经营业绩考核、企业领导班子和领导人员综合考核评价参考（第十七条）。', 14),
    ]),
  ])
}
