import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { ReceivedDocument } from '#shared/domain/rectification.ts'
import { sharedOffice } from '../../support/office.ts'
import { everythingOf, ledgerLines } from '../../support/recount.ts'
import { accepting, interviewed, rectified } from '../../support/rectifying.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const reportAccepted = accepting('work', 'steps', 'results', 'accountability')

test('及时…报告…进展情况: progress comes in as often as there is any, and asks for no check', async () => {
  const { receive, article, check } = await interviewed(await office(), ['渝某甲集团有限公司'])
  const progress = await receive('progress', '一季度进展')
  await receive('progress', '二季度进展')
  expect(await article(15)).toMatchObject({ state: 'waiting', note: '进展报告 1/1 家，专项工作报告 0/1 家' })
  await expect(check(progress.id, reportAccepted)).rejects.toThrow('rectification.notChecked')
})

test('佐证材料 belong to one paper of the same enterprise, count as no report, and lie behind it in the volume', async () => {
  const here = await office()
  const [first, second] = ['渝某佐证集团有限公司', '渝某佐证港口有限公司']
  const { caseId, enterprises, chengban, get, article } = await rectified(here, [first, second])
  const [one = '', other = ''] = enterprises
  const file = (name: string) => {
    const path = join(here.outside, name)
    writeFileSync(path, `${name} 的内容`)
    return path
  }
  const receive = (
    enterpriseId: string,
    kind: ReceivedDocument['kind'],
    title: string,
    provesId: string | null = null,
  ) =>
    chengban.call('rectification.receive', { caseId, enterpriseId, kind, title, provesId, file: file(`${title}.txt`) })
  await expect(receive(one, 'evidence', '收款凭证')).rejects.toThrow('rectification.provesNothing')
  const early = await receive(one, 'progress', '一季度进展')
  const foreign = await receive(other, 'progress', '港口进展')
  const late = await receive(one, 'progress', '二季度进展')
  const proof = await receive(one, 'evidence', '收款凭证', early.id)
  const further = await receive(one, 'evidence', '制度汇编', early.id)
  await receive(other, 'evidence', '现场照片', foreign.id)
  for (const provesId of [foreign.id, proof.id, caseId])
    await expect(receive(one, 'evidence', '收款凭证', provesId)).rejects.toThrow('rectification.provesNothing')
  await expect(receive(one, 'progress', '三季度进展', early.id)).rejects.toThrow('rectification.provesNothing')
  expect((await get()).documents.filter((each) => each.provesId === early.id).map((each) => each.id)).toEqual([
    proof.id,
    further.id,
  ])
  expect(await article(15)).toMatchObject({ note: '进展报告 2/2 家，专项工作报告 0/2 家' })
  const known = await everythingOf(chengban, late.receivedAt)
  expect(
    ledgerLines(known, { since: '2000-01-01', until: '2099-12-31', office: '', enterpriseId: one }, 3).map(
      (line) => line[7],
    ),
  ).toEqual([expect.stringContaining('已报送2次')])

  await chengban.call('cases.beginFiling', { caseId, reason: '整改尚未办结' })
  const { items } = await chengban.call('archive.assemble', { caseId })
  expect(items.filter((item) => item.documentId !== null).map((item) => item.title)).toEqual([
    '进展报告：一季度进展',
    '佐证材料：收款凭证',
    '佐证材料：制度汇编',
    '进展报告：二季度进展',
    '进展报告：港口进展',
    '佐证材料：现场照片',
  ])
})

test('相关工作开展情况、采取措施、落实成效及责任追究情况…正式报送市国资委: four parts, a number and the seal', async () => {
  const { caseId, enterpriseId, chengban, get, receive, check, article } = await interviewed(await office(), [
    '渝某乙集团有限公司',
  ])
  const draft = await receive('specialReport', '专项工作报告')
  expect(draft).toMatchObject({ number: '', sealed: false })
  expect(await article(15)).toMatchObject({ state: 'owed', note: '核对专项工作报告 0/1 家' })
  const unanswered = { ...reportAccepted, parts: reportAccepted.parts.slice(0, 3) }
  await expect(check(draft.id, reportAccepted)).rejects.toMatchObject({
    code: 'rectification.notFormal',
    params: { field: 'formal' },
  })
  const formal = (sealed: boolean) =>
    chengban.call('rectification.formal', {
      caseId,
      documentId: draft.id,
      formal: { number: '渝某企发〔2026〕3号', sealed },
    })
  await formal(false)
  await expect(check(draft.id, reportAccepted)).rejects.toThrow('rectification.notFormal')
  await formal(true)
  await expect(check(draft.id, unanswered)).rejects.toMatchObject({
    code: 'rectification.partUnanswered',
    params: { field: 'accountability' },
  })
  // Sent back, a new one is awaited; the first stays.
  const missing = reportAccepted.parts.map((one) =>
    one.part === 'accountability' ? { ...one, present: false, note: '未说明追责情况' } : one,
  )
  await check(draft.id, { parts: missing, decision: 'returned', reason: '补充责任追究情况' })
  expect(await article(15)).toMatchObject({ state: 'waiting', note: '专项工作报告 0/1 家' })
  const second = await chengban.call('rectification.receive', {
    caseId,
    enterpriseId,
    kind: 'specialReport',
    title: '专项工作报告（修改稿）',
    formal: { number: '渝某企发〔2026〕5号', sealed: true },
    file: null,
  })
  await check(second.id, reportAccepted)
  expect(await article(15)).toMatchObject({ state: 'done', note: '专项工作报告已核对接受 1/1 家' })
  expect((await get()).documents).toMatchObject([
    { state: 'returned', checks: [{ reason: '补充责任追究情况' }] },
    { state: 'accepted', number: '渝某企发〔2026〕5号', sealed: true },
  ])
  await expect(formal(true)).rejects.toThrow('rectification.alreadyReturned')
})

test('a report of another enterprise is refused, and so is the check of a paper of another case', async () => {
  const here = await office()
  const one = await interviewed(here, ['渝某丙集团有限公司'])
  const other = await interviewed(here, ['渝某丁集团有限公司'])
  const report = { kind: 'specialReport' as const, title: '专项工作报告', file: null }
  await expect(
    one.chengban.call('rectification.receive', { ...report, caseId: one.caseId, enterpriseId: other.enterpriseId }),
  ).rejects.toThrow('rectification.unknownEnterprise')
  const paper = await other.receive('specialReport')
  await expect(one.check(paper.id, reportAccepted)).rejects.toThrow('rectification.unknownDocument')
})
