import type { Block, Paper } from '../model.ts'
import {
  chineseDate,
  clean,
  heading,
  headingNumber,
  official,
  type PaperFrame,
  paragraph,
  paragraphsOf,
} from '../text.ts'
import { registerTable } from './register.ts'

interface Count {
  readonly name: string
  readonly count: number
}

/** 责任约谈汇总分析报告 (the Rules 19), by the accountability office alone. */
export interface AnalysisReportData extends PaperFrame {
  /** The period as printed: 2026年上半年. */
  readonly period: string
  readonly office: string
  /** ISO date. */
  readonly date: string | null
  readonly totals: {
    readonly interviews: number
    readonly enterprises: number
    readonly persons: number
    readonly plansOnTime: number
    readonly plansLate: number
    readonly closed: number
    readonly accountable: number
    /** As printed: 3,200万元. */
    readonly recovered: string
  }
  /** By item of Art. 3. */
  readonly triggers: readonly Count[]
  /** Enterprises called more than once. */
  readonly repeated: readonly Count[]
  readonly overview: string
  readonly typical: readonly { readonly heading: string; readonly text: string }[]
  readonly common: readonly { readonly heading: string; readonly text: string }[]
  readonly suggestions: readonly string[]
}

export function analysisReport(data: AnalysisReportData): Paper {
  const { totals } = data
  const points = (list: AnalysisReportData['typical']): Block[] =>
    list.length === 0
      ? [paragraph('无。')]
      : list.flatMap((one, index) => [
          heading(2, `${headingNumber(2, index + 1)}${clean(one.heading)}`),
          ...paragraphsOf(one.text).map((line) => paragraph(line)),
        ])
  return official('责任约谈汇总分析报告', data, {
    blocks: [
      {
        kind: 'title',
        text: `${clean(data.period)}责任约谈汇总分析报告`,
        blankBefore: data.mark ? 1 : 0,
        blankAfter: 1,
      },
      heading(1, '一、总体情况'),
      paragraph(
        `${clean(data.period)}共开展责任约谈${totals.interviews}次，涉及企业${totals.enterprises}户、被约谈人员${totals.persons}人次。` +
          `整改工作方案按期报送${totals.plansOnTime}件、逾期${totals.plansLate}件，整改销账${totals.closed}件；` +
          `追究责任${totals.accountable}人，挽回损失${clean(totals.recovered)}。`,
      ),
      ...paragraphsOf(data.overview).map((line) => paragraph(line)),
      ...counted('按第三条情形统计', '情形', data.triggers),
      ...counted('多次被约谈企业', '企业', data.repeated),
      heading(1, '二、典型性问题'),
      ...points(data.typical),
      heading(1, '三、普遍性问题'),
      ...points(data.common),
      heading(1, '四、工作建议'),
      ...(data.suggestions.length === 0
        ? [paragraph('无。')]
        : data.suggestions.map((text, index) => paragraph(headingNumber(2, index + 1) + clean(text)))),
      { kind: 'signature', organ: clean(data.office), date: chineseDate(data.date), sealed: false },
    ],
  })
}

/** A small table inside a running paper, as wide as the 版心. */
function counted(title: string, label: string, rows: readonly Count[]): Block[] {
  if (rows.length === 0) return []
  return [
    { ...paragraph(`${title}如下：`), keepNext: true },
    registerTable(
      [
        { label: '序号', width: 16, align: 'center' },
        { label, width: 115, align: 'left' },
        { label: '次数', width: 25, align: 'center' },
      ],
      rows.map((row, index) => [String(index + 1), row.name, String(row.count)]),
    ),
  ]
}
