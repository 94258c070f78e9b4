import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pdfText, unspaced } from '#test/documents/readers.ts'
import {
  chain,
  firstNotice,
  holdInterview,
  issueNotices,
  noticeForm,
  openCase,
  openOffice,
  secret,
} from '#test/support/office.ts'

const outside = { code: 'door.scope' }

test('保密法 19, 21: a paper is known to those of its own 知悉范围 only, through every verb of a case they are in', async () => {
  const office = await openOffice()
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  const [desk, head, dingmi, fenguan] = [
    await office.at('chengban'),
    await office.at('chuzhang'),
    await office.at('dingmi'),
    await office.at('fenguan'),
  ]
  const narrow = { ...secret, scope: [desk.accountId, fenguan.accountId] }
  const before = (await head.call('notices.list', { caseId }))[0]
  await issueNotices(office, caseId, narrow)
  const [notice] = await desk.call('notices.list', { caseId })
  const noticeId = notice?.id ?? ''
  expect(before?.id).toBe(noticeId)
  const paper = (await desk.call('papers.list', { caseId })).find((one) => one.kind === 'notice')
  const paperId = paper?.id ?? ''
  const out = { act: 'export' as const, recipient: '某处', purpose: '查阅', medium: '', parentId: null }
  const ask = { caseId, paperIds: [paperId], ...out }
  const [ticket] = await desk.call('copies.request', ask)

  // 处室负责人 is in the case, and the notice is not there for that account.
  expect((await head.call('cases.get', { caseId })).id).toBe(caseId)
  expect(await head.call('notices.list', { caseId })).toEqual([])
  expect((await head.call('papers.list', { caseId })).filter((one) => one.kind === 'notice')).toEqual([])
  expect((await head.call('papers.working', { caseId })).filter((one) => one.objectId === noticeId)).toEqual([])
  expect(await head.call('notices.changes', { caseId })).toEqual([])
  expect(await head.call('copies.tickets', { caseId })).toEqual([])
  expect(await head.call('copies.waiting', {})).toEqual([])
  const refused: readonly [Parameters<typeof head.call>[0], object][] = [
    ['notices.versions', { caseId, noticeId }],
    ['papers.preview', { caseId, kind: 'notice', objectId: noticeId, fields: null }],
    ['papers.freeze', { caseId, kind: 'notice', objectId: noticeId, formats: ['pdf'] }],
    ['copies.request', ask],
    ['copies.decide', { caseId, batchId: ticket?.batchId ?? '', decision: 'approved', opinion: '' }],
    ['copies.take', { caseId, ticketId: ticket?.id ?? '', folder: office.outside }],
  ]
  const wrongly: string[] = []
  for (const [verb, input] of refused) {
    const answer = await head.call(verb, input as never).catch((error: unknown) => error)
    if ((answer as { code?: string }).code !== 'door.scope') wrongly.push(`${verb}: ${JSON.stringify(answer)}`)
  }
  expect(wrongly).toEqual([])
  // Neither found nor counted; whoever is in the scope finds it.
  const found = { query: '责任约谈通知书', kind: 'notice' as const }
  expect(await head.call('search.query', found)).toMatchObject({ hits: [], count: 0 })
  expect(await desk.call('search.query', found)).toMatchObject({ count: 1 })
  // 定密责任人 decided on it and may know it.
  expect(await dingmi.call('notices.list', { caseId })).toHaveLength(1)

  // Nothing drawn from it shows elsewhere: neither its decision and title, nor its number and days, nor who did what on it.
  const number = notice?.number ?? ''
  expect(number).not.toBe('')
  const shownTo = async (one: typeof head) => {
    const detail = await one.call('cases.get', { caseId })
    const list = await one.call('cases.list', {})
    const more = [await one.call('today.get', {}), await one.call('secrecy.list', { caseId })]
    return JSON.stringify([detail, list, more, await one.call('secrecy.terms', {})])
  }
  const [toDesk, toHead] = [await shownTo(desk), await shownTo(head)]
  const drawn = [
    '责任约谈通知书（渝某实业集团有限公司）',
    number,
    noticeForm.day,
    noticeForm.materialsDue,
    'notices.issue',
  ]
  expect(drawn.filter((text) => !toDesk.includes(text))).toEqual([])
  expect(drawn.filter((text) => toHead.includes(text))).toEqual([])

  // A paper of the case at large goes to those as well who may not know the notice: it does not name its number.
  const { enterpriseId } = notice ?? { enterpriseId: '' }
  const item = { enterpriseId, text: '收回垫资', owner: '李某喆', due: null, sourceUtteranceId: null }
  await desk.call('rectification.addItem', { caseId, item })
  const ledger = async () => {
    const wanted = { caseId, kind: 'rectificationLedger' as const, objectId: enterpriseId, fields: null }
    return unspaced(pdfText((await desk.call('papers.preview', wanted)).pdf))
  }
  expect(await ledger()).toContain(item.text)
  expect(await ledger()).not.toContain(number)

  // Nor is the case found, counted or placed by what stands on it; by its own matter it is.
  const { matter } = await desk.call('cases.get', { caseId })
  const counted = async (filter: { text?: string; dueBy?: string }) => [
    (await desk.call('cases.list', filter)).total,
    (await head.call('cases.list', filter)).total,
  ]
  expect(await counted({ text: matter })).toEqual([1, 1])
  expect(await counted({ text: number })).toEqual([1, 0])
  expect(await counted({ text: number.replace(/^\D+/u, '') })).toEqual([1, 0])
  expect(await counted({ dueBy: '2099-12-31' })).toEqual([1, 0])
  const other = await openCase(office, ['渝某商贸集团有限公司'])
  const placed = async (one: typeof head) => (await one.call('cases.list', { order: 'due' })).rows.map((row) => row.id)
  expect([await placed(desk), await placed(head)]).toEqual([
    [caseId, other.caseId],
    [other.caseId, caseId],
  ])

  // A change of the 知悉范围 by two persons opens it (保密法 23).
  const [decision] = await desk.call('secrecy.list', { caseId })
  const everybody = (await desk.call('cases.get', { caseId })).scope.map((one) => one.accountId)
  expect(everybody).toContain(head.accountId)
  const wider = { ...narrow, scope: [...new Set([...narrow.scope, ...everybody])], reason: '工作需要' }
  const change = { caseId, classificationId: decision?.id ?? '', act: 'change' as const, proposal: wider }
  await expect(head.call('secrecy.proposeChange', change)).rejects.toMatchObject(outside)
  const proposed = await desk.call('secrecy.proposeChange', change)
  expect(await head.call('notices.list', { caseId })).toEqual([])
  const decide = { caseId, classificationId: proposed.id, decision: 'approved' as const, opinion: '' }
  await dingmi.call('secrecy.decide', decide)
  expect(await head.call('notices.list', { caseId })).toHaveLength(1)
  expect(await ledger()).toContain(number)
  expect((await head.call('copies.waiting', {})).map((one) => one.id)).toEqual([ticket?.id])
}, 600_000)

test('Art. 4: a 知悉范围 that leaves out everybody who may sign is refused with their names', async () => {
  const office = await openOffice()
  const { caseId } = await openCase(office, ['渝某能源集团有限公司'])
  const [desk, fenguan] = [await office.at('chengban'), await office.at('fenguan')]
  const { one, notice } = await firstNotice(office, caseId)
  await desk.call('notices.save', {
    ...one,
    version: notice.version,
    fields: { ...notice.fields, ...noticeForm },
  })
  const submit = (scope: string[]) => desk.call('notices.submit', { ...one, proposal: { ...secret, scope } })
  await expect(submit([desk.accountId])).rejects.toMatchObject({
    code: 'secrecy.signerOutside',
    params: { names: fenguan.session.archive.identity.name },
  })
  expect((await firstNotice(office, caseId)).notice.state).toBe('draft')
  expect(await submit([desk.accountId, fenguan.accountId])).toMatchObject({ state: 'submitted' })
})

test('保密法 21: a list of referred papers is known to those who know every paper on it; a further copy of it has a 份号 of its own', async () => {
  const office = await openOffice()
  const { caseId, enterprises } = await openCase(office, ['渝某港务集团有限公司'], [...chain, 'zhuize', 'zhuyao'])
  const at = (login: string) => office.at(login)
  const [desk, head, zhuize] = [await at('chengban'), await at('chuzhang'), await at('zhuize')]
  const [fenguan, zhuyao] = [await at('fenguan'), await at('zhuyao')]
  const knowing = [desk, fenguan, zhuize].map((one) => one.accountId)
  await issueNotices(office, caseId, { ...secret, scope: knowing })
  await holdInterview(office, caseId, enterprises, [{ text: '情况属实。', key: 2 }])
  const noticeOf = async (one: typeof desk) =>
    (await one.call('referrals.choices', { caseId })).filter((piece) => piece.code === 'notice')
  expect(await noticeOf(head)).toEqual([])
  const [notice] = await noticeOf(desk)
  const { title = '', paperId = null } = notice ?? {}
  expect(title).toContain('责任约谈通知书')
  const pieces = [{ paperId, documentId: null, form: 'copy' as const }]
  const about = { period: '', amount: '', persons: ['李某喆'] }
  const lead = { ...about, pieces, reason: '须核查。', summary: '形成损失风险。' }
  const sent = await desk.call('referrals.send', { caseId, referral: lead })

  const listOf = async (one: typeof desk) =>
    (await one.call('papers.list', { caseId })).filter((paper) => paper.objectId === sent.id)
  const [list] = await listOf(desk)
  expect((await desk.call('referrals.ofCase', { caseId }))[0]?.pieces[0]?.title).toBe(title)
  expect(await head.call('referrals.ofCase', { caseId })).toEqual([])
  expect(await listOf(head)).toEqual([])
  const preview = { caseId, kind: 'transferList' as const, objectId: sent.id, fields: null }
  await expect(head.call('papers.preview', preview)).rejects.toMatchObject(outside)
  await expect(head.call('referrals.file', { referralId: sent.id, part: 'list' })).rejects.toThrow(
    'referrals.outsideScope',
  )
  expect((await zhuize.call('referrals.file', { referralId: sent.id, part: 'list' })).bytes.length).toBeGreaterThan(0)

  // 公文条例 9: the first copy is the frozen one; the second is printed with its own number, and says the same.
  const out = { act: 'export' as const, recipient: '某处', purpose: '查阅', medium: '', parentId: null }
  const taken = async () => {
    const [ticket] = await desk.call('copies.request', { caseId, paperIds: [list?.id ?? ''], ...out })
    if (!ticket) throw new Error('no ticket')
    await fenguan.call('copies.decide', { caseId, batchId: ticket.batchId, decision: 'approved', opinion: '' })
    const { file } = await desk.call('copies.take', { caseId, ticketId: ticket.id, folder: office.outside })
    return { label: ticket.label, same: ticket.sha256 === list?.sha256, text: pdfText(readFileSync(file ?? '')) }
  }
  const [first, second] = [await taken(), await taken()]
  expect([first.same, second.same]).toEqual([true, false])
  expect([first.label, second.label]).toEqual(['000001', '000002'])
  expect(second.text).toContain('000002')
  for (const part of [title, sent.number]) expect(second.text).toContain(unspaced(part))

  // A leader outside the paper decides nothing on the list that names it, and is not asked.
  const request = {
    ...about,
    pieces,
    enterpriseId: enterprises[0] ?? '',
    organ: '某纪检监察组',
    suspicion: '涉嫌违纪。',
  }
  const contact = { contact: '孙某某', telephone: '023-0000 1234' }
  const asked = await desk.call('referrals.askDiscipline', { caseId, request: { ...request, ...contact } })
  const decide = { caseId, referralId: asked.id, decision: 'approved' as const, opinion: '' }
  const steps = async (one: typeof desk) => (await one.call('today.get', {})).mine.map((step) => step.next.code)
  expect(await zhuyao.call('referrals.discipline', { caseId })).toEqual([])
  expect(await steps(zhuyao)).not.toContain('referrals.decideDiscipline')
  await expect(zhuyao.call('referrals.decideDiscipline', decide)).rejects.toMatchObject(outside)
  expect(await steps(fenguan)).toContain('referrals.decideDiscipline')
  expect((await fenguan.call('referrals.discipline', { caseId }))[0]).toMatchObject({ mayDecide: true })
  expect(await fenguan.call('referrals.decideDiscipline', decide)).toMatchObject({ state: 'approved' })
}, 600_000)
