import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { parseTable } from '#electron/core/parse.ts'
import { writeXlsx } from '#electron/documents/xlsx.ts'
import { readCsv } from '#electron/parsing/csv.ts'
import { readTable } from '#electron/parsing/read-table.ts'
import { walkXml } from '#electron/parsing/xml.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { zipOf } from '../../support/zip.ts'

const cellsOf = (bytes: Buffer) => readTable(bytes).rows.map((row) => row.cells)
const sample = [
  ['全称', '简称', '代码'],
  ['渝某甲集团有限公司', '渝某甲', '00123'],
  ['含“引号”, 逗号与\n换行的公司', '', 'A&B<C>'],
]

describe('CSV', () => {
  test.each([
    ['UTF-8', Buffer.from('全称,简称\n渝某甲,甲\n')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF全称,简称\r\n渝某甲,甲')],
    [
      'GB18030',
      Buffer.from([
        0xc8, 0xab, 0xb3, 0xc6, 0x2c, 0xbc, 0xf2, 0xb3, 0xc6, 0x0a, 0xd3, 0xe5, 0xc4, 0xb3, 0xbc, 0xd7, 0x2c, 0xbc,
        0xd7,
      ]),
    ],
    ['UTF-16', Buffer.from('\uFEFF全称\t简称\n渝某甲\t甲\n', 'utf16le')],
  ])('%s', (_, bytes) => {
    expect(cellsOf(bytes)).toEqual([
      ['全称', '简称'],
      ['渝某甲', '甲'],
    ])
  })
  test('quotes, separators and line breaks inside a cell; the line a person sees is the line that is named', () => {
    const { rows } = readCsv(Buffer.from('全称,简称\n"甲 ""某"", 乙\n丙",x\n\n丁,y\n'))
    expect(rows.map((row) => [row.line, ...row.cells])).toEqual([
      [1, '全称', '简称'],
      [2, '甲 "某", 乙\n丙', 'x'],
      [5, '丁', 'y'],
    ])
    expect(() => readCsv(Buffer.from('全称\n"没有结束'))).toThrow('parsing.csvQuote')
  })
  test('any table written as CSV is read back', () => {
    const cell = fc
      .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
      .map((one) => one.replace(/[\r\uFEFF\0]/g, '').trim())
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }), (table) => {
        const kept = table.filter((row) => row.some((one) => one !== ''))
        fc.pre(kept.length > 0)
        const text = kept.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n')
        expect(readCsv(Buffer.from(text)).rows.map((row) => row.cells)).toEqual(kept)
      }),
      { numRuns: 200 },
    )
  })
})

const book = {
  'xl/workbook.xml': '<workbook><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml':
    '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>全称</t></is></c></row></sheetData></worksheet>',
}

describe('XLSX', () => {
  test('what is written is read back: text, zeros, signs of XML, line breaks', () => {
    expect(cellsOf(writeXlsx([{ name: '企业', rows: sample }]))).toEqual([
      sample[0],
      sample[1],
      ['含“引号”, 逗号与\n换行的公司', '', 'A&B<C>'],
    ])
    expect(writeXlsx([{ name: '企业', rows: sample }])).toEqual(writeXlsx([{ name: '企业', rows: sample }]))
  })

  test('openpyxl reads what is written, and what openpyxl writes is read, dates as days', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ours.xlsx'), writeXlsx([{ name: '企业', rows: sample }]))
    const script = `
import datetime, json, sys, openpyxl
sheet = openpyxl.load_workbook('ours.xlsx').active
print(json.dumps([sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()]]))
book = openpyxl.Workbook()
book.active.append(['姓名', '任职起始', '人数'])
book.active.append(['李某某', datetime.date(2024, 3, 1), 12.5])
book.save('theirs.xlsx')`
    const run = spawnSync('/usr/bin/python3', ['-c', script], { cwd: folder, encoding: 'utf8' })
    expect(run.status, run.stderr).toBe(0)
    const [title, rows] = JSON.parse(run.stdout)
    expect(title).toBe('企业')
    expect(rows).toEqual([sample[0], sample[1], [sample[2]?.[0], null, 'A&B<C>']])
    expect(cellsOf(readFileSync(join(folder, 'theirs.xlsx')))).toEqual([
      ['姓名', '任职起始', '人数'],
      ['李某某', '2024-03-01', '12.5'],
    ])
  })

  test('a formula is named, its value is not used', () => {
    const sheet =
      '<worksheet><sheetData><row r="3"><c r="A3"><f>HYPERLINK("x")</f><v>9</v></c><c r="B3" t="inlineStr"><is><t>好</t></is></c></row></sheetData></worksheet>'
    expect(readTable(zipOf({ ...book, 'xl/worksheets/sheet1.xml': sheet })).rows).toEqual([
      { line: 3, cells: ['', '好'], formulas: [0] },
    ])
  })

  test('hostile workbooks are refused by name', () => {
    const bomb = Buffer.alloc(200 * 1024 * 1024)
    expect(() => readTable(zipOf({ ...book, 'xl/sharedStrings.xml': { bytes: bomb, size: bomb.length } }))).toThrow(
      'parsing.zipBomb',
    )
    // A directory that promises little while the stream gives much.
    expect(() => readTable(zipOf({ ...book, 'xl/sharedStrings.xml': { bytes: bomb, size: 1000 } }))).toThrow(
      'parsing.zipBomb',
    )
    const entity = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    expect(() => readTable(zipOf({ ...book, 'xl/sharedStrings.xml': entity }))).toThrow('parsing.xmlDoctype')
    expect(() => readTable(zipOf({ ...book, 'xl/sharedStrings.xml': '<sst><si><t>&xxe;</t></si></sst>' }))).toThrow(
      'parsing.xmlDoctype',
    )
    expect(() => readTable(zipOf({ ...book, 'xl/externalLinks/externalLink1.xml': '<x/>' }))).toThrow(
      'parsing.xlsxForbidden',
    )
    expect(() => readTable(zipOf({ ...book, 'xl/vbaProject.bin': 'x' }))).toThrow('parsing.xlsxForbidden')
    const outside = book['xl/_rels/workbook.xml.rels'].replace('Target=', 'TargetMode="External" Target=')
    expect(() => readTable(zipOf({ ...book, 'xl/_rels/workbook.xml.rels': outside }))).toThrow('parsing.xlsxForbidden')
    expect(() => readTable(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toThrow('parsing.oldWorkbook')
  })

  test('a broken file ends in a code of ours, wherever it breaks', () => {
    const good = writeXlsx([{ name: '企业', rows: sample }])
    fc.assert(
      fc.property(fc.integer({ min: 4, max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(good)
        bytes[at] = (bytes[at] ?? 0) ^ flip
        try {
          readTable(bytes)
        } catch (error) {
          expect((error as { code: string }).code).toMatch(/^parsing\./)
        }
      }),
      { numRuns: 400 },
    )
  })
})

test('XML that nests without end or does not close is refused', () => {
  const ignore = { open: () => undefined, text: () => undefined, close: () => undefined }
  expect(() => walkXml('<a>'.repeat(1000), ignore)).toThrow('parsing.xmlBroken')
  expect(() => walkXml('<a><b></a></b>', ignore)).toThrow('parsing.xmlBroken')
})

test('the reader is a child that sees the bytes and nothing else', async () => {
  const folder = temporaryFolder()
  const jobs = createJobs()
  const file = join(folder, 'list.csv')
  writeFileSync(file, '全称\n渝某甲集团有限公司\n')
  expect((await parseTable(file, jobs)).table.rows).toHaveLength(2)
  writeFileSync(file, zipOf({ ...book, 'xl/sharedStrings.xml': '<!DOCTYPE x><sst/>' }))
  await expect(parseTable(file, jobs)).rejects.toMatchObject({ code: 'parsing.xmlDoctype' })
  await expect(parseTable(join(folder, 'nothing.csv'), jobs)).rejects.toMatchObject({ code: 'parsing.noFile' })
  await jobs.close()
})
