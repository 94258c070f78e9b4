import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { exportFile } from '#electron/core/papers/export.ts'
import { temporaryFolder } from '../../support/folders.ts'
import {
  classifyAll,
  intakeFor,
  noticeForm,
  openCase,
  openOffice,
  secret,
  submitNotices,
  unclassified,
} from '../../support/office.ts'

// Six sign-ins to a test, each with its deliberately slow key derivation.
vi.setConfig({ testTimeout: 600_000 })

test('what two persons must do is refused to one, and no step is taken before its turn', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const fenguan = await office.at('fenguan')
  const dingmi = await office.at('dingmi')
  const zhuize = await office.at('zhuize')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  const [draft] = await chengban.call('notices.list', { caseId })
  if (!draft) throw new Error('no notice')
  const one = { caseId, noticeId: draft.id }
  const approve = { ...one, decision: 'approved' as const, opinion: '' }

  // Art. 4: an incomplete notice is not sent up, an unsigned one is neither numbered nor issued.
  await expect(chengban.call('notices.submit', { ...one, proposal: secret })).rejects.toThrow('notices.missing')
  await expect(fenguan.call('notices.decide', approve)).rejects.toThrow('notices.notSubmitted')
  await expect(zhuize.call('numbers.allocate', one)).rejects.toThrow('numbers.notApproved')
  await expect(chengban.call('notices.issue', one)).rejects.toThrow('notices.notNumbered')

  const fields = { ...draft.fields, ...noticeForm }
  await chengban.call('notices.save', { ...one, version: draft.version, fields })
  await expect(chengban.call('notices.save', { ...one, version: draft.version, fields })).rejects.toThrow(
    'notices.changed',
  )
  // 保密法 20: no term beyond ten years for 秘密; no level without a basis.
  const long = { ...secret, term: { kind: 'period' as const, length: 11, unit: 'year' as const } }
  await expect(chengban.call('notices.submit', { ...one, proposal: long })).rejects.toThrow('secrecy.termAboveCap')
  await expect(chengban.call('notices.submit', { ...one, proposal: { ...secret, basis: '' } })).rejects.toThrow(
    'secrecy.basisMissing',
  )
  const outsider = { ...secret, scope: [zhuize.accountId] }
  await expect(chengban.call('notices.submit', { ...one, proposal: outsider })).rejects.toThrow('secrecy.scopeOutside')

  await chengban.call('notices.submit', { ...one, proposal: secret })
  const [waiting] = await dingmi.call('secrecy.waiting', {})
  // 定密 and 审签 are asked for together: both find the case on their desks.
  for (const [desk, code] of [
    [dingmi, 'secrecy.decide'],
    [fenguan, 'notices.decide'],
  ] as const)
    expect((await desk.call('today.get', {})).mine.map((mine) => mine.next.code)).toEqual([code])
  const decide = { caseId, classificationId: waiting?.id ?? '', opinion: '' }
  await expect(dingmi.call('secrecy.decide', { ...decide, decision: 'returned' })).rejects.toThrow(
    'secrecy.reasonMissing',
  )
  expect((await chengban.call('notices.list', { caseId }))[0]?.mark).toBeNull()
  await fenguan.call('notices.decide', approve)
  await expect(zhuize.call('numbers.allocate', one)).rejects.toThrow('numbers.notClassified')

  // A returned classification sends the paper back to the desk: the signature given meanwhile no longer counts.
  await dingmi.call('secrecy.decide', { ...decide, decision: 'returned', opinion: '依据不当。' })
  const [back] = await chengban.call('notices.list', { caseId })
  expect(back).toMatchObject({ state: 'draft' })
  await chengban.call('notices.submit', { ...one, proposal: unclassified })
  await classifyAll(office, caseId)
  await expect(zhuize.call('numbers.allocate', one)).rejects.toThrow('numbers.notApproved')
  await fenguan.call('notices.decide', approve)

  // The accountability office numbers without being in the case's scope, and sees nothing else of it.
  await expect(zhuize.call('cases.get', { caseId })).rejects.toThrow('door.scope')
  expect(await zhuize.call('cases.list', {})).toEqual({ rows: [], total: 0 })
  const { text } = await zhuize.call('numbers.allocate', one)
  const year = Number(/〔(\d{4})〕/.exec(text)?.[1])
  const { entries } = await zhuize.call('numbers.register', { year })
  const first = entries[0]?.id ?? ''
  expect(await zhuize.call('numbers.void', { numberId: first, reason: '文稿调整' })).toMatchObject({ state: 'void' })
  // A voided number is never given again.
  expect((await zhuize.call('numbers.allocate', one)).text).toBe(text.replace('〕1号', '〕2号'))

  const withdraw = { caseId, reason: '情况变化' }
  await (await office.at('chuzhang')).call('cases.withdraw', withdraw)
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown).toMatchObject({ stage: 'withdrawn', next: { code: 'none' } })
  await expect(chengban.call('notices.issue', one)).rejects.toThrow('notices.notNumbered')
})

test('a state written into the file without the right to is named, not believed', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await submitNotices(office, caseId, secret)
  const { cases } = chengban.session.archive
  if (!cases) throw new Error('no cases')
  // Somebody with a key to cases.db, but without the classifier's signing key, approves the classification.
  const dingmi = await office.at('dingmi')
  await cases.knex('classifications').update({ state: 'approved', approver_id: dingmi.accountId, approved_at: 'x' })
  await expect(chengban.call('cases.get', { caseId })).rejects.toThrow('acts.invalid')
  await cases.knex('classifications').update({ state: 'proposed', approver_id: null })
  await classifyAll(office, caseId)
  expect((await chengban.call('cases.get', { caseId })).level).toBe('secret')
  // Lowering a level after the decision breaks the act as well.
  await cases.knex('classifications').update({ level: 'work' })
  await expect(chengban.call('cases.get', { caseId })).rejects.toThrow('acts.invalid')
})

test('lists, search, analysis and the desk of today show only what lies in the scope of the account', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const zhuyao = await office.at('zhuyao')
  const { enterprises } = await openCase(office, ['渝某实业集团有限公司'])
  const intake = intakeFor(enterprises, [zhuyao.accountId])
  const officer = await office.at('xitong').catch(() => null)
  await expect(
    chengban.call('cases.create', { ...intake, scope: [officer?.accountId ?? '01KB0000000000000000000099'] }),
  ).rejects.toThrow('cases.scopeUnknown')
  await expect(chengban.call('cases.create', { ...intake, excluded: 'pollution' })).rejects.toThrow('cases.article22')
  const { caseId } = await chengban.call('cases.create', { ...intake, matter: '只有一人知道的事由' })

  expect((await zhuyao.call('cases.list', {})).rows.map((one) => one.id)).toEqual([caseId])
  expect((await zhuyao.call('search.query', { query: '专项检查' })).hits.map((one) => one.caseId)).toEqual([caseId])
  expect((await (await office.at('fenguan')).call('search.query', { query: '只有一人' })).count).toBe(0)
  // % and _ are letters.
  expect((await zhuyao.call('search.query', { query: '%' })).hits).toEqual([])
  const period = { since: '2020-01-01', until: '2099-12-31', office: '', enterpriseId: null }
  const { figures } = await zhuyao.call('analysis.figures', period)
  expect(figures.stages.filter((one) => one.cases > 0)).toEqual([{ value: 'intake', cases: 1 }])
  expect(figures.triggers.map((one) => one.cases)).toEqual([1, 1])
  const earlier = { enterpriseIds: enterprises, triggers: ['three'] }
  expect(await zhuyao.call('cases.earlier', earlier)).toMatchObject([{ id: caseId, same: ['enterprise', 'trigger'] }])
  expect(await chengban.call('cases.earlier', earlier)).toHaveLength(2)
  // The case that changed last stands first while none has a due day.
  expect((await chengban.call('today.get', {})).mine.map((one) => one.next.code)).toEqual([
    'cases.accept',
    'notices.submit',
  ])
  expect((await chengban.call('parties.search', { query: 'ymsy' })).map((one) => one.id)).toEqual(enterprises)
  await expect(
    chengban.call('parties.createEnterprise', {
      name: '渝某实业集团有限公司',
      shortName: '',
      code: '',
      parentId: null,
    }),
  ).rejects.toThrow('parties.nameTaken')
})

test('an export never overwrites and leaves nothing half-written', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, '通知.pdf'), 'older')
  const second = await exportFile(folder, '通知.pdf', Buffer.from('new'))
  expect(second.endsWith('通知（2）.pdf')).toBe(true)
  const odd = await exportFile(folder, '甲/乙:丙.pdf', Buffer.from('x'))
  expect(odd.endsWith('甲_乙_丙.pdf')).toBe(true)
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  mkdirSync(join(folder, 'sub'))
  await expect(exportFile(join(folder, 'none'), 'a.pdf', Buffer.from('x'))).rejects.toThrow('papers.noFolder')
})
