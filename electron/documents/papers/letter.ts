import type { Block, Paper } from '../model.ts'
import { chineseDate, clean, official, type PaperFrame, paragraph, richParagraph, run } from '../text.ts'

/** What every letter of the office carries beside its own words. */
export interface LetterFrame extends PaperFrame {
  /** `letter`: 信函格式 (GB/T 9704 §10.1, the default); `template`: 样式原样, the order of the Rules' own template. */
  readonly layout: 'letter' | 'template'
  /** Organ of the letterhead, in full. */
  readonly letterhead: string
  /** 文号; `null` while none has been given. */
  readonly number: string | null
  /** 署名, as the template prints it: 重庆市国资委. */
  readonly organ: string
  /** ISO date the leader signed; `null` in a draft. */
  readonly date: string | null
  readonly copies: readonly string[]
}

export interface LetterContent {
  /** Title of the file. */
  readonly name: string
  readonly title: string
  /** Names in the title that stay in one piece. */
  readonly whole?: readonly string[]
  /** Printed where the number will stand; empty leaves the place free. */
  readonly unnumbered: string
  readonly addressee: string
  readonly body: readonly Block[]
  /** 附件说明: names without punctuation after them (§7.3.4). */
  readonly attachments?: readonly string[]
}

/** A letter in either layout: the same words, the number at the right edge or below the title. */
export function letter(data: LetterFrame, content: LetterContent): Paper {
  const number = data.number ?? content.unnumbered
  const inLetter = data.layout === 'letter'
  const title = (blankBefore: number, blankAfter: number): Block => ({
    kind: 'title',
    text: clean(content.title),
    ...(content.whole ? { whole: content.whole.map(clean) } : {}),
    blankBefore,
    blankAfter,
  })
  const head: Block[] = inLetter
    ? [title(2, 1)]
    : [
        title(1, 1),
        ...(number === ''
          ? []
          : ([richParagraph([run(number)], { first: 0, align: 'center' }), { kind: 'blank', lines: 1 }] as const)),
      ]
  return official(content.name, data, {
    letterhead: inLetter ? { organ: clean(data.letterhead), number } : null,
    pageNumbers: inLetter ? 'dashes-from-second' : 'dashes',
    copies: data.copies.map(clean).filter((name) => name !== ''),
    blocks: [
      ...head,
      richParagraph([run(`${clean(content.addressee)}：`)], { first: 0, keepNext: true }),
      ...content.body,
      ...attachmentNote(content.attachments ?? []),
      { kind: 'signature', organ: clean(data.organ), date: chineseDate(data.date), sealed: true },
    ],
  })
}

/** 附件：1. … one line below the body, two characters in; the following ones stand under the first (§7.3.4). */
function attachmentNote(names: readonly string[]): Block[] {
  if (names.length === 0) return []
  const [first = '', ...rest] = names.map(clean)
  const hang = 'label' as const
  if (rest.length === 0) return [{ kind: 'blank', lines: 1 }, richParagraph([run('附件：'), run(first)], { hang })]
  return [
    { kind: 'blank', lines: 1 },
    richParagraph([run('附件：1.'), run(first)], { hang }),
    ...rest.map((name, index) => richParagraph([run(`${index + 2}.`), run(name)], { first: 5, hang })),
  ]
}

/** 联系人 and 联系电话 on one line, as the template prints them. */
export const contactLine = (contact: string, telephone: string): Block =>
  paragraph(`联系人：${clean(contact)}　　联系电话：${clean(telephone)}`)

/** The rule by its full name, as every letter cites it. */
export const ruleName = '《市国资委国资监管责任约谈工作规则》'
