import type { Paper } from '../model.ts'
import { essay, type FormFrame, form, formTable, type Opinion, opinionRow, pair, wide } from './form.ts'
import { registerTable } from './register.ts'

/** 从重从轻参考表 (the Rules 18: the result of rectification weighs for 从重、加重或从轻、减轻). */
export interface WeighingData extends FormFrame {
  readonly enterprise: string
  readonly noticeNumber: string
  readonly matter: string
  readonly persons: readonly string[]
  /** Facts that weigh, each with the paper that proves it. */
  readonly factors: readonly {
    readonly direction: '从重、加重' | '从轻、减轻'
    readonly fact: string
    readonly evidence: string
  }[]
  /** Sum recovered and sum of the loss, as printed. */
  readonly recovered: string
  readonly loss: string
  readonly summary: string
  readonly opinions: readonly Opinion[]
}

export function weighing(data: WeighingData): Paper {
  return form('责任约谈整改落实情况责任认定参考表', data, [
    formTable([
      wide('被约谈企业', data.enterprise, 12),
      wide('事项', data.matter, 14),
      wide('相关责任人', data.persons.join('、')),
      wide('通知书文号', data.noticeNumber),
      pair('损失金额', data.loss, '挽回损失金额', data.recovered),
    ]),
    { kind: 'blank', lines: 0.3 },
    registerTable(
      [
        { label: '序号', width: 14, align: 'center' },
        { label: '方向', width: 30, align: 'center' },
        { label: '事实', width: 76, align: 'left' },
        { label: '依据材料', width: 50, align: 'left' },
      ],
      data.factors.map((one, index) => [String(index + 1), one.direction, one.fact, one.evidence]),
    ),
    { kind: 'blank', lines: 0.3 },
    formTable([
      essay('综合说明', data.summary, 34),
      ...data.opinions.map(opinionRow),
      wide('说明', '本表供认定违规经营投资损失及责任、作出责任处理意见建议时参考，不代替责任认定。', 14),
    ]),
  ])
}
