import { expect, test, vi } from 'vitest'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { dayAhead, issueNotices, noticeForm, openCase, openOffice, unclassified } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

test('Art. 5, 6, 7, 10: host, joint units, consultation, persons of subsidiaries, confirmation, materials, service', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
  const [draft] = await chengban.call('notices.list', { caseId })
  if (!draft) throw new Error('no notice')
  const one = { caseId, noticeId: draft.id }

  // Art. 5: a leader holds it only where that is necessary, and the notice says why.
  const persons = [{ name: '李某赟', title: '财务总监', unit: '渝某实业子公司' }]
  const fields = {
    ...draft.fields,
    ...noticeForm,
    hostRank: 'deputyLeader' as const,
    jointUnits: ['市纪委监委驻市国资委纪检监察组'],
    persons,
  }
  const saved = await chengban.call('notices.save', { ...one, version: draft.version, fields })
  await expect(chengban.call('notices.submit', { ...one, proposal: unclassified })).rejects.toMatchObject({
    code: 'notices.hostReasonMissing',
    params: { field: 'hostReason' },
  })
  const whole = { ...fields, hostReason: '涉及重大风险处置' }
  await chengban.call('notices.save', { ...one, version: saved.version, fields: whole })

  // Art. 7: the paper calls by name whom the office named, also of a subsidiary.
  const preview = await chengban.call('papers.preview', { caseId, kind: 'notice', objectId: draft.id, fields: null })
  expect(pdfText(preview.pdf)).toContain(unspaced('渝某实业子公司财务总监李某赟'))

  // Art. 5: consulted before, with the agreed text; an objection without its settlement is not taken.
  const consultation = {
    day: dayAhead(0),
    clock: '09:00',
    place: '第三会议室',
    manner: 'meeting' as const,
    chair: '赵某某',
    recorder: '孙某某',
    contents: '投资决策程序问题',
    agreed: '限期止损，严肃追责。',
    differences: '',
    participants: [{ unit: '派驻纪检监察组', name: '钱某某', title: '副组长', opinion: '同意' }],
  }
  const consult = (part: Partial<typeof consultation>) =>
    chengban.call('preparation.consult', { caseId, consultation: { ...consultation, ...part } })
  await expect(consult({ agreed: '' })).rejects.toMatchObject({ params: { field: 'agreed' } })
  await expect(consult({ day: dayAhead(1) })).rejects.toThrow('preparation.dayAhead')
  const objection = [{ unit: '财务监管处', name: '吴某某', title: '处长', opinion: '有异议' }]
  await expect(consult({ participants: objection })).rejects.toThrow('preparation.differencesMissing')
  const kept = await consult({})
  const paper = await chengban.call('papers.preview', {
    caseId,
    kind: 'consultation',
    objectId: kept.id,
    fields: null,
  })
  expect(pdfText(paper.pdf)).toContain(unspaced('限期止损，严肃追责'))
  await issueNotices(office, caseId, unclassified)
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown.articles[4]).toMatchObject({ article: 5, state: 'owed' })
  expect(shown.articles[3]).toMatchObject({
    article: 4,
    state: 'done',
    who: '孙某某',
    paper: { title: expect.any(String) },
  })

  // Art. 10: by telephone: who, when, taken by whom; a refusal and a replacement need their reason.
  const confirm = { ...one, channel: 'telephone' as const, by: '周某某', note: '' }
  await expect(chengban.call('notices.confirm', { ...confirm, attendance: 'refused' })).rejects.toMatchObject({
    params: { field: 'reason' },
  })
  await expect(
    chengban.call('notices.confirm', { ...confirm, attendance: 'replacement', reason: '出国' }),
  ).rejects.toMatchObject({ params: { field: 'persons' } })
  await expect(
    chengban.call('notices.confirm', { ...confirm, at: new Date(Date.now() + 3_600_000).toISOString() }),
  ).rejects.toThrow('notices.confirmedAhead')
  await expect(chengban.call('notices.confirm', { ...confirm, at: '2021-12-10T02:00:00.000Z' })).rejects.toThrow(
    'notices.confirmedBeforeIssue',
  )
  await chengban.call('notices.confirm', { ...confirm, attendance: 'refused', reason: '主要负责人在外' })
  await chengban.call('notices.confirm', {
    ...confirm,
    attendance: 'replacement',
    persons: '总经理郑某某',
    reason: '董事长在外',
  })
  const [notice] = await chengban.call('notices.list', { caseId })
  expect(notice?.confirmation).toMatchObject({ takenBy: '孙某某', by: '周某某', attendance: 'replacement' })

  // Materials: awaited, then received; the written statement apart from the 说明材料.
  const before = await chengban.call('preparation.get', { caseId })
  expect(before.confirmations).toHaveLength(2)
  expect(before.materials.map((material) => [material.kind, material.state])).toEqual([
    ['material', 'awaited'],
    ['statement', 'awaited'],
  ])
  await chengban.call('preparation.remind', { ...one, channel: 'telephone', to: '周某某', text: '请报送材料。' })
  const enterpriseId = enterprises[0] ?? ''
  await chengban.call('rectification.receive', {
    caseId,
    enterpriseId,
    kind: 'statement',
    title: '书面陈述材料',
    file: null,
  })
  const after = await chengban.call('preparation.get', { caseId })
  expect(after.materials.map((material) => material.state)).toEqual(['awaited', 'received'])
  expect(after.reminders).toMatchObject([{ to: '周某某', by: '孙某某' }])

  // 送达回执.
  const service = {
    noticeId: draft.id,
    changeId: null,
    recipient: '渝某实业集团有限公司',
    manner: 'person' as const,
    copyNumber: '',
    sentBy: '孙某某',
    sentOn: dayAhead(0),
    receivedBy: '周某某',
    receivedOn: dayAhead(0),
    note: '',
  }
  const serve = (part: Partial<typeof service>) =>
    chengban.call('preparation.serve', { caseId, service: { ...service, ...part } })
  await expect(serve({ sentOn: '2021-12-10' })).rejects.toThrow('preparation.sentBeforeIssue')
  await expect(serve({ receivedOn: '2021-12-10' })).rejects.toThrow('preparation.receivedBeforeSent')
  await serve({})
  expect((await chengban.call('preparation.get', { caseId })).services).toHaveLength(1)
})
