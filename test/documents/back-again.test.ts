import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makePaper } from '#electron/documents/make-paper.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { readReturned } from '#electron/parsing/returned.ts'
import { differenceOfLines } from '#shared/domain/difference.ts'
import { temporaryFolder } from '../support/folders.ts'
import { mark, minutesData, noticeData } from './samples.ts'

/** Opens the paper in LibreOffice, edits its text there, and writes it as DOCX again. */
function edited(docx: Uint8Array, edit: (flat: string) => string): Buffer {
  const folder = temporaryFolder()
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  const convert = (to: string, file: string) =>
    execFileSync('soffice', [profile, '--headless', '--convert-to', to, '--outdir', folder, join(folder, file)], {
      stdio: 'ignore',
      timeout: 120_000,
    })
  writeFileSync(join(folder, 'paper.docx'), docx)
  convert('fodt', 'paper.docx')
  writeFileSync(join(folder, 'edited.fodt'), edit(readFileSync(join(folder, 'paper.fodt'), 'utf8')))
  convert('docx:MS Word 2007 XML', 'edited.fodt')
  return readFileSync(join(folder, 'edited.docx'))
}

const docxOf = async (paper: PaperSource): Promise<Buffer> =>
  Buffer.from((await makePaper({ paper, format: 'docx', fontFolders: [] })).bytes)

const changes = (ours: Buffer, theirs: Buffer) =>
  differenceOfLines(readReturned(ours).text, readReturned(theirs).text).filter((one) => one.kind !== 'same')

describe('a DOCX edited in LibreOffice comes back', () => {
  it('without a difference when nobody changed a word', async () => {
    const lists = { attended: '张某某', excused: '李某某', observers: '' }
    const ours = await docxOf({ kind: 'minutes', data: { ...minutesData, mark, lists } })
    expect(
      changes(
        ours,
        edited(ours, (flat) => flat),
      ),
    ).toEqual([])
  })

  it('with the changed words and no others, at the edge of the page too: the letterhead, the text, its frames', async () => {
    const ours = await docxOf({ kind: 'notice', data: { ...noticeData, mark } })
    const theirs = edited(ours, (flat) =>
      [
        ['监督管理委员会', '监管办公室'],
        ['1601会议室', '1608会议室'],
        ['（纸质件加盖单位公章，同时附电子版）', '（纸质件加盖单位公章）'],
      ].reduce((text, [was = '', is = '']) => {
        expect(text).toContain(was)
        return text.replace(was, is)
      }, flat),
    )
    const found = changes(ours, theirs)
    expect(found.slice(0, -3).map((one) => one.kind)).toEqual(['removed', 'added'])
    expect(found.slice(-3)).toEqual([
      { kind: 'removed', text: '1601' },
      { kind: 'added', text: '1608' },
      { kind: 'removed', text: '，同时附电子版' },
    ])
  })
})
