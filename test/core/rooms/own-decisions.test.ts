import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pdfText, unspaced } from '#test/documents/readers.ts'
import { frozen } from '../../support/frozen.ts'
import { chain, holdInterview, issueNotices, openCase, openOffice, secret, unclassified } from '../../support/office.ts'

const name = '渝某实业集团有限公司'
let now = '2026-11-02T01:00:00.000Z'

test('保密法 18, 19, Art. 21: what is drawn from another paper bears its mark until two persons have decided on it; then its own', async () => {
  const office = await openOffice(() => now)
  const { caseId, enterprises } = await openCase(office, [name], [...chain, 'zhuize'])
  const [desk, head, fenguan] = [await office.at('chengban'), await office.at('chuzhang'), await office.at('fenguan')]
  const [dingmi, zhuize] = [await office.at('dingmi'), await office.at('zhuize')]
  await issueNotices(office, caseId, secret)
  await holdInterview(office, caseId, enterprises, [{ text: '情况属实。', key: 2 }])
  now = '2026-11-17T01:00:00.000Z'
  const reminder = { caseId, enterpriseId: enterprises[0] ?? '', newDue: '2026-11-20' }
  const { id: reminderId } = await desk.call('rectification.remind', reminder)
  const [piece] = (await desk.call('referrals.choices', { caseId })).filter((one) => one.code === 'notice')
  const pieces = [{ paperId: piece?.paperId ?? '', documentId: null, form: 'copy' as const }]
  const lead = { period: '', amount: '', persons: ['李某喆'], reason: '须核查。', summary: '形成损失风险。' }
  const sent = await desk.call('referrals.send', { caseId, referral: { ...lead, pieces } })

  const inheriting = async () =>
    Object.fromEntries(
      (await desk.call('secrecy.inheriting', { caseId })).map((one) => [one.objectKind, [one.title, one.mark]]),
    )
  const record = ['约谈记录', '秘密★5年']
  const list = [`移送清单（${sent.number}）`, '秘密★5年']
  expect(await inheriting()).toEqual({ record, reminder: [`催办函（${name}，第1次）`, '秘密★5年'], referral: list })
  expect(await frozen(desk, caseId, 'reminder')).toContain('秘密★5年')

  const papersOf = async (objectId: string, one = desk) =>
    (await one.call('papers.list', { caseId })).filter((paper) => paper.objectId === objectId && paper.format === 'pdf')
  const [kept] = await papersOf(reminderId)
  const out = { act: 'export' as const, recipient: name, purpose: '送达', medium: '', parentId: null }
  const ask = (paperId = '') => desk.call('copies.request', { caseId, paperIds: [paperId], ...out })
  const propose = (objectKind: 'reminder' | 'referral' | 'record', objectId: string, proposal: typeof secret) =>
    desk.call('secrecy.propose', { caseId, objectKind, objectId, proposal })
  const decide = (classificationId: string, decision: 'approved' | 'returned' = 'approved') =>
    dingmi.call('secrecy.decide', { caseId, classificationId, decision, opinion: '内容另行核定。' })

  // Proposed by one: it waits, nothing of it leaves, and nobody proposes over it.
  now = '2026-11-17T02:00:00.000Z'
  const open = { ...unclassified, reason: '不含通知书所列密点' }
  const proposed = await propose('reminder', reminderId, open)
  await expect(propose('reminder', reminderId, open)).rejects.toThrow('secrecy.waiting')
  await expect(ask(kept?.id)).rejects.toThrow('secrecy.waiting')
  expect((await dingmi.call('secrecy.waiting', {})).map((one) => one.title)).toEqual([`催办函（${name}，第1次）`])
  // Decided by another: the first copy is printed anew without the mark, and the frozen paper stays what it is.
  await decide(proposed.id)
  expect((await papersOf(reminderId)).map(({ level, sha256 }) => [level, sha256])).toEqual([['none', kept?.sha256]])
  const [ticket] = await ask(kept?.id)
  expect(ticket).toMatchObject({ state: 'approved', level: 'none' })
  expect(ticket?.sha256).not.toBe(kept?.sha256)
  const { file } = await desk.call('copies.take', { caseId, ticketId: ticket?.id ?? '', folder: office.outside })
  const text = pdfText(readFileSync(file ?? ''))
  expect(text).toContain(unspaced('催报责任约谈整改有关材料'))
  expect(text).not.toContain('★')
  await expect(propose('reminder', reminderId, open)).rejects.toThrow('secrecy.alreadyDecided')
  const form = { caseId, kind: 'classification' as const, objectId: proposed.id, formats: ['pdf' as const] }
  expect((await desk.call('papers.freeze', form)).map((one) => one.title)).toEqual([
    `定密审批表（催办函（${name}，第1次））`,
  ])

  // Returned: the paper goes on under the mark it inherits.
  const first = await propose('record', (await desk.call('cases.get', { caseId })).interviewId ?? '', secret)
  expect(Object.keys(await inheriting())).toEqual(['referral'])
  await decide(first.id, 'returned')
  expect(await inheriting()).toEqual({ record, referral: list })

  // Higher and narrower than its case: closed at once to whoever is left out, and the case is handled at its level.
  const scope = [desk, fenguan, zhuize].map((one) => one.accountId)
  const term = { kind: 'period', length: 10, unit: 'year' } as const
  expect(await papersOf(sent.id, head)).toHaveLength(1)
  const higher = await propose('referral', sent.id, { ...secret, level: 'confidential', term, scope })
  expect(await head.call('referrals.ofCase', { caseId })).toEqual([])
  await decide(higher.id)
  expect([await papersOf(sent.id, head), (await papersOf(sent.id))[0]?.level]).toEqual([[], 'confidential'])
  expect(await inheriting()).toEqual({ record: ['约谈记录', '机密★10年'] })
  expect((await desk.call('cases.get', { caseId })).level).toBe('confidential')
  const preview = { caseId, kind: 'transferList' as const, objectId: sent.id, fields: null }
  expect(pdfText((await desk.call('papers.preview', preview)).pdf)).toContain('机密★10年')
  // A notice, minutes and a redacted version carry their proposals with 送审.
  const notice = { caseId, objectKind: 'notice' as never, objectId: reminderId, proposal: secret }
  await expect(desk.call('secrecy.propose', notice)).rejects.toMatchObject({ code: 'door.input' })
}, 600_000)
