import { expect, test, vi } from 'vitest'
import { openCase, openOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

test('实施条例 61: whoever finds a leak opens it, the secrecy officer reports it, and it is closed only then', async () => {
  const office = await openOffice(() => '2026-11-27T08:00:00.000Z')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  const [jilu, baomi, zhuyao] = [await office.at('jilu'), await office.at('baomi'), await office.at('zhuyao')]
  const input = {
    foundAt: '2026-11-27T06:00:00.000Z',
    caseId,
    what: '一份通知书复印件下落不明',
    level: 'secret' as const,
    measures: '封存复印登记，逐份清点',
  }
  await expect(jilu.call('incidents.open', { ...input, foundAt: '2026-11-27T09:00:00.000Z' })).rejects.toThrow(
    'incidents.inFuture',
  )
  // A case outside the 知悉范围 cannot even be named.
  await expect(baomi.call('incidents.open', input)).rejects.toThrow('door.scope')
  const { id, due } = await jilu.call('incidents.open', input)
  expect(due).toBe('2026-11-28T06:00:00.000Z')
  // 保密员 stands outside the scope: the incident is seen, the case is not.
  expect(await baomi.call('incidents.list', {})).toMatchObject([{ id, caseId: null, matter: '', reportedAt: null }])
  const chuzhang = await office.at('chuzhang')
  expect((await chuzhang.call('incidents.list', {}))[0]?.matter).not.toBe('')

  await expect(zhuyao.call('incidents.close', { incidentId: id, conclusion: '已找回' })).rejects.toThrow(
    'incidents.notReported',
  )
  const report = { incidentId: id, reportedTo: '某市国家保密局', number: '' }
  await expect(baomi.call('incidents.report', { ...report, reportedAt: '2026-11-27T05:59:00.000Z' })).rejects.toThrow(
    'incidents.beforeFinding',
  )
  await baomi.call('incidents.report', { ...report, reportedAt: '2026-11-27T07:00:00.000Z' })
  await expect(baomi.call('incidents.report', { ...report, reportedAt: '2026-11-27T07:30:00.000Z' })).rejects.toThrow(
    'incidents.reported',
  )
  await zhuyao.call('incidents.close', { incidentId: id, conclusion: '已找回，未扩散' })
  await expect(baomi.call('incidents.close', { incidentId: id, conclusion: '再办' })).rejects.toThrow(
    'incidents.closed',
  )
})

test('实施条例 58: a self-check is whole, says what is not sound, and is kept beside the earlier ones', async () => {
  const office = await openOffice()
  const baomi = await office.at('baomi')
  const sound = { result: 'sound' as const, note: '' }
  const thirteen = Array.from({ length: 13 }, () => sound)
  await expect(baomi.call('incidents.selfCheck', { answers: thirteen.slice(1), conclusion: '符合' })).rejects.toThrow(
    'door.input',
  )
  const silent = thirteen.map((one, index) => (index === 4 ? { result: 'open' as const, note: '' } : one))
  await expect(baomi.call('incidents.selfCheck', { answers: silent, conclusion: '待整改' })).rejects.toThrow(
    'incidents.noteMissing',
  )
  await baomi.call('incidents.selfCheck', { answers: thirteen, conclusion: '符合' })
  const told = thirteen.map((one, index) => (index === 4 ? { result: 'open' as const, note: '两件未审核' } : one))
  await baomi.call('incidents.selfCheck', { answers: told, conclusion: '待整改一项' })
  expect((await baomi.call('incidents.selfChecks', {})).map((one) => one.conclusion)).toEqual(['待整改一项', '符合'])
})
