import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { initials } from '#electron/core/parties/pinyin.ts'
import { writeXlsx } from '#electron/documents/xlsx.ts'
import { readTable } from '#electron/parsing/read-table.ts'
import { holdsOn, makesCycle } from '#shared/domain/parties.ts'
import { partyColumns, planImport } from '#shared/domain/party-import.ts'
import { intakeFor, openOffice } from '../../support/office.ts'

const bare = { shortName: '', code: '', parentId: null }

describe('names (Art. 7)', () => {
  test('characters with several readings are found by the reading people use, and by the other one', () => {
    expect(initials('重庆长安科技')[0]).toBe('cqcakj')
    expect(initials('重庆长安科技')).toContain('zqzakj')
    expect(initials('渝某行业银行')[0]).toBe('ymhyyh')
    expect(initials('A股份')[0]).toBe('agf')
  })

  test('search finds by name, short name, code and initials, quickly among thousands', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const file = join(office.outside, 'many.csv')
    const lines = Array.from({ length: 5000 }, (_, n) => `渝某第${n}号实业有限公司,某${n},C${n}`)
    writeFileSync(
      file,
      `企业全称,企业简称,统一社会信用代码\n${lines.join('\n')}\n渝某重庆长安集团有限公司,某长安,CA1\n`,
    )
    const report = await chengban.call('parties.readImport', { file })
    expect(report).toMatchObject({ total: 5001, badRows: 0, newEnterprises: 5001 })
    await chengban.call('parties.import', { file, hash: report.hash })
    const found = async (query: string) => (await chengban.call('parties.search', { query })).map((one) => one.name)
    expect(await found('ymcqca')).toEqual(['渝某重庆长安集团有限公司'])
    expect(await found('某长安')).toEqual(['渝某重庆长安集团有限公司'])
    expect(await found('C4999')).toEqual(['渝某第4999号实业有限公司'])
    expect(await found('第4999号')).toEqual(['渝某第4999号实业有限公司'])
    expect(await chengban.call('parties.tree', {})).toHaveLength(5001)
  })
})

describe('the tree', () => {
  test('an enterprise cannot be its own parent, neither at once nor round a corner', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const make = (name: string, parentId: string | null) =>
      chengban.call('parties.createEnterprise', { ...bare, name, parentId })
    const top = await make('渝某集团有限公司', null)
    const middle = await make('渝某投资有限公司', top.id)
    const low = await make('渝某置业有限公司', middle.id)
    for (const parentId of [top.id, middle.id, low.id]) {
      await expect(
        chengban.call('parties.updateEnterprise', {
          enterpriseId: top.id,
          enterprise: { ...bare, name: top.name, parentId },
        }),
      ).rejects.toMatchObject({ code: 'parties.ownParent', params: { field: 'parentId' } })
    }
    const moved = { ...bare, name: low.name, shortName: '某置业', parentId: top.id }
    expect(await chengban.call('parties.updateEnterprise', { enterpriseId: low.id, enterprise: moved })).toMatchObject(
      moved,
    )
    await expect(
      chengban.call('parties.updateEnterprise', { enterpriseId: low.id, enterprise: { ...moved, name: middle.name } }),
    ).rejects.toMatchObject({ code: 'parties.nameTaken' })
  })

  test('whatever parents are chosen one after the other, no ring ever closes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 60 }), (choices) => {
        const parents = new Map<string, string | null>()
        for (const [own, parent] of choices) {
          if (!makesCycle(parents, String(own), String(parent))) parents.set(String(own), String(parent))
        }
        for (const start of parents.keys()) {
          let steps = 0
          for (let at: string | null = start; at !== null; at = parents.get(at) ?? null) steps += 1
          expect(steps).toBeLessThanOrEqual(12)
        }
      }),
    )
  })
})

test('posts over time: who held which on a day, and an end before its start is refused', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const { id: enterpriseId } = await chengban.call('parties.createEnterprise', { ...bare, name: '渝某集团有限公司' })
  const person = await chengban.call('parties.createPerson', {
    enterpriseId,
    name: '李某某',
    title: '董事长',
    since: '2020-01-01',
    until: '2023-06-30',
  })
  const next = { postId: null, personId: person.id, enterpriseId }
  await chengban.call('parties.savePost', { ...next, post: { title: '顾问', since: '2023-07-01', until: null } })
  await chengban.call('parties.createPerson', { enterpriseId, name: '王某某', title: '董事长', since: '2023-07-01' })
  // Found by who works or worked there, by name and by initials; an enterprise of such a name stands before it.
  await chengban.call('parties.createEnterprise', { ...bare, name: '王某某实业有限公司' })
  const found = async (query: string) =>
    (await chengban.call('parties.search', { query })).map((one) => [one.name, one.person])
  expect(await found('李某')).toEqual([['渝某集团有限公司', '李某某 顾问']])
  expect(await found('lmm')).toEqual([['渝某集团有限公司', '李某某 顾问']])
  expect(await found('王某某')).toEqual([
    ['王某某实业有限公司', ''],
    ['渝某集团有限公司', '王某某 董事长'],
  ])
  expect(await found('%')).toEqual([])
  const holders = async (on: string) =>
    (await chengban.call('parties.holders', { enterpriseIds: [enterpriseId], on }))
      .map((one) => `${one.personName}${one.title}`)
      .sort()
  expect(await holders('2023-06-30')).toEqual(['李某某董事长'])
  expect(await holders('2023-07-01')).toEqual(['李某某顾问', '王某某董事长'])
  expect(await holders('2019-12-31')).toEqual([])
  expect((await chengban.call('parties.person', { personId: person.id })).posts.map((one) => one.title)).toEqual([
    '顾问',
    '董事长',
  ])
  await expect(
    chengban.call('parties.savePost', { ...next, post: { title: '董事', since: '2024-01-01', until: '2023-01-01' } }),
  ).rejects.toMatchObject({ code: 'parties.endBeforeStart' })
  await expect(
    chengban.call('parties.savePost', { ...next, post: { title: '董事', since: '2024-02-30', until: null } }),
  ).rejects.toMatchObject({ code: 'door.input' })
  expect(holdsOn({ since: null, until: null }, '2026-01-01')).toBe(true)
})

describe('import and export', () => {
  test('10,000 rows of which 37 are broken: each named with row and reason; the good ones land on confirm, once', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const rows: string[][] = [[...partyColumns]]
    for (let n = 0; n < 10_000; n += 1) {
      const parent = n % 50 === 0 ? '' : `渝某第${n - (n % 50)}号集团有限公司`
      const name = n % 50 === 0 ? `渝某第${n}号集团有限公司` : `渝某第${n}号有限公司`
      rows.push([name, '', `91X${n}`, parent, `李某${n}`, '董事长', '2024年1月1日', ''])
    }
    const break_ = (at: number, column: number, value: string): void => {
      const row = rows[at]
      if (row) row[column] = value
    }
    // Row 1 of the sheet is the heading, so list place and row of the sheet are one apart.
    for (let n = 0; n < 10; n += 1) break_(103 + n * 200, 6, '2024-02-30')
    for (let n = 0; n < 10; n += 1) break_(5003 + n * 50, 3, `渝某无此${n}公司`)
    for (let n = 0; n < 7; n += 1) break_(7003 + n * 50, 0, '')
    for (let n = 0; n < 5; n += 1) break_(8003 + n * 50, 7, '2020-01-01')
    for (let n = 0; n < 5; n += 1) break_(9003 + n * 50, 3, rows[9003 + n * 50]?.[0] ?? '')
    const file = join(office.outside, 'list.xlsx')
    writeFileSync(file, writeXlsx([{ name: '表', rows }]))
    const report = await chengban.call('parties.readImport', { file })
    expect(report).toMatchObject({ total: 10_000, badRows: 37, newEnterprises: 9963 })
    const counts = Map.groupBy(report.faults, (one) => one.code)
    expect([...counts].map(([code, list]) => [code, list.length]).sort()).toEqual([
      ['badDay', 10],
      ['endBeforeStart', 5],
      ['missing', 7],
      ['ownParent', 5],
      ['unknownParent', 10],
    ])
    expect(report.faults).toContainEqual({ line: 104, column: '任职起始', code: 'badDay', value: '2024-02-30' })
    expect(report.faults).toContainEqual({
      line: 5004,
      column: '上级企业全称',
      code: 'unknownParent',
      value: '渝某无此0公司',
    })
    // Looking keeps nothing.
    expect(await chengban.call('parties.tree', {})).toEqual([])

    await chengban.call('parties.import', { file, hash: report.hash })
    expect(await chengban.call('parties.tree', {})).toHaveLength(9963)
    const again = await chengban.call('parties.readImport', { file })
    expect(again).toMatchObject({
      badRows: 37,
      newEnterprises: 0,
      changedEnterprises: 0,
      newPeople: 0,
      newPosts: 0,
      changedPosts: 0,
    })
    await chengban.call('parties.import', { file, hash: again.hash })
    expect(await chengban.call('parties.tree', {})).toHaveLength(9963)

    break_(1, 1, '某一')
    writeFileSync(file, writeXlsx([{ name: '表', rows }]))
    await expect(chengban.call('parties.import', { file, hash: report.hash })).rejects.toMatchObject({
      code: 'parties.importChanged',
    })
  }, 240_000)

  test('what is exported comes back without a change, as CSV and as XLSX; parents come in any order', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const file = join(office.outside, 'list.csv')
    writeFileSync(
      file,
      [
        '企业全称,上级企业全称,人员姓名,职务,任职起始,任职终止',
        '渝某丙有限公司,渝某乙有限公司,,,,',
        '渝某乙有限公司,渝某甲集团有限公司,王某某,总经理,2023-01-01,',
        '渝某甲集团有限公司,,"李某某",董事长,2020/1/1,20231231',
        '渝某甲集团有限公司,,"李某某",顾问,2024-01-01,',
        '=HYPERLINK("x"),,,,,',
      ].join('\n'),
    )
    const { hash, ...report } = await chengban.call('parties.readImport', { file })
    expect(report).toMatchObject({ badRows: 0, newEnterprises: 4, newPeople: 2, newPosts: 3 })
    await chengban.call('parties.import', { file, hash })
    const tree = await chengban.call('parties.tree', {})
    const named = (name: string) => tree.find((one) => one.name === name)
    expect(named('渝某丙有限公司')?.parentId).toBe(named('渝某乙有限公司')?.id)
    for (const format of ['csv', 'xlsx'] as const) {
      const written = await chengban.call('parties.export', { folder: office.outside, format })
      expect(written.rows).toBe(5)
      const bytes = readFileSync(written.file)
      const cells = readTable(bytes).rows.flatMap((row) => row.cells)
      // A spreadsheet must not calculate what stands in the register.
      if (format === 'csv') expect(cells).toContain(`'=HYPERLINK("x")`)
      expect(await chengban.call('parties.readImport', { file: written.file })).toMatchObject({
        badRows: 0,
        newEnterprises: 0,
        changedEnterprises: 0,
        newPeople: 0,
        newPosts: 0,
        changedPosts: 0,
      })
      await expect(chengban.call('parties.export', { folder: office.outside, format })).rejects.toMatchObject({
        code: 'parties.exportTaken',
      })
    }
  })

  test('a file whose rows contradict each other or the register is judged row by row', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    await chengban.call('parties.createEnterprise', { ...bare, name: '渝某在册有限公司', code: 'AA11' })
    const file = join(office.outside, 'list.csv')
    writeFileSync(
      file,
      [
        '企业全称,统一社会信用代码,上级企业全称,人员姓名,职务',
        '渝某甲有限公司,AA11,,,',
        '渝某乙有限公司,BB22,渝某丙有限公司,,',
        '渝某丙有限公司,CC33,渝某乙有限公司,,',
        '渝某丁有限公司,DD44,渝某丙有限公司,,',
        '渝某戊有限公司,EE55,,,总经理',
        '渝某己有限公司,FF 66,,,',
        '渝某庚有限公司,GG77,,,',
        '渝某庚有限公司,HH88,,,',
      ].join('\n'),
    )
    const { faults, newEnterprises } = await chengban.call('parties.readImport', { file })
    expect(faults.map((one) => [one.line, one.code])).toEqual([
      [2, 'codeTaken'],
      [3, 'cycle'],
      [4, 'cycle'],
      [5, 'cycle'],
      [6, 'missing'],
      [7, 'badCode'],
      [9, 'contradiction'],
    ])
    expect(newEnterprises).toBe(1)
    writeFileSync(file, '名称,代码\n甲,1\n')
    await expect(chengban.call('parties.readImport', { file })).rejects.toMatchObject({
      code: 'parties.importHeadings',
    })
  })
})

test('a refused parent is forgotten: a registered pair turned round in a file neither hangs nor closes a ring', () => {
  const headings = new Map(partyColumns.map((name, at) => [name, at] as const))
  const row = (line: number, name: string, parent: string) => ({
    line,
    cells: [name, '', '', parent, '', '', '', ''],
    formulas: [],
  })
  const known = new Map([
    ['甲', { code: '', parent: '' }],
    ['乙', { code: '', parent: '甲' }],
  ])
  const turned = planImport([row(2, '甲', '乙'), row(3, '乙', '')], headings, known)
  expect(turned.faults).toMatchObject([{ line: 2, column: '上级企业全称', code: 'cycle' }])
  expect(turned.enterprises.map((one) => one.name)).toEqual(['乙'])
  // Refused, 乙 stands under 甲 again: what looked fine beside its row is judged against that.
  const ring = planImport([row(2, '乙', '丙'), row(3, '丙', '乙'), row(4, '甲', '乙')], headings, known)
  expect(ring.faults.map((one) => [one.line, one.code])).toEqual([
    [2, 'cycle'],
    [3, 'cycle'],
    [4, 'cycle'],
  ])
})

describe('merging duplicates', () => {
  test('cases keep pointing to what they named, the merged name finds the one that remains, and it can be undone', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const make = (name: string) => chengban.call('parties.createEnterprise', { ...bare, name })
    const [kept, twin] = [await make('渝某集团有限公司'), await make('渝某集团公司')]
    const person = { name: '李某某', title: '董事长' }
    await chengban.call('parties.createPerson', { enterpriseId: kept.id, ...person })
    await chengban.call('parties.createPerson', { enterpriseId: twin.id, name: '王某某', title: '总经理' })
    const { caseId } = await chengban.call('cases.create', intakeFor([twin.id], [chengban.accountId]))
    const merged = { kind: 'enterprise', fromId: twin.id, intoId: kept.id, reason: '同一企业重复登记' } as const
    await chengban.call('parties.merge', merged)
    await expect(chengban.call('parties.merge', merged)).rejects.toMatchObject({ code: 'parties.isMerged' })

    expect((await chengban.call('parties.tree', {})).map((one) => one.id)).toEqual([kept.id])
    expect(await chengban.call('parties.search', { query: '渝某集团公司' })).toMatchObject([
      { id: kept.id, name: kept.name, alias: '渝某集团公司' },
    ])
    const card = await chengban.call('parties.enterprise', { enterpriseId: twin.id })
    expect(card.enterprise.id).toBe(kept.id)
    expect(card.cases).toMatchObject([{ id: caseId, namedAs: '渝某集团公司' }])
    expect(card.posts.map((one) => one.personName).sort()).toEqual(['李某某', '王某某'])
    expect((await chengban.call('cases.get', { caseId })).enterpriseList.map((one) => one.name)).toEqual([
      '渝某集团公司',
    ])
    // 老问题: a new case of the one that remains meets the case of the merged name.
    const earlier = await chengban.call('cases.earlier', { enterpriseIds: [kept.id], triggers: [] })
    expect(earlier.map((one) => one.id)).toEqual([caseId])

    const [merge] = card.merges
    await chengban.call('parties.unmerge', { mergeId: merge?.id ?? '', reason: '经核实为两家' })
    expect((await chengban.call('parties.tree', {})).map((one) => one.id).sort()).toEqual([kept.id, twin.id].sort())
    const after = await chengban.call('parties.enterprise', { enterpriseId: kept.id })
    expect(after.merges).toMatchObject([{ reason: '同一企业重复登记', undone: { reason: '经核实为两家' } }])
    expect(after.cases).toEqual([])
    await expect(chengban.call('parties.unmerge', { mergeId: merge?.id ?? '', reason: '再撤' })).rejects.toMatchObject({
      code: 'parties.alreadyUndone',
    })
  })

  test('persons too; never a parent with its subsidiary, nor anything with itself', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const top = await chengban.call('parties.createEnterprise', { ...bare, name: '渝某集团有限公司' })
    const sub = await chengban.call('parties.createEnterprise', { ...bare, name: '渝某投资有限公司', parentId: top.id })
    const merge = (kind: 'enterprise' | 'person', fromId: string, intoId: string) =>
      chengban.call('parties.merge', { kind, fromId, intoId, reason: '重复' })
    await expect(merge('enterprise', top.id, sub.id)).rejects.toMatchObject({ code: 'parties.mergeRelated' })
    await expect(merge('enterprise', top.id, top.id)).rejects.toMatchObject({ code: 'parties.mergeSame' })
    const one = await chengban.call('parties.createPerson', { enterpriseId: top.id, name: '李某某', title: '董事长' })
    const two = await chengban.call('parties.createPerson', { enterpriseId: sub.id, name: '李某某', title: '董事' })
    await merge('person', two.id, one.id)
    const card = await chengban.call('parties.person', { personId: two.id })
    expect(card).toMatchObject({ id: one.id, name: '李某某' })
    expect(card.posts.map((post) => post.title).sort()).toEqual(['董事', '董事长'])
    await expect(merge('person', one.id, two.id)).rejects.toMatchObject({ code: 'parties.isMerged' })
  })
})

test('offices and their duties are kept by the heads of office', async () => {
  const office = await openOffice()
  const chuzhang = await office.at('chuzhang')
  await chuzhang.call('parties.saveOffice', { name: '监督处', duties: ['监督追责', '内部审计'] })
  await chuzhang.call('parties.saveOffice', { name: '监督处', duties: ['监督追责'] })
  expect(await chuzhang.call('parties.offices', {})).toEqual([{ name: '监督处', duties: ['监督追责'] }])
  const chengban = await office.at('chengban')
  await expect(chengban.call('parties.saveOffice', { name: '监督处', duties: [] })).rejects.toMatchObject({
    code: 'door.role',
  })
})
