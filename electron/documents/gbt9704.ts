/**
 * The numbers of GB/T 9704-2012 (党政机关公文格式) with their clauses. Lengths are points unless a name says
 * otherwise; the standard's own figures are millimetres and 号, kept visible in the arithmetic.
 */

/** Millimetres to PDF points. */
export const mm = (value: number): number => (value * 72) / 25.4

/** Points to twentieths of a point, Word's unit. */
export const twips = (points: number): number => Math.round(points * 20)

/** §5.2.1: A4. */
export const paper = { width: mm(210), height: mm(297) }

/** §5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm. Right and bottom follow from them. */
export const area = { left: mm(28), top: mm(37), width: mm(156), height: mm(225), right: mm(26), bottom: mm(35) }

/** §5.2.3: 22 lines a page and 28 characters a line fill the 版心. */
export const grid = { lines: 22, characters: 28, pitch: mm(225) / 22, cell: mm(156) / 28 }

/** 号 in points. The table is the trade's; the standard names sizes by 号 only. */
export const size = { xiaochu: 36, no1: 26, no2: 22, no3: 16, no4: 14, small4: 12, no5: 10.5, small5: 9 }

/**
 * Word's side of the same grid, in twips: 22 × 579 ≤ 12756 and 28 × (320 − 5) ≤ 8844. A `linesAndChars` grid would say
 * it more directly, but LibreOffice sets 14 to 18 characters a line under one.
 */
export const word = { pitch: 579, spacing: -5, left: 1587, top: 2098, right: 1474, bottom: 1984 }

/** §10.1: the letter. The mark's top edge is 30 mm below the paper's edge, the first rule 4 mm below the mark. */
export const letter = {
  markTop: mm(30),
  markMaxSize: 30,
  markMaxWidth: mm(150),
  ruleGap: mm(4),
  ruleWidth: mm(170),
  /** The second rule stands 20 mm above the lower paper edge, on the first page only. */
  lowerRule: paper.height - mm(20),
  /** The standard does not set the weights; these are the common practice for 上粗下细. */
  thick: 2.25,
  thin: 0.75,
  between: 1.2,
  /** Elements under the rule keep 7/8 of a 三号 character from it. */
  clearance: (7 / 8) * 16,
}

/** §7.5: 四号 numbers in 宋体 between two dashes, the dash's upper edge 7 mm below the 版心, one character from the edge. */
export const pageNumber = { size: 14, top: area.top + area.height + mm(7), inset: 14 }

/** §7.3.5: how far the signature stands from the right edge, in characters. */
export const signature = { dateInsetSealed: 4, organInsetPlain: 2, blankLinesSealed: 2, blankLinesPlain: 1 }

/** §7.4.2: 抄送 in 四号仿宋, one character free on both sides. */
export const copies = { size: 14, pitch: 21, inset: 14 }

/** §7.2.4 and practice: red of letterhead and rules. */
export const red = '#d7000f'

/** The five faces of the standard by role, with the family names a word processor must be told. */
export const faces = {
  xiaobiaosong: '方正小标宋_GBK',
  fangsong: '仿宋_GB2312',
  kaiti: '楷体_GB2312',
  heiti: '黑体',
  songti: '宋体',
} as const

export type FaceRole = keyof typeof faces

/** §7.3.3: the face of each heading level; 一、 黑体, （一） 楷体, 1. and （1） 仿宋. */
export const headingFace: Readonly<Record<1 | 2 | 3 | 4, FaceRole>> = {
  1: 'heiti',
  2: 'kaiti',
  3: 'fangsong',
  4: 'fangsong',
}
