import { expect, test } from 'vitest'
import { classifyAll, holdInterview, issueNotices, openCase, openOffice, secret } from '../../support/office.ts'

test('an individual case walks from intake to final minutes, every step by the account whose turn it is', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const jilu = await office.at('jilu')
  const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, secret)
  const [notice] = await chengban.call('notices.list', { caseId })
  expect(notice).toMatchObject({ state: 'issued', mark: '秘密★5年' })
  expect(notice?.number).toMatch(/^监管约谈函〔\d{4}〕1号$/)

  const interviewId = await holdInterview(office, caseId, enterprises, [
    { text: '现在开始约谈。', kind: 'explain', key: 1 },
    { text: '该项目没有开展可行性论证。', kind: 'statement', key: 2 },
    { text: '请立即止损。', kind: 'opinion', key: 1 },
    { text: '年底前完成追索。', kind: 'commitment', key: 2 },
  ])
  const { items } = await chengban.call('rectification.get', { caseId })
  expect(items).toMatchObject([{ text: '年底前完成追索。', enterpriseId: enterprises[0], state: 'open' }])

  const [minutes] = await jilu.call('minutes.draft', { caseId, interviewId })
  expect(minutes?.sentences.map((one) => one.section)).toEqual(['statements', 'opinions', 'other'])
  if (!minutes) throw new Error('no minutes')
  await jilu.call('minutes.submit', { caseId, minutesId: minutes.id, proposal: secret })
  await classifyAll(office, caseId)
  const final = await (await office.at('chuzhang')).call('minutes.finalise', { caseId, minutesId: minutes.id })
  expect(final).toMatchObject({ state: 'final', mark: '秘密★5年' })

  const shown = await chengban.call('cases.get', { caseId })
  expect(shown).toMatchObject({ stage: 'rectification', level: 'secret', next: { code: 'rectification.receive' } })
  expect(shown.articles).toHaveLength(23)
  const papers = await chengban.call('papers.list', { caseId })
  expect(new Set(papers.map((one) => `${one.kind}.${one.format}`))).toEqual(
    new Set([
      'notice.pdf',
      'notice.docx',
      'approval.pdf',
      'approval.docx',
      'classification.pdf',
      'minutes.pdf',
      'minutes.docx',
      'record.pdf',
      'record.docx',
    ]),
  )
})
