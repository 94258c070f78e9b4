import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { issueNotices, openCase, openOffice, secret } from '../../support/office.ts'
import { frozenFile } from '../../support/papers.ts'

test('保密法 23, 24: a change and a release leave their own forms, with what was before, what is now and who was told', async () => {
  const office = await openOffice()
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, secret)
  const [desk, dingmi] = [await office.at('chengban'), await office.at('dingmi')]
  const inForce = async () => (await desk.call('secrecy.list', { caseId })).find((one) => one.state === 'approved')
  const decide = async (act: 'change' | 'release', proposal: typeof secret) => {
    const before = await inForce()
    const value = await desk.call('secrecy.proposeChange', {
      ...{ caseId, act, proposal },
      classificationId: before?.id ?? '',
    })
    const one = { caseId, classificationId: value.id, decision: 'approved' as const, opinion: '同意。' }
    await dingmi.call('secrecy.decide', one)
    const form = { caseId, kind: 'classification' as const, objectId: value.id, formats: ['pdf' as const] }
    const [paper] = await desk.call('papers.freeze', form)
    const file = await frozenFile(desk, paper?.id ?? '')
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '')
    return { title: paper?.title, text }
  }

  const longer = { ...secret, term: { kind: 'period', length: 8, unit: 'year' } as const, reason: '整改尚未完成' }
  const change = await decide('change', longer)
  expect(change.title).toBe('国家秘密变更审批表（责任约谈通知书（渝某实业集团有限公司））')
  for (const words of ['国家秘密变更审批表', '5年', '8年', '整改尚未完成', '拟变更为秘密★8年。', '同意。', '郝某某'])
    expect([words, change.text.includes(words)]).toEqual([words, true])

  const open = { level: 'none' as const, term: null, basis: '', reason: '内容已依法公开', scope: [] }
  const release = await decide('release', open)
  expect(release.title).toBe('国家秘密解密审核表（责任约谈通知书（渝某实业集团有限公司））')
  for (const words of ['国家秘密解密审核表', '8年', '内容已依法公开', '拟解密。', '解密不等于公开'])
    expect([words, release.text.includes(words)]).toEqual([words, true])
  expect(release.text).not.toContain('★')
}, 600_000)

test('实施条例 21: whoever knows the paper and whoever holds a copy is told in writing, and the notice says whom it reached', async () => {
  const office = await openOffice()
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, secret)
  const [desk, head, dingmi] = [await office.at('chengban'), await office.at('chuzhang'), await office.at('dingmi')]
  const paper = (await desk.call('papers.list', { caseId })).find((one) => one.kind === 'notice')
  const folder = join(office.outside, 'out')
  mkdirSync(folder)
  // Two copies leave; one comes back before anything is changed.
  const copied = async (recipient: string) => {
    const out = { act: 'export' as const, recipient, purpose: '查阅', medium: '', parentId: null }
    const [ticket] = await desk.call('copies.request', { caseId, paperIds: [paper?.id ?? ''], ...out })
    const batchId = ticket?.batchId ?? ''
    await head.call('copies.decide', { caseId, batchId, decision: 'approved', opinion: '' })
    await desk.call('copies.take', { caseId, ticketId: ticket?.id ?? '', folder })
  }
  await copied('某市档案馆')
  await copied('某某单位')
  const [last] = await desk.call('copies.register', { caseId })
  const back = { fate: 'returned' as const, day: (last?.at ?? '').slice(0, 10), person: '周某某', note: '' }
  await desk.call('copies.enterFate', { caseId, copyId: last?.id ?? '', ...back })
  const told = async () =>
    (await desk.call('papers.working', { caseId })).filter((one) => one.kind === 'classificationNotice')
  expect(await told()).toEqual([])

  const before = (await desk.call('secrecy.list', { caseId })).find((one) => one.state === 'approved')
  const proposal = { level: 'none' as const, term: null, basis: '', reason: '内容已依法公开', scope: [] }
  const release = { caseId, classificationId: before?.id ?? '', act: 'release' as const, proposal }
  const { id: objectId } = await desk.call('secrecy.proposeChange', release)
  expect(await told()).toEqual([])
  await dingmi.call('secrecy.decide', { caseId, classificationId: objectId, decision: 'approved', opinion: '' })
  expect((await told()).map((one) => one.objectId)).toEqual([objectId])
  const [own] = await head.call('secrecy.notices', {})
  await head.call('secrecy.acknowledge', { noticeId: own?.id ?? '' })

  const form = { caseId, kind: 'classificationNotice' as const, objectId, formats: ['pdf' as const] }
  const [notice] = await desk.call('papers.freeze', form)
  expect([notice?.title, notice?.level]).toEqual(['国家秘密解密通知（责任约谈通知书（渝某实业集团有限公司））', 'none'])
  const file = await frozenFile(desk, notice?.id ?? '')
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  const flat = text.replaceAll(/\s/g, '')
  for (const words of ['国家秘密解密通知', '秘密', '5年', '不属于国家秘密', '内容已依法公开', '某市档案馆', '000001'])
    expect([words, flat.includes(words)]).toEqual([words, true])
  for (const words of ['★', '某某单位', '000002']) expect([words, flat.includes(words)]).toEqual([words, false])
  // 处室负责人 signed in the window: the line names the person told, and who signed.
  expect(flat.split(head.session.archive.identity.name).length - 1).toBe(2)
}, 600_000)
