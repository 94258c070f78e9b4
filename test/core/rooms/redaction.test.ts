import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makePaper } from '#electron/documents/make-paper.ts'
import type { Passage, Strike } from '#shared/domain/redactions.ts'
import { issueNotices, openCase, openOffice, secret, type TestOffice, unclassified } from '../../support/office.ts'
import { frozenFile } from '../../support/papers.ts'

const longPath = 600_000
const name = '渝某实业集团有限公司'
const matter = '投资决策失误形成损失风险等'

/** What Poppler and unzip read out of a file: text, data, outline, attachments, faces, every part in the raw. */
function everythingOf(file: string, format: 'pdf' | 'docx'): string {
  const run = (command: string, args: string[]): string =>
    execFileSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const read =
    format === 'docx'
      ? [run('unzip', ['-p', file]), run('unzip', ['-l', file])]
      : [
          run('pdftotext', ['-layout', file, '-']),
          run('pdfinfo', [file]),
          run('pdfinfo', ['-meta', file]),
          run('pdfinfo', ['-dests', file]),
          run('pdfdetach', ['-list', file]),
          run('pdffonts', [file]),
          run('qpdf', ['--qdf', '--object-streams=disable', '--decode-level=all', file, '-']),
        ]
  return read.join('\n')
}

/** Every place of words in the passages, as strikes. */
function strikesOf(passages: readonly Passage[], text: string): Strike[] {
  return passages.flatMap((one, passage) => {
    const found: Strike[] = []
    for (let from = one.text.indexOf(text); from !== -1; from = one.text.indexOf(text, from + 1))
      found.push({ passage, from, to: from + text.length, text })
    return found
  })
}

async function issued(office: TestOffice) {
  const { caseId } = await openCase(office, [name])
  await issueNotices(office, caseId, secret)
  const desk = await office.at('chengban')
  const paper = (await desk.call('papers.list', { caseId })).find(
    (one) => one.kind === 'notice' && one.format === 'pdf',
  )
  if (!paper) throw new Error('no notice')
  const passages = await desk.call('redactions.passages', { caseId, paperId: paper.id })
  return { caseId, desk, paper, passages }
}

/** On how many cases 今日 asks the account to review a 遮盖版. */
async function toReview(office: TestOffice, login: string): Promise<number> {
  const { mine } = await (await office.at(login)).call('today.get', {})
  return mine.filter((one) => one.next.code === 'redactions.review').length
}

const why = { reason: '按要求向有关单位提供', proposal: { ...unclassified, reason: '密点已全部遮盖' } }

test(
  '遮盖版: rebuilt from data by one, reviewed by another, called anew by a third, and leaves by ticket without a trace of what was struck',
  async () => {
    const office = await openOffice()
    const { caseId, desk, paper, passages } = await issued(office)
    const [head, dingmi] = [await office.at('chuzhang'), await office.at('dingmi')]
    const struck = [name, matter, '市国资委']
    const all = struck.flatMap((text) => strikesOf(passages, text))
    expect(all.length).toBeGreaterThan(4)
    const submit = (strikes: Strike[], more = why) =>
      desk.call('redactions.submit', { caseId, paperId: paper.id, strikes, ...more })

    // What does not hold is refused before anything is kept.
    await expect(submit([{ passage: 0, from: 0, to: 2, text: '不是' }])).rejects.toThrow('redactions.changed')
    await expect(submit([all[0], all[0]] as Strike[])).rejects.toThrow('redactions.overlap')
    const bareLower = { ...why, proposal: unclassified }
    await expect(submit(all, bareLower)).rejects.toThrow('redactions.whyLower')

    // One place of the name left standing: the review finds it, and only whoever names it may let it stand.
    const left = all.at(-1)
    if (!left) throw new Error('nothing struck')
    const { id: partly } = await submit(all.slice(0, -1))
    const review = { caseId, decision: 'approved' as const, opinion: '' }
    await expect(desk.call('redactions.review', { ...review, redactionId: partly, kept: [] })).rejects.toMatchObject({
      code: 'door.role',
    })
    await expect(head.call('redactions.review', { ...review, redactionId: partly, kept: [] })).rejects.toMatchObject({
      code: 'redactions.survives',
      params: { count: 1 },
    })
    const seen = await head.call('redactions.get', { caseId, redactionId: partly })
    expect(seen.survivors).toEqual([{ text: left.text, passage: left.passage, nth: 1 }])
    await head.call('redactions.review', { ...review, redactionId: partly, kept: seen.survivors })
    expect((await desk.call('redactions.list', { caseId })).map(({ state, kept }) => ({ state, kept }))).toEqual([
      { state: 'reviewed', kept: 1 },
    ])

    // All of it struck: reviewed, then called 非密 by 定密责任人, not before.
    const { id: redactionId } = await submit(all)
    const waiting = (await dingmi.call('secrecy.waiting', {})).find((one) => one.objectId === redactionId)
    const decide = { caseId, classificationId: waiting?.id ?? '', decision: 'approved' as const, opinion: '' }
    await expect(dingmi.call('secrecy.decide', decide)).rejects.toThrow('redactions.notReviewed')
    await head.call('redactions.review', { ...review, redactionId, kept: [] })
    await expect(head.call('redactions.review', { ...review, redactionId, kept: [] })).rejects.toThrow(
      'redactions.decided',
    )
    const freeze = {
      caseId,
      kind: 'redaction' as const,
      objectId: redactionId,
      formats: ['pdf' as const, 'docx' as const],
    }
    await expect(desk.call('papers.freeze', freeze)).rejects.toThrow('papers.notSettled')
    await dingmi.call('secrecy.decide', decide)
    const frozen = await desk.call('papers.freeze', freeze)
    expect(frozen.map((one) => [one.format, one.level, one.title])).toEqual([
      ['pdf', 'none', '责任约谈通知书（遮盖版）'],
      ['docx', 'none', '责任约谈通知书（遮盖版）'],
    ])

    // It leaves as any copy: a number, a ticket, a line of the register. 非密 needs nobody's leave.
    const out = { act: 'export' as const, recipient: '某单位', purpose: '提供', medium: '', parentId: null }
    const tickets = await desk.call('copies.request', { caseId, paperIds: frozen.map((one) => one.id), ...out })
    expect(tickets.map((one) => [one.state, one.label])).toEqual([
      ['approved', '第1份'],
      ['approved', '第1份'],
    ])
    const folder = join(office.outside, 'out')
    mkdirSync(folder)
    for (const { id: ticketId, format } of tickets) {
      const { file } = await desk.call('copies.take', { caseId, ticketId, folder })
      expect(file).not.toContain(name)
      const read = everythingOf(file, format as 'pdf' | 'docx')
      expect(read).toContain('〔遮盖〕')
      expect(read).not.toContain('★')
      for (const text of [...struck, name.slice(2, 8)]) {
        const big = Buffer.from(text, 'utf16le').swap16().toString('hex')
        expect([format, text, read.includes(text), read.toLowerCase().includes(big)]).toEqual([
          format,
          text,
          false,
          false,
        ])
      }
    }
    // The paper it comes from holds every word of it: the search of this test is able to find them.
    const original = everythingOf(await frozenFile(desk, paper.id), 'pdf')
    expect(original.replaceAll(/\s/g, '')).toContain(name)
    const register = await desk.call('copies.register', { caseId })
    expect(register.filter((one) => one.title.includes('遮盖版'))).toHaveLength(2)
    // A second copy is printed anew and is searched as the first one was.
    const [pdf] = frozen
    expect(await desk.call('copies.request', { caseId, paperIds: [pdf?.id ?? ''], ...out })).toHaveLength(1)
  },
  longPath,
)

test(
  '遮盖版: nobody reviews the own one, and a state somebody wrote into the file is refused by name',
  async () => {
    const office = await openOffice()
    const { caseId, passages, paper } = await issued(office)
    const head = await office.at('chuzhang')
    const strikes = strikesOf(passages, name)
    const { id: redactionId } = await head.call('redactions.submit', { caseId, paperId: paper.id, strikes, ...why })
    expect([await toReview(office, 'chuzhang'), await toReview(office, 'fenguan')]).toEqual([0, 1])
    const review = { caseId, redactionId, decision: 'approved' as const, kept: [], opinion: '' }
    await expect(head.call('redactions.review', review)).rejects.toThrow('redactions.own')
    const fenguan = await office.at('fenguan')
    await expect(fenguan.call('redactions.review', { ...review, decision: 'returned' })).rejects.toThrow(
      'redactions.reasonMissing',
    )
    const knex = head.session.archive.cases?.knex
    const strike = JSON.stringify(strikes.slice(1))
    await expect(knex?.('redactions').where({ id: redactionId }).update({ strikes: strike })).rejects.toThrow(
      'never rewritten',
    )
    await knex?.('redactions').where({ id: redactionId }).update({ state: 'reviewed', reviewer_id: fenguan.accountId })
    await expect(fenguan.call('cases.get', { caseId })).rejects.toMatchObject({
      code: 'acts.invalid',
      params: { object: 'redaction', act: 'redactions.review' },
    })
  },
  longPath,
)

test(
  '遮盖版: whoever may not know the paper does not see what was struck from it (保密法 21)',
  async () => {
    const office = await openOffice()
    const { caseId } = await openCase(office, [name])
    const [desk, head, fenguan] = [await office.at('chengban'), await office.at('chuzhang'), await office.at('fenguan')]
    const narrow = { ...secret, scope: [desk.accountId, fenguan.accountId] }
    await issueNotices(office, caseId, narrow)
    const paper = (await desk.call('papers.list', { caseId })).find((one) => one.kind === 'notice')
    const paperId = paper?.id ?? ''
    const passages = await desk.call('redactions.passages', { caseId, paperId })
    const { id: redactionId } = await desk.call('redactions.submit', {
      ...{ caseId, paperId, strikes: strikesOf(passages, name) },
      reason: why.reason,
      proposal: { ...narrow, scope: [] },
    })
    expect([await toReview(office, 'chuzhang'), await toReview(office, 'fenguan')]).toEqual([0, 1])
    const closed = { code: 'door.scope' }
    await expect(head.call('redactions.passages', { caseId, paperId })).rejects.toMatchObject(closed)
    await expect(head.call('redactions.get', { caseId, redactionId })).rejects.toMatchObject(closed)
    expect(await head.call('redactions.list', { caseId })).toEqual([])
    expect(await fenguan.call('redactions.list', { caseId })).toHaveLength(1)
  },
  longPath,
)

test('a file in which struck words survive is refused, wherever they stand', async () => {
  const { assertGone } = await import('#electron/parsing/survivors.ts')
  const { noticeData } = await import('../../documents/samples.ts')
  const gone = (text: string, kept = {}) => [
    { text, written: [text], kept: { data: 0, heading: 0, text: 0, edge: 0, ...kept } },
  ]
  for (const format of ['pdf', 'docx'] as const) {
    const { bytes, pages } = await makePaper({ paper: { kind: 'notice', data: noticeData }, format, fontFolders: [] })
    const search = (text: string, kept = {}) => assertGone(bytes, format, gone(text, kept), pages)
    const survives = (place: string) => ({ code: 'redactions.survives', params: { place } })
    // On the page; in the title of the file's data; nowhere.
    await expect(search('重庆市国资委')).rejects.toMatchObject(survives('page'))
    await expect(search('责任约谈通知', { text: 9, heading: 9 })).rejects.toMatchObject(survives('metadata'))
    await search('责任约谈通知', { text: 9, heading: 9, data: 1 })
    await search('从来没有写过的话')
  }
})
