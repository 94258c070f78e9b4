import type { Block, Paper } from '../model.ts'
import { clean, field, heading, headingNumber, official, type PaperFrame, paragraph, paragraphsOf } from '../text.ts'

/** 约谈提纲: what the chair goes by, along the four contents of the Rules 8. Internal. */
export interface OutlineData extends PaperFrame {
  readonly enterprise: string
  readonly cause: string
  readonly time: string
  readonly place: string
  readonly host: string
  readonly participants: readonly string[]
  /** One for each content of Art. 8, its name as the rule profile gives it. */
  readonly sections: readonly { readonly name: string; readonly points: readonly string[] }[]
  /** 拟提出的监管意见要求, agreed before the interview (Art. 5); empty leaves the section out. */
  readonly opinions: readonly string[]
  /** 注意事项; empty leaves the section out. */
  readonly cautions: readonly string[]
}

export function outline(data: OutlineData): Paper {
  const sections = [
    ...data.sections,
    ...(data.opinions.length === 0 ? [] : [{ name: '拟提出的监管意见要求', points: data.opinions }]),
    ...(data.cautions.length === 0 ? [] : [{ name: '注意事项', points: data.cautions }]),
  ]
  return official('责任约谈提纲', data, {
    blocks: [
      { kind: 'title', text: '责任约谈提纲', blankBefore: data.mark ? 1 : 0, blankAfter: 1 },
      field('被约谈企业', data.enterprise),
      field('约谈事由', data.cause),
      field('约谈时间', data.time),
      field('约谈地点', data.place),
      field('主持人', data.host),
      field('参加人员', data.participants.map(clean).join('、')),
      ...sections.flatMap((section, index) => [
        heading(1, headingNumber(1, index + 1) + section.name),
        ...pointsOf(section.points),
      ]),
    ],
  })
}

function pointsOf(points: readonly string[]): Block[] {
  if (points.length === 0) return [paragraph('无。')]
  return points.flatMap((text, index) =>
    paragraphsOf(text).map((line, part) => paragraph(part === 0 ? `${headingNumber(2, index + 1)}${line}` : line)),
  )
}
