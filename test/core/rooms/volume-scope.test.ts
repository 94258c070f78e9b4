import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { withheldTitle } from '#shared/domain/secrecy.ts'
import { caseAtFiling, filingAnswers } from '../../support/filing.ts'
import { openOffice, secret } from '../../support/office.ts'
import { fileByPiece } from '../../support/retention.ts'

const outside = { code: 'door.scope' }
const closed = { code: 'secrecy.papersClosed' }

test('保密法 19, 21: a volume shows the place of a paper to those outside its 知悉范围, and only those who know them all answer for it', async () => {
  const office = await openOffice()
  await fileByPiece(office)
  const desk = await office.again('chengban')
  const [head, fenguan] = [await office.at('chuzhang'), await office.at('fenguan')]
  const narrow = { ...secret, scope: [desk, head, fenguan].map((one) => one.accountId) }
  const { caseId } = await caseAtFiling(office, narrow)
  const [dangan, jilu, dingmi] = [await office.at('dangan'), await office.at('jilu'), await office.at('dingmi')]
  const volume = await desk.call('archive.assemble', { caseId })
  const one = { caseId, volumeId: volume.id }
  const hidden = volume.items.filter((item) => ['notice', 'approval'].includes(item.code))
  expect(hidden.map((item) => item.number === '')).toContain(false)
  const telling = [...new Set(hidden.flatMap((item) => [item.title, item.number, item.paperId ?? '']))].filter(Boolean)
  const told = (value: unknown) => telling.filter((text) => JSON.stringify(value).includes(text))

  // Every place and page stands, whichever paper it is; nothing that names the closed ones.
  const seen = await dangan.call('archive.get', one)
  expect(told(seen)).toEqual([])
  expect(told(await dangan.call('archive.list', {}))).toEqual([])
  const places = (items: typeof volume.items) =>
    items.map(({ position, pageFrom, pages }) => [position, pageFrom, pages])
  expect(places(seen.items)).toEqual(places(volume.items))
  const notice = seen.items.find((item) => item.code === 'notice')
  expect(notice).toMatchObject({ title: withheldTitle, number: '', author: '', day: '', paperId: null, finalIds: [] })
  const open = (items: typeof volume.items) => items.filter((item) => item.code === 'minutes')
  expect(open(seen.items)).toEqual(open(volume.items))
  // The order may be put right without knowing what stands in it.
  const order = volume.items.map((item) => item.id)
  expect(told(await desk.call('archive.arrange', { ...one, order: order.toReversed() }))).toEqual(telling)
  await desk.call('archive.arrange', { ...one, order })

  // The hand-over names every piece: its receipt is not for everybody, and nobody signs for what they may not know.
  await desk.call('archive.handOver', { ...one, note: '' })
  const [step] = await dangan.call('archive.custody', one)
  const receipt = { caseId, kind: 'volumeReceipt' as const, objectId: step?.id ?? '', fields: null }
  await expect(dangan.call('papers.preview', receipt)).rejects.toMatchObject(outside)
  expect((await desk.call('papers.preview', receipt)).pdf.length).toBeGreaterThan(0)
  expect((await dangan.call('papers.working', { caseId })).filter((paper) => paper.kind === 'volumeReceipt')).toEqual(
    [],
  )
  await expect(dangan.call('archive.receive', { ...one, note: '' })).rejects.toMatchObject(closed)
  expect(await desk.call('archive.get', one)).toMatchObject({ holder: 'handed' })

  // The 知悉范围 of the paper is widened by two persons; now the archivist receipts and files.
  const rescope = async (scope: readonly string[]) => {
    const decision = (await desk.call('secrecy.list', { caseId })).find(
      (each) => each.objectKind === 'notice' && each.state === 'approved',
    )
    const proposal = { ...secret, scope: [...scope], reason: '工作需要' }
    const change = { caseId, classificationId: decision?.id ?? '', act: 'change' as const, proposal }
    const proposed = await desk.call('secrecy.proposeChange', change)
    await dingmi.call('secrecy.decide', { caseId, classificationId: proposed.id, decision: 'approved', opinion: '' })
  }
  await rescope([...narrow.scope, dangan.accountId])
  await dangan.call('archive.receive', { ...one, note: '' })
  const filed = await dangan.call('archive.file', { ...one, gaps: [], note: '', checks: filingAnswers() })
  expect(told(filed)).toEqual(telling)

  // The 卷内文件目录 is complete, and stands among the papers of those who know every paper it names.
  const contentsOf = async (account: typeof dangan) =>
    (await account.call('papers.list', { caseId })).filter((paper) => paper.kind === 'contents')
  const [contents] = await contentsOf(dangan)
  expect(contents).toBeDefined()
  expect(await contentsOf(jilu)).toEqual([])
  const ask = { caseId, paperIds: [contents?.id ?? ''], act: 'print' as const, recipient: '某处', purpose: '查阅' }
  await expect(jilu.call('copies.request', { ...ask, medium: '', parentId: null })).rejects.toMatchObject(outside)
  expect(told([await jilu.call('archive.get', one), await jilu.call('archive.editions', one)])).toEqual([])
  expect(told(await dangan.call('archive.editions', one))).toEqual(telling)

  // 归档文件目录: no 件号 is missing; whoever may no longer know the paper sees its 档号 and pages.
  const numbered = async (account: typeof dangan) => (await account.call('archive.pieces', { year: null })).pieces
  const [all, some] = [await numbered(dangan), await numbered(jilu)]
  expect(some.map(({ code, pages }) => [code, pages])).toEqual(all.map(({ code, pages }) => [code, pages]))
  expect([told(all), told(some)]).toEqual([telling, []])
  await rescope(narrow.scope)
  const piece = all.find((each) => each.number !== '')
  const { year = 0, term = 'Y', organ = '', code = '' } = piece ?? {}
  const run = { what: 'list' as const, year, term, organ, folder: office.outside }
  const list = await dangan.call('archive.exportPieceSheet', run)
  const text = execFileSync('pdftotext', ['-raw', list.file, '-'], { encoding: 'utf8' }).replaceAll(/\s/gu, '')
  expect(text).toContain(code)
  expect(text).toContain(withheldTitle)
  expect(text).not.toContain(piece?.number ?? '')
  await expect(dangan.call('archive.check', one)).rejects.toMatchObject(closed)
}, 600_000)
