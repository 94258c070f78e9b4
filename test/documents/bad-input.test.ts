import { describe, expect, it } from 'vitest'
import { findFontFiles } from '#electron/documents/font-files.ts'
import { FontBook } from '#electron/documents/fonts.ts'
import { makePaper, type PaperFile } from '#electron/documents/make-paper.ts'
import { type PaperSource, paperOf } from '#electron/documents/paper-of.ts'
import { writePdf } from '#electron/documents/pdf.ts'
import { linesOf, type Measured, measure } from './measure.ts'
import { pdfText, unspaced } from './readers.ts'
import { mark, minutesData, noticeData, recordData, sentences } from './samples.ts'

const make = (paper: PaperSource): Promise<PaperFile> => makePaper({ paper, format: 'pdf', fontFolders: [] })

/** Everything of a paper in 版心 stands in 版心: no clipped line, nothing over the edge but the half of a last mark. */
function expectInside(all: Measured): void {
  for (const glyph of all.glyphs) {
    expect(glyph.left, glyph.text).toBeGreaterThan(19)
    expect(glyph.right, glyph.text).toBeLessThan(184 + 3.4)
    expect(glyph.baseline, glyph.text).toBeLessThan(275)
  }
}

describe('bad input', () => {
  it('an enterprise of 200 characters: addressee, text and title stay whole', async () => {
    const enterprise = '重庆市某某实业投资开发建设'.repeat(16).slice(0, 196).concat('有限公司')
    expect(enterprise).toHaveLength(200)
    const file = await make({ kind: 'notice', data: { ...noticeData, mark, enterprise, copies: [enterprise] } })
    expectInside(measure(file.bytes))
    const text = pdfText(file.bytes)
    expect(text.split(enterprise).length - 1).toBe(2)
    const letter = await make({
      kind: 'transferLetter',
      data: {
        ...noticeData,
        recipient: enterprise,
        enterprise,
        noticeNumber: '监管约谈函〔2026〕15号',
        matter: '融资性贸易',
        ground: 'discipline',
        pieces: 1,
      },
    })
    expectInside(measure(letter.bytes))
    expect(pdfText(letter.bytes)).toContain(`关于移送${enterprise}有关问题线索的函`)
  })

  it('60 participants: every one of them is named, after the colon', async () => {
    const persons = Array.from({ length: 60 }, (_, index) => `渝某实业集团有限公司周某${index + 1}（部门负责人）`)
    const file = await make({ kind: 'minutes', data: { ...minutesData, enterprise: persons } })
    const all = measure(file.bytes)
    expectInside(all)
    const text = pdfText(file.bytes, 'area')
    for (const person of persons) expect(text).toContain(unspaced(person))
    const first = linesOf(all.glyphs).find((line) => line.text.startsWith('被约谈企业及人员：'))
    const colon = first?.glyphs.find((glyph) => glyph.text === '：')
    const second = linesOf(all.glyphs).find((line) => line.page === 1 && line.baseline > (first?.baseline ?? 0) + 5)
    expect(Math.abs((second?.left ?? 0) - (colon?.right ?? 0))).toBeLessThan(0.5)
  })

  it('an empty section says 无。; nothing at all still makes a page', async () => {
    const file = await make({
      kind: 'minutes',
      data: { ...minutesData, statements: ' \n\t', opinions: [], others: '' },
    })
    expect(pdfText(file.bytes)).toContain('一、被约谈人员陈述情况无。')
    const bare = await make({ kind: 'record', data: { ...recordData(0), cause: '', place: '', hosts: [] } })
    expect(pdfText(bare.bytes)).toContain(unspaced('（以下空白）'))
  })

  it('minutes of 120 pages: all of the text, 22 lines on every full page', async () => {
    const statements = Array.from({ length: 800 }, (_, index) => `第${index + 1}段${sentences[1]}`).join('\n')
    const file = await make({ kind: 'minutes', data: { ...minutesData, statements } })
    expect(file.pages).toBeGreaterThanOrEqual(120)
    const text = pdfText(file.bytes, 'area')
    for (const number of [1, 2, 99, 400, 799, 800]) expect(text).toContain(unspaced(`第${number}段${sentences[1]}`))
    const all = measure(file.bytes)
    const counts = Array.from({ length: file.pages - 2 }, (_, page) => page + 2).map(
      (page) => linesOf(all.glyphs, page).filter((line) => line.size === 16).length,
    )
    expect(new Set(counts)).toEqual(new Set([22]))
  })

  it('control characters, direction marks and variation selectors leave no trace', async () => {
    const dirty = '一\u0000二\u0007三\u001b四\u200e五\u202e六\u2066七\ufe0f八\u{e0100}九\ufeff十\u00ad终'
    const file = await make({ kind: 'minutes', data: { ...minutesData, statements: dirty } })
    expect(file.missing).toEqual([])
    expect(pdfText(file.bytes)).toContain('一二三四五六七八九十终')
  })

  it('an emoji is named as what no face can print, and the rest of the line is whole', async () => {
    const file = await make({ kind: 'minutes', data: { ...minutesData, statements: '整改已完成🫡👍🏽，请审阅。' } })
    expect(file.missing).toContain('🫡')
    expect(pdfText(file.bytes)).toMatch(/整改已完成.*,请审阅。/)
  })

  it('brackets that never close are broken like any others', async () => {
    const statements = `${'（国资《监管“'.repeat(60)}${'）资》委”'.repeat(60)}`
    const file = await make({ kind: 'minutes', data: { ...minutesData, statements } })
    const all = measure(file.bytes)
    expectInside(all)
    expect(pdfText(file.bytes, 'area')).toContain(unspaced(statements))
    for (const line of linesOf(all.glyphs).filter((one) => one.size === 16)) {
      expect(line.text.trimEnd()).not.toMatch(/[（《“]$/)
      expect(line.text).not.toMatch(/^[）》”]/)
    }
  })
})

describe('a missing font', () => {
  const files = findFontFiles([])

  it('is replaced by the nearest face at hand, and named for every role', async () => {
    const book = new FontBook(files.filter((file) => file.postscriptName === 'NotoSerifSC-Regular'))
    expect(book.choices().every((choice) => !choice.genuine)).toBe(true)
    expect(new Set(book.choices().map((choice) => choice.used)).size).toBe(1)
    const file = await writePdf(paperOf({ kind: 'notice', data: { ...noticeData, mark } }), book)
    expect(pdfText(file.bytes)).toContain('机密★10年')
  })

  it('stops with its name when there is no Chinese face at all', () => {
    expect(() => new FontBook([])).toThrow(expect.objectContaining({ code: 'papers.noFont' }))
  })
})

describe('rare name characters', () => {
  it.each(['fangsong', 'kaiti', 'heiti', 'songti', 'xiaobiaosong'] as const)('print in the role of %s', (role) => {
    const book = new FontBook(findFontFiles([]))
    for (const character of '喆堃赟昇翀玥㛃䶮𬭸') {
      const face = book.face(role, character)
      expect(face.has(character.codePointAt(0) ?? 0), character).toBe(true)
    }
    expect([...book.missing]).toEqual([])
  })
})
