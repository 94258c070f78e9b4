import { expect, test } from 'vitest'
import { appendRecord } from '#electron/core/accounts/ledger.ts'
import { ledgerOf } from '#electron/core/accounts/unlock.ts'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { issueNotices, openCase, openOffice, secret } from '../../support/office.ts'
import { frozenBytes } from '../../support/papers.ts'

test('样式原样: letters follow the template of the Rules once policy says so; what was issued before, and its further copies, do not', async () => {
  const office = await openOffice()
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, secret)
  const paperOf = async (of: string) => {
    const desk = await office.at('chengban')
    const paper = (await desk.call('papers.list', { caseId: of })).find(
      (one) => one.kind === 'notice' && one.format === 'pdf',
    )
    if (!paper) throw new Error('no notice')
    return { desk, paper, text: pdfText(await frozenBytes(desk, paper.id)) }
  }
  const order = (text: string) => text.indexOf(unspaced('责任约谈通知')) < text.indexOf(unspaced('监管约谈函'))
  const first = await paperOf(caseId)
  expect(order(first.text)).toBe(false)
  const { archive } = (await office.at('anquan')).session
  const { ledger, signer } = ledgerOf(archive)
  const at = new Date().toISOString()
  await archive.office.transaction((trx) =>
    appendRecord(trx, ledger, 'policy', { name: 'letterLayout', value: 1, at }, signer),
  )
  for (const login of ['anquan', 'chengban', 'chuzhang', 'fenguan', 'zhuize', 'dingmi']) await office.leave(login)

  const later = await openCase(office, ['渝某能源有限公司'])
  await issueNotices(office, later.caseId, secret)
  expect(order((await paperOf(later.caseId)).text)).toBe(true)
  // The second copy of the first notice is the same paper with another 份号.
  const { desk, paper } = await paperOf(caseId)
  const request = { act: 'export' as const, recipient: '监督处', purpose: '核对', medium: '', parentId: null }
  const tickets = []
  for (let count = 0; count < 2; count += 1)
    tickets.push(...(await desk.call('copies.request', { caseId, paperIds: [paper.id], ...request })))
  const cases = desk.session.archive.cases?.knex
  const row = await cases?.('tickets').where({ id: tickets[1]?.id }).first('blob_id')
  await cases?.('papers').where({ id: paper.id }).update({ blob_id: row.blob_id })
  const copy = pdfText(await frozenBytes(desk, paper.id))
  expect(copy).toContain('000002')
  expect(order(copy)).toBe(false)
}, 600_000)
