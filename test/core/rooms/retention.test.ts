import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openCase, openOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const table = {
  name: '某单位文件材料归档范围和保管期限表',
  document: '某档发〔2026〕3号',
  approvedBy: '某市档案主管部门',
  effective: '2026-01-01',
  rows: [
    { code: '1.1', category: '重要会议材料', term: 'Y', interview: false },
    { code: '3.2', category: '责任约谈案卷', term: 'D10', interview: true },
  ],
}

test('Art. 20: the unit’s own 保管期限表 comes in as data, is judged with its places, and holds when two offices have signed', async () => {
  const office = await openOffice()
  const dangan = await office.at('dangan')
  const file = join(office.outside, 'retention.json')
  const read = async (value: unknown) => {
    writeFileSync(file, JSON.stringify(value))
    return dangan.call('rules.readNorm', { kind: 'retentionTable', file })
  }
  const [first, second] = table.rows
  expect((await read({ ...table, rows: [first] })).faults).toEqual([{ place: 'rows', code: 'missing' }])
  expect((await read({ ...table, effective: '2026-02-30' })).faults).toEqual([{ place: 'effective', code: 'value' }])
  expect((await read({ ...table, rows: [second, second] })).faults).toEqual([
    { place: 'rows[1].code', code: 'twice' },
    { place: 'rows[1].interview', code: 'twice' },
  ])
  expect((await read({ ...table, rows: [{ ...second, term: 'D20' }] })).faults).toEqual([
    { place: 'rows[0].term', code: 'value' },
  ])
  const { hash } = await read(table)
  const propose = { kind: 'retentionTable' as const, file, hash: hash ?? '' }
  // Neither the officer who runs cases nor a second archivist's office can begin it.
  await expect((await office.at('chengban')).call('rules.proposeNorm', propose)).rejects.toThrow('rules.notEntitled')
  const norm = await dangan.call('rules.proposeNorm', propose)
  expect(norm).toMatchObject({ name: table.name, version: table.document, state: 'waiting', inForce: false })
  expect((await dangan.call('rules.norms', {})).retention).toBeNull()
  const one = { seq: norm.seq, record: norm.record }
  await expect(dangan.call('rules.approveNorm', one)).rejects.toThrow('rules.sameperson')
  const chuzhang = await office.at('chuzhang')
  expect(await chuzhang.call('rules.approveNorm', one)).toMatchObject({ state: 'adopted', inForce: true })
  // A session knows the ledger as it stood when it was opened.
  await office.leave('dangan')
  await office.leave('chengban')
  expect((await (await office.at('dangan')).call('rules.norms', {})).retention).toEqual(table)

  // A volume made from now on is kept by the table: ten years, in its 档号 too.
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  const chengban = await office.at('chengban')
  await chengban.session.archive.cases?.knex('cases').where({ id: caseId }).update({ state: 'filing' })
  const volume = await chengban.call('archive.assemble', { caseId })
  expect(volume.retention).toBe('10年')
  expect(volume.archivalCode).toMatch(/-D10-\d{4}$/)
})
