import { expect, test, vi } from 'vitest'
import { pdfText, unspaced } from '../../documents/readers.ts'
import {
  dayAhead,
  draftedNotice,
  issueNotices,
  noticeForm,
  secret,
  sharedOffice,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const group = '市纪委监委驻市国资委纪检监察组'

/** A case with its notice drafted; the enterprise is each test's own. */
async function drafted(name: string) {
  const here = await office()
  return { here, ...(await draftedNotice(here, name)) }
}

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

test('由处室负责人主持: that is what a notice begins with, no reason is owed, and the panel says who holds it', async () => {
  const { here, chengban, caseId, one, save } = await drafted('渝某甲集团有限公司')
  const saved = await save({})
  expect(saved.fields).toMatchObject({ hostRank: 'officeHead', hostReason: '' })
  await issueNotices(here, caseId, unclassified)
  expect((await chengban.call('notices.list', { caseId }))[0]?.id).toBe(one.noticeId)
  expect((await chengban.call('cases.get', { caseId })).articles[4]).toMatchObject({
    article: 5,
    state: 'owed',
    who: '处室负责人',
    when: noticeForm.day,
    note: '主持人：赵某某',
  })
})

test.each(['deputyLeader', 'chiefLeader'] as const)(
  '必要时可请分管或主要负责同志主持: %s only with the reason why it is necessary, and nobody else',
  async (hostRank) => {
    const { chengban, one, save } = await drafted(`渝某${hostRank === 'chiefLeader' ? '乙' : '丙'}集团有限公司`)
    await save({ hostRank })
    await expect(chengban.call('notices.submit', { ...one, proposal: unclassified })).rejects.toMatchObject({
      code: 'notices.hostReasonMissing',
      params: { field: 'hostReason' },
    })
    await expect(save({ hostRank: 'minister' as never })).rejects.toThrow('door.input')
    await save({ hostRank, hostReason: '涉及重大风险处置' })
    expect((await chengban.call('notices.submit', { ...one, proposal: unclassified })).fields).toMatchObject({
      hostRank,
      hostReason: '涉及重大风险处置',
    })
  },
)

test('可请有关处室共同参加: the notice names them under its one number, and they are expected at the interview', async () => {
  const { here, chengban, caseId, one, save } = await drafted('渝某丁集团有限公司')
  await save({ jointUnits: [group, '财务监管处'] })
  await issueNotices(here, caseId, unclassified)
  const { pdf } = await chengban.call('papers.preview', {
    caseId,
    kind: 'notice',
    objectId: one.noticeId,
    fields: null,
  })
  expect(pdfText(pdf)).toContain(unspaced(`进行责任约谈，${group}、财务监管处共同参加。`))
  const [notice] = await chengban.call('notices.list', { caseId })
  const year = new Date().getFullYear()
  const { entries } = await (await here.at('zhuize')).call('numbers.register', { year })
  // 联合约谈 has one number, given to the office that calls.
  expect(entries.filter((entry) => entry.enterpriseName === '渝某丁集团有限公司').map((entry) => entry.text)).toEqual([
    notice?.number,
  ])
  const { interviewId } = await chengban.call('cases.get', { caseId })
  const { attendees } = await chengban.call('interviews.draft', { caseId, interviewId: interviewId ?? '' })
  expect(attendees.filter((one) => one.delegation === 'joint').map((one) => one.unit)).toEqual([group, '财务监管处'])
})

test('在责任约谈前沟通协商: owed as soon as others are asked, done with a record of the agreed text', async () => {
  const { chengban, caseId, save } = await drafted('渝某戊集团有限公司')
  const article5 = async () => (await chengban.call('cases.get', { caseId })).articles[4]
  expect((await article5())?.note).toBe('通知印发后主持约谈')
  await save({ jointUnits: [group] })
  expect(await article5()).toMatchObject({ state: 'owed', who: '承办人 孙某某', when: '', note: `与${group}会前沟通` })
  await chengban.call('preparation.consult', { caseId, consultation })
  expect((await article5())?.note).toBe('通知印发后主持约谈')
  const { consultations } = await chengban.call('preparation.get', { caseId })
  expect(consultations).toMatchObject([{ ...consultation, by: '孙某某' }])
})

test('就有关责任约谈内容和意见要求等: each part is asked for at its field; an objection stands with its settlement', async () => {
  const { chengban, caseId } = await drafted('渝某己集团有限公司')
  const consult = (part: Partial<typeof consultation>) =>
    chengban.call('preparation.consult', { caseId, consultation: { ...consultation, ...part } })
  const objection = [{ unit: '财务监管处', name: '吴某某', title: '处长', opinion: '有异议' }]
  for (const [part, code, field] of [
    [{ contents: ' ' }, 'preparation.contentsMissing', 'contents'],
    [{ agreed: '' }, 'preparation.agreedMissing', 'agreed'],
    [{ day: dayAhead(1) }, 'preparation.dayAhead', 'day'],
    [{ participants: objection }, 'preparation.differencesMissing', 'differences'],
  ] as const)
    await expect(consult(part as never)).rejects.toMatchObject({ code, params: { field } })
  await expect(consult({ participants: [] })).rejects.toThrow('door.input')
  await expect(consult({ day: '2026-02-30' })).rejects.toThrow('door.input')
  await consult({ participants: objection, differences: '按多数意见办理，异议记录在案。' })
  expect((await chengban.call('preparation.get', { caseId })).consultations).toHaveLength(1)
})

test('会前沟通记录 is a paper of the case: unmarked while nothing is decided, marked and kept at the level once it is', async () => {
  const { here, chengban, caseId } = await drafted('渝某庚集团有限公司')
  const { id: objectId } = await chengban.call('preparation.consult', { caseId, consultation })
  const preview = async () => {
    const { pdf } = await chengban.call('papers.preview', { caseId, kind: 'consultation', objectId, fields: null })
    return pdfText(pdf)
  }
  const before = await preview()
  expect(before).toContain(unspaced('限期止损，严肃追责。'))
  // 保密法 22: no mark before the decision.
  expect(before).not.toContain('★')
  await issueNotices(here, caseId, secret)
  expect(await preview()).toContain(unspaced('秘密★5年'))
  await chengban.call('papers.freeze', { caseId, kind: 'consultation', objectId, formats: ['pdf'] })
  const kept = (await chengban.call('papers.list', { caseId })).filter((paper) => paper.kind === 'consultation')
  expect(kept).toMatchObject([{ level: 'secret', format: 'pdf' }])
  expect((await chengban.call('cases.get', { caseId })).articles[4]?.paper?.id).toBe(kept[0]?.id)
  // A state secret leaves only with another person's leave.
  const ask = { caseId, paperIds: kept.map((paper) => paper.id), act: 'export' as const, parentId: null }
  const [ticket] = await chengban.call('copies.request', { ...ask, recipient: group, purpose: '会前沟通', medium: '' })
  expect(ticket?.state).toBe('requested')
})
