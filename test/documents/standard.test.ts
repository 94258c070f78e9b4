import { beforeAll, describe, expect, it } from 'vitest'
import { fontBook } from '#electron/documents/fonts.ts'
import { makePaper } from '#electron/documents/make-paper.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { writePdf } from '#electron/documents/pdf.ts'
import { official } from '#electron/documents/text.ts'
import { inkOf, linesOf, type Measured, type MeasuredLine, measure } from './measure.ts'
import { frame, mark, minutesData, noticeData } from './samples.ts'

/**
 * GB/T 9704-2012 measured on the produced PDF by MuPDF and Poppler. Every expected figure is the standard's own, in
 * millimetres, and half a millimetre is what a ruler forgives.
 */
const half = 0.5

/** §5.2.1: 版心. */
const left = 28
const right = 28 + 156
const top = 37
const bottom = 37 + 225
const cell = 156 / 28
const pitch = 225 / 22
/** A 三号 character: 16 pt. */
const character = (16 * 25.4) / 72

const near = (value: number | undefined, expected: number, within = half): void => {
  expect(value).toBeDefined()
  expect(Math.abs((value as number) - expected), `${value} is not ${expected} ± ${within}`).toBeLessThanOrEqual(within)
}

const make = async (paper: PaperSource): Promise<Uint8Array> =>
  (await makePaper({ paper, format: 'pdf', fontFolders: [] })).bytes

const lineWith = (all: Measured, text: string): MeasuredLine => {
  const found = linesOf(all.glyphs).find((line) => line.text.includes(text))
  if (!found) throw new Error(`no line says ${text}`)
  return found
}

/** Upper edge of the box of a character that stands on a baseline: ideographs stand 0.88 above it, 0.12 below. */
const boxTop = (line: Pick<MeasuredLine, 'baseline' | 'size'>): number => line.baseline - (0.88 * line.size * 25.4) / 72

describe('the page (§5.2)', () => {
  let bytes: Uint8Array
  let all: Measured
  beforeAll(async () => {
    bytes = await make({ kind: 'minutes', data: { ...minutesData, statements: '国'.repeat(28 * 22 * 3) } })
    all = measure(bytes)
  })

  it('holds 22 lines of 28 characters that fill 156 × 225 mm', () => {
    const lines = linesOf(all.glyphs, 2).filter((line) => line.size === 16)
    expect(lines).toHaveLength(22)
    for (const line of lines) {
      expect(line.text).toHaveLength(28)
      near(line.left, left)
      near(line.right, right)
    }
  })

  it('sets every character in its cell and every line at its pitch', () => {
    const lines = linesOf(all.glyphs, 2).filter((line) => line.size === 16)
    lines.forEach((line, row) => {
      near(boxTop(line), top + row * pitch + (pitch - character) / 2)
      line.glyphs.forEach((glyph, column) => {
        near((glyph.left + glyph.right) / 2, left + (column + 0.5) * cell)
      })
    })
  })

  it('prints its ink inside the margins of 37, 35, 28 and 26 mm', () => {
    const ink = inkOf(bytes, 2, { left: 0, top: 0, right: 210, bottom: 262.5 })
    expect(ink?.left).toBeGreaterThan(left - half)
    expect(ink?.right).toBeLessThan(right + half)
    expect(ink?.top).toBeGreaterThan(top)
    // The first line's characters are centred in it.
    const first = inkOf(bytes, 2, { left: 0, top: 30, right: 210, bottom: top + pitch })
    near(((first?.top ?? 0) + (first?.bottom ?? 0)) / 2, top + pitch / 2)
  })

  it('begins a paragraph two characters in (§7.3.3)', () => {
    const first = linesOf(all.glyphs).find((line) => /^国+$/.test(line.text))
    near(first?.left, left + 2 * cell)
    expect(first?.text).toHaveLength(26)
  })

  it('numbers odd pages at the right, even pages at the left, one character in, 7 mm below the text (§7.5)', () => {
    const four = (14 * 25.4) / 72
    for (let page = 1; page <= all.pages; page += 1) {
      const number = linesOf(all.glyphs, page).at(-1)
      expect(number?.text).toBe(`— ${page} —`)
      expect(number?.size).toBe(14)
      if (page % 2 === 1) near(number?.right, right - four)
      else near(number?.left, left + four)
      // The dash's ink, not its box: "一字线上距版心下边缘 7 mm".
      const dash = number?.glyphs[0]
      if (!dash) throw new Error('no dash')
      const ink = inkOf(bytes, page, { left: dash.left, right: dash.right - 1, top: bottom + 1, bottom: 285 })
      near(ink?.top, bottom + 7)
    }
  })
})

describe('titles and levels (§7.3)', () => {
  let all: Measured
  beforeAll(async () => {
    const statements = '该项目未经可行性研究即提交审议。'
    all = measure(await make({ kind: 'minutes', data: { ...minutesData, mark, statements } }))
  })

  it('sets the title in 二号 in the middle of the 版心', () => {
    const title = lineWith(all, '责任约谈纪要')
    expect(title.size).toBe(22)
    near((title.left + title.right) / 2, left + 156 / 2)
    expect(title.glyphs[0]?.font).toMatch(/XiaoBiaoSong|XBS|Bold|STZhongsong/i)
  })

  it('sets 一、 in 黑体 and （一） in 仿宋 of a running text, both 三号', () => {
    const level = lineWith(all, '一、被约谈人员陈述情况')
    expect(level.size).toBe(16)
    near(level.left, left + 2 * cell)
    expect(level.glyphs[0]?.font).toMatch(/Hei|Sans/i)
    const body = lineWith(all, '该项目未经可行性研究')
    expect(body.glyphs[0]?.font).not.toBe(level.glyphs[0]?.font)
  })

  it('keeps the lines below a title on the grid of the page', () => {
    const field = lineWith(all, '约谈时间')
    const row = (boxTop(field) - (pitch - character) / 2 - top) / pitch
    near(row, Math.round(row), half / pitch)
  })

  it('aligns the following lines of a labelled value after its colon (§10.3)', () => {
    const first = lineWith(all, '约谈单位及人员：财务监管处')
    const lines = linesOf(all.glyphs)
    const second = lines[lines.findIndex((line) => line.baseline === first.baseline) + 1]
    const colon = first.glyphs.find((glyph) => glyph.text === '：')
    const after = first.glyphs.find((glyph) => glyph.left > (colon?.left ?? 0))
    near(second?.left, after?.left ?? 0)
  })
})

describe('the letter (§10.1)', () => {
  let bytes: Uint8Array
  let all: Measured
  const long = { ...noticeData, mark, cause: `${noticeData.cause}、`.repeat(9) }
  beforeAll(async () => {
    bytes = await make({ kind: 'notice', data: long })
    all = measure(bytes)
  })

  it('prints the organ in red, its upper edge 30 mm below the edge of the paper, in the middle', () => {
    const ink = inkOf(bytes, 1, { left: 0, top: 0, right: 210, bottom: 42 }, true)
    near(ink?.top, 30)
    const organ = lineWith(all, '重庆市国有资产监督管理委员会')
    expect(organ.glyphs.every((glyph) => glyph.red)).toBe(true)
    near((organ.left + organ.right) / 2, 105)
  })

  it('rules double lines of 170 mm: 4 mm below the organ thick above thin, 20 mm above the lower edge thin above thick', () => {
    const rules = all.rules.filter((rule) => rule.red)
    expect(rules).toHaveLength(4)
    const [a, b, c, d] = rules
    if (!a || !b || !c || !d) throw new Error('four rules')
    for (const rule of rules) {
      expect(rule.page).toBe(1)
      near(rule.right - rule.left, 170)
      near(rule.left, 20)
    }
    expect(a.weight).toBeGreaterThan(b.weight)
    expect(c.weight).toBeLessThan(d.weight)
    const organ = inkOf(bytes, 1, { left: 0, top: 0, right: 210, bottom: a.top - 1 }, true)
    near(a.top - (organ?.bottom ?? 0), 4)
    near(c.top, 297 - 20)
  })

  it('puts 份号 and 密级 at the left edge, the number at the right edge, 7/8 of a character below the rule', () => {
    const rules = all.rules.filter((rule) => rule.red)
    const under = (rules[1]?.top ?? 0) + ((rules[1]?.weight ?? 0) * 25.4) / 72 / 2
    const first = lineWith(all, '000001')
    near(first.left, left)
    near(boxTop(first) - under, (7 / 8) * character)
    expect(first.text.endsWith('监管约谈函〔2026〕15号')).toBe(true)
    near(first.right, right)
    const level = lineWith(all, '机密★10年')
    near(level.left, left)
    near(level.baseline - first.baseline, pitch)
    expect(level.glyphs[0]?.font).toMatch(/Hei|Sans/i)
  })

  it('sets the title two lines below the last of these', () => {
    const level = lineWith(all, '机密★10年')
    const title = lineWith(all, '责任约谈通知')
    // From the middle of the one line to the middle of the other: two blank lines between them.
    const middle = (line: MeasuredLine): number => boxTop(line) + (line.size * 25.4) / 72 / 2
    near(middle(title) - middle(level), 3 * pitch)
    near(middle(lineWith(all, '渝某实业集团有限公司：')) - middle(title), 2 * pitch)
    near(lineWith(all, '渝某实业集团有限公司：').left, left)
  })

  it('shows no page number on the first page and goes on with 2 at the left', () => {
    expect(all.pages).toBeGreaterThan(1)
    expect(linesOf(all.glyphs, 1).some((line) => /—/.test(line.text))).toBe(false)
    expect(linesOf(all.glyphs, 2).at(-1)?.text).toBe('— 2 —')
  })

  it('keeps its text 7/8 of a character clear of the lower rule', () => {
    const last = linesOf(all.glyphs, 1)
      .filter((line) => !line.glyphs.every((glyph) => glyph.red))
      .at(-1)
    const lowest = (last?.baseline ?? 0) + 0.12 * character
    expect(lowest).toBeLessThan(277 - (7 / 8) * character)
    expect(lowest).toBeLessThanOrEqual(bottom + half)
    // And leaves no line free that could hold text.
    expect(bottom - lowest).toBeLessThan(2 * pitch)
  })

  it('ends 抄送 at the foot of the last page: 四号, one character free, hanging after the colon, a full stop (§7.4.2)', () => {
    const four = (14 * 25.4) / 72
    const first = lineWith(all, '抄送：')
    expect(first.page).toBe(all.pages)
    expect(first.size).toBe(14)
    near(first.left, left + four)
    const rest = linesOf(all.glyphs, first.page).filter((line) => line.size === 14 && line.baseline > first.baseline)
    const second = rest.find((line) => !line.text.includes('—'))
    near(second?.left, left + 4 * four)
    expect(second?.text.endsWith('。')).toBe(true)
    expect(first.right).toBeLessThanOrEqual(right - four + half + four / 2)
    // §10.1: 版记 at the very bottom of the 版心, without rules.
    const lowest = (second?.baseline ?? 0) + 0.12 * four
    near(lowest, bottom, 1.3)
    expect(all.rules.filter((rule) => rule.page === first.page && !rule.red)).toHaveLength(0)
  })
})

const unsealed = async (organ: string, date: string): Promise<Measured> => {
  const blocks = [{ kind: 'signature', organ, date, sealed: false }] as const
  return measure((await writePdf(official('情况说明', frame, { blocks }), fontBook([]))).bytes)
}

describe('署名 and 成文日期 (§7.3.5)', () => {
  it('with a seal: the date four characters from the edge, the organ centred above it, room for the seal', async () => {
    const all = measure(await make({ kind: 'notice', data: noticeData }))
    const organ = lineWith(all, '重庆市国资委')
    const date = lineWith(all, '2026年3月1日')
    near(date.right, right - 4 * cell)
    near((organ.left + organ.right) / 2, (date.left + date.right) / 2)
    near(date.baseline - organ.baseline, pitch)
    near(organ.baseline - lineWith(all, '联系人').baseline, 3 * pitch)
  })

  it('without a seal: the organ two characters from the edge, the date two characters to its right', async () => {
    const all = await unsealed('重庆市国资委监督追责处综合监督科', '2026年3月1日')
    const organ = lineWith(all, '重庆市国资委监督追责处')
    const date = lineWith(all, '2026年3月1日')
    near(organ.right, right - 2 * cell)
    near(date.left - organ.left, 2 * cell)
  })

  it('without a seal and with a date longer than the organ: the date two characters from the edge', async () => {
    const all = await unsealed('办公室', '2026年12月31日')
    const organ = lineWith(all, '办公室')
    const date = lineWith(all, '2026年12月31日')
    near(date.right, right - 2 * cell)
    near(date.left - organ.left, 2 * cell)
  })
})

describe('the mark (保密法 22)', () => {
  it('stands on the first two lines of the 版心 of a classified paper, 份号 above', async () => {
    const all = measure(await make({ kind: 'minutes', data: { ...minutesData, mark } }))
    const [number, level] = linesOf(all.glyphs, 1)
    expect([number?.text, level?.text]).toEqual(['000001', '机密★10年'])
    near(boxTop(number as MeasuredLine), top + (pitch - character) / 2)
    near(boxTop(level as MeasuredLine), top + pitch + (pitch - character) / 2)
    near(number?.left, left)
    near(level?.left, left)
  })

  it('leaves no trace on an unclassified one: no ★, no 份号, no empty line', async () => {
    for (const paper of [
      { kind: 'minutes', data: minutesData },
      { kind: 'notice', data: noticeData },
      { kind: 'notice', data: { ...noticeData, layout: 'template' } },
    ] as const) {
      const all = measure(await make(paper))
      expect(all.glyphs.some((glyph) => glyph.text === '★')).toBe(false)
      expect(linesOf(all.glyphs).some((line) => /0000\d\d|秘密|机密|密级/.test(line.text))).toBe(false)
    }
  })
})

describe('样式原样, the order of the template itself', () => {
  it('has no letterhead: mark, title, number in the middle, addressee', async () => {
    const all = measure(await make({ kind: 'notice', data: { ...noticeData, mark, layout: 'template' } }))
    expect(all.rules.filter((rule) => rule.red)).toHaveLength(0)
    const lines = linesOf(all.glyphs, 1)
    const rows = ['000001', '机密★10年', '责任约谈通知', '监管约谈函〔2026〕15号', '渝某实业集团有限公司：']
    expect(lines.slice(0, 5).map((line) => line.text)).toEqual(rows)
    const number = lines[3] as MeasuredLine
    near((number.left + number.right) / 2, left + 156 / 2)
    expect(linesOf(all.glyphs, 1).at(-1)?.text).toBe('— 1 —')
  })
})
