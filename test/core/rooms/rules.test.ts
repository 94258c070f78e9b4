import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { shippedHash } from '#electron/core/rules/rules.ts'
import type { Desk } from '#electron/core/sample/desk.ts'
import type { NoticeFields } from '#shared/domain/notices.ts'
import { differences } from '#shared/rules/difference.ts'
import { type RuleProfile, readRuleProfile, shippedProfile } from '#shared/rules/profile.ts'
import {
  chain,
  classifyAll,
  dayAhead,
  fillNotices,
  firstNotice,
  holdInterview,
  intakeFor,
  issueNotices,
  noticeForm,
  openCase,
  openOffice,
  plainChange,
  secret,
  type TestOffice,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const next: RuleProfile = {
  ...shippedProfile,
  version: '2',
  effective: '2026-01-01',
  numbering: { ...shippedProfile.numbering, word: '责任约谈函' },
  deadlines: shippedProfile.deadlines.map((one) => ({ ...one, length: 20 })),
}

function fileWith(office: TestOffice, value: unknown, name = 'norm.json'): string {
  const file = join(office.outside, name)
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

async function propose(desk: Desk, kind: 'ruleProfile' | 'holidayPack', file: string) {
  const read = await desk.call('rules.readNorm', { kind, file })
  expect(read.faults).toEqual([])
  return desk.call('rules.proposeNorm', { kind, file, hash: read.hash ?? '' })
}

/** Whoever holds the key of office.db can do this with another SQLCipher. */
async function alterNorm(desk: Desk, hash: string, change: (body: RuleProfile) => RuleProfile): Promise<void> {
  const { knex } = desk.session.archive.office
  const trigger: { sql: string } = await knex('sqlite_master').where({ name: 'norms_no_update' }).first('sql')
  const row: { body: string } = await knex('norms').where({ hash }).first('body')
  await knex.raw('DROP TRIGGER norms_no_update')
  await knex('norms')
    .where({ hash })
    .update({ body: JSON.stringify(change(JSON.parse(row.body))) })
  await knex.raw(trigger.sql)
}

describe('rules as data (Art. 1, 3, 11, 23; DESIGN §4)', () => {
  test('a new profile needs two accounts, holds for new cases, and leaves the old case alone', async () => {
    const office = await openOffice()
    const zhuize = await office.at('zhuize')
    const file = fileWith(office, next)
    const read = await zhuize.call('rules.readNorm', { kind: 'ruleProfile', file })
    expect(read.differences.map((one) => one.place)).toEqual([
      'version',
      'effective',
      'numbering.word',
      'deadlines[workPlan].length',
    ])
    const old = await openCase(office, ['渝某甲集团有限公司'])
    const waiting = await propose(zhuize, 'ruleProfile', file)
    expect(waiting).toMatchObject({ state: 'waiting', inForce: false, mine: true })
    await expect(zhuize.call('rules.approveNorm', waiting)).rejects.toMatchObject({ code: 'rules.sameperson' })
    expect((await zhuize.call('rules.profile', { hash: null })).hash).toBe(shippedHash)

    await office.leave('chuzhang')
    const chuzhang = await office.at('chuzhang')
    expect(await chuzhang.call('rules.compareNorm', { hash: waiting.hash })).toEqual(read.differences)
    const adopted = await chuzhang.call('rules.approveNorm', waiting)
    expect(adopted).toMatchObject({ state: 'adopted', inForce: true })
    expect(adopted.signers.map((one) => one.office)).toEqual(['责任追究处', '监督处'])

    const scope: string[] = []
    for (const login of ['chengban', 'fenguan', 'dingmi', 'jilu', 'zhuize']) {
      await office.leave(login)
      scope.push((await office.at(login)).accountId)
    }
    const chengban = await office.at('chengban')
    const young = await chengban.call('cases.create', { ...intakeFor(old.enterprises, scope) })
    await chengban.call('cases.accept', young)
    const [before, after] = [
      await chengban.call('cases.get', { caseId: old.caseId }),
      await chengban.call('cases.get', young),
    ]
    expect(before.rules).toEqual({ id: 'cq-2021-15', version: '1', hash: shippedHash })
    expect(after.rules).toEqual({ id: 'cq-2021-15', version: '2', hash: waiting.hash })

    await issueNotices(office, old.caseId, unclassified)
    await issueNotices(office, young.caseId, unclassified)
    const year = new Date().getFullYear()
    expect((await chengban.call('cases.get', { caseId: old.caseId })).numbers).toEqual([`监管约谈函〔${year}〕1号`])
    expect((await chengban.call('cases.get', young)).numbers).toEqual([`责任约谈函〔${year}〕2号`])

    const clocks = []
    for (const { caseId } of [old, young]) {
      await holdInterview(office, caseId, old.enterprises, [{ text: '情况属实。', key: 2 }])
      clocks.push(...(await chengban.call('rectification.get', { caseId })).clocks)
    }
    expect(clocks.map((clock) => clock.days.filter((one) => one.counted).length)).toEqual([10, 20])
  })

  test('who signs, who hosts, what a notice holds, the term of the plan: as the profile of the case has it', async () => {
    const office = await openOffice()
    const asked = ['matter', 'time', 'place', 'host', 'participants', 'materials', 'materialsDue', 'contact'] as const
    const other: RuleProfile = {
      ...next,
      signers: shippedProfile.signers.filter((one) => one.code === 'chiefLeader'),
      hostRanks: shippedProfile.hostRanks.filter((one) => one.code !== 'officeHead'),
      noticeContents: shippedProfile.noticeContents.filter((one) => asked.some((code) => code === one.code)),
      deadlines: shippedProfile.deadlines.map((one) => ({ ...one, length: 15, unit: 'calendarDay' as const })),
      references: shippedProfile.references.map((one) =>
        one.code === 'situations'
          ? { ...one, entries: [{ code: '3-1', name: '违规开展投资', fromFen: null, belowFen: null }] }
          : one,
      ),
    }
    const members = [...chain, 'zhuyao']
    const old = await openCase(office, ['渝某甲集团有限公司'], members)
    const waiting = await propose(await office.at('zhuize'), 'ruleProfile', fileWith(office, other))
    await (await office.again('chuzhang')).call('rules.approveNorm', waiting)
    for (const login of [...members, 'zhuize']) if (login !== 'chuzhang') await office.again(login)
    const young = await openCase(office, ['渝某乙集团有限公司'], members)
    const chengban = await office.at('chengban')
    const fenguan = await office.at('fenguan')
    const zhuyao = await office.at('zhuyao')
    // What the unit has entered in a list may be chosen, and nothing else.
    const withSituation = (code: string) =>
      chengban.call('cases.create', { ...intakeFor(old.enterprises, []), situations: [code] })
    const { caseId: listed } = await withSituation('3-1')
    expect((await chengban.call('cases.get', { caseId: listed })).intake.situations).toEqual(['3-1'])
    await expect(withSituation('3-2')).rejects.toMatchObject({
      code: 'cases.unknownSituation',
      params: { field: 'situations' },
    })
    const approvers = async (caseId: string) =>
      (await chengban.call('notices.approvers', { caseId })).approvers.map((one) => one.name)
    expect(await approvers(old.caseId)).toEqual(expect.arrayContaining(['曹某某', '严某某']))
    expect(await approvers(young.caseId)).toEqual(['严某某'])

    // The old case asks for a telephone and begins with a head of office; the young one does neither.
    const send = async (caseId: string, part: Partial<NoticeFields>) => {
      const { notice, one } = await firstNotice(office, caseId)
      const fields = { ...notice.fields, ...noticeForm, telephone: '', unit: '', ...part }
      await chengban.call('notices.save', { ...one, version: notice.version, fields })
      return chengban.call('notices.submit', { ...one, proposal: unclassified })
    }
    await expect(send(old.caseId, {})).rejects.toMatchObject({ code: 'notices.missing', params: { field: 'unit' } })
    await send(old.caseId, { unit: '监督处', telephone: '023-0000 1234' })
    expect((await firstNotice(office, young.caseId)).notice.fields.hostRank).toBe('deputyLeader')
    await expect(send(young.caseId, { hostRank: 'officeHead', hostReason: '一般事项' })).rejects.toMatchObject({
      code: 'notices.unknownRank',
      params: { field: 'hostRank' },
    })
    await expect(send(young.caseId, { hostRank: 'chiefLeader', hostReason: '' })).rejects.toThrow(
      'notices.hostReasonMissing',
    )
    await expect(send(young.caseId, { hostRank: 'deputyLeader', contact: '' })).rejects.toMatchObject({
      params: { field: 'contact' },
    })
    await send(young.caseId, { hostRank: 'deputyLeader' })

    // 分管 signs the old one only, and only the old one lies on that desk.
    const desk = async (from: Desk) =>
      (await from.call('today.get', {})).mine
        .filter((one) => one.next.code === 'notices.decide')
        .map((one) => one.caseId)
    expect(await desk(fenguan)).toEqual([old.caseId])
    expect((await desk(zhuyao)).sort()).toEqual([old.caseId, young.caseId].sort())
    const panel = async (caseId: string) => (await chengban.call('cases.get', { caseId })).articles
    expect((await panel(old.caseId))[3]?.who).toBe('分管负责同志或主要负责同志')
    expect((await panel(young.caseId))[3]?.who).toBe('主要负责同志')
    expect((await chengban.call('cases.get', { caseId: young.caseId })).next.role).toBe('chiefLeader')
    const decide = async (from: Desk, caseId: string) =>
      from.call('notices.decide', { ...(await firstNotice(office, caseId)).one, decision: 'approved', opinion: '' })
    await expect(decide(fenguan, young.caseId)).rejects.toMatchObject({ code: 'notices.notSigner' })
    await decide(fenguan, old.caseId)
    await decide(zhuyao, young.caseId)
    expect((await panel(young.caseId))[10]?.topic).toBe('工作方案（15个自然日）')
    expect((await panel(old.caseId))[10]?.topic).toBe('工作方案（10个工作日）')

    await classifyAll(office, young.caseId)
    const { one } = await firstNotice(office, young.caseId)
    await (await office.at('zhuize')).call('numbers.allocate', one)
    await chengban.call('notices.issue', one)
    // 改期 is signed by the same, and the outline names the term.
    const fields = { ...plainChange, day: dayAhead(20), clock: '09:30', place: '机关' }
    const [change] = await chengban.call('notices.proposeChange', { caseId: young.caseId, kind: 'postpone', fields })
    const answer = { caseId: young.caseId, changeId: change?.id ?? '', decision: 'approved' as const, opinion: '' }
    await expect(fenguan.call('notices.decideChange', answer)).rejects.toMatchObject({ code: 'notices.notSigner' })
    await zhuyao.call('notices.decideChange', answer)
    const { interviewId } = await chengban.call('cases.get', { caseId: young.caseId })
    const { outline } = await chengban.call('interviews.draft', {
      caseId: young.caseId,
      interviewId: interviewId ?? '',
    })
    expect(outline.at(-1)?.text).toBe('按第十一条在15个自然日内报送工作方案')
  })

  test('a file altered between the two signatures is refused by name, and so is one altered afterwards', async () => {
    const office = await openOffice()
    const zhuize = await office.at('zhuize')
    const waiting = await propose(zhuize, 'ruleProfile', fileWith(office, next))
    const chuzhang = await office.at('chuzhang')
    await alterNorm(chuzhang, waiting.hash, (body) => ({ ...body, authority: '另一个机关' }))
    await expect(chuzhang.call('rules.approveNorm', waiting)).rejects.toMatchObject({
      code: 'rules.normAltered',
      params: { hash: waiting.hash.slice(0, 16) },
    })
    await alterNorm(chuzhang, waiting.hash, (body) => ({ ...body, authority: next.authority }))
    await chuzhang.call('rules.approveNorm', waiting)
    await alterNorm(chuzhang, waiting.hash, (body) => ({ ...body, authority: '另一个机关' }))
    const chengban = await office.at('chengban')
    await expect(chengban.call('rules.profile', { hash: null })).rejects.toMatchObject({
      code: 'rules.normAltered',
    })
  })

  test('a file that changed since it was looked at, a second of its kind, a stranger to the offices: refused', async () => {
    const office = await openOffice()
    const zhuize = await office.at('zhuize')
    const file = fileWith(office, next)
    const { hash } = await zhuize.call('rules.readNorm', { kind: 'ruleProfile', file })
    fileWith(office, { ...next, document: '渝国资发〔2026〕1号' })
    const one = { kind: 'ruleProfile' as const, file, hash: hash ?? '' }
    await expect(zhuize.call('rules.proposeNorm', one)).rejects.toMatchObject({ code: 'rules.fileChanged' })
    const same = fileWith(office, { ...shippedProfile, document: '渝国资发〔2026〕1号' })
    await expect(propose(zhuize, 'ruleProfile', same)).rejects.toMatchObject({ code: 'rules.versionTaken' })
    await expect(propose(zhuize, 'ruleProfile', fileWith(office, shippedProfile))).rejects.toMatchObject({
      code: 'rules.already',
    })
    // A case officer brings holidays, not rules.
    const chengban = await office.at('chengban')
    await expect(propose(chengban, 'ruleProfile', fileWith(office, next))).rejects.toMatchObject({
      code: 'rules.notEntitled',
    })
    // Two signatures from the same side are not two offices: a second head of office would not do.
    const waiting = await propose(zhuize, 'ruleProfile', fileWith(office, next))
    const declined = await zhuize.call('rules.declineNorm', { ...waiting, reason: '文号有误' })
    expect(declined).toMatchObject({ state: 'declined', reason: '文号有误' })
    const chuzhang = await office.at('chuzhang')
    await expect(chuzhang.call('rules.approveNorm', waiting)).rejects.toMatchObject({ code: 'rules.notWaiting' })
  })

  test('a case whose row points to rules nobody signed is not shown under others', async () => {
    const office = await openOffice()
    const { caseId } = await openCase(office, ['渝某甲集团有限公司'])
    const chengban = await office.at('chengban')
    await chengban.session.archive.cases
      ?.knex('cases')
      .where({ id: caseId })
      .update({ profile_hash: 'f'.repeat(64) })
    await expect(chengban.call('cases.get', { caseId })).rejects.toMatchObject({ code: 'rules.unknownProfile' })
  })

  test('every fault of a file is named with its place', async () => {
    const office = await openOffice()
    const zhuize = await office.at('zhuize')
    const broken = {
      ...next,
      extra: 1,
      effective: '2026-02-30',
      triggers: next.triggers.map((one, index) => (index === 3 ? { ...one, text: '' } : one)),
      deadlines: [{ ...next.deadlines[0], length: 0 }],
    }
    const faultsOf = async (value: unknown) =>
      (await zhuize.call('rules.readNorm', { kind: 'ruleProfile', file: fileWith(office, value) })).faults
    expect(await faultsOf(broken)).toEqual(
      expect.arrayContaining([
        { place: 'effective', code: 'value' },
        { place: 'triggers[3].text', code: 'value' },
        { place: 'deadlines[0].length', code: 'value' },
        { place: 'extra', code: 'unknown' },
      ]),
    )
    const { retention: _left, ...without } = next
    expect(await faultsOf(without)).toEqual([{ place: 'retention', code: 'missing' }])
    const invented = { ...next, triggers: next.triggers.map((one) => ({ ...one, text: `${one.text}！` })) }
    expect(await faultsOf(invented)).toHaveLength(10)
    const eleventh = {
      ...next,
      triggers: [...next.triggers, { code: 'eleven', mark: '十一', text: '其他', areas: [] }],
    }
    expect(await faultsOf(eleventh)).toEqual([{ place: 'triggers[10].code', code: 'value' }])
    expect(await faultsOf('{ 不是 JSON')).toEqual([{ place: '', code: 'notJson' }])
    await expect(
      zhuize.call('rules.readNorm', { kind: 'ruleProfile', file: join(office.outside, 'nothing.json') }),
    ).rejects.toMatchObject({ code: 'rules.noFile' })
  })
})

describe('working days as data', () => {
  const pack2027 = {
    year: 2027,
    notice: '国办发明电〔2026〕9号',
    off: [{ day: '2027-01-01', name: '元旦' }],
    worked: ['2027-01-09'],
  }
  test('a new year comes in by two accounts, and the count stops being provisional', async () => {
    const office = await openOffice(() => '2026-12-25T01:00:00.000Z')
    const chengban = await office.at('chengban')
    const { caseId, enterprises } = await openCase(office, ['渝某甲集团有限公司'])
    await fillNotices(office, caseId, { day: '2026-12-25', materialsDue: '2026-12-25' })
    await issueNotices(office, caseId, { ...secret, basis: '', unclear: true })
    await holdInterview(office, caseId, enterprises, [{ text: '情况属实。', key: 2 }])
    // 实施条例 25: the report of a 不明确事项 is due by the same calendar.
    const report = async (desk: Desk) => (await desk.call('secrecy.terms', {}))[0]?.report
    expect(await report(chengban)).toMatchObject({ due: '2027-01-11', provisional: true })
    const clock = async (desk: Desk) => (await desk.call('rectification.get', { caseId })).clocks[0]
    expect(await clock(chengban)).toMatchObject({ due: '2027-01-11', provisional: true })
    expect((await clock(chengban))?.assumptions).toEqual([expect.stringContaining('2027年放假安排尚未公布')])

    const waiting = await propose(chengban, 'holidayPack', fileWith(office, pack2027))
    expect(await clock(chengban)).toMatchObject({ provisional: true })
    await office.leave('chuzhang')
    const chuzhang = await office.at('chuzhang')
    await chuzhang.call('rules.approveNorm', waiting)
    expect(await report(chuzhang)).toMatchObject({ due: '2027-01-09', provisional: false })
    const after = await clock(chuzhang)
    expect(after).toMatchObject({ due: '2027-01-09', provisional: false, assumptions: [] })
    expect(after?.days.find((one) => one.day === '2027-01-09')).toEqual({
      day: '2027-01-09',
      counted: true,
      n: 10,
      why: '调休上班',
      notice: '国办发明电〔2026〕9号',
    })
  })

  test('a pack that mixes its lists up is refused at the place', async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const wrong = { ...pack2027, off: [{ day: '2027-01-02', name: '元旦' }], worked: ['2026-01-10', '2027-01-11'] }
    const file = fileWith(office, wrong)
    expect((await chengban.call('rules.readNorm', { kind: 'holidayPack', file })).faults).toEqual([
      { place: 'off[0].day', code: 'value' },
      { place: 'worked[0]', code: 'value' },
      { place: 'worked[1]', code: 'value' },
    ])
  })

  test('the unit may let the term run from the minutes, for cases opened afterwards', async () => {
    let now = '2026-11-02T01:00:00.000Z'
    const office = await openOffice(() => now)
    const old = await openCase(office, ['渝某甲集团有限公司'])
    const anquan = await office.at('anquan')
    now = '2026-11-03T01:00:00.000Z'
    await anquan.call('rules.setPlanAnchor', { anchor: 'minutesDay' })
    for (const login of ['chengban', 'chuzhang', 'fenguan', 'dingmi', 'jilu', 'dangan']) await office.leave(login)
    now = '2026-11-04T01:00:00.000Z'
    const young = await openCase(office, ['渝某乙集团有限公司'])
    const chengban = await office.at('chengban')
    for (const { caseId, enterprises } of [old, young]) {
      await issueNotices(office, caseId, unclassified)
      await holdInterview(office, caseId, enterprises, [{ text: '情况属实。', key: 2 }])
    }
    const clocks = async (caseId: string) => (await chengban.call('rectification.get', { caseId })).clocks
    expect(await clocks(old.caseId)).toMatchObject([{ anchor: '2026-11-04' }])
    // No minutes yet: nothing runs.
    expect(await clocks(young.caseId)).toEqual([])
  })
})

test('the difference of two files names coded places and both texts', () => {
  expect(differences(shippedProfile, shippedProfile)).toEqual([])
  expect(differences({ a: [{ code: 'x', n: 1 }] }, { a: [{ code: 'y', n: 1 }], b: true })).toEqual([
    { place: 'a[x].code', before: 'x', after: null },
    { place: 'a[x].n', before: '1', after: null },
    { place: 'a[y].code', before: null, after: 'y' },
    { place: 'a[y].n', before: null, after: '1' },
    { place: 'b', before: null, after: 'true' },
  ])
  expect(readRuleProfile(shippedProfile)).toEqual({ profile: shippedProfile })
})
