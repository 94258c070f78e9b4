import type { Paper } from '../model.ts'
import { clean } from '../text.ts'
import { dayOr, type FormFrame, form, formTable, pair, wide } from './form.ts'
import { registerTable } from './register.ts'

/** 国家秘密变更通知, 国家秘密解密通知 (保密法 23; 实施条例 21): what holders are told in writing, and that it reached them. */
export interface ClassificationNoticeData extends FormFrame {
  readonly act: 'change' | 'release'
  readonly documentTitle: string
  readonly number: string | null
  readonly before: { readonly level: string; readonly term: string }
  readonly after: { readonly level: string; readonly term: string }
  /** ISO day of the decision. */
  readonly decidedOn: string | null
  readonly decidedBy: string
  readonly reason: string
  readonly office: string
  readonly contact: string
  /** Everybody to be told, persons of the 知悉范围 first, then who holds copies by number. Days are ISO; null is still open. */
  readonly holders: readonly {
    readonly name: string
    /** 份号; empty for a person who knows the paper and holds no copy. */
    readonly copies: string
    readonly toldOn: string | null
    readonly receivedBy: string
    readonly receivedOn: string | null
  }[]
}

const asked = {
  change: '请自通知之日起按变更后的密级、保密期限和知悉范围管理，并在所持文件的原标志附近改标。',
  release: '请在所持文件的原标志附近标明解密。解密不等于公开；需要公开的另行审查。',
} as const

export function classificationNotice(data: ClassificationNoticeData): Paper {
  const name = data.act === 'change' ? '国家秘密变更通知' : '国家秘密解密通知'
  return form(name, data, [
    formTable([
      wide('文件标题', data.documentTitle, 12),
      pair('文号', data.number ?? '（无文号）', '决定日期', dayOr(data.decidedOn)),
      pair('原密级', data.before.level, '原保密期限', data.before.term),
      pair('现密级', data.after.level, '现保密期限', data.after.term),
      wide(
        '依据',
        '《中华人民共和国保守国家秘密法》第二十三条，《中华人民共和国保守国家秘密法实施条例》第二十一条',
        14,
      ),
      wide('理由', data.reason, 16),
      wide('要求', asked[data.act], 14),
      pair('定密责任人', data.decidedBy, '承办处室', `${clean(data.office)} ${clean(data.contact)}`.trim()),
    ]),
    { kind: 'blank', lines: 0.3 },
    registerTable(
      [
        { label: '序号', width: 12, align: 'center' },
        { label: '通知对象', width: 44, align: 'left' },
        { label: '所持份号', width: 32, align: 'left' },
        { label: '通知日期', width: 28, align: 'center' },
        { label: '签收人', width: 26, align: 'center' },
        { label: '签收日期', width: 28, align: 'center' },
      ],
      data.holders.map((one, index) => [
        String(index + 1),
        one.name,
        one.copies,
        dayOr(one.toldOn),
        one.receivedBy,
        dayOr(one.receivedOn),
      ]),
      10,
    ),
  ])
}
