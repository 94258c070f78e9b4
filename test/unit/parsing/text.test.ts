import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { parseText } from '#electron/core/parse.ts'
import { readText } from '#electron/parsing/read-text.ts'
import { textLimit } from '#electron/parsing/text-limits.ts'
import { temporaryFolder } from '../../support/folders.ts'

const report = [
  '关于融资性贸易整改落实情况的专项工作报告',
  '一是停止新增业务，堆场租金24,891.56万元已全部收回；二是对周某赟、李某堃等3人问责。',
]
const unspaced = (text: string) => text.replace(/\s/g, '')

/** The report as another program writes it. */
function written(format: 'docx' | 'pdf'): { readonly bytes: Buffer; readonly file: string; readonly folder: string } {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'report.txt'), `\uFEFF${report.join('\n')}\n`)
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  execFileSync(
    'soffice',
    [profile, '--headless', '--convert-to', format, '--outdir', folder, join(folder, 'report.txt')],
    {
      stdio: 'ignore',
      timeout: 120_000,
    },
  )
  const file = join(folder, `report.${format}`)
  return { bytes: readFileSync(file), file, folder }
}

test('the words of a DOCX and a PDF that LibreOffice wrote; a PDF with a password and a torn one are refused by name', async () => {
  const { bytes: docx } = written('docx')
  expect(unspaced(await readText(docx))).toBe(report.join(''))
  await expect(readText(docx.subarray(0, docx.length >> 1))).rejects.toThrow('parsing.zipBroken')
  const { bytes: pdf, file, folder } = written('pdf')
  expect(unspaced(await readText(pdf))).toBe(report.join(''))
  const locked = join(folder, 'locked.pdf')
  execFileSync('qpdf', ['--encrypt', 'x', 'y', '256', '--', file, locked])
  await expect(readText(readFileSync(locked))).rejects.toThrow('parsing.encrypted')
  await expect(readText(Buffer.from(`%PDF-1.7\n${'x'.repeat(500)}`))).rejects.toThrow('parsing.pdfBroken')
}, 120_000)

test('plain text in the encodings of the office, nothing of a picture or a foreign archive, never more than the limit', async () => {
  const text = '请于十日内报送'
  expect(await readText(Buffer.from(text))).toBe(text)
  expect(await readText(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(text)
  expect(await readText(Buffer.from([0xc7, 0xeb, 0xd3, 0xda, 0xca, 0xae, 0xc8, 0xd5]))).toBe('请于十日')
  expect(await readText(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBe('')
  expect(await readText(deflateRawSync('no archive'))).toBe('')
  expect(await readText(Buffer.alloc(0))).toBe('')
  expect((await readText(Buffer.from('字'.repeat(textLimit + 10)))).length).toBe(textLimit)
})

test('a material that cannot be read is no fault: it is kept and found by its title', async () => {
  const jobs = createJobs()
  const file = join(temporaryFolder(), 'report.pdf')
  writeFileSync(file, '%PDF-1.7 broken')
  expect(await parseText(file, jobs)).toBe('')
  writeFileSync(file, report.join('\n'))
  expect(await parseText(file, jobs)).toBe(report.join('\n'))
  await jobs.close()
})
