import { execFileSync } from 'node:child_process'
import { expect, test, vi } from 'vitest'
import type { Desk } from '#electron/core/sample/desk.ts'
import { addDays } from '#shared/calendar/workingDays.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { CompilationSubject } from '#shared/domain/compilations.ts'
import {
  chain,
  fillNotices,
  holdInterview,
  issueNotices,
  openCase,
  secret,
  sharedOffice,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

let now = '2026-09-01T01:00:00.000Z'
const office = sharedOffice(() => now)
const names = ['渝某考核集团有限公司', '渝某考核港口有限公司'] as const

/** A case whose interview was held today, its notice a secret for so many years, in the 知悉范围 of the given accounts. */
async function held(enterprises: readonly string[], years: number, members: readonly string[]) {
  const here = await office()
  const { caseId, enterprises: ids } = await openCase(here, enterprises, members)
  const scope = await Promise.all(members.map(async (login) => (await here.at(login)).accountId))
  const today = dayInChina(now)
  await fillNotices(here, caseId, { day: addDays(today, 14), materialsDue: addDays(today, 12) })
  await issueNotices(here, caseId, { ...secret, term: { kind: 'period', length: years, unit: 'year' }, scope })
  await holdInterview(here, caseId, ids, [{ text: '情况属实。', key: 2 }])
  return { caseId, enterpriseId: ids[0] ?? '' }
}

const words = (file: string): string => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })

/** The figures of the sheet once more, from what each case shows, by loops alone. */
async function counted(desk: Desk, caseIds: readonly string[], enterpriseIds: readonly string[]) {
  const rows = []
  let recoveredFen = 0
  let accountable = 0
  for (const caseId of caseIds) {
    const { entries, clocks } = await desk.call('rectification.get', { caseId })
    const { matter } = await desk.call('cases.get', { caseId })
    for (const notice of await desk.call('notices.list', { caseId })) {
      if (!enterpriseIds.includes(notice.enterpriseId)) continue
      const clock = clocks.find((one) => one.enterpriseId === notice.enterpriseId)
      for (const { body, enterpriseId } of entries) {
        if (enterpriseId !== notice.enterpriseId) continue
        if (body.kind === 'effects') recoveredFen += body.recoveredFen ?? 0
        if (body.kind === 'accountable') accountable += 1
      }
      rows.push({ number: notice.number, matter, day: clock?.anchor })
    }
  }
  return { rows, recoveredFen, accountable }
}

test('Art. 17: the sheet of an enterprise and a year, drawn from its cases, bound as they are, signed, delivered by number with a receipt', async () => {
  const here = await office()
  const all = [...chain, 'zhuize', 'zhuyao']
  const first = await held([names[0]], 5, all)
  now = '2026-10-12T01:00:00.000Z'
  const second = await held([names[1]], 8, [...chain, 'zhuize'])
  now = '2027-01-05T01:00:00.000Z'
  const later = await held([names[0]], 3, all)
  now = '2027-01-20T01:00:00.000Z'
  const [zhuize, fenguan, zhuyao, chengban] = [
    await here.at('zhuize'),
    await here.at('fenguan'),
    await here.at('zhuyao'),
    await here.at('chengban'),
  ]
  const { enterpriseId } = first
  await chengban.call('parties.updateEnterprise', {
    enterpriseId: second.enterpriseId,
    enterprise: { name: names[1], shortName: '', code: '', parentId: enterpriseId },
  })
  const enter = (
    caseId: string,
    of: string,
    entry: Parameters<typeof chengban.call<'rectification.enter'>>[1]['entry'],
  ) => chengban.call('rectification.enter', { caseId, enterpriseId: of, entry, replaces: null })
  await enter(first.caseId, enterpriseId, {
    kind: 'effects',
    stopped: '已停止新增投资',
    losses: '',
    risk: '',
    influence: '',
    recoveredFen: 12_345_600,
    reducedFen: null,
  })
  await enter(second.caseId, second.enterpriseId, {
    kind: 'accountable',
    name: '周某某',
    post: '总经理',
    basis: '违规经营投资责任追究办法',
    handling: '诫勉',
    day: '2026-11-11',
  })

  const subject: CompilationSubject = { kind: 'annualSheet', enterpriseId, year: 2026, leader: null }
  const drawn = await zhuize.call('compilations.draft', { subject })
  const compilationId = drawn.id
  expect(drawn.sources.map((one) => one.caseId)).toEqual([first.caseId, second.caseId])
  if (drawn.figures.kind !== 'annualSheet' || drawn.texts.kind !== 'annualSheet') throw new Error('another kind')
  const again = await counted(chengban, [first.caseId, second.caseId], [enterpriseId, second.enterpriseId])
  expect(drawn.figures.interviews.map(({ number, day }) => ({ number, day }))).toEqual(
    again.rows.map(({ number, day }) => ({ number, day })),
  )
  expect(drawn.figures.interviews.map((one) => one.cause)).toEqual([
    again.rows[0]?.matter,
    `${names[1]}：${again.rows[1]?.matter}`,
  ])
  expect(drawn.figures.interviews.map((one) => [one.plan, one.outcome, one.triggers])).toEqual([
    ['未报', '整改中', ['three', 'five']],
    ['未报', '整改中', ['three', 'five']],
  ])
  expect([drawn.figures.recoveredFen, drawn.figures.accountable]).toEqual([again.recoveredFen, again.accountable])
  expect(drawn.texts).toMatchObject({ treatment: '诫勉1人', results: '已停止新增投资。' })
  // The highest level and the longest term of what it is drawn from (公文条例 32).
  expect([drawn.level, drawn.mark]).toEqual(['secret', '秘密★8年'])

  // 主要负责同志 knows only the first case: the compilation is not there for that account.
  expect(await zhuyao.call('compilations.list', {})).toEqual([])
  await expect(zhuyao.call('compilations.get', { compilationId })).rejects.toThrow('door.scope')
  await expect(zhuyao.call('compilations.preview', { compilationId, texts: null })).rejects.toThrow('door.scope')
  await expect(zhuyao.call('copies.tickets', { compilationId })).rejects.toThrow('door.scope')
  await expect(chengban.call('compilations.get', { compilationId })).rejects.toThrow('door.role')

  // Words are kept, a stale copy of them is refused, and nothing leaves before it was signed.
  const texts = { ...drawn.texts, risks: '贸易业务管控失效。' }
  const saved = await zhuize.call('compilations.save', { compilationId, version: drawn.version, texts })
  await expect(zhuize.call('compilations.save', { compilationId, version: drawn.version, texts })).rejects.toThrow(
    'compilations.stale',
  )
  const other = { kind: 'analysisReport' as const, overview: '', typical: [], common: [], suggestions: [] }
  await expect(
    zhuize.call('compilations.save', { compilationId, version: saved.version, texts: other }),
  ).rejects.toThrow('compilations.otherKind')
  await expect(
    fenguan.call('compilations.decide', { compilationId, decision: 'approved', opinion: '' }),
  ).rejects.toThrow('compilations.notSubmitted')
  await zhuize.call('compilations.submit', { compilationId })
  await expect(
    fenguan.call('compilations.decide', { compilationId, decision: 'returned', opinion: '' }),
  ).rejects.toThrow('compilations.reasonMissing')
  await fenguan.call('compilations.decide', { compilationId, decision: 'returned', opinion: '补充成效' })
  expect((await zhuize.call('compilations.get', { compilationId })).opinion).toBe('补充成效')
  await zhuize.call('compilations.submit', { compilationId })
  const changed = async () => (await chengban.call('cases.list', {})).rows.map((row) => [row.id, row.updatedAt])
  const before = await changed()
  const signed = await fenguan.call('compilations.decide', { compilationId, decision: 'approved', opinion: '同意' })
  expect(signed.papers.map((one) => [one.kind, one.format, one.level, one.title])).toEqual([
    ['annualSheet', 'pdf', 'secret', `2026年度责任约谈情况参考表（${names[0]}）`],
    ['annualSheet', 'docx', 'secret', `2026年度责任约谈情况参考表（${names[0]}）`],
  ])
  // Its cases tell of it, and stand in no list as handled.
  expect(await changed()).toEqual(before)
  await expect(zhuize.call('compilations.submit', { compilationId })).rejects.toThrow('compilations.notDraft')
  for (const { caseId } of [first, second]) {
    const told = (await chengban.call('cases.get', { caseId })).history[0]
    expect(told).toMatchObject({ act: 'compilations.annualSheet', article: 17, detail: signed.title })
  }

  // Out by ticket and 份号, approved by another, and the receipt comes back.
  const paperIds = signed.papers.filter((one) => one.format === 'pdf').map((one) => one.id)
  const ask = { compilationId, paperIds, act: 'export' as const, purpose: '年度考核参考', medium: '', parentId: null }
  const [ticket] = await zhuize.call('copies.request', { ...ask, recipient: '考核分配处' })
  const take = { compilationId, ticketId: ticket?.id ?? '', folder: here.outside }
  await expect(zhuize.call('copies.take', take)).rejects.toThrow('copies.notApproved')
  expect((await fenguan.call('copies.waiting', {})).map((one) => [one.id, one.matter])).toEqual([
    [ticket?.id, signed.title],
  ])
  const decide = { compilationId, batchId: ticket?.batchId ?? '', decision: 'approved' as const, opinion: '' }
  await fenguan.call('copies.decide', decide)
  const taken = await zhuize.call('copies.take', take)
  expect(taken.label).toBe('000001')
  const print = words(taken.file).replace(/\s/g, '')
  for (const part of [
    '秘密★8年',
    '000001',
    names[0],
    '2026年',
    '2次',
    '贸易业务管控失效。',
    '诫勉1人',
    '12.35万元',
    '（三）',
    '（五）',
  ])
    expect(print).toContain(part)
  await expect(zhuyao.call('copies.take', take)).rejects.toThrow('door.scope')
  await expect(zhuize.call('copies.take', { ...take, compilationId: null, caseId: first.caseId })).rejects.toThrow(
    'copies.unknownTicket',
  )
  const [copy] = await zhuize.call('copies.register', { compilationId })
  await zhuize.call('copies.enterFate', {
    compilationId,
    copyId: copy?.id ?? '',
    fate: 'received',
    day: dayInChina(now),
    person: '钱某某',
    note: '',
  })
  expect(await zhuize.call('copies.register', { compilationId })).toMatchObject([
    { label: '000001', recipient: '考核分配处', fate: 'received', matter: signed.title, caseId: null },
  ])
  expect((await zhuize.call('copies.register', {})).map((one) => one.compilationId)).toEqual([compilationId])
  expect(await zhuyao.call('copies.register', {})).toEqual([])
  // A further copy bears its own number, and is the same paper.
  const [further] = await zhuize.call('copies.request', { ...ask, recipient: '组织人事处' })
  await fenguan.call('copies.decide', { ...decide, batchId: further?.batchId ?? '' })
  const copied = await zhuize.call('copies.take', { ...take, ticketId: further?.id ?? '' })
  expect(words(copied.file).replaceAll('000002', '000001')).toBe(words(taken.file))

  // Whoever writes into the file does not make it another paper.
  const knex = zhuize.session.archive.cases?.knex
  await expect(knex?.('compilations').where({ id: compilationId }).update({ title: '另一份' })).rejects.toThrow(
    'never rewritten',
  )
  await knex?.raw('DROP TRIGGER compilations_final')
  const figures = JSON.stringify({ ...drawn.figures, accountable: 9 })
  await knex?.('compilations').where({ id: compilationId }).update({ figures })
  await expect(zhuize.call('copies.request', { ...ask, recipient: '考核分配处' })).rejects.toThrow('acts.invalid')
  await expect(fenguan.call('compilations.get', { compilationId })).rejects.toThrow('acts.invalid')
  expect(later.caseId).not.toBe(first.caseId)
})

test('Art. 17: the sheet of one leader is drawn from the interviews he came to; of nobody there is no sheet', async () => {
  const here = await office()
  const zhuize = await here.at('zhuize')
  const [group] = (await zhuize.call('parties.tree', {})).filter((one) => one.name === names[0])
  const enterpriseId = group?.id ?? ''
  const sheet = (year: number, name: string) =>
    zhuize.call('compilations.draft', {
      subject: { kind: 'annualSheet', enterpriseId, year, leader: { name, post: '董事长' } },
    })
  const { figures, sources, title } = await sheet(2027, '李某喆')
  expect(title).toBe(`2027年度责任约谈情况参考表（${names[0]}，李某喆）`)
  expect(sources).toHaveLength(1)
  expect(figures).toMatchObject({ interviews: [{ day: '2027-01-05' }], accountable: 0, recoveredFen: 0 })
  // Called to account where somebody else spoke.
  expect((await sheet(2026, '周某某')).figures).toMatchObject({ interviews: [{ day: '2026-10-12' }], accountable: 1 })
  // Chosen among those of the year, never typed.
  expect(await zhuize.call('compilations.leaders', { enterpriseId, year: 2026 })).toEqual([
    { name: '李某喆', post: '董事长' },
    { name: '周某某', post: '总经理' },
  ])
  expect(await zhuize.call('compilations.leaders', { enterpriseId, year: 2025 })).toEqual([])
  await expect(sheet(2027, '无某某')).rejects.toThrow('compilations.nothing')
  await expect(sheet(2025, '李某喆')).rejects.toThrow('compilations.nothing')
})
