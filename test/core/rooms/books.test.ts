import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type BookKey, bookKeys, bookNames } from '#shared/domain/books.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { issueNotices, openCase, openOffice, secret } from '../../support/office.ts'

test('登记簿: what left, came back, was destroyed and decided stands in each register as a paper, inside the own scope only', async () => {
  const office = await openOffice()
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, secret)
  const [desk, head] = [await office.at('chengban'), await office.at('chuzhang')]
  const paper = (await desk.call('papers.list', { caseId })).find(
    (one) => one.kind === 'notice' && one.format === 'pdf',
  )
  const folder = join(office.outside, 'out')
  mkdirSync(folder)
  const out = { act: 'burn' as const, recipient: '某市档案馆', purpose: '移交', medium: '光盘2026-01', parentId: null }
  const left: string[] = []
  for (let copy = 0; copy < 3; copy += 1) {
    const [ticket] = await desk.call('copies.request', { caseId, paperIds: [paper?.id ?? ''], ...out })
    const one = { caseId, batchId: ticket?.batchId ?? '', decision: 'approved' as const, opinion: '' }
    await head.call('copies.decide', one)
    await desk.call('copies.takeAll', { caseId, ticketIds: [ticket?.id ?? ''], folder })
    const taken = (await desk.call('copies.register', { caseId })).find((each) => each.label === ticket?.label)
    left.push(taken?.id ?? '')
  }
  const day = dayInChina(new Date().toISOString())
  const [, second = '', third = ''] = left
  const fate = { caseId, copyId: second, fate: 'returned' as const, day, person: '戚某某', note: '按期清退' }
  await desk.call('copies.enterFate', fate)
  const destroying = { method: '化浆', destination: '某市销毁中心', approver: '严某某' }
  await desk.call('copies.askDestroy', { caseId, copyId: third, ...destroying, note: '原件破损' })
  await head.call('copies.confirmDestroy', { caseId, copyId: third, day, person: '葛某某' })

  const read = async (book: BookKey): Promise<{ text: string; rows: number }> => {
    const { file, rows } = await head.call('books.export', { book, year: null, folder })
    const shown = await head.call('books.show', { book, year: Number(day.slice(0, 4)) })
    expect([book, Buffer.from(shown.pdf.slice(0, 5)).toString(), shown.rows]).toEqual([book, '%PDF-', rows])
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '')
    expect(text).toContain(bookNames[book])
    expect(text).toMatch(/日志第\d+行/)
    return { text, rows }
  }
  const found = new Map<BookKey, Awaited<ReturnType<typeof read>>>()
  for (const book of bookKeys) found.set(book, await read(book))
  expect(bookKeys.map((book) => [book, found.get(book)?.rows])).toEqual([
    ['copies', 3],
    ['output', 3],
    ['return', 1],
    ['destruction', 1],
    ['carrier', 3],
    ['classification', 1],
    ['incident', 0],
  ])
  for (const number of ['000001', '000002', '000003']) expect(found.get('copies')?.text).toContain(number)
  expect(found.get('return')?.text).toContain('000002')
  for (const words of ['葛某某', '严某某', '化浆；原件', '某市销毁中心'])
    expect(found.get('destruction')?.text).toContain(words)
  expect(found.get('carrier')?.text).toContain('光盘2026-01')

  // Whoever is outside the scope reads an empty book; whoever keeps none is refused.
  const outside = await office.at('zhuyao')
  expect((await outside.call('books.show', { book: 'copies', year: null })).rows).toBe(0)
  await expect(desk.call('books.show', { book: 'copies', year: null })).rejects.toMatchObject({ code: 'door.role' })
}, 600_000)
