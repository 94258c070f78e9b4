import { expect, test } from 'vitest'
import type { Desk } from '#electron/core/sample/desk.ts'
import type { ProposalInput } from '#shared/domain/secrecy.ts'
import {
  classifyAll,
  issueNotices,
  openCase,
  openOffice,
  secret,
  submitNotices,
  type TestOffice,
  unclassified,
} from '../../support/office.ts'

const name = '渝某实业集团有限公司'
const longPath = 600_000

async function issued(office: TestOffice, proposal: ProposalInput) {
  const { caseId } = await openCase(office, [name])
  await issueNotices(office, caseId, proposal)
  const desk = await office.at('chengban')
  const [decision] = await desk.call('secrecy.list', { caseId })
  if (!decision) throw new Error('no decision')
  return { caseId, decision, desk }
}

async function noticeMark(desk: Desk, caseId: string): Promise<string | null | undefined> {
  return (await desk.call('notices.list', { caseId }))[0]?.mark
}

test(
  '保密法 23, 24: a change is proposed by one and decided by another, takes the place of the first and tells every holder',
  async () => {
    const office = await openOffice()
    const { caseId, decision, desk } = await issued(office, secret)
    expect(await noticeMark(desk, caseId)).toBe('秘密★5年')
    const change = {
      caseId,
      classificationId: decision.id,
      act: 'change' as const,
      proposal: {
        ...secret,
        term: { kind: 'period' as const, length: 3, unit: 'year' as const },
        reason: '风险已部分化解',
      },
    }
    await expect(
      desk.call('secrecy.proposeChange', { ...change, proposal: { ...secret, reason: '' } }),
    ).rejects.toThrow('secrecy.reasonMissing')
    await expect(
      desk.call('secrecy.proposeChange', { ...change, proposal: { ...unclassified, reason: '公开' } }),
    ).rejects.toThrow('secrecy.changeReleases')
    const proposed = await desk.call('secrecy.proposeChange', change)
    // Until the second person has decided, the first decision marks the paper.
    expect(await noticeMark(desk, caseId)).toBe('秘密★5年')
    const dingmi = await office.at('dingmi')
    expect(await dingmi.call('secrecy.waiting', {})).toMatchObject([{ id: proposed.id, before: '秘密★5年' }])
    await classifyAll(office, caseId)
    expect(await noticeMark(desk, caseId)).toBe('秘密★3年')
    const history = await desk.call('secrecy.list', { caseId })
    expect(history.map((one) => [one.act, one.state, one.mark])).toEqual([
      ['change', 'approved', '秘密★3年'],
      ['initial', 'superseded', null],
    ])
    // The old decision cannot be changed once more; and the case still passes its acts.
    await expect(desk.call('secrecy.proposeChange', change)).rejects.toThrow('secrecy.notInForce')
    await desk.call('cases.get', { caseId })

    const [told] = await desk.call('secrecy.notices', {})
    expect(told).toMatchObject({
      before: '秘密★5年',
      after: '秘密★3年',
      reason: '风险已部分化解',
      acknowledgedAt: null,
    })
    expect(await dingmi.call('secrecy.notices', {})).toEqual([])
    const jilu = await office.at('jilu')
    await expect(jilu.call('secrecy.acknowledge', { noticeId: told?.id ?? '' })).rejects.toThrow('secrecy.noSuchNotice')
    await desk.call('secrecy.acknowledge', { noticeId: told?.id ?? '' })
    await expect(desk.call('secrecy.acknowledge', { noticeId: told?.id ?? '' })).rejects.toThrow('secrecy.noSuchNotice')

    // 解密: no mark any more, and never by one person alone.
    const current = history[0]
    const release = { caseId, classificationId: current?.id ?? '', act: 'release' as const }
    await expect(desk.call('secrecy.proposeChange', { ...release, proposal: change.proposal })).rejects.toThrow(
      'secrecy.releaseKeepsLevel',
    )
    const proposal = { ...unclassified, reason: '已公开' }
    await dingmi.call('secrecy.proposeChange', { ...release, proposal })
    const [own] = await dingmi.call('secrecy.waiting', {})
    const decide = { caseId, classificationId: own?.id ?? '', decision: 'approved' as const, opinion: '' }
    await expect(dingmi.call('secrecy.decide', decide)).rejects.toThrow('secrecy.sameperson')
    expect(await noticeMark(desk, caseId)).toBe('秘密★3年')
    await desk.call('secrecy.proposeChange', { ...release, proposal })
    await classifyAll(office, caseId)
    expect(await noticeMark(desk, caseId)).toBeNull()
    await desk.call('cases.get', { caseId })
  },
  longPath,
)

test(
  'a returned change leaves the decision and the issued notice as they were',
  async () => {
    const office = await openOffice()
    const { caseId, decision, desk } = await issued(office, secret)
    await desk.call('secrecy.proposeChange', {
      caseId,
      classificationId: decision.id,
      act: 'release',
      proposal: { ...unclassified, reason: '以为可以公开' },
    })
    const dingmi = await office.at('dingmi')
    const [waiting] = await dingmi.call('secrecy.waiting', {})
    const answer = { caseId, classificationId: waiting?.id ?? '', decision: 'returned' as const }
    await expect(dingmi.call('secrecy.decide', { ...answer, opinion: '' })).rejects.toThrow('secrecy.reasonMissing')
    await dingmi.call('secrecy.decide', { ...answer, opinion: '仍须保密' })
    expect(await noticeMark(desk, caseId)).toBe('秘密★5年')
    expect((await desk.call('notices.list', { caseId }))[0]?.state).toBe('issued')
    expect(await desk.call('secrecy.notices', {})).toEqual([])
  },
  longPath,
)

test(
  '保密法 24: terms are watched, reviewed once a year, and nothing is unmarked by itself',
  async () => {
    let now = '2026-11-27T02:00:00.000Z'
    const office = await openOffice(() => now)
    const term = { kind: 'date' as const, until: '2026-12-20' }
    const { caseId, decision, desk } = await issued(office, { ...secret, term })
    const [row] = await desk.call('secrecy.terms', {})
    expect(row).toMatchObject({ classificationId: decision.id, last: '2026-12-20', state: 'due30', reviewed: null })
    now = '2026-12-21T02:00:00.000Z'
    expect((await desk.call('secrecy.terms', {}))[0]?.state).toBe('lapsed')
    expect(await noticeMark(desk, caseId)).toBe('秘密★2026年12月20日')
    const dingmi = await office.at('dingmi')
    const review = { caseId, classificationId: decision.id, conclusion: 'release' as const, note: '' }
    await expect(dingmi.call('secrecy.review', review)).rejects.toThrow('secrecy.reasonMissing')
    await dingmi.call('secrecy.review', { ...review, note: '期限届满' })
    await expect(dingmi.call('secrecy.review', { ...review, note: '再审' })).rejects.toThrow('secrecy.reviewedThisYear')
    expect((await desk.call('secrecy.terms', {}))[0]).toMatchObject({ reviewed: 2026, conclusion: 'release' })
  },
  longPath,
)

test(
  '实施条例 25: a matter no clause names is protected at once and reported within ten working days',
  async () => {
    const now = '2026-09-18T02:00:00.000Z'
    const office = await openOffice(() => now)
    const { caseId, decision, desk } = await issued(office, { ...secret, basis: '', unclear: true })
    const report = { caseId, classificationId: decision.id, reportedTo: '某市国家保密局', number: '', reply: '' }
    // 2026-09-18 and ten working days, over 中秋 and 国庆: the worked case of the handbook §4.
    expect((await desk.call('secrecy.terms', {}))[0]?.report).toMatchObject({ due: '2026-10-09', reportedOn: null })
    await expect(desk.call('secrecy.report', { ...report, reportedOn: '2026-09-19', repliedOn: null })).rejects.toThrow(
      'secrecy.reportInFuture',
    )
    await expect(
      desk.call('secrecy.report', { ...report, reportedOn: '2026-09-18', repliedOn: '2026-09-17' }),
    ).rejects.toThrow('secrecy.replyBeforeReport')
    await desk.call('secrecy.report', { ...report, reportedOn: '2026-09-18', repliedOn: null })
    expect((await desk.call('secrecy.terms', {}))[0]?.report).toMatchObject({ reportedOn: '2026-09-18' })
  },
  longPath,
)

test(
  '保密法 21: outside the 知悉范围 nothing is seen; widening takes another person, narrowing shuts the door at once',
  async () => {
    const office = await openOffice()
    const { caseId } = await openCase(office, [name])
    await submitNotices(office, caseId, secret)
    const [chengban, zhuyao, chuzhang, baomi] = [
      await office.at('chengban'),
      await office.at('zhuyao'),
      await office.at('chuzhang'),
      await office.at('baomi'),
    ]
    await expect(baomi.call('cases.get', { caseId })).rejects.toThrow('door.scope')
    const wish = { caseId, accountId: baomi.accountId, reason: '登记份号' }
    await expect(baomi.call('secrecy.requestScope', wish)).rejects.toThrow('door.scope')
    const officer = await office.at('anquan')
    await expect(chengban.call('secrecy.requestScope', { ...wish, accountId: officer.accountId })).rejects.toThrow(
      'secrecy.noSuchPerson',
    )
    const request = await chengban.call('secrecy.requestScope', wish)
    await expect(chengban.call('secrecy.requestScope', wish)).rejects.toThrow('secrecy.alreadyAsked')
    await expect(baomi.call('cases.get', { caseId })).rejects.toThrow('door.scope')
    // A leader outside the scope cannot decide about it either.
    const answer = { caseId, requestId: request.id, decision: 'approved' as const, opinion: '' }
    await expect(zhuyao.call('secrecy.decideScope', answer)).rejects.toThrow('door.scope')
    await (await office.at('fenguan')).call('secrecy.decideScope', answer)
    await baomi.call('cases.get', { caseId })
    const shown = await chengban.call('secrecy.scope', { caseId })
    expect(shown.members.map((one) => one.accountId)).toContain(baomi.accountId)

    await expect(
      chuzhang.call('secrecy.removeFromScope', { caseId, accountId: chengban.accountId, reason: '调离' }),
    ).rejects.toThrow('secrecy.officerStays')
    await chuzhang.call('secrecy.removeFromScope', { caseId, accountId: baomi.accountId, reason: '登记完毕' })
    await expect(baomi.call('cases.get', { caseId })).rejects.toThrow('door.scope')
    expect((await chengban.call('secrecy.scope', { caseId })).former).toMatchObject([{ name: expect.any(String) }])
  },
  longPath,
)
