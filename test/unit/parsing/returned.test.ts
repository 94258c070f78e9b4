import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { parseReturned } from '#electron/core/parse.ts'
import { makePaper } from '#electron/documents/make-paper.ts'
import { readReturned } from '#electron/parsing/returned.ts'
import { mark, noticeData } from '../../documents/samples.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { rezipped, zipOf } from '../../support/zip.ts'

let ours: Buffer
beforeAll(async () => {
  const data = { ...noticeData, mark }
  ours = Buffer.from((await makePaper({ paper: { kind: 'notice', data }, format: 'docx', fontFolders: [] })).bytes)
})

const body = 'word/document.xml'
const relations = 'word/_rels/document.xml.rels'
const changed = (changes: Parameters<typeof rezipped>[1]) => () => readReturned(rezipped(ours, changes))
const into = (end: string, what: string) => (was: string) => was.replace(end, `${what}${end}`)
const relation = (type: string, target: string, more = '') =>
  into('</Relationships>', `<Relationship Id="x1" Type="http://x/relationships/${type}" Target="${target}"${more}/>`)
const field = (instruction: string) =>
  into(
    '<w:sectPr',
    `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r>` +
      '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
  )

describe('a hostile DOCX is refused by name', () => {
  const bomb =
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document>&b;</w:document>'
  test.each([
    ['an entity bomb in the text', { [body]: () => bomb }, 'parsing.xmlDoctype'],
    ['an entity bomb in a part nobody reads', { 'word/settings.xml': () => bomb }, 'parsing.xmlDoctype'],
    ['an entity bomb in its properties', { 'docProps/app.xml': () => bomb }, 'parsing.xmlDoctype'],
    [
      'an entity bomb in the table of contents of the file',
      { '[Content_Types].xml': () => bomb },
      'parsing.xmlDoctype',
    ],
    [
      'an external entity',
      { [body]: () => '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>' },
      'parsing.xmlDoctype',
    ],
    [
      'a picture fetched from elsewhere',
      { [relations]: relation('image', 'http://a.invalid/x.png', ' TargetMode="External"') },
      'parsing.docxExternal',
    ],
    [
      'a link',
      { [relations]: relation('hyperlink', 'https://a.invalid/', ' TargetMode="External"') },
      'parsing.docxExternal',
    ],
    [
      'a template of another machine',
      {
        'word/_rels/settings.xml.rels': () =>
          '<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" Target="file:///c:/x.dotm" TargetMode="External"/></Relationships>',
      },
      'parsing.docxExternal',
    ],
    ['a template it brings along', { [relations]: relation('attachedTemplate', 'x.dotx') }, 'parsing.docxEmbedded'],
    [
      'a foreign file taken in when it is opened',
      { [relations]: relation('aFChunk', 'chunk.xml') },
      'parsing.docxEmbedded',
    ],
    ['an embedded object', { 'word/embeddings/oleObject1.bin': () => 'x' }, 'parsing.docxEmbedded'],
    ['a control', { 'word/activeX/activeX1.xml': () => '<x/>' }, 'parsing.docxEmbedded'],
    ['a macro', { 'word/vbaProject.bin': () => 'x' }, 'parsing.docxMacro'],
    [
      'a macro document under the name of a plain one',
      {
        '[Content_Types].xml': (was: string) =>
          was.replace('wordprocessingml.document.main', 'document.macroEnabled.main'),
      },
      'parsing.docxMacro',
    ],
    ['a field that starts a program', { [body]: field(' DDEAUTO c:\\\\x.exe ') }, 'parsing.docxField'],
    ['a field that takes in a file', { [body]: field(' includetext "c:\\x.docx" ') }, 'parsing.docxField'],
    [
      'a simple field that takes in a picture',
      {
        [body]: into(
          '<w:sectPr',
          '<w:p><w:fldSimple w:instr="INCLUDEPICTURE x"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>',
        ),
      },
      'parsing.docxField',
    ],
    ['text in an encoding that hides from the walk', { [body]: (was: string) => `\u0000${was}` }, 'parsing.xmlBroken'],
    ['a torn part', { [body]: (was: string) => was.slice(0, 900) }, 'parsing.xmlBroken'],
  ] as const)('%s', (_, changes, code) => {
    expect(changed(changes)).toThrow(code)
  })

  test('what unpacks to far more than it is', () => {
    const huge = Buffer.alloc(4 * 1024 * 1024)
    const bytes = zipOf({ [body]: { bytes: huge, size: 1000 }, '[Content_Types].xml': '<Types/>' })
    expect(() => readReturned(bytes)).toThrow('parsing.zipBomb')
  })

  test('what is no DOCX at all, what is locked, what is torn', () => {
    expect(() => readReturned(zipOf({ 'xl/workbook.xml': '<x/>' }))).toThrow('parsing.docxMissing')
    expect(() => readReturned(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toThrow('parsing.docxLocked')
    expect(() => readReturned(Buffer.from('%PDF-1.7'))).toThrow('parsing.zipBroken')
    expect(() => readReturned(ours.subarray(0, ours.length >> 1))).toThrow('parsing.zipBroken')
    expect(() => readReturned(Buffer.alloc(0))).toThrow('parsing.zipBroken')
  })

  test('the message says which: the target, the part, the field', () => {
    const params = (changes: Parameters<typeof rezipped>[1]) => {
      try {
        return changed(changes)() && null
      } catch (error) {
        return (error as { params?: object }).params
      }
    }
    expect(params({ [relations]: relation('image', 'http://a.invalid/x', ' TargetMode="External"') })).toEqual({
      target: 'http://a.invalid/x',
    })
    expect(params({ 'word/vbaProject.bin': () => 'x' })).toEqual({ name: 'word/vbaProject.bin' })
    expect(params({ [body]: field(' dde x ') })).toEqual({ field: 'DDE' })
  })

  test('in a child that was given the bytes alone', async () => {
    const jobs = createJobs()
    onTestFinished(() => jobs.close())
    const file = join(temporaryFolder(), 'paper.docx')
    writeFileSync(file, ours)
    expect((await parseReturned(file, jobs)).returned).toEqual(readReturned(ours))
    writeFileSync(file, rezipped(ours, { [body]: () => bomb }))
    await expect(parseReturned(file, jobs)).rejects.toMatchObject({ code: 'parsing.xmlDoctype' })
    await expect(parseReturned(join(temporaryFolder(), 'none.docx'), jobs)).rejects.toMatchObject({
      code: 'parsing.noFile',
    })
  })
})

describe('what a person wrote', () => {
  test('is read with everything the paper prints, page numbers and line ends of the layout apart', () => {
    const { text, revisions, comments } = readReturned(ours)
    expect([revisions, comments]).toEqual([0, 0])
    expect(text.split('\n').slice(0, 5)).toEqual([
      '重庆市国有资产监督管理委员会',
      '000001 监管约谈函〔2026〕15号',
      '机密★10年',
      '责任约谈通知',
      '渝某实业集团有限公司：',
    ])
    expect(text.split('\n').at(-1)).toMatch(/^抄送：.*。$/)
    expect(text).not.toContain('—')
  })

  test('marked changes and remarks are counted; text that was struck or moved away is not read', () => {
    const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`
    const tracked = rezipped(ours, {
      [body]: into(
        '<w:sectPr',
        `<w:p><w:ins w:id="1">${run('新增')}</w:ins><w:del w:id="2"><w:r><w:delText>旧文</w:delText></w:r></w:del>` +
          `<w:moveFrom w:id="3">${run('移走')}</w:moveFrom><w:r><w:commentReference w:id="4"/></w:r></w:p>`,
      ),
    })
    const { text, revisions, comments } = readReturned(tracked)
    expect([revisions, comments]).toEqual([3, 1])
    expect(text).toContain('新增')
    expect(text).not.toMatch(/旧文|移走/)
  })
})
