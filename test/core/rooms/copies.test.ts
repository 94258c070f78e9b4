import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Sheets } from '#electron/shell/wire.ts'
import { type CopyFate, copyFate, fateFault, type PrintOutcome, watermarkText } from '#shared/domain/copies.ts'
import { issueNotices, openCase, openOffice, secret, type TestOffice, unclassified } from '../../support/office.ts'

const longPath = 600_000
const request = {
  act: 'export' as const,
  recipient: '某市档案馆',
  purpose: '移交',
  medium: '光盘2026-01',
  parentId: null,
}

async function openIssued(office: TestOffice, proposal: typeof secret) {
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, proposal)
  const desk = await office.at('chengban')
  const papers = await desk.call('papers.list', { caseId })
  const notice = papers.find((one) => one.kind === 'notice' && one.format === 'pdf')
  if (!notice) throw new Error('no notice')
  const folder = join(office.outside, 'out')
  mkdirSync(folder)
  return { caseId, desk, notice, folder }
}

test(
  '公文条例 32: a secret copy leaves once, with the approval of another, bound to bytes, number and recipient',
  async () => {
    const office = await openOffice()
    const { caseId, desk, notice, folder } = await openIssued(office, secret)
    const ask = { caseId, paperIds: [notice.id], ...request }
    const [first] = await desk.call('copies.request', ask)
    const [second] = await desk.call('copies.request', ask)
    if (!first || !second) throw new Error('no ticket')
    expect([first.label, second.label, first.state]).toEqual(['000001', '000002', 'requested'])
    // The first copy is the filed paper itself; the second carries its own 份号, so its bytes differ.
    expect(first.sha256).toBe(notice.sha256)
    expect(second.sha256).not.toBe(notice.sha256)

    const take = { caseId, ticketId: first.id, folder }
    await expect(desk.call('copies.take', take)).rejects.toThrow('copies.notApproved')
    const [chuzhang, fenguan] = [await office.at('chuzhang'), await office.at('fenguan')]
    const own = await chuzhang.call('copies.request', ask)
    const decideOwn = { caseId, batchId: own[0]?.batchId ?? '', decision: 'approved' as const, opinion: '' }
    await expect(chuzhang.call('copies.decide', decideOwn)).rejects.toThrow('copies.sameperson')
    await expect(fenguan.call('copies.decide', { ...decideOwn, decision: 'returned' })).rejects.toThrow(
      'copies.reasonMissing',
    )
    await fenguan.call('copies.decide', { ...decideOwn, decision: 'returned', opinion: '份数过多' })
    await expect(chuzhang.call('copies.take', { caseId, ticketId: own[0]?.id ?? '', folder })).rejects.toThrow(
      'copies.notApproved',
    )
    expect((await chuzhang.call('copies.waiting', {})).map((one) => one.id)).toEqual([first.id, second.id])
    for (const { batchId } of [first, second])
      await chuzhang.call('copies.decide', { caseId, batchId, decision: 'approved', opinion: '' })
    expect(readdirSync(folder)).toEqual([])

    const left = await desk.call('copies.take', take)
    expect(createHash('sha256').update(readFileSync(left.file)).digest('hex')).toBe(first.sha256)
    await expect(desk.call('copies.take', take)).rejects.toThrow('copies.ticketUsed')
    const again = await desk.call('copies.take', { ...take, ticketId: second.id })
    expect(again.file).toContain('000002')
    expect(createHash('sha256').update(readFileSync(again.file)).digest('hex')).toBe(second.sha256)
    expect(readdirSync(folder)).toHaveLength(2)
    // A returned number is not given again.
    expect((await desk.call('copies.request', ask))[0]?.label).toBe('000004')
  },
  longPath,
)

test(
  'a ticket whose recipient, digest or state somebody wrote into the file is refused by name [attack 11]',
  async () => {
    const office = await openOffice()
    const { caseId, desk, notice, folder } = await openIssued(office, secret)
    const chuzhang = await office.at('chuzhang')
    const ask = async () => {
      const [ticket] = await desk.call('copies.request', { caseId, paperIds: [notice.id], ...request })
      if (!ticket) throw new Error('no ticket')
      return ticket
    }
    const approve = ({ batchId }: { batchId: string }) =>
      chuzhang.call('copies.decide', { caseId, batchId, decision: 'approved', opinion: '' })
    // Whoever holds the key can write the file; nothing is believed because it stands there.
    const write = (id: string, value: Record<string, string>) =>
      desk.session.archive.cases?.knex('tickets').where({ id }).update(value)
    const take = (ticketId: string) => desk.call('copies.take', { caseId, ticketId, folder })

    const forged = await ask()
    await write(forged.id, { state: 'approved' })
    await expect(take(forged.id)).rejects.toThrow('copies.ticketAltered')
    const readdressed = await ask()
    await approve(readdressed)
    await write(readdressed.id, { recipient: '另一单位' })
    await expect(take(readdressed.id)).rejects.toThrow('copies.ticketAltered')
    const exchanged = await ask()
    await approve(exchanged)
    const blob = await desk.session.archive.cases?.knex('tickets').where({ id: forged.id }).first('blob_id', 'sha256')
    await write(exchanged.id, { blob_id: blob.blob_id })
    await expect(take(exchanged.id)).rejects.toThrow('copies.bytesDiffer')
    await write(exchanged.id, { sha256: blob.sha256 })
    await expect(take(exchanged.id)).rejects.toThrow('copies.ticketAltered')
    const used = await ask()
    await approve(used)
    await take(used.id)
    await write(used.id, { state: 'approved' })
    // The copy's row stands: one ticket, one copy.
    await expect(take(used.id)).rejects.toThrow()
    expect(readdirSync(folder)).toHaveLength(1)
  },
  longPath,
)

test(
  'a copy that could not be written is on the register as 未写出, and its number is spent',
  async () => {
    const office = await openOffice()
    const { caseId, desk, notice, folder } = await openIssued(office, unclassified)
    const [ticket] = await desk.call('copies.request', { caseId, paperIds: [notice.id], ...request })
    if (!ticket) throw new Error('no ticket')
    // 非密: no second person is asked, the line is written all the same.
    expect([ticket.state, ticket.label]).toEqual(['approved', '第1份'])
    await expect(
      desk.call('copies.take', { caseId, ticketId: ticket.id, folder: join(folder, 'nowhere') }),
    ).rejects.toThrow('papers.noFolder')
    expect(await desk.call('copies.register', { caseId })).toEqual([])
    // The folder goes between the ticket and the file.
    const gone = join(folder, 'gone')
    mkdirSync(gone)
    const taking = desk.call('copies.take', { caseId, ticketId: ticket.id, folder: gone })
    rmSync(gone, { recursive: true })
    await expect(taking).rejects.toThrow('papers.')
    const register = await desk.call('copies.register', { caseId })
    const tickets = await desk.call('copies.tickets', { caseId })
    // Either the folder was missed before the ticket was used, or the register tells of the failure: never neither.
    if (tickets[0]?.state === 'used') expect(register).toMatchObject([{ label: '第1份', fate: 'failed' }])
    else expect(register).toEqual([])
  },
  longPath,
)

test(
  '实施条例 27, 28: receipt, return, and destruction by two persons; a copy of a copy keeps its number',
  async () => {
    const office = await openOffice()
    const { caseId, desk, notice, folder } = await openIssued(office, secret)
    const chuzhang = await office.at('chuzhang')
    const out = async (parentId: string | null) => {
      const [ticket] = await desk.call('copies.request', { caseId, paperIds: [notice.id], ...request, parentId })
      if (!ticket) throw new Error('no ticket')
      await chuzhang.call('copies.decide', { caseId, batchId: ticket.batchId, decision: 'approved', opinion: '' })
      return desk.call('copies.take', { caseId, ticketId: ticket.id, folder })
    }
    await out(null)
    const [copy] = await desk.call('copies.register', { caseId: null })
    if (!copy) throw new Error('no copy')
    expect(copy).toMatchObject({ label: '000001', recipient: '某市档案馆', fate: null })
    expect((await out(copy.id)).label).toBe('000001-F1')
    expect((await out(copy.id)).label).toBe('000001-F2')

    const one = { caseId, copyId: copy.id }
    const today = new Date().toISOString().slice(0, 10)
    const fate = { ...one, person: '收件人某', note: '' }
    await expect(desk.call('copies.enterFate', { ...fate, fate: 'received', day: '2020-01-01' })).rejects.toThrow(
      'copies.impossibleDay',
    )
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    expect(day >= today).toBe(true)
    await desk.call('copies.enterFate', { ...fate, fate: 'received', day })
    await expect(desk.call('copies.enterFate', { ...fate, fate: 'received', day })).rejects.toThrow(
      'copies.receivedAlready',
    )
    const confirm = { ...one, day, person: '监销人某' }
    await expect(desk.call('copies.confirmDestroy', confirm)).rejects.toThrow('copies.destroyNotAsked')
    const { name } = desk.session.archive.identity
    const asked = { ...one, method: '化浆', destination: '某市涉密载体销毁中心', approver: '赵某某', note: '' }
    for (const lacking of ['method', 'destination', 'approver'])
      await expect(desk.call('copies.askDestroy', { ...asked, [lacking]: ' ' })).rejects.toThrow('door.input')
    await expect(desk.call('copies.askDestroy', { ...asked, approver: name })).rejects.toThrow('copies.ownDestruction')
    await desk.call('copies.askDestroy', asked)
    await expect(desk.call('copies.confirmDestroy', confirm)).rejects.toThrow('copies.sameperson')
    // Who approved and where it goes are signed: a request somebody wrote into the file destroys nothing.
    const db = desk.session.archive.cases?.knex
    const row = await db?.('copy_fates').where({ copy_id: copy.id, fate: 'destroyAsked' }).first()
    const { method, destination, approver } = asked
    expect(JSON.parse(row.destroying)).toEqual({ method, destination, approver })
    const forged = JSON.stringify({ method, destination: '某废品收购站', approver })
    await db?.('copy_fates').insert({ ...row, id: `${row.id.slice(0, -1)}Z`, destroying: forged })
    await expect(chuzhang.call('copies.confirmDestroy', confirm)).rejects.toMatchObject({
      code: 'acts.invalid',
      params: { object: 'copy', act: 'copies.askDestroy' },
    })
    await db?.('copy_fates').insert({ ...row, id: `${row.id.slice(0, -1)}ZZ` })
    await chuzhang.call('copies.confirmDestroy', confirm)
    await expect(desk.call('copies.enterFate', { ...fate, fate: 'returned', day })).rejects.toThrow('copies.gone')
    const register = await desk.call('copies.register', { caseId })
    const ended = register.find((row) => row.id === copy.id)
    expect(ended?.fates.at(-1)).toMatchObject({ fate: 'destroyed', person: '监销人某', destroying: null })
  },
  longPath,
)

test(
  'a disc: one request in a folder of its own, with label, register and digests; nothing is half a disc, nothing twice',
  async () => {
    const office = await openOffice()
    const { caseId, desk, folder } = await openIssued(office, secret)
    const notices = (await desk.call('papers.list', { caseId })).filter((one) => one.kind === 'notice')
    expect(notices.map((one) => one.format).sort()).toEqual(['docx', 'pdf'])
    const burn = { ...request, act: 'burn' as const, medium: '光盘/2026-01' }
    const chuzhang = await office.at('chuzhang')
    const asked = async (paperIds: string[]) => {
      const tickets = await desk.call('copies.request', { caseId, paperIds, ...burn })
      const { batchId = '' } = tickets[0] ?? {}
      await chuzhang.call('copies.decide', { caseId, batchId, decision: 'approved', opinion: '' })
      return tickets
    }
    const disc = await asked(notices.map((one) => one.id))
    const other = await asked(notices.slice(0, 1).map((one) => one.id))
    const take = (tickets: typeof disc, to = folder) =>
      desk.call('copies.takeAll', { caseId, ticketIds: tickets.map((one) => one.id), folder: to })

    await expect(take([...disc, ...other])).rejects.toThrow('copies.mixedDisc')
    expect(readdirSync(folder)).toEqual([])
    const taken = await take(disc)
    expect(readdirSync(folder)).toHaveLength(1)
    expect(taken.folder).toMatch(/刻录-光盘_2026-01-\d{4}-\d\d-\d\d$/)
    expect(readdirSync(taken.folder).sort()).toEqual(
      [...taken.files.map((one) => basename(one.file)), 'SHA256SUMS', '刻录登记.csv', '盘面标签.txt'].sort(),
    )
    const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
    const sums = taken.files.map((one) => `${digest(one.file)}  ${basename(one.file)}`)
    expect(readFileSync(join(taken.folder, 'SHA256SUMS'), 'utf8').trim().split('\n')).toEqual(sums)
    const label = readFileSync(join(taken.folder, '盘面标签.txt'), 'utf8').split('\r\n')
    expect(label.slice(0, 4)).toEqual(['演练', '密级：秘密', '光盘编号：光盘/2026-01', '份号：000001、000001'])
    const register = readFileSync(join(taken.folder, '刻录登记.csv'), 'utf8')
    expect(register.trim().split('\r\n')).toHaveLength(3)
    for (const one of [...taken.files.map((each) => each.sha256), '某市档案馆', '赵某某', '孙某某'])
      expect(register).toContain(one)

    await expect(take(disc)).rejects.toThrow('copies.ticketUsed')
    // A place that is no folder uses no ticket up.
    const away = join(office.outside, 'away')
    writeFileSync(away, '')
    await expect(take(other, away)).rejects.toThrow('papers.noFolder')
    expect((await desk.call('copies.tickets', { caseId })).filter((one) => one.state === 'approved')).toHaveLength(1)
    const copies = await desk.call('copies.register', { caseId })
    expect(copies.map((one) => [one.act, one.medium])).toEqual([
      ['burn', '光盘/2026-01'],
      ['burn', '光盘/2026-01'],
    ])
  },
  longPath,
)

describe('what may follow what', () => {
  test('nothing follows a destroyed or unwritten copy; destroying is always asked for first', () => {
    for (const next of copyFate.options) {
      for (const end of ['destroyed', 'failed'] as const) expect(fateFault(end, next)).toBe('copies.gone')
    }
    const before: (CopyFate | null)[] = [null, 'received', 'returned', 'lost']
    for (const now of before) expect(fateFault(now, 'destroyed')).toBe('copies.destroyNotAsked')
    for (const now of before) expect(fateFault(now, 'destroyAsked')).toBeNull()
    expect(fateFault('destroyAsked', 'destroyed')).toBeNull()
    expect(fateFault('destroyAsked', 'returned')).toBe('copies.destroyAskedAlready')
    expect(fateFault('lost', 'returned')).toBeNull()
  })
})

test(
  'a copy is printed through the shell: entered first, one set of sheets, with the watermark policy asks for',
  async () => {
    const office = await openOffice()
    const { caseId, desk, notice } = await openIssued(office, secret)
    const chuzhang = await office.at('chuzhang')
    const asked: Sheets[] = []
    let outcome: PrintOutcome = 'printed'
    const printing = {
      names: async () => ['涉密打印机01'],
      print: async (sheets: Sheets) => {
        asked.push(sheets)
        return outcome
      },
    }
    Object.assign(desk.session, { printing })
    expect(await desk.call('copies.printers', {})).toEqual(['涉密打印机01'])
    const ticketFor = async (act: 'print' | 'export') => {
      const ask = { caseId, paperIds: [notice.id], ...request, act, medium: '' }
      const [ticket] = await desk.call('copies.request', ask)
      if (!ticket) throw new Error('no ticket')
      const { batchId } = ticket
      await chuzhang.call('copies.decide', { caseId, batchId, decision: 'approved', opinion: '' })
      return ticket
    }
    const print = (ticketId: string, printer = '涉密打印机01') =>
      desk.call('copies.print', { caseId, ticketId, printer })
    const register = async (label: string) =>
      (await desk.call('copies.register', { caseId })).find((one) => one.label === label)

    const first = await ticketFor('print')
    // A printer that is not there spends nothing.
    await expect(print(first.id, '别处的打印机')).rejects.toThrow('copies.noPrinter')
    expect(await print(first.id)).toEqual({ label: '000001', sha256: first.sha256 })
    const [sheets] = asked
    expect(
      createHash('sha256')
        .update(sheets?.pdf ?? '')
        .digest('hex'),
    ).toBe(first.sha256)
    expect(sheets?.watermark).toMatch(/^000001　某市档案馆　.+　\d{4}年\d+月\d+日 \d\d:\d\d$/)
    expect(await register('000001')).toMatchObject({ act: 'print', medium: '涉密打印机01', fate: null })
    await expect(print(first.id)).rejects.toThrow('copies.ticketUsed')

    // The second copy is another paper: printed with its own 份号.
    const second = await ticketFor('print')
    outcome = 'failed'
    await expect(print(second.id)).rejects.toThrow('copies.notPrinted')
    expect(asked.at(-1)?.watermark).toContain('000002')
    expect(await register('000002')).toMatchObject({ fate: 'failed' })
    // Nothing heard is not nothing printed.
    const third = await ticketFor('print')
    outcome = 'unsure'
    await expect(print(third.id)).rejects.toThrow('copies.printUnsure')
    expect(await register('000003')).toMatchObject({ fate: null })
    await expect(print((await ticketFor('export')).id)).rejects.toThrow('copies.notForPrinting')
    expect(asked).toHaveLength(3)
  },
  longPath,
)

test('the watermark stands on classified papers, on all, or on none, as the 安全保密管理员 has set it', () => {
  const copy = { label: '第2份', recipient: '渝某公司', by: '张某某', at: '2026年3月1日 09:00' }
  const shown = (of: 'none' | 'work' | 'secret') => [0, 1, 2].map((policy) => watermarkText(copy, of, policy) !== null)
  expect(shown('none')).toEqual([false, false, true])
  expect(shown('work')).toEqual([false, true, true])
  expect(shown('secret')).toEqual([false, true, true])
  expect(watermarkText(copy, 'secret', 1)).toBe('第2份　渝某公司　张某某　2026年3月1日 09:00')
})
