import { expect, test } from 'vitest'
import { firstNotice, issueNotices, noticeForm, openCase, openOffice, secret } from '#test/support/office.ts'

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

  // A change of the 知悉范围 by two persons opens it (保密法 23).
  const [decision] = await desk.call('secrecy.list', { caseId })
  const wider = { ...narrow, scope: [...narrow.scope, head.accountId], reason: '工作需要' }
  const change = { caseId, classificationId: decision?.id ?? '', act: 'change' as const, proposal: wider }
  await expect(head.call('secrecy.proposeChange', change)).rejects.toMatchObject(outside)
  const proposed = await desk.call('secrecy.proposeChange', change)
  expect(await head.call('notices.list', { caseId })).toEqual([])
  const decide = { caseId, classificationId: proposed.id, decision: 'approved' as const, opinion: '' }
  await dingmi.call('secrecy.decide', decide)
  expect(await head.call('notices.list', { caseId })).toHaveLength(1)
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
