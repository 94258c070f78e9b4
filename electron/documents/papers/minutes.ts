import { chineseNumber } from '#shared/domain/common.ts'
import type { Block, Paper } from '../model.ts'
import {
  clean,
  field,
  heading,
  headingNumber,
  official,
  type PaperFrame,
  paragraph,
  paragraphsOf,
  richParagraph,
  run,
} from '../text.ts'

/** 责任约谈纪要: the fields of the Rules' second template, in its order. */
export interface MinutesData extends PaperFrame {
  /** Which interview of the case, from 1, under the title; null where the case has one only: the template has no such line. */
  readonly ordinal: number | null
  /** 2026年3月10日 上午9:00. */
  readonly time: string
  /** The place inside the organ, without 市国资委. */
  readonly place: string
  readonly host: string
  /** Each as `财务监管处王某某（处长）`. */
  readonly interviewers: readonly string[]
  readonly jointInterviewers: readonly string[]
  /** Each as `渝某实业集团有限公司李某喆（总经理）`. */
  readonly enterprise: readonly string[]
  readonly recorder: string
  /** The cause without 等问题. */
  readonly cause: string
  readonly demand: string
  /** 一、被约谈人员陈述情况. Each line is a paragraph. */
  readonly statements: string
  /** 二、有关监管意见要求: （一）（二） are put before each. */
  readonly opinions: readonly string[]
  /** 三、其他事项; empty prints 无。 */
  readonly others: string
  /** 出席、请假、列席 behind the text (GB/T 9704 §10.3); null: not asked for, the template has none. */
  readonly lists: { readonly attended: string; readonly excused: string; readonly observers: string } | null
  /** Lines to sign on; the template has none (DOMAIN §7 row 3: off for the minutes). */
  readonly signatures: boolean
}

/** The minutes as a paper. No number, addressee or copies: the template has none. */
export function minutes(data: MinutesData): Paper {
  const join = (names: readonly string[]): string => names.map(clean).join('、')
  const cause = clean(data.cause)
  return official('责任约谈纪要', data, {
    blocks: [
      {
        kind: 'title',
        text: '责任约谈纪要',
        blankBefore: data.mark ? 1 : 0,
        blankAfter: data.ordinal === null ? 1 : 0,
      },
      ...which(data.ordinal),
      field('约谈时间', ended(data.time)),
      field('约谈地点', `市国资委${clean(data.place)}`),
      field('约谈主持人', data.host),
      field('约谈单位及人员', join(data.interviewers)),
      ...(data.jointInterviewers.length === 0 ? [] : [field('共同约谈单位及人员', join(data.jointInterviewers))]),
      field('被约谈企业及人员', join(data.enterprise)),
      field('记录人', data.recorder),
      field('约谈事由', /等问题。?$/.test(cause) ? cause : `${cause.replace(/等$/, '')}等问题`),
      field('约谈要求', data.demand),
      heading(1, '一、被约谈人员陈述情况'),
      ...body(data.statements),
      heading(1, '二、有关监管意见要求'),
      ...data.opinions.flatMap((text, index) => numbered(text, index + 1)),
      heading(1, '三、其他事项'),
      ...body(data.others),
      ...attendance(data.lists),
      ...(data.signatures ? signing : []),
    ],
  })
}

/** Behind the text, after a free line: each list that names somebody (GB/T 9704 §10.3). */
function attendance(lists: MinutesData['lists']): Block[] {
  if (lists === null) return []
  const named = [
    ['出席', lists.attended],
    ['请假', lists.excused],
    ['列席', lists.observers],
  ] as const
  const lines = named.filter(([, names]) => clean(names) !== '').map(([label, names]) => field(label, ended(names)))
  return lines.length === 0 ? [] : [{ kind: 'blank', lines: 1 }, ...lines]
}

function which(ordinal: number | null): Block[] {
  if (ordinal === null) return []
  const line = richParagraph([run(`（第${chineseNumber(ordinal)}次约谈）`, 'kaiti')], { first: 0, align: 'center' })
  return [line, { kind: 'blank', lines: 1 }]
}

const ended = (text: string): string => {
  const value = clean(text)
  return value.endsWith('。') ? value : `${value}。`
}

function body(text: string): Block[] {
  const lines = paragraphsOf(text)
  return (lines.length === 0 ? ['无。'] : lines).map((line) => paragraph(line))
}

/** （一）… with the number in front of the first paragraph only; a number already typed is not doubled. */
function numbered(text: string, value: number): Block[] {
  const [first = '', ...rest] = paragraphsOf(text)
  const bare = first.replace(/^（[一二三四五六七八九十]+）/, '')
  return [paragraph(headingNumber(2, value) + bare), ...rest.map((line) => paragraph(line))]
}

/** Label and line together, so that the dates stand below each other. */
const signedCharacters = 12

const signed = (label: string): Block => ({
  kind: 'signLine',
  parts: [
    { label: `${label}（签名）：`, blankCharacters: signedCharacters - label.length },
    { label: '日期：', blankCharacters: 7 },
  ],
})

const signing: readonly Block[] = [
  { kind: 'blank', lines: 1 },
  signed('约谈主持人'),
  signed('被约谈人员'),
  signed('记录人'),
]
