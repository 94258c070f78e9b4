import { formField, type Paper } from '../model.ts'
import { cell, clean, labelCell, official, type PaperFrame, paragraph } from '../text.ts'
import { dayOr, formTable, pair, wide } from './form.ts'

/**
 * 恢复密钥单: one of three sheets (DESIGN §4, Recovery), kept by a person who is no officer. Printed as a blank form; the
 * holder copies the secret by hand.
 */
export interface RecoverySheetData extends PaperFrame {
  /** 1, 2 or 3. */
  readonly sheet: number
  readonly unit: string
  /** Name of the archive as the window shows it. */
  readonly archive: string
  /** First digits of the genesis hash, so that a sheet is never tried on another archive. */
  readonly genesis: string
  /** Room for the 128-bit secret in the groups a person types, the last symbol checks the others. */
  readonly groups: readonly string[]
  readonly holder: string
  /** ISO date; null on a form that is filled in by hand. */
  readonly madeOn: string | null
}

export function recoverySheet(data: RecoverySheetData): Paper {
  return official('恢复密钥单', data, {
    field: formField,
    pageNumbers: 'none',
    blocks: [
      { kind: 'title', text: '恢复密钥单', blankBefore: 0, blankAfter: 0 },
      formTable(
        [
          pair('单位', data.unit, '编号', `第${data.sheet}张　共3张`),
          pair('档案库', data.archive, '制作日期', dayOr(data.madeOn, '　　　年　　月　　日')),
          wide('档案库标识', data.genesis),
          {
            height: 52,
            cells: [
              labelCell('密钥'),
              { ...cell(keyLines(data.groups), { columns: 3, align: 'center' }), vertical: 'middle' },
            ],
          },
          { ...pair('保管人', data.holder, '签名', ''), height: 16 },
        ],
        [34, 51, 34, 51],
        14,
      ),
      { kind: 'blank', lines: 1 },
      ...rules.map((text) => paragraph(text)),
    ],
  })
}

const rules = [
  '1.本单三张为一套，任意两张可恢复档案库；由三名保管人分别密封保存，三员不得保管。',
  '2.使用时须有两名保管人、安全保密管理员、安全审计员同时在场，使用后立即换发新单，旧单当场销毁并登记。',
  '3.本单不得复印、拍照、录入其他设备，不得与档案库、设备密钥单存放在同一处。',
  '4.遗失、损毁或疑似泄露的，立即报告安全保密管理员并换发全套。',
]

/** Three groups to a line, wide apart. */
function keyLines(groups: readonly string[]): string {
  const lines: string[] = []
  for (let from = 0; from < groups.length; from += 3)
    lines.push(
      groups
        .slice(from, from + 3)
        .map(clean)
        .join('　'),
    )
  return lines.join('\n')
}
