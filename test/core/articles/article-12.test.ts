import { expect, test, vi } from 'vitest'
import { dayInChina } from '#shared/domain/common.ts'
import { openCase, sharedOffice } from '../../support/office.ts'
import { interviewed } from '../../support/rectifying.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const today = dayInChina(new Date().toISOString())
const effects = {
  kind: 'effects' as const,
  stopped: '停止违规投资',
  losses: '',
  recoveredFen: null as number | null,
  reducedFen: null as number | null,
  risk: '',
  influence: '',
}

test('落实责任约谈意见要求: an item is reworded while it is open, and what it said before is kept', async () => {
  const { caseId, enterpriseId, chengban, get } = await interviewed(await office(), ['渝某甲集团有限公司'])
  const first = { text: '清收逾期款', owner: '王某某', due: '2027-06-30' }
  const item = await chengban.call('rectification.addItem', {
    caseId,
    item: { ...first, enterpriseId, sourceUtteranceId: null },
  })
  const edit = (change: typeof first) => chengban.call('rectification.editItem', { caseId, itemId: item.id, change })
  await expect(edit(first)).rejects.toThrow('rectification.itemUnchanged')
  await edit({ ...first, text: '清收全部逾期款', due: '2027-03-31' })
  expect((await get()).items).toMatchObject([
    {
      text: '清收全部逾期款',
      due: '2027-03-31',
      changes: [{ by: '孙某某', text: '原：清收逾期款；王某某；2027年6月30日' }],
    },
  ])
  const { history } = await chengban.call('cases.get', { caseId })
  expect(history[0]).toMatchObject({ act: 'rectification.editItem', article: 12 })
  await chengban.call('rectification.closeItem', { caseId, itemId: item.id, result: '已收回' })
  await expect(edit(first)).rejects.toThrow('rectification.itemNotOpen')
})

test('制止纠正…减少或挽回资产损失，降低损失风险，消除不良影响: effects of each enterprise, within the sum of the case', async () => {
  const here = await office()
  const { caseId, enterprises, chengban, get, article } = await interviewed(here, [
    '渝某乙集团有限公司',
    '渝某丙集团有限公司',
  ])
  const [one = '', two = ''] = enterprises
  const enter = (enterpriseId: string, part: Partial<typeof effects>) =>
    chengban.call('rectification.enter', { caseId, enterpriseId, entry: { ...effects, ...part }, replaces: null })
  await expect(enter(one, { stopped: '' })).rejects.toThrow('rectification.effectsEmpty')
  const { amountFen } = await get()
  expect(amountFen).toBe(325_600_00)
  // Both sums together, and those of every enterprise together, stay within what the case is about.
  await expect(enter(one, { recoveredFen: 300_000_00, reducedFen: 25_600_01 })).rejects.toMatchObject({
    code: 'rectification.sumsBeyondCase',
    params: { field: 'recoveredFen' },
  })
  await enter(one, { recoveredFen: 300_000_00 })
  expect(await article(12)).toMatchObject({ state: 'owed', note: '登记落实成效 1/2 家' })
  await expect(enter(two, { reducedFen: 25_600_01 })).rejects.toMatchObject({ params: { field: 'reducedFen' } })
  await enter(two, { reducedFen: 25_600_00 })
  // A later entry takes the place of the one before.
  await enter(one, { recoveredFen: 100_000_00, risk: '已落实担保' })
  expect((await get()).entries.map((entry) => entry.body)).toMatchObject([
    { reducedFen: 25_600_00 },
    { recoveredFen: 100_000_00, risk: '已落实担保' },
  ])
  expect(await article(12)).toMatchObject({ state: 'done' })

  // The sum itself was found to be another one: corrected with its reason, never below what is entered.
  const correct = (sum: number | null, reason = '审计认定') =>
    chengban.call('cases.correctAmount', { caseId, amountFen: sum, reason })
  await expect(correct(325_600_00)).rejects.toThrow('cases.amountUnchanged')
  await expect(correct(125_599_99)).rejects.toMatchObject({
    code: 'cases.amountBelowEffects',
    params: { field: 'amountFen', sum: '12.56万元' },
  })
  await expect(correct(400_000_00, ' ')).rejects.toThrow('door.input')
  await correct(400_000_00)
  expect((await get()).amountFen).toBe(400_000_00)
  await enter(one, { recoveredFen: 374_400_00 })
  await expect(enter(one, { recoveredFen: 374_400_01 })).rejects.toThrow('rectification.sumsBeyondCase')
  const { history } = await chengban.call('cases.get', { caseId })
  expect(history.find((event) => event.act === 'cases.correctAmount')).toMatchObject({
    article: 12,
    detail: '由32.56万元更正为40万元；审计认定',
  })
})

test('追责问责 (Art. 13) and 举一反三 (Art. 14): who, basis, handling, day; scope, result, day; corrected, never rewritten', async () => {
  const here = await office()
  const { caseId, enterpriseId, chengban, get, article } = await interviewed(here, ['渝某丁集团有限公司'])
  const person = {
    kind: 'accountable' as const,
    name: '周某某',
    post: '副总经理',
    basis: '违规经营投资责任追究实施办法第十条',
    handling: '扣减绩效年薪',
    day: today,
  }
  const screening = { kind: 'screening' as const, scope: '全部子企业对外担保', result: '发现2项，已纠正', day: today }
  const enter = (entry: typeof person | typeof screening, replaces: string | null = null) =>
    chengban.call('rectification.enter', { caseId, enterpriseId, entry, replaces })
  await expect(enter({ ...person, day: '2099-01-01' })).rejects.toMatchObject({
    code: 'rectification.dayAhead',
    params: { field: 'day' },
  })
  await expect(enter({ ...person, basis: ' ' })).rejects.toThrow('door.input')
  expect(await article(13)).toMatchObject({ state: 'waiting' })
  const first = await enter(person)
  const second = await enter({ ...person, handling: '免职' }, first.id)
  await expect(enter(person, first.id)).rejects.toThrow('rectification.entryGone')
  expect((await get()).entries).toMatchObject([{ id: second.id, body: { handling: '免职' } }])
  expect(await article(13)).toMatchObject({ state: 'done', note: '已登记追责问责 1 人' })
  await enter(screening)
  expect(await article(14)).toMatchObject({ state: 'done', note: '已排查 1/1 家' })
  // Entered under the wrong enterprise: struck out with its reason, and the history says so.
  await chengban.call('rectification.strike', { caseId, entryId: second.id, reason: '登记有误' })
  expect(await article(13)).toMatchObject({ state: 'waiting' })
  const { history } = await chengban.call('cases.get', { caseId })
  expect(history[0]).toMatchObject({ act: 'rectification.strike', detail: '追责问责：周某某：免职；登记有误' })
})

test('nothing of it before the interview', async () => {
  const here = await office()
  const { caseId, enterprises } = await openCase(here, ['渝某戊集团有限公司'])
  const entered = { caseId, enterpriseId: enterprises[0] ?? '', entry: effects, replaces: null }
  await expect((await here.at('chengban')).call('rectification.enter', entered)).rejects.toThrow(
    'rectification.beforeInterview',
  )
})
