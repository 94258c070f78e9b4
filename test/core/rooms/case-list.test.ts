import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { readTable } from '#electron/parsing/read-table.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { classifyAll, openCase, openOffice, submitNotices, unclassified } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const columns = ['number', 'enterprise', 'matter', 'stage', 'next', 'level', 'form', 'created'] as const
const head = ['编号', '企业', '事由', '阶段', '下一步', '密级', '形式', '立项']

/** The first file of a ZIP whose name ends so, unpacked. */
function partOf(bytes: Buffer, ending: string): string {
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [packed, name, extra] = [
      bytes.readUInt32LE(at + 18),
      bytes.readUInt16LE(at + 26),
      bytes.readUInt16LE(at + 28),
    ]
    const from = at + 30 + name + extra
    if (
      bytes
        .subarray(at + 30, at + 30 + name)
        .toString('utf8')
        .endsWith(ending)
    )
      return inflateRawSync(bytes.subarray(from, from + packed)).toString('utf8')
    at = from + packed
  }
  throw new Error(`no ${ending}`)
}

test('the list leaves as CSV and as XLSX: the same columns and words, days that a spreadsheet sorts, only what was filtered', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await submitNotices(office, caseId, unclassified)
  await classifyAll(office, caseId)
  await (await office.at('fenguan')).call('notices.decide', {
    caseId,
    noticeId: (await chengban.call('notices.list', { caseId }))[0]?.id ?? '',
    decision: 'approved',
    opinion: '',
  })
  await openCase(office, ['渝某能源集团有限公司', '渝某水务集团有限公司'])
  const today = dayInChina(new Date().toISOString())
  const [year, month, day] = today.split('-').map(Number)
  const matter = '投资决策失误形成损失风险等'
  const first = ['', '渝某实业集团有限公司', matter, '通知', '编号', '秘密', '个别约谈']
  const second = [
    '',
    '渝某能源集团有限公司、渝某水务集团有限公司',
    matter,
    '通知',
    '拟稿并送审通知书',
    '秘密',
    '集体约谈',
  ]
  const ask = { columns: [...columns], folder: office.outside }

  const csv = await chengban.call('cases.export', { ...ask, format: 'csv' })
  expect(csv.rows).toBe(2)
  const official = `${year}年${month}月${day}日`
  const cells = readTable(readFileSync(csv.file)).rows.map((row) => row.cells)
  expect(cells[0]).toEqual(head)
  expect(cells.slice(1)).toHaveLength(2)
  expect(cells.slice(1)).toContainEqual([...first, official])
  expect(cells.slice(1)).toContainEqual([...second, official])

  const one = await chengban.call('cases.export', { ...ask, format: 'xlsx', text: '实业' })
  expect(one).toMatchObject({ rows: 1, file: expect.stringMatching(/约谈事项一览（.*）\.xlsx$/) })
  const bytes = readFileSync(one.file)
  expect(readTable(bytes).rows.map((row) => row.cells)).toEqual([head, [...first, today]])
  // The day is a number under a format of year, month and day; everything else is text.
  const sheet = partOf(bytes, 'sheet1.xml')
  const serial = Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse('1899-12-30T00:00:00Z')) / 86_400_000)
  expect(sheet).toContain(`<c r="H2" s="3"><v>${serial}</v></c>`)
  expect(sheet.match(/t="inlineStr"/g)).toHaveLength(head.length + first.filter(Boolean).length)
  expect(partOf(bytes, 'styles.xml')).toContain('formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"')

  // A person outside the 知悉范围 exports nothing; a folder that is none is named.
  const baomi = await office.at('baomi')
  expect((await baomi.call('cases.export', { ...ask, format: 'xlsx' })).rows).toBe(0)
  await expect(chengban.call('cases.export', { ...ask, format: 'xlsx', folder: `${one.file}` })).rejects.toThrow(
    'papers.noFolder',
  )
})
