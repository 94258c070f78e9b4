import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explained, filedVolume, filingAnswers, handOver } from '../../support/filing.ts'
import { chain, openOffice } from '../../support/office.ts'
import { rectified } from '../../support/rectifying.ts'
import { fileByPiece, pieceTable as table } from '../../support/retention.ts'

test('DA/T 22: each piece has a 档号 of its own by the unit’s table, keeps it when the volume is filed again, and stands in the 目录', async () => {
  const office = await openOffice()
  const dangan = await office.at('dangan')
  const file = join(office.outside, 'retention.json')
  const read = async (value: unknown) => {
    writeFileSync(file, JSON.stringify(value))
    return dangan.call('rules.readNorm', { kind: 'retentionTable', file })
  }
  const { fonds: _fonds, organs: _organs, ...bare } = table
  expect((await read(bare)).faults).toEqual([
    { place: 'fonds', code: 'missing' },
    { place: 'organs', code: 'missing' },
  ])
  const twice = [...table.rows, { ...table.rows[0], code: '9' }]
  expect((await read({ ...table, rows: twice })).faults).toEqual([{ place: 'rows[3].papers', code: 'twice' }])

  // Before the table holds, volumes are filed as volumes and nothing has a number of its own.
  await filedVolume(office, '渝某水务有限公司')
  expect(await dangan.call('archive.pieces', { year: null })).toEqual({ byPiece: false, pieces: [] })
  const { hash } = await read(table)
  const norm = await dangan.call('rules.proposeNorm', { kind: 'retentionTable', file, hash: hash ?? '' })
  await (await office.again('chuzhang')).call('rules.approveNorm', { seq: norm.seq, record: norm.record })
  for (const login of ['dangan', 'chengban']) await office.again(login)

  const first = await filedVolume(office, '渝某实业集团有限公司')
  const second = await filedVolume(office, '渝某能源有限公司')
  const again = await office.at('dangan')
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
  const codes = async () => (await again.call('archive.pieces', { year })).pieces.map((one) => one.code)
  const expected = [
    `K101-WS·${year}-D10-JDC-0001`,
    `K101-WS·${year}-D10-JDC-0002`,
    `K101-WS·${year}-Y-JDC-0001`,
    `K101-WS·${year}-Y-JDC-0002`,
  ]
  expect(await codes()).toEqual(expected)
  // 档号规范性 and 重复性 are tested on the pieces' own codes.
  const checks = await again.call('archive.check', { caseId: second.caseId, volumeId: second.id })
  for (const code of ['GD-1-7', 'GD-1-8']) expect(checks.find((one) => one.code === code)?.result).toBe('passed')

  // Filed again as its next edition: no number is given twice, none is lost.
  const one = { caseId: first.caseId, volumeId: first.id }
  await again.call('archive.reopen', { ...one, reason: '补正' })
  const opened = await (await office.at('chengban')).call('archive.assemble', { caseId: first.caseId })
  await handOver(office, opened)
  await again.call('archive.file', { ...one, gaps: explained(opened), note: '', checks: filingAnswers() })
  expect(await codes()).toEqual(expected)

  const folder = join(office.outside, 'lists')
  mkdirSync(folder)
  const run = { year, term: 'D10' as const, organ: 'JDC' }
  const list = await again.call('archive.exportPieceSheet', { what: 'list', ...run, folder })
  expect(list.rows).toBe(2)
  const text = execFileSync('pdftotext', ['-layout', list.file, '-'], { encoding: 'utf8' })
  for (const part of ['归档文件目录', 'K101', '渝某国资监管机构', '10年', '监督处', 'JDC-0002'])
    expect(text).toContain(part)
  const stamps = await again.call('archive.exportPieceSheet', { what: 'stamps', ...run, folder })
  const cells = execFileSync('pdftotext', ['-layout', stamps.file, '-'], { encoding: 'utf8' })
  expect(cells).toMatch(new RegExp(`K101\\s+${year}\\s+0001\\s+JDC\\s+10年\\s+1`))
  await expect(again.call('archive.pieceSheet', { what: 'list', ...run, organ: 'QTC' })).rejects.toThrow(
    'archive.noPieces',
  )
  // Whoever does not stand in the 知悉范围 of a case sees none of its pieces.
  const zhuize = await office.at('zhuize')
  expect((await zhuize.call('archive.pieces', { year })).pieces).toEqual([])
}, 600_000)

test('Art. 17, 19: an approved compilation is filed as a piece of its own, once, and stands in the 目录 of those who may know all its cases', async () => {
  const office = await openOffice()
  await rectified(office, ['渝某实业集团有限公司'], [...chain, 'zhuize'])
  const [zhuize, fenguan] = [await office.at('zhuize'), await office.at('fenguan')]
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
  const subject = { kind: 'analysisReport' as const, since: `${year}-01-01`, until: `${year}-12-31` }
  const { id: compilationId, title, texts, version } = await zhuize.call('compilations.draft', { subject })
  const words = { ...texts, suggestions: ['健全投资管控机制。'] }
  await zhuize.call('compilations.save', { compilationId, version, texts: words })
  await expect(zhuize.call('compilations.file', { compilationId })).rejects.toThrow('compilations.notApproved')
  await zhuize.call('compilations.submit', { compilationId })
  await fenguan.call('compilations.decide', { compilationId, decision: 'approved', opinion: '' })
  await expect(zhuize.call('compilations.file', { compilationId })).rejects.toThrow('archive.notByPiece')
  expect((await zhuize.call('compilations.get', { compilationId })).archivalCode).toBeNull()

  await fileByPiece(office)
  const drawer = await office.again('zhuize')
  expect((await drawer.call('compilations.get', { compilationId })).archivalCode).toBe('')
  const code = `K101-WS·${year}-D30-ZZC-0001`
  expect((await drawer.call('compilations.file', { compilationId })).archivalCode).toBe(code)
  await expect(drawer.call('compilations.file', { compilationId })).rejects.toThrow('archive.filedAlready')

  const pieces = async (login: string) => (await (await office.again(login)).call('archive.pieces', { year })).pieces
  expect(await pieces('dangan')).toMatchObject([{ code, title, caseId: null, compilationId }])
  // The officer knows the case, and has no part in what is drawn from it; one outside a case knows nothing of it.
  for (const login of ['chengban', 'zhuyao']) expect(await pieces(login)).toEqual([])
  const run = { what: 'list' as const, year, term: 'D30' as const, organ: 'ZZC', folder: office.outside }
  const list = await (await office.at('dangan')).call('archive.exportPieceSheet', run)
  const text = execFileSync('pdftotext', ['-layout', list.file, '-'], { encoding: 'utf8' })
  for (const part of ['归档文件目录', 'ZZC-0001', '责任追究处', '30年']) expect(text).toContain(part)
}, 600_000)
