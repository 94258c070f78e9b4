import { expect, test, vi } from 'vitest'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { explained, filingAnswers, handOver, plainCaseAtFiling } from '../../support/filing.ts'
import { sharedOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()

async function assembled(name: string) {
  const here = await office()
  const { caseId } = await plainCaseAtFiling(here, name)
  const chengban = await here.at('chengban')
  const volume = await chengban.call('archive.assemble', { caseId })
  const one = { caseId, volumeId: volume.id }
  return { here, chengban, dangan: await here.at('dangan'), caseId, volume, one }
}

test('谁组织、谁负责: the volume is the office’s until the archivist has signed for it, and nobody files it before', async () => {
  const { chengban, dangan, caseId, volume, one } = await assembled('渝某甲集团有限公司')
  expect(volume).toMatchObject({ state: 'open', holder: 'office' })
  const order = volume.items.map((item) => item.id)
  const backwards = order.toReversed()
  const filing = { ...one, gaps: explained(volume), note: '', checks: filingAnswers() }
  await expect(dangan.call('archive.assemble', { caseId })).rejects.toThrow('door.role')
  await expect(dangan.call('archive.arrange', { ...one, order })).rejects.toThrow('archive.notOrganiser')
  await expect(dangan.call('archive.receive', { ...one, note: '' })).rejects.toThrow('archive.notHandedOver')
  await expect(dangan.call('archive.return', { ...one, reason: '缺件' })).rejects.toThrow('archive.notHandedOver')
  await expect(dangan.call('archive.file', filing)).rejects.toThrow('archive.notReceived')
  await expect(dangan.call('archive.handOver', { ...one, note: '' })).rejects.toThrow('door.role')
  expect(await chengban.call('cases.get', { caseId })).toMatchObject({
    next: { code: 'archive.handOver', role: 'caseOfficer', article: 20 },
  })

  // Between hand-over and receipt nobody changes it.
  expect(await chengban.call('archive.handOver', { ...one, note: '请清点。' })).toMatchObject({ holder: 'handed' })
  await expect(chengban.call('archive.handOver', { ...one, note: '' })).rejects.toThrow('archive.handedOver')
  await expect(chengban.call('archive.assemble', { caseId })).rejects.toThrow('archive.handedOver')
  for (const desk of [chengban, dangan])
    await expect(desk.call('archive.arrange', { ...one, order })).rejects.toThrow('archive.handedOver')
  await expect(dangan.call('archive.file', filing)).rejects.toThrow('archive.notReceived')
  expect((await dangan.call('today.get', {})).mine).toEqual([
    expect.objectContaining({ caseId, next: expect.objectContaining({ code: 'archive.receive' }) }),
  ])

  // It goes back with a reason, comes again, and is signed for.
  await expect(dangan.call('archive.return', { ...one, reason: ' ' })).rejects.toThrow('door.input')
  expect(await dangan.call('archive.return', { ...one, reason: '次序有误' })).toMatchObject({ holder: 'office' })
  await chengban.call('archive.arrange', { ...one, order: backwards })
  await chengban.call('archive.handOver', { ...one, note: '' })
  expect(await dangan.call('archive.receive', { ...one, note: '2件齐全' })).toMatchObject({ holder: 'archive' })
  await expect(dangan.call('archive.receive', { ...one, note: '' })).rejects.toThrow('archive.notHandedOver')
  await expect(chengban.call('archive.arrange', { ...one, order: backwards })).rejects.toThrow('archive.handedOver')
  // The order is the archivist's to mend; the pieces stay those that were signed for.
  await dangan.call('archive.arrange', { ...one, order })
  await dangan.call('archive.file', filing)
  expect(await dangan.call('cases.get', { caseId })).toMatchObject({ stage: 'archived' })
  await expect(dangan.call('archive.return', { ...one, reason: '缺件' })).rejects.toThrow('cases.wrongStage')

  const custody = await chengban.call('archive.custody', one)
  expect(custody.map(({ act, by, note, pieces }) => [act, by, note, pieces])).toEqual([
    ['received', '戚某某', '2件齐全', 2],
    ['handed', '孙某某', '', 2],
    ['returned', '戚某某', '次序有误', 2],
    ['handed', '孙某某', '请清点。', 2],
  ])
  const { history } = await chengban.call('cases.get', { caseId })
  const acts = history.map((line) => line.act).filter((act) => act.startsWith('archive.'))
  expect(acts.slice(0, 6)).toEqual([
    'archive.file',
    'archive.arrange',
    'archive.receive',
    'archive.handOver',
    'archive.arrange',
    'archive.return',
  ])
  const logged = await chengban.session.archive.cases
    ?.knex('log')
    .where({ object_id: caseId, result: 'ok' })
    .pluck('action')
  expect(logged).toEqual(expect.arrayContaining(['archive.handOver', 'archive.return', 'archive.receive']))

  // Each hand-over has its 签收单: what was handed over by whom, and the answer to it.
  const papers = (await chengban.call('papers.working', { caseId })).filter((paper) => paper.kind === 'volumeReceipt')
  expect(papers).toHaveLength(2)
  const texts = []
  for (const { kind, objectId } of papers)
    texts.push(pdfText((await chengban.call('papers.preview', { caseId, kind, objectId, fields: null })).pdf))
  for (const part of [
    '案卷移交签收单',
    volume.archivalCode,
    '监督处',
    '孙某某',
    '戚某某',
    '请清点。',
    '退回立卷处室补正。次序有误',
  ])
    expect(texts[0]).toContain(unspaced(part))
  for (const part of ['合计', '2件', '清点无误，予以签收。2件齐全']) expect(texts[1]).toContain(unspaced(part))
})

test('an archivist who is the organising office does not sign for the own volume', async () => {
  const { chengban, dangan, one } = await assembled('渝某乙集团有限公司')
  await chengban.call('archive.handOver', { ...one, note: '' })
  // The case passes to the archivist (离岗移交), who thereby answers for it as its 承办人 does.
  const officer = { officer_id: dangan.accountId }
  await dangan.session.archive.cases?.knex('cases').where({ id: one.caseId }).update(officer)
  await expect(dangan.call('archive.receive', { ...one, note: '' })).rejects.toThrow('archive.ownVolume')
  await expect(dangan.call('archive.return', { ...one, reason: '缺件' })).rejects.toThrow('archive.ownVolume')
})

test('a receipt somebody wrote into the file files nothing, and none is ever rewritten', async () => {
  const { here, chengban, dangan, volume, one, caseId } = await assembled('渝某丙集团有限公司')
  await chengban.call('archive.handOver', { ...one, note: '' })
  const knex = dangan.session.archive.cases?.knex
  if (!knex) throw new Error('an archivist holds the key')
  const [handed] = await knex('volume_custody').where({ volume_id: volume.id })
  const forged = { ...handed, id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', act: 'received', account_id: dangan.accountId }
  await knex('volume_custody').insert({ ...forged, at: new Date().toISOString() })
  await expect(
    dangan.call('archive.file', { ...one, gaps: explained(volume), note: '', checks: filingAnswers() }),
  ).rejects.toThrow('acts.invalid')
  await expect(knex('volume_custody').update({ note: '' })).rejects.toThrow('append-only')
  await expect(knex('volume_custody').delete()).rejects.toThrow('append-only')

  // A filed volume that is opened again is the office's again: the next edition changes hands anew.
  const second = await assembled('渝某丁集团有限公司')
  await handOver(here, second.volume)
  await dangan.call('archive.file', {
    ...second.one,
    gaps: explained(second.volume),
    note: '',
    checks: filingAnswers(),
  })
  const opened = await dangan.call('archive.reopen', { ...second.one, reason: '补入签字件' })
  expect(opened).toMatchObject({ edition: 2, holder: 'office' })
  const filing = { ...second.one, gaps: explained(second.volume), note: '', checks: filingAnswers() }
  await expect(dangan.call('archive.file', filing)).rejects.toThrow('archive.notReceived')
  await handOver(here, opened)
  expect(await dangan.call('archive.file', filing)).toMatchObject({ state: 'filed', edition: 2 })
  expect(caseId).not.toBe(second.caseId)
})
