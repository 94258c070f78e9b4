import { expect, test } from 'vitest'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { holdInterview, issueNotices, openCase, openOffice, secret } from '../../support/office.ts'

test('working papers are made from what the archive holds, bear the mark of the case, and are kept day by day', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const enterprise = '渝某实业集团有限公司'
  const { caseId, enterprises } = await openCase(office, [enterprise])
  expect(await chengban.call('papers.working', { caseId })).toEqual([])
  await issueNotices(office, caseId, secret)
  await holdInterview(office, caseId, enterprises, [
    { text: '现在开始约谈。', kind: 'explain', key: 1 },
    { text: '年底前完成追索。', kind: 'commitment', key: 2, commitment: { owner: '王某某', due: '2026-12-31' } },
  ])
  const list = await chengban.call('papers.working', { caseId })
  expect(list.map((one) => one.kind)).toEqual(expect.arrayContaining(['receipt', 'outline', 'rectificationLedger']))

  const textOf = async (kind: (typeof list)[number]['kind']): Promise<string> => {
    const { objectId = '' } = list.find((one) => one.kind === kind) ?? {}
    const { pdf, missing } = await chengban.call('papers.preview', { caseId, kind, objectId, fields: null })
    expect(missing).toEqual([])
    return pdfText(pdf)
  }
  const outline = await textOf('outline')
  for (const part of ['秘密★5年', enterprise, '一、', '听取陈述', '有关问题基本情况'])
    expect(outline).toContain(unspaced(part))
  const ledger = await textOf('rectificationLedger')
  for (const part of ['年底前完成追索', '王某某', '2026年12月31日', '未完成', '秘密★5年'])
    expect(ledger).toContain(unspaced(part))
  const receipt = await textOf('receipt')
  expect(receipt).toContain(unspaced('监管约谈函〔'))
  expect(receipt).toContain(unspaced('专人送达'))

  // Art. 8 and 10 point to them once they are kept.
  const paperOf = async (article: number) =>
    (await chengban.call('cases.get', { caseId })).articles[article - 1]?.paper?.title
  expect([await paperOf(8), await paperOf(10)]).toEqual([undefined, undefined])
  for (const kept of list.filter((one) => one.kind === 'outline' || one.kind === 'receipt'))
    await chengban.call('papers.freeze', { caseId, kind: kept.kind, objectId: kept.objectId, formats: ['pdf'] })
  expect([await paperOf(8), await paperOf(10)]).toEqual(['约谈提纲', `送达回执（${enterprise}）`])

  const { kind = 'outline', objectId = '' } = list.find((one) => one.kind === 'rectificationLedger') ?? {}
  for (let day = 0; day < 2; day += 1)
    await chengban.call('papers.freeze', { caseId, kind, objectId, formats: ['pdf'] })
  const kept = (await chengban.call('papers.list', { caseId })).filter((one) => one.kind === 'rectificationLedger')
  expect(kept).toHaveLength(2)
  expect(kept[0]).toMatchObject({ level: 'secret', format: 'pdf', title: `整改台账（${enterprise}）` })

  // An object of another case, or none at all, makes nothing.
  const other = await openCase(office, ['渝某能源有限公司'])
  await expect(
    chengban.call('papers.preview', { caseId: other.caseId, kind, objectId, fields: null }),
  ).rejects.toMatchObject({ code: 'rectification.unknownEnterprise' })
})
