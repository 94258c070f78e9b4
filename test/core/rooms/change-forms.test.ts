import { execFileSync } from 'node:child_process'
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
