import { expect, test, vi } from 'vitest'
import { dayInChina } from '#shared/domain/common.ts'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { explained, filingAnswers, plainCaseAtFiling } from '../../support/filing.ts'
import { frozen } from '../../support/frozen.ts'
import { chain, sharedOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const year = dayInChina(new Date().toISOString()).slice(0, 4)
const withOffice = [...chain, 'zhuize']

const lead = {
  reason: '涉及违规经营投资，须由责任追究部门核查。',
  summary: '未经论证投资，形成损失风险。',
  period: '2024年',
  amount: '325.6万元',
  persons: ['李某喆'],
}

test('涉及违规经营投资问题和线索的有关材料，移送责任追究部门: list, receipt, register, and the volume says where they are', async () => {
  const here = await office()
  const { caseId } = await plainCaseAtFiling(here, '渝某甲集团有限公司', { members: withOffice })
  const chengban = await here.at('chengban')
  const zhuize = await here.at('zhuize')
  const one = { caseId, volumeId: (await chengban.call('archive.assemble', { caseId })).id }
  const choices = await chengban.call('referrals.choices', { caseId })
  expect(choices.map((piece) => [piece.code, piece.gone])).toEqual([
    ['material', ''],
    ['workPlan', ''],
  ])
  const [material, plan] = choices.map(({ paperId, documentId }) => ({ paperId, documentId }))
  if (!material || !plan) throw new Error('nothing to refer')
  const original = { ...material, form: 'original' as const }
  const copy = { ...plan, form: 'copy' as const }
  const send = (pieces: (typeof original | typeof copy)[]) =>
    chengban.call('referrals.send', { caseId, referral: { ...lead, pieces } })
  await expect(send([])).rejects.toThrow('door.input')
  await expect(send([original, original])).rejects.toThrow('referrals.twice')
  await expect(send([{ ...original, documentId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }])).rejects.toThrow(
    'referrals.unknownPiece',
  )
  const jilu = await here.at('jilu')
  await expect(jilu.call('referrals.send', { caseId, referral: { ...lead, pieces: [copy] } })).rejects.toThrow(
    'door.role',
  )

  // It leaves: the original is no longer in the volume, the copy's original is, and the list stays.
  const sent = await send([original, copy])
  expect(sent).toMatchObject({ number: `移送〔${year}〕1号`, state: 'sent', register: '', office: '监督处' })
  const volume = await chengban.call('archive.get', one)
  expect(volume.items.map((item) => [item.code, item.position, item.pageFrom])).toEqual([
    ['workPlan', 1, 1],
    ['transferList', 2, 2],
  ])
  expect(volume.moved.map(({ code, form, number }) => [code, form, number])).toEqual([
    ['material', 'original', sent.number],
    ['workPlan', 'copy', sent.number],
  ])
  expect(volume.gaps.find((gap) => gap.code === 'material')?.reason).toBe(`原件已移送责任追究部门，见${sent.number}`)
  await expect(send([original])).rejects.toThrow('referrals.gone')
  // The volume does not leave the office before what it refers to has been signed for.
  await expect(chengban.call('archive.handOver', { ...one, note: '' })).rejects.toMatchObject({
    code: 'referrals.unanswered',
    params: { number: sent.number },
  })

  // The accountability office sees it as its own, reads what came, and sends it back once.
  expect((await zhuize.call('today.get', {})).mine).toEqual([
    expect.objectContaining({ caseId, next: expect.objectContaining({ code: 'referrals.receive', article: 20 }) }),
  ])
  const read = (part: number | 'list' | 'receipt') => zhuize.call('referrals.file', { referralId: sent.id, part })
  expect(new TextDecoder().decode((await read(0)).bytes)).toBe('渝某甲集团有限公司 material\n')
  await expect(read(7)).rejects.toThrow('referrals.unknownPiece')
  await expect(read('receipt')).rejects.toThrow('referrals.unknownPiece')
  const list = pdfText((await read('list')).bytes)
  for (const part of [
    sent.number,
    lead.summary,
    lead.reason,
    '325.6万元',
    '李某喆',
    '原件',
    '复制件',
    '2件，2页',
    '孙某某',
  ])
    expect(list).toContain(unspaced(part))
  await expect(chengban.call('referrals.receive', { referralId: sent.id, note: '' })).rejects.toThrow('door.role')
  await expect(zhuize.call('referrals.return', { referralId: sent.id, reason: ' ' })).rejects.toThrow('door.input')
  await zhuize.call('referrals.return', { referralId: sent.id, reason: '摘要不清' })
  await expect(zhuize.call('referrals.receive', { referralId: sent.id, note: '' })).rejects.toThrow(
    'referrals.answered',
  )
  const back = await chengban.call('archive.get', one)
  expect(back.items.map((item) => item.code)).toContain('material')
  expect(back.moved).toEqual([])

  // Sent again, it is signed for under a number of the register; the receipt comes back into the volume.
  const again = await send([original, copy])
  const received = await zhuize.call('referrals.receive', { referralId: again.id, note: '2件齐全' })
  expect(received).toMatchObject({
    number: `移送〔${year}〕2号`,
    register: `线索〔${year}〕1号`,
    state: 'received',
    answeredBy: '姜某某',
  })
  const receipt = pdfText((await zhuize.call('referrals.file', { referralId: again.id, part: 'receipt' })).bytes)
  for (const part of ['移送材料签收单', received.number, received.register, '2件齐全', '姜某某', '责任追究处'])
    expect(receipt).toContain(unspaced(part))
  const register = await zhuize.call('referrals.register', {})
  expect(
    register.map(({ number, register: place, state, count, office: from, closed }) => [
      number,
      place,
      state,
      count,
      from,
      closed,
    ]),
  ).toEqual([
    [received.number, received.register, 'received', 2, '监督处', false],
    [sent.number, '', 'returned', 2, '监督处', false],
  ])
  const { history } = await chengban.call('cases.get', { caseId })
  expect(history.map((line) => line.act).filter((act) => act.startsWith('referrals.'))).toEqual([
    'referrals.receive',
    'referrals.send',
    'referrals.return',
    'referrals.send',
  ])

  // 参见: contents and reference sheet of the filed volume name both numbers.
  const ended = await chengban.call('archive.get', one)
  expect(ended.items.map((item) => item.code)).toEqual(['workPlan', 'transferList', 'transferList', 'transferReceipt'])
  await chengban.call('archive.handOver', { ...one, note: '' })
  const dangan = await here.at('dangan')
  await dangan.call('archive.receive', { ...one, note: '' })
  await dangan.call('archive.file', { ...one, gaps: explained(ended), note: '', checks: filingAnswers() })
  const where = unspaced(`原件已移送责任追究部门，见${received.number}、${received.register}`)
  for (const kind of ['contents', 'referenceSheet'] as const)
    expect(await frozen(dangan, caseId, kind)).toContain(where)
  await expect(send([copy])).rejects.toThrow('cases.wrongStage')
})

test('a secret lead is read and signed for inside the 知悉范围 only; one that is not is the whole office’s', async () => {
  const here = await office()
  const chengban = await here.at('chengban')
  const zhuize = await here.at('zhuize')
  const refer = async (caseId: string) => {
    const [piece] = await chengban.call('referrals.choices', { caseId })
    if (!piece) throw new Error('nothing to refer')
    const { paperId, documentId } = piece
    const pieces = [{ paperId, documentId, form: 'original' as const }]
    return chengban.call('referrals.send', { caseId, referral: { ...lead, pieces } })
  }
  const outside = await plainCaseAtFiling(here, '渝某乙集团有限公司')
  await expect(refer(outside.caseId)).rejects.toThrow('referrals.nobodyInScope')

  const inside = await plainCaseAtFiling(here, '渝某丙集团有限公司', { members: withOffice })
  const secret = await refer(inside.caseId)
  const knex = chengban.session.archive.cases?.knex
  const now = new Date().toISOString()
  const scope = { case_id: inside.caseId, account_id: zhuize.accountId }
  await knex?.('case_scope').where(scope).update({ removed_at: now, removed_by: chengban.accountId })
  const [closed] = await zhuize.call('referrals.register', {})
  expect(closed).toMatchObject({ number: secret.number, closed: true, count: 1, summary: '', matter: '', pieces: [] })
  for (const attempt of [
    zhuize.call('referrals.receive', { referralId: secret.id, note: '' }),
    zhuize.call('referrals.return', { referralId: secret.id, reason: '不清' }),
    zhuize.call('referrals.file', { referralId: secret.id, part: 0 }),
  ])
    await expect(attempt).rejects.toThrow('referrals.outsideScope')

  const plain = await plainCaseAtFiling(here, '渝某丁集团有限公司', { level: 'none' })
  const open = await refer(plain.caseId)
  expect(await zhuize.call('referrals.receive', { referralId: open.id, note: '' })).toMatchObject({ state: 'received' })
  // What was answered, and what was sent, stands as it was signed.
  await expect(knex?.('referrals').where({ id: open.id }).update({ note: '改' })).rejects.toThrow('answered once')
  await expect(knex?.('referrals').where({ id: secret.id }).update({ fields: '{}' })).rejects.toThrow('never rewritten')
  await expect(knex?.('referrals').where({ id: secret.id }).delete()).rejects.toThrow('never removed')
})

test('what the archive made itself stays in the volume: only a copy leaves, and nothing after the hand-over', async () => {
  const here = await office()
  const chengban = await here.at('chengban')
  const { caseId } = await plainCaseAtFiling(here, '渝某戊集团有限公司', { level: 'none' })
  const volume = await chengban.call('archive.assemble', { caseId })
  const pieces = (await chengban.call('referrals.choices', { caseId })).map(({ paperId, documentId }) => {
    return { paperId, documentId, form: 'copy' as const }
  })
  await chengban.call('referrals.send', { caseId, referral: { ...lead, pieces } })
  const kept = await chengban.call('archive.get', { caseId, volumeId: volume.id })
  expect(kept.items.map((item) => item.code)).toEqual(['material', 'workPlan', 'transferList'])
  expect(kept.gaps.every((gap) => gap.reason === '')).toBe(true)

  // Somebody who wrote a receipt into the file gets no further with it.
  const knex = chengban.session.archive.cases?.knex
  const forged = {
    state: 'received',
    lead_year: 2026,
    lead_n: 99,
    answered_at: volume.id,
    answered_by: chengban.accountId,
  }
  const zhuize = await here.at('zhuize')
  await knex?.('referrals')
    .where({ case_id: caseId })
    .update({ ...forged, answered_by: zhuize.accountId })
  await expect(chengban.call('archive.handOver', { caseId, volumeId: volume.id, note: '' })).rejects.toThrow(
    'acts.invalid',
  )
})
