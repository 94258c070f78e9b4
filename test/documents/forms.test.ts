import { describe, expect, it } from 'vitest'
import { makePaper } from '#electron/documents/make-paper.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { type BookKey, books } from '#electron/documents/papers/registers.ts'
import { linesOf, measure } from './measure.ts'
import { everyPaper } from './samples.ts'

const make = async (paper: PaperSource) => {
  const file = await makePaper({ paper, format: 'pdf', fontFolders: [] })
  return { ...file, all: measure(file.bytes) }
}
const named = (paper: PaperSource): string => (paper.kind === 'registers' ? `registers/${paper.data.book}` : paper.kind)

describe('every paper', () => {
  it('is there: the issue’s list, by the title it prints', async () => {
    const titles = new Set<string>()
    for (const paper of everyPaper) {
      const { all } = await make(paper)
      const title = linesOf(all.glyphs, 1)
        .filter((line) => line.size === 22)
        .map((line) => line.text)
        .join('')
      titles.add(title)
    }
    const wanted = [
      '责任约谈通知',
      '关于调整责任约谈时间的通知',
      '关于取消责任约谈的通知',
      '责任约谈会前沟通记录',
      '责任约谈电话确认单',
      '送达回执',
      '责任约谈提纲',
      '责任约谈记录',
      '责任约谈纪要',
      '责任约谈通知书审签单',
      '定密审批表',
      '国家秘密变更审批表',
      '国家秘密解密审核表',
      '国家秘密变更通知',
      '关于催报责任约谈整改有关材料的函（第2次）',
      '责任约谈整改台账',
      '责任约谈整改评估与销账表',
      '责任约谈整改落实情况责任认定参考表',
      '责任约谈情况年度参考表',
      '问题线索及材料移送清单',
      '移送材料签收单',
      '关于移送渝某实业集团有限公司有关问题线索的函',
      '2026年上半年责任约谈汇总分析报告',
      '关于开展融资性贸易共性问题专项核查的通知',
      '重庆市国有资产监督管理委员会国资监管责任约谈类',
      '卷内文件目录',
      '卷内备考表',
      '归档文件目录',
      '电子档案四性检测报告',
      '电子档案移交接收登记表',
      '案卷移交签收单',
      '恢复密钥单',
      ...Object.values(books).map((book) => book.title),
    ]
    expect(wanted.filter((title) => !titles.has(title))).toEqual([])
  })

  it.each(everyPaper.map((paper) => [named(paper), paper] as const))('%s keeps inside its field', async (_, paper) => {
    const { all, missing } = await make(paper)
    expect(missing).toEqual([])
    const landscape = paper.kind === 'registers' || (paper.kind === 'register' && paper.data.landscape)
    const wide = landscape || ['rectificationLedger', 'archivedList'].includes(paper.kind)
    const [width, height] = wide ? [297, 210] : [210, 297]
    for (const glyph of all.glyphs) {
      expect(glyph.left, glyph.text).toBeGreaterThan(19)
      // A closing mark's empty half may stand outside the text area.
      expect(glyph.right, glyph.text).toBeLessThan(width - 12)
      expect(glyph.baseline, glyph.text).toBeLessThan(height - 8)
    }
  })

  it('never prints text over a rule of its table', async () => {
    for (const paper of everyPaper) {
      const { all } = await make(paper)
      const uprights = all.rules.filter((rule) => rule.right - rule.left < 0.1 && !rule.red)
      for (const glyph of all.glyphs) {
        const middle = glyph.baseline - (0.38 * glyph.size * 25.4) / 72
        const crossed = uprights.find(
          (rule) =>
            rule.page === glyph.page &&
            rule.left > glyph.left + 0.3 &&
            rule.left < glyph.right - 0.3 &&
            rule.top < middle &&
            rule.bottom > middle,
        )
        expect(crossed, `${named(paper)}: ${glyph.text} on page ${glyph.page}`).toBeUndefined()
      }
    }
  })
})

describe('registers', () => {
  it.each(Object.keys(books) as BookKey[])('%s fills its sheet and repeats its head on every page', async (book) => {
    const paper = everyPaper.find((one) => one.kind === 'registers' && one.data.book === book)
    if (!paper) throw new Error('no sample')
    expect(books[book].columns.reduce((sum, column) => sum + column.width, 0)).toBe(257)
    const { all, pages } = await make(paper)
    expect(pages).toBeGreaterThan(1)
    const label = books[book].columns[0].label
    for (let page = 1; page <= pages; page += 1)
      expect(linesOf(all.glyphs, page).some((line) => line.text.includes(label.charAt(0)))).toBe(true)
    // Every row is there, once.
    const numbers = linesOf(all.glyphs).flatMap((line) => line.glyphs.filter((glyph) => glyph.left < 36))
    expect(numbers.map((glyph) => glyph.text).join('')).toContain('24')
  })

  it('refuse a row that does not fit the book', async () => {
    const paper = everyPaper.find((one) => one.kind === 'registers')
    if (paper?.kind !== 'registers') throw new Error('no sample')
    const wrong: PaperSource = { kind: 'registers', data: { ...paper.data, rows: [['1']] } }
    await expect(make(wrong)).rejects.toThrow(RangeError)
  })
})
