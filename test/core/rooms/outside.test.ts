import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addDays } from '#shared/calendar/workingDays.ts'
import { contract } from '#shared/contract/index.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { listExportNames } from '#shared/domain/copies.ts'
import { issueNotices, openCase, openOffice, secret } from '../../support/office.ts'

test('every way out of the archive stands on the list of what is left outside, or is named here with why it leaves nothing of a case', () => {
  const leavesNothing = [
    'archive.seal', // a copy with a ticket, as those below
    'copies.take',
    'copies.takeAll',
    'copies.print',
    'aids.keyCard', // keys of the keyboard
    'receivings.certificate', // a public certificate
    'backups.make', // encrypted as the archive is; on the register of backups
    'disposals.destroy', // destroys, and writes nothing out
  ]
  const asked = Object.entries(contract).flatMap(([name, spec]) => (spec.stepUp === 'password' ? [name] : []))
  expect(asked.filter((name) => !(name in listExportNames)).toSorted()).toEqual(leavesNothing.toSorted())
})

test('实施条例 27: what left is listed with number, place and fate until somebody signs that it is cleared', async () => {
  const office = await openOffice()
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  const [desk, head, zhuize] = [await office.at('chengban'), await office.at('chuzhang'), await office.at('zhuize')]
  const signer = (await office.at('fenguan')).accountId
  await issueNotices(office, caseId, { ...secret, scope: [desk.accountId, head.accountId, signer] })
  const notice = (await desk.call('papers.list', { caseId })).find((one) => one.kind === 'notice')
  const out = { act: 'export' as const, recipient: '某处', purpose: '查阅', medium: '', parentId: null }
  const [ticket] = await desk.call('copies.request', { caseId, paperIds: [notice?.id ?? ''], ...out })
  await head.call('copies.decide', { caseId, batchId: ticket?.batchId ?? '', decision: 'approved', opinion: '' })
  const folder = join(office.outside, 'out')
  mkdirSync(folder)
  expect(await desk.call('copies.outside', {})).toEqual([])
  await desk.call('copies.take', { caseId, ticketId: ticket?.id ?? '', folder })
  const list = { columns: ['matter' as const], format: 'csv' as const, folder }
  await desk.call('cases.export', list)

  const rows = await desk.call('copies.outside', {})
  expect(
    rows.map(({ kind, title, label, place, fate, cleared }) => [kind, title, label, place, fate, cleared]),
  ).toEqual([
    ['list', '约谈事项一览', '', '', null, null],
    ['copy', notice?.title, '000001', folder, null, null],
  ])
  const copy = rows.find((one) => one.kind === 'copy')
  const clear = {
    kind: 'copy' as const,
    ref: copy?.ref ?? '',
    day: dayInChina(new Date().toISOString()),
    note: '已删除',
  }
  // Somebody outside the 知悉范围 neither sees the copy nor speaks for it; another's list is 保密员's to see.
  expect(await zhuize.call('copies.outside', {})).toEqual([])
  await expect(zhuize.call('copies.clear', clear)).rejects.toThrow('copies.unknown')
  const baomi = await office.at('baomi')
  expect((await baomi.call('copies.outside', {})).map((one) => one.title)).toEqual(['约谈事项一览'])
  const future = { ...clear, day: addDays(clear.day, 1) }
  await expect(desk.call('copies.clear', future)).rejects.toThrow('copies.impossibleDay')

  await head.call('copies.clear', clear)
  await expect(desk.call('copies.clear', clear)).rejects.toThrow('copies.clearedAlready')
  const lineOfList = rows.find((one) => one.kind === 'list')?.ref ?? ''
  await baomi.call('copies.clear', { ...clear, kind: 'list', ref: lineOfList })
  const after = await desk.call('copies.outside', {})
  expect(after.map(({ kind, cleared }) => [kind, cleared?.by, cleared?.note])).toEqual([
    ['list', baomi.session.archive.identity.name, '已删除'],
    ['copy', head.session.archive.identity.name, '已删除'],
  ])
  // The paper itself is still out: clearing the machine takes nothing back.
  expect((await desk.call('copies.register', { caseId }))[0]?.fate).toBeNull()

  // A line somebody wrote into the file clears nothing: the signature is missing.
  await desk.call('cases.export', list)
  const [fresh] = await desk.call('copies.outside', {})
  await desk.session.archive.cases?.knex('clearings').insert({
    ...{ id: 'forged', kind: 'list', ref: fresh?.ref, day: clear.day, note: '' },
    ...{ account_id: desk.accountId, at: new Date().toISOString() },
  })
  expect((await desk.call('copies.outside', {}))[0]).toMatchObject({ ref: fresh?.ref, cleared: null })
}, 600_000)
