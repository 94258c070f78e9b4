import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Other programs that read our papers: Poppler for the PDF, LibreOffice for the DOCX. */

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-paper-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Text of a PDF without blanks. `area` keeps only what stands in the 版心 (37/28 mm, 156 × 225 mm, a hair wider). */
export function pdfText(bytes: Uint8Array, area: 'page' | 'area' = 'page'): string {
  return inFolder((folder) => {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, bytes)
    const crop = area === 'page' ? [] : ['-x', '70', '-y', '105', '-W', '470', '-H', '638', '-r', '72']
    return unspaced(execFileSync('pdftotext', [...crop, '-nopgbrk', file, '-'], { encoding: 'utf8' }))
  })
}

/** Radicals that Poppler answers for a few glyphs are the same characters: compare in NFKC, without blanks. */
export const unspaced = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '')

export interface Word {
  readonly page: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly text: string
}

/** Words of a PDF with their boxes, points from the upper left corner. */
export function pdfWords(bytes: Uint8Array): Word[] {
  return inFolder((folder) => {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, bytes)
    const html = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    const words: Word[] = []
    let page = 0
    for (const line of html.split('\n')) {
      if (line.includes('<page ')) page += 1
      const match = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/.exec(line)
      if (!match) continue
      const [, left, top, right, bottom, text = ''] = match
      words.push({ page, left: Number(left), right: Number(right), top: Number(top), bottom: Number(bottom), text })
    }
    return words
  })
}

/** One part of a DOCX as text. */
export function docxPart(bytes: Uint8Array, part: string): string {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'paper.docx'), bytes)
    const script = 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))'
    return execFileSync('python3', ['-c', script, join(folder, 'paper.docx'), part], { encoding: 'utf8' })
  })
}

/** What LibreOffice makes of a DOCX, as PDF. */
export function docxAsPdf(bytes: Uint8Array): Uint8Array {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'paper.docx'), bytes)
    // A profile of its own, so that tests beside this one do not wait for each other's lock.
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    execFileSync(
      'soffice',
      [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'paper.docx')],
      {
        stdio: 'ignore',
        timeout: 120_000,
      },
    )
    return readFileSync(join(folder, 'paper.pdf'))
  })
}

/** The outline as MuPDF reads it: one line an entry, deeper ones indented. */
export function pdfOutline(bytes: Uint8Array): string[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'paper.pdf'), bytes)
    const lines = execFileSync('mutool', ['show', join(folder, 'paper.pdf'), 'outline'], { encoding: 'utf8' })
    return lines.split('\n').flatMap((line) => {
      const match = /^.(\t+)"(.*?)"/.exec(line)
      return match ? [`${' '.repeat((match[1]?.length ?? 1) - 1)}${match[2]}`] : []
    })
  })
}

/** What MuPDF and Poppler say about a file while they read all of it; empty when they have nothing to say. */
export function complaints(bytes: Uint8Array): string {
  return inFolder((folder) => {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, bytes)
    // Debian builds MuPDF without colour management and it says so each time.
    const words = (program: string, args: string[]): string =>
      spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
        .stderr.replace('warning: ICC support is not available', '')
        .trim()
    return (
      words('mutool', ['draw', '-q', '-r', '20', '-o', join(folder, 'p%d.png'), file]) + words('pdftotext', [file, '-'])
    )
  })
}

export function qpdfCheck(bytes: Uint8Array): string {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'paper.pdf'), bytes)
    return execFileSync('qpdf', ['--check', join(folder, 'paper.pdf')], { encoding: 'utf8' })
  })
}
