import type { Paper } from '../model.ts'
import { chineseDate, type PaperFrame } from '../text.ts'
import { register } from './register.ts'

/** One check of DA/T 70. Implementations differ in sub-codes, so the name is always printed. */
export interface PropertyCheck {
  readonly property: '真实性' | '完整性' | '可用性' | '安全性'
  readonly code: string
  readonly name: string
  readonly result: '通过' | '不通过' | '人工确认' | '豁免'
  readonly detail: string
}

/** 电子档案四性检测报告. */
export interface FourPropertyData extends PaperFrame {
  readonly archivalCode: string
  readonly volumeTitle: string
  /** ISO date. */
  readonly checkedOn: string
  readonly checkedBy: string
  readonly checks: readonly PropertyCheck[]
  readonly anchor: string | null
}

export function fourProperty(data: FourPropertyData): Paper {
  const failed = data.checks.filter((check) => check.result === '不通过').length
  const verdict =
    failed === 0 ? `检测${data.checks.length}项，未发现不通过项。` : `检测${data.checks.length}项，${failed}项不通过。`
  return register({
    ...data,
    title: '电子档案四性检测报告',
    landscape: false,
    facts: [
      `案卷题名：${data.volumeTitle}`,
      `档号：${data.archivalCode}`,
      `检测人：${data.checkedBy}　　检测日期：${chineseDate(data.checkedOn)}`,
      `结论：${verdict}`,
    ],
    columns: [
      { label: '特性', width: 20, align: 'center' },
      { label: '编号', width: 20, align: 'center' },
      { label: '检测项目', width: 48, align: 'left' },
      { label: '结果', width: 22, align: 'center' },
      { label: '说明', width: 60, align: 'left' },
    ],
    rows: data.checks.map((check) => [check.property, check.code, check.name, check.result, check.detail]),
    notes: [],
  })
}
