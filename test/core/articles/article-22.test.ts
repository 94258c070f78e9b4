import { expect, test, vi } from 'vitest'
import { intakeFor, ready, sharedOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()

test.each(['productionSafety', 'pollution'] as const)(
  '按照有关规定执行: %s opens no case here, and the refusal stands at the question',
  async (excluded) => {
    const { chengban, scope, ids } = await ready(await office(), ['渝某实业集团有限公司'])
    const before = (await chengban.call('cases.list', {})).total
    await expect(chengban.call('cases.create', { ...intakeFor(ids, scope), excluded })).rejects.toMatchObject({
      code: 'cases.article22',
      params: { field: 'excluded' },
    })
    expect((await chengban.call('cases.list', {})).total).toBe(before)
  },
)

test('the question cannot be left out, and no third answer is taken', async () => {
  const { chengban, scope, ids } = await ready(await office(), ['渝某实业集团有限公司'])
  const { excluded: _, ...without } = intakeFor(ids, scope)
  await expect(chengban.call('cases.create', without as never)).rejects.toThrow('door.input')
  await expect(chengban.call('cases.create', { ...without, excluded: 'fire' as never })).rejects.toThrow('door.input')
})

test('an opened case cannot become one of these by a later change either; its panel says that it is none', async () => {
  const { chengban, scope, ids } = await ready(await office(), ['渝某实业集团有限公司'])
  const intake = intakeFor(ids, scope)
  const { caseId } = await chengban.call('cases.create', intake)
  const { intakeVersion: version } = await chengban.call('cases.get', { caseId })
  await expect(
    chengban.call('cases.edit', { caseId, version, intake: { ...intake, excluded: 'pollution' } }),
  ).rejects.toThrow('cases.article22')
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown.intake.excluded).toBe('none')
  expect(shown.articles.find((line) => line.article === 22)).toMatchObject({
    state: 'done',
    who: '孙某某',
    note: '不属于生产安全事故、环境污染事件',
  })
})
