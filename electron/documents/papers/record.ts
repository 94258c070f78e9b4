import { exhibitSign, type UtteranceKind, utteranceKindNames } from '#shared/domain/interviews.ts'
import { type CorrectedLine, correctedPartNames } from '#shared/domain/record.ts'
import type { Block, Paper } from '../model.ts'
import { clean, field, official, type PaperFrame, paragraphsOf, richParagraph, run } from '../text.ts'

export interface RecordUtterance {
  readonly speaker: string
  readonly kind: UtteranceKind
  /** Enterprises a line is meant for in a 集体约谈; empty means all. */
  readonly enterprises: readonly string[]
  /** Time of day such as `14:03`, printed before the line; `null` leaves it out. */
  readonly time: string | null
  readonly text: string
}

/** 约谈记录: the raw record (the Rules 9). Internal, filed, never sent. */
export interface RecordData extends PaperFrame {
  readonly title: string
  /** 2026年3月10日9时05分至11时40分. */
  readonly time: string
  readonly place: string
  readonly hosts: readonly string[]
  readonly interviewers: readonly string[]
  readonly jointInterviewers: readonly string[]
  readonly enterprises: readonly { readonly name: string; readonly persons: readonly string[] }[]
  readonly absent: readonly string[]
  /** Who came late or left, with the time and why. */
  readonly moved: readonly string[]
  /** Who was called and never ticked as here or absent. */
  readonly unticked: readonly string[]
  readonly recorder: string
  readonly cause: string
  /** 第几次: which interview of the case this is. */
  readonly ordinal: number
  readonly utterances: readonly RecordUtterance[]
  /** What a later edition changed; null for the first. */
  readonly correction: {
    readonly edition: number
    readonly reason: string
    readonly lines: readonly CorrectedLine[]
  } | null
  /** Signing is offered, not demanded: neither the Rules nor the templates ask for it. */
  readonly signatures: 'each-page' | 'last-page' | 'none'
}

/** The record as a paper: header, every line in its order, 以下空白, lines for signatures. */
export function record(data: RecordData): Paper {
  return official('约谈记录', data, {
    pageNumbers: 'of-total',
    pageSignature: data.signatures === 'each-page' ? '被约谈人签名：' : null,
    blocks: [
      { kind: 'title', text: clean(data.title), blankBefore: data.mark ? 1 : 0, blankAfter: 1 },
      ...header(data),
      { kind: 'blank', lines: 1 },
      ...data.utterances.flatMap(utterance),
      ...corrected(data),
      richParagraph([run('（以下空白）')], { first: 0, align: 'center', keepNext: data.signatures !== 'none' }),
      ...(data.signatures === 'none' ? [] : signing),
    ],
  })
}

function header(data: RecordData): Block[] {
  const join = (names: readonly string[]): string => names.map(clean).join('、')
  const optional = (label: string, value: string): Block[] => (value === '' ? [] : [flush(label, value)])
  return [
    flush('次数', `第${data.ordinal}次约谈`),
    flush('时间', data.time),
    flush('地点', data.place),
    flush('主持人', join(data.hosts)),
    ...optional('约谈单位及人员', join(data.interviewers)),
    ...optional('共同约谈单位及人员', join(data.jointInterviewers)),
    ...data.enterprises.map((one) => flush('被约谈企业及人员', `${clean(one.name)}：${join(one.persons)}`)),
    ...optional('缺席', data.absent.map(clean).join('；')),
    ...optional('迟到、离席', data.moved.map(clean).join('；')),
    ...optional('未登记到会', join(data.unticked)),
    flush('记录人', data.recorder),
    flush('事由', data.cause),
    ...(data.correction === null
      ? []
      : [flush('版本', `第${data.correction.edition}版，更正原因：${data.correction.reason}`)]),
  ]
}

const flush = (label: string, value: string): Block => ({ ...field(label, value), first: 0 })

/** 问（王某某）：… The following lines hang two characters in, so that a turn is found at a glance. */
function utterance(line: RecordUtterance): Block[] {
  const [first = '', ...rest] = paragraphsOf(line.text)
  if (line.kind === 'note')
    return [richParagraph([run(`【${line.time === null ? '' : `${line.time} `}${first}】`)], { first: 0 })]
  const meant = line.enterprises.length === 0 ? '' : `，对${line.enterprises.map(clean).join('、')}`
  const label = `${line.time === null ? '' : `${line.time} `}${spoken(line.kind)}（${clean(line.speaker)}${meant}）：`
  const hang = { first: 0, hang: 2 }
  return [
    richParagraph(
      [run(label, 'heiti'), run(line.kind === 'exhibit' && !first.includes('【') ? exhibitSign(first) : first)],
      hang,
    ),
    ...rest.map((text) => richParagraph([run(text)], { first: 2, hang: 2 })),
  ]
}

const spoken = (kind: UtteranceKind): string =>
  kind === 'question' ? '问' : kind === 'answer' ? '答' : utteranceKindNames[kind]

/** Every change against the edition before stands on the paper itself: a frozen text is never changed silently (DOMAIN §5). */
function corrected({ correction }: RecordData): Block[] {
  if (correction === null) return []
  const line = (text: string): string => paragraphsOf(text).join('')
  return [
    richParagraph([run('更正说明', 'heiti')], { first: 0, keepNext: true }),
    ...correction.lines.map(({ seq, part, before, after }) => {
      const what = part === 'text' ? '' : correctedPartNames[part]
      const change = `第${seq}句${what}原记“${line(before)}”，更正为“${line(after)}”。`
      return richParagraph([run(before === '' ? `第${seq}句系补记。` : change)], { first: 2 })
    }),
    ...(correction.lines.length === 0 ? [richParagraph([run('文字无变动，更正到会等事项。')])] : []),
  ]
}

/** The statement of having read it is the person's own hand (公安刑事程序规定 206 by analogy), so the line stays free. */
const signing: Block[] = [
  { kind: 'signLine', parts: [{ label: '被约谈人核对意见：', blankCharacters: 18 }] },
  {
    kind: 'signLine',
    parts: [
      { label: '被约谈人（签名）：', blankCharacters: 7 },
      { label: '日期：', blankCharacters: 7 },
    ],
  },
  { kind: 'signLine', parts: [{ label: '拒绝签名的情况：', blankCharacters: 19 }] },
  {
    kind: 'signLine',
    parts: [
      { label: '主持人（签名）：', blankCharacters: 8 },
      { label: '日期：', blankCharacters: 7 },
    ],
  },
  {
    kind: 'signLine',
    parts: [
      { label: '记录人（签名）：', blankCharacters: 8 },
      { label: '日期：', blankCharacters: 7 },
    ],
  },
]
