import type { Block, Paper } from '../model.ts'
import { chineseDate, clean, official, type PaperFrame, paragraph, richParagraph, run } from '../text.ts'

/** 责任约谈通知书 (the Rules 4 and their first template). One notice per enterprise, also in a 集体约谈. */
export interface NoticeData extends PaperFrame {
  /** `letter`: 信函格式 (GB/T 9704 §10.1); `template`: the order of the Rules' template. */
  readonly layout: 'letter' | 'template'
  /** Organ of the letterhead, in full. */
  readonly letterhead: string
  /** 监管约谈函〔2026〕15号; `null` while the accountability office has not given one. */
  readonly number: string | null
  readonly enterprise: string
  /** 2026年3月10日9时, as printed: the template asks for the hour. */
  readonly time: string
  /** The place inside the organ, without 市国资委. */
  readonly place: string
  readonly interviewOffice: string
  /** Name and post of the chair. */
  readonly host: string
  /** 就…事项: the cause without these two words. */
  readonly cause: string
  /** Persons called, each as printed: 公司主要负责人, 分管负责人 … */
  readonly persons: readonly string[]
  readonly materialsDue: string | null
  readonly contact: string
  readonly telephone: string
  /** 署名, as the template prints it: 重庆市国资委. */
  readonly organ: string
  /** ISO date the leader signed; `null` in a draft. */
  readonly date: string | null
  readonly copies: readonly string[]
}

/** The notice as a paper. Words between the slots are the template's own. */
export function notice(data: NoticeData): Paper {
  const number = data.number ?? '监管约谈函〔    〕  号'
  const copies = data.copies.map(clean).filter((name) => name !== '')
  const head: Block[] =
    data.layout === 'letter'
      ? [{ kind: 'title', text: '责任约谈通知', blankBefore: 2, blankAfter: 1 }]
      : [
          { kind: 'title', text: '责任约谈通知', blankBefore: 1, blankAfter: 0 },
          { kind: 'blank', lines: 1 },
          richParagraph([run(number)], { first: 0, align: 'center' }),
          { kind: 'blank', lines: 1 },
        ]
  return official('责任约谈通知书', data, {
    letterhead: data.layout === 'letter' ? { organ: clean(data.letterhead), number } : null,
    pageNumbers: data.layout === 'letter' ? 'dashes-from-second' : 'dashes',
    copies,
    blocks: [
      ...head,
      richParagraph([run(`${clean(data.enterprise)}：`)], { first: 0, keepNext: true }),
      paragraph(summons(data)),
      ...(data.materialsDue === null ? [] : [paragraph(materials(data.materialsDue))]),
      paragraph(`联系人：${clean(data.contact)}　　联系电话：${clean(data.telephone)}`),
      { kind: 'signature', organ: clean(data.organ), date: chineseDate(data.date), sealed: true },
    ],
  })
}

const summons = (data: NoticeData): string =>
  `根据《市国资委国资监管责任约谈工作规则》有关规定，定于${clean(data.time)}，在市国资委${clean(data.place)}，` +
  `由${clean(data.interviewOffice)}${clean(data.host)}就${clean(data.cause)}事项与你公司进行责任约谈。` +
  `请你公司${data.persons.map(clean).join('、')}按时参加。`

const materials = (due: string): string =>
  `请于${chineseDate(due)}将责任约谈事项有关说明材料报送市国资委（纸质件加盖单位公章，同时附电子版）。`
