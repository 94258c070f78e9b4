import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { grid, mm } from '#electron/documents/gbt9704.ts'
import { makePaper, type PaperFile } from '#electron/documents/make-paper.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { complaints, docxAsPdf, pdfOutline, pdfText, pdfWords, qpdfCheck, unspaced, type Word } from './readers.ts'
import { everyPaper, mark, minutesData, noticeData, recordData, sentences } from './samples.ts'

const make = (paper: PaperSource, format: 'pdf' | 'docx' = 'pdf'): Promise<PaperFile> =>
  makePaper({ paper, format, fontFolders: [] })

const digest = (file: PaperFile): string => createHash('sha256').update(file.bytes).digest('hex')

/** Words of a page gathered into lines by their middle. */
function linesOf(words: readonly Word[], page: number): Word[][] {
  const lines: Word[][] = []
  for (const word of words.filter((one) => one.page === page)) {
    const middle = (word.top + word.bottom) / 2
    const line = lines.find((one) => Math.abs(middleOf(one) - middle) < 4)
    if (line) line.push(word)
    else lines.push([word])
  }
  return lines.sort((one, other) => middleOf(one) - middleOf(other))
}

const middleOf = (line: readonly Word[]): number => {
  const first = line[0]
  return first ? (first.top + first.bottom) / 2 : 0
}

describe('the grid of GB/T 9704', () => {
  let words: Word[]
  beforeAll(async () => {
    const text = sentences.slice(0, 5).join('').repeat(12)
    words = pdfWords((await make({ kind: 'minutes', data: { ...minutesData, statements: text } })).bytes)
  })

  it('sets 22 lines of 28 characters in 156 × 225 mm at 37 and 28 mm', () => {
    const lines = linesOf(words, 2)
    // The last line of the page is the page number.
    const body = lines.slice(0, -1)
    expect(body).toHaveLength(22)
    const left = Math.min(...body.flat().map((word) => word.left))
    expect(Math.abs(left - mm(28))).toBeLessThan(mm(0.5))
    const full = body.filter((line) => line.map((word) => word.text).join('').length >= 28)
    expect(full.length).toBeGreaterThan(5)
    for (const line of full) {
      const right = Math.max(...line.map((word) => word.right))
      // A closing mark's empty half may stand outside the edge.
      expect(right).toBeLessThan(mm(28 + 156) + 9)
      expect(right).toBeGreaterThan(mm(28 + 156) - 18)
    }
    const top = middleOf(body[0] as Word[]) - grid.pitch / 2
    expect(Math.abs(top - mm(37))).toBeLessThan(mm(1.5))
  })

  it('keeps the pitch of 225/22 mm within half a millimetre', () => {
    const body = linesOf(words, 2).slice(0, -1)
    const middles = body.map((line) => {
      const han = line.find((word) => /\p{Script=Han}/u.test(word.text)) ?? line[0]
      return han ? (han.top + han.bottom) / 2 : 0
    })
    middles.slice(1).forEach((middle, index) => {
      expect(Math.abs(middle - (middles[index] as number) - mm(225 / 22))).toBeLessThan(mm(0.5))
    })
  })

  it('numbers odd pages at the right and even pages at the left, 7 mm below the text', () => {
    const number = (page: number) => linesOf(words, page).at(-1) ?? []
    const texts = (page: number) =>
      number(page)
        .map((word) => word.text)
        .join('')
    expect(texts(1)).toBe('—1—')
    expect(texts(2)).toBe('—2—')
    expect(Math.max(...number(1).map((word) => word.right))).toBeCloseTo(mm(28 + 156) - 14, 0)
    expect(Math.min(...number(2).map((word) => word.left))).toBeCloseTo(mm(28) + 14, 0)
    expect(middleOf(number(2))).toBeGreaterThan(mm(297 - 35 + 6))
    expect(middleOf(number(2))).toBeLessThan(mm(297 - 35 + 10))
  })
})

describe('the letter', () => {
  it('puts organ, number, mark and copies where §10.1 and §7.4 ask', async () => {
    const words = pdfWords((await make({ kind: 'notice', data: { ...noticeData, mark } })).bytes)
    const find = (text: string) => words.find((word) => unspaced(word.text).includes(text))
    const organ = find('重庆市国有资产')
    expect(organ && Math.abs((organ.left + organ.right) / 2 - mm(105))).toBeLessThan(mm(0.7))
    expect(find('监管约谈函')?.right).toBeCloseTo(mm(28 + 156), 0)
    expect(find('000001')?.left).toBeCloseTo(mm(28), 0)
    expect(find('机密★10年')?.left).toBeCloseTo(mm(28), 0)
    expect(find('机密★10年')?.top).toBeGreaterThan(find('000001')?.top ?? 0)
    // No page number on the first page.
    expect(words.some((word) => word.page === 1 && word.text.includes('—'))).toBe(false)
    const last = Math.max(...words.map((word) => word.page))
    const copy = words.find((word) => word.page === last && word.text.includes('抄送'))
    expect(copy?.left).toBeCloseTo(mm(28) + 14, 0)
    // The second line of 抄送 ends at the lower edge of the 版心.
    expect(copy?.bottom).toBeGreaterThan(mm(297 - 35) - 4 * 21)
    expect(copy?.bottom).toBeLessThan(mm(297 - 35))
  })

  it('prints the words of the template with its slots filled', async () => {
    const text = pdfText((await make({ kind: 'notice', data: noticeData })).bytes)
    expect(text).toContain(
      unspaced(
        '由财务监管处处长王某某就违规开展融资性贸易造成重大资产损失风险、2025年度重大投资项目决策程序不规范等事项',
      ),
    )
    expect(text).toContain(unspaced('（纸质件加盖单位公章，同时附电子版）。'))
    expect(text).toContain(unspaced('联系人：赵某某　　联系电话：023-6767××××'))
  })

  it('names who takes part, what is handed in and how, only where the office asks for it', async () => {
    const asked = {
      ...noticeData,
      jointUnits: ['市纪委监委驻市国资委纪检监察组', '产权管理处'],
      materials: '决策文件；资金流向说明。',
      electronicCopy: false,
      statement: true,
    }
    const text = pdfText((await make({ kind: 'notice', data: asked })).bytes)
    for (const part of [
      '与你公司进行责任约谈，市纪委监委驻市国资委纪检监察组、产权管理处共同参加。请你公司',
      '报送市国资委（纸质件加盖单位公章）。说明材料包括：决策文件；资金流向说明。书面陈述材料另行准备',
    ])
      expect(text).toContain(unspaced(part))
    const plain = pdfText((await make({ kind: 'notice', data: { ...noticeData, sealedPaper: false } })).bytes)
    expect(plain).toContain(unspaced('报送市国资委（电子版）。联系人'))
    for (const part of ['共同参加', '说明材料包括', '书面陈述材料']) expect(plain).not.toContain(unspaced(part))
  })

  it('never leaves a signature alone on a page', async () => {
    for (let length = 1; length < 260; length += 13) {
      const cause = '资'.repeat(length)
      const words = pdfWords((await make({ kind: 'notice', data: { ...noticeData, cause } })).bytes)
      const organ = words.find((word) => word.text === '重庆市国资委')
      const contact = words.find((word) => word.text.includes('联系人'))
      expect(organ?.page).toBe(contact?.page)
    }
  })

  it('follows the order of the template when asked to', async () => {
    const data = { ...noticeData, layout: 'template' as const, mark }
    const text = pdfText((await make({ kind: 'notice', data })).bytes)
    const at = (part: string) => text.indexOf(unspaced(part))
    const order = ['机密★10年', '责任约谈通知', '监管约谈函', '渝某实业集团有限公司：', '抄送：'].map(at)
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((one, other) => one - other))
  })
})

describe('marks', () => {
  it('print nothing on an unclassified paper', async () => {
    for (const paper of everyPaper.filter((one) => ['notice', 'record', 'minutes'].includes(one.kind))) {
      const text = pdfText((await make(paper)).bytes)
      expect(text).not.toMatch(/★|密级|000001/)
    }
  })

  it('print level, term and copy number once on a classified one', async () => {
    const text = pdfText((await make({ kind: 'minutes', data: { ...minutesData, mark } })).bytes)
    expect(text.startsWith('000001机密★10年责任约谈纪要')).toBe(true)
    const uncounted = { ...minutesData, mark: { ...mark, copyNumber: null } }
    const draft = pdfText((await make({ kind: 'minutes', data: uncounted })).bytes)
    expect(draft.startsWith('机密★10年责任约谈纪要')).toBe(true)
  })

  it('say 演练 on every page of a trial archive, outside the text area', async () => {
    const file = await make({ kind: 'record', data: { ...recordData(60), trial: true } })
    const bands = pdfWords(file.bytes).filter((word) => word.text.includes('演练'))
    expect(new Set(bands.map((word) => word.page)).size).toBe(file.pages)
    for (const word of bands) expect(word.bottom).toBeLessThan(mm(37))
  })
})

describe('text', () => {
  it('comes back whole from the PDF, rare names included', async () => {
    const data = recordData(60)
    const file = await make({ kind: 'record', data })
    expect(file.missing).toEqual([])
    const text = pdfText(file.bytes, 'area')
    for (const line of data.utterances) expect(text).toContain(unspaced(line.text))
    for (const character of '喆堃赟镕') expect(text).toContain(character)
  })

  it('survives what a person may paste', async () => {
    const text = '一\u200b二\u0007三\ufeff四\r\n五\t六\ud800七&<b>“八”𬭸'
    const source: PaperSource = { kind: 'minutes', data: { ...minutesData, statements: text } }
    const pdf = pdfText((await make(source)).bytes)
    expect(pdf).toContain('一二三四五六七&<b>“八”𬭸')
    const docx = pdfText(docxAsPdf((await make(source, 'docx')).bytes))
    expect(docx).toContain('一二三四五六七&<b>“八”')
  })

  it.each(['notice', 'record', 'minutes'] as const)('of the DOCX of a %s equals the PDF’s', async (kind) => {
    const paper = everyPaper.find((one) => one.kind === kind) as PaperSource
    const pdf = pdfText((await make(paper)).bytes, 'area')
    const docx = pdfText(docxAsPdf((await make(paper, 'docx')).bytes), 'area')
    expect(pdf.length).toBeGreaterThan(100)
    expect(docx).toBe(pdf)
  })
})

describe('every paper', () => {
  it.each(everyPaper.map((paper) => [paper.kind, paper] as const))(
    '%s is sound and the same each time',
    async (_, paper) => {
      const one = await make(paper)
      const other = await make(paper)
      expect(digest(one)).toBe(digest(other))
      expect(qpdfCheck(one.bytes)).toContain('No syntax or stream encoding errors found')
      expect(complaints(one.bytes)).toBe('')
      const text = Buffer.from(one.bytes).toString('latin1')
      expect(text).toContain('/Lang (zh-CN)')
      expect(text).toContain('pdfaid:part')
      const docx = await make(paper, 'docx')
      expect(digest(docx)).toBe(digest(await make(paper, 'docx')))
      expect(docx.pages).toBe(one.pages)
    },
  )

  it('has an outline of its title and levels', async () => {
    const outline = pdfOutline((await make({ kind: 'minutes', data: minutesData })).bytes)
    const levels = ['一、被约谈人员陈述情况', '二、有关监管意见要求', '三、其他事项']
    expect(outline).toEqual(['责任约谈纪要', ...levels.map((text) => ` ${text}`)])
  })

  it('repeats the head of a table on each page and carries the paper anchor', async () => {
    const paper = everyPaper.find((one) => one.kind === 'contents') as PaperSource
    const file = await make(paper)
    expect(file.pages).toBeGreaterThan(1)
    const text = pdfText(file.bytes)
    expect(text.split('顺序号').length - 1).toBe(file.pages)
    expect(text.split('X8Q1R').length - 1).toBe(file.pages)
  })

  it('keeps the lines to sign together on the last page of a record', async () => {
    for (let count = 10; count < 26; count += 1) {
      const file = await make({ kind: 'record', data: recordData(count) })
      const words = pdfWords(file.bytes).filter((word) => /核对意见|（签名）|以下空白/.test(word.text))
      expect(new Set(words.map((word) => word.page))).toEqual(new Set([file.pages]))
    }
  })
})
