import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Desk } from '#electron/core/sample/desk.ts'
import { contract } from '#shared/contract/index.ts'
import type { Minutes, Sentence } from '#shared/domain/minutes.ts'
import { classifyAll, holdInterview, issueNotices, openCase, openOffice, secret } from '../../support/office.ts'

/** Makes real papers in real workers; a slow machine takes its time. */
const longPath = 600_000

async function drafted() {
  const office = await openOffice()
  const jilu = await office.at('jilu')
  const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, secret)
  const interviewId = await holdInterview(office, caseId, enterprises, [
    { text: '现在开始约谈。', kind: 'explain', key: 1 },
    { text: '该项目没有开展可行性论证。', kind: 'statement', key: 2 },
    { text: '请立即止损。', kind: 'opinion', key: 1 },
    { text: '请追责问责。', kind: 'opinion', key: 1 },
  ])
  const [minutes] = await jilu.call('minutes.draft', { caseId, interviewId })
  if (!minutes) throw new Error('no minutes')
  const one = { caseId, minutesId: minutes.id }
  const now = async (): Promise<Minutes> => {
    const [found] = await jilu.call('minutes.list', { caseId })
    if (!found) throw new Error('no minutes')
    return found
  }
  return { office, jilu, caseId, interviewId, one, now, folder: join(office.outside, 'disc') }
}

/** Saves a whole list as the window would save its changes. */
async function save(desk: Desk, minutes: Minutes, sentences: readonly Sentence[], fields = minutes.fields) {
  const known = new Map(minutes.sentences.map((one) => [one.id, JSON.stringify(one)]))
  return desk.call('minutes.save', {
    caseId: minutes.caseId,
    minutesId: minutes.id,
    version: minutes.version,
    fields,
    order: sentences.map((one) => one.id),
    put: sentences.filter((one) => known.get(one.id) !== JSON.stringify(one)),
    place: null,
  })
}

test(
  'minutes: written, commented, classified, final, opened again with a reason; every edition stays readable with its paper',
  async () => {
    const { office, jilu, caseId, interviewId, one, now } = await drafted()
    const fenguan = await office.at('fenguan')
    const chuzhang = await office.at('chuzhang')
    const first = await now()
    expect(first.fields).toMatchObject({
      host: '赵某某（处长）',
      hostUnit: '监督处赵某某（处长）',
      recorder: '郝某某',
      signatures: false,
    })
    expect(first.fields.time).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日 [上下]午\d{1,2}:\d{2}$/)
    expect(first.fields.requirement).toContain('10个工作日内')

    // Rewriting, reordering and adding; the stale and the impossible are refused and change nothing.
    const [a, b, c] = first.sentences
    if (!a || !b || !c) throw new Error('too few sentences')
    const added = { id: 'own', section: 'other' as const, text: '会后另行研究。', sources: [], joined: false }
    await save(jilu, first, [{ ...a, text: '该项目未经论证。' }, c, b, added], { ...first.fields, place: '第一会议室' })
    await expect(save(jilu, first, [a])).rejects.toThrow('minutes.changed')
    const second = await now()
    expect(second.sentences.map((sentence) => sentence.text)).toEqual([
      '该项目未经论证。',
      '请追责问责。',
      '请立即止损。',
      '会后另行研究。',
    ])
    expect(second.fields.place).toBe('第一会议室')
    const stray = { ...one, version: second.version, fields: second.fields, put: [], order: ['nobody'], place: null }
    await expect(jilu.call('minutes.save', stray)).rejects.toThrow('minutes.unknownSentence')
    expect((await now()).sentences).toHaveLength(4)

    // What could not be saved is kept for this account alone, and forgotten when a save succeeds.
    const { version, fields } = second
    const kept = {
      base: { version, fields, sentences: second.sentences },
      mine: { version, fields, sentences: [{ ...a, text: '没存上的话。' }] },
    }
    const place = { at: a.id, caret: 3 }
    await jilu.call('minutes.keep', { ...one, kept, place })
    expect(await jilu.call('minutes.kept', one)).toEqual({ kept, place })
    expect(await chuzhang.call('minutes.kept', one)).toEqual({ kept: null, place: null })
    await save(jilu, second, second.sentences)
    expect(await jilu.call('minutes.kept', one)).toEqual({ kept: null, place: null })
    expect(await now()).toMatchObject({ savedBy: jilu.accountId })

    // 批注 by another account; 送审 waits until it is settled.
    const comment = await fenguan.call('minutes.comment', { ...one, sentenceId: a.id, text: '请写明时间。' })
    expect(comment.quote).toBe('该项目未经论证。')
    await expect(jilu.call('minutes.submit', { ...one, proposal: secret })).rejects.toThrow('minutes.commentsOpen')
    const answered = await jilu.call('minutes.answer', { ...one, commentId: comment.id, text: '已补。' })
    expect(answered.answers).toMatchObject([{ by: jilu.accountId, text: '已补。' }])
    await expect(
      (await office.at('dangan')).call('minutes.resolve', { ...one, commentId: comment.id }),
    ).rejects.toThrow('minutes.notYourComment')
    await jilu.call('minutes.resolve', { ...one, commentId: comment.id })
    expect((await now()).openComments).toBe(0)

    await jilu.call('minutes.submit', { ...one, proposal: secret })
    await expect(save(jilu, await now(), second.sentences)).rejects.toThrow('minutes.notDraft')
    await classifyAll(office, caseId)
    const final = await chuzhang.call('minutes.finalise', one)
    expect(final).toMatchObject({
      state: 'final',
      edition: 1,
      mark: '秘密★5年',
      editions: [{ edition: 1, reason: '' }],
    })
    await expect(fenguan.call('minutes.comment', { ...one, sentenceId: null, text: '迟了。' })).rejects.toThrow(
      'minutes.final',
    )
    expect((await jilu.call('record.get', { caseId, interviewId })).editions).toMatchObject([
      { edition: 1, signatures: 'each-page' },
    ])

    // 重新打开: a reason, a new edition; the case waits for the minutes again and the old decision no longer counts.
    await expect(jilu.call('minutes.reopen', { ...one, reason: '补充' })).rejects.toThrow('door.role')
    await chuzhang.call('minutes.reopen', { ...one, reason: '补充整改时限' })
    const reopened = await now()
    expect(reopened).toMatchObject({ state: 'draft', edition: 2, reason: '补充整改时限', mark: null })
    expect(await jilu.call('cases.get', { caseId })).toMatchObject({
      stage: 'minutes',
      next: { code: 'minutes.submit' },
    })
    await save(
      jilu,
      reopened,
      reopened.sentences.map((sentence) =>
        sentence.id === c.id ? { ...sentence, text: '请于年底前追责问责。' } : sentence,
      ),
    )
    await jilu.call('minutes.submit', { ...one, proposal: { ...secret, level: 'none', term: null, basis: '' } })
    await classifyAll(office, caseId)
    const again = await chuzhang.call('minutes.finalise', one)
    expect(again).toMatchObject({ state: 'final', edition: 2, mark: null })
    expect(again.editions.map((edition) => [edition.edition, edition.reason, edition.mark])).toEqual([
      [1, '', '秘密★5年'],
      [2, '补充整改时限', null],
    ])
    const older = await fenguan.call('minutes.edition', { ...one, edition: 1 })
    expect(older.sentences.map((sentence) => sentence.text)).toContain('请追责问责。')
    expect(again.sentences.map((sentence) => sentence.text)).toContain('请于年底前追责问责。')
    await expect(fenguan.call('minutes.edition', { ...one, edition: 3 })).rejects.toThrow('minutes.unknownEdition')
    const papers = (await jilu.call('papers.list', { caseId })).filter((paper) => paper.kind === 'minutes')
    expect(papers.map((paper) => [paper.edition, paper.format, paper.level])).toEqual([
      [1, 'pdf', 'secret'],
      [1, 'docx', 'secret'],
      [2, 'pdf', 'none'],
      [2, 'docx', 'none'],
    ])
    expect(await jilu.call('cases.get', { caseId })).toMatchObject({ stage: 'rectification' })

    // A wording written into the file without a signature stops the case.
    const { cases } = jilu.session.archive
    await cases?.knex('minutes_sentences').where({ minutes_id: one.minutesId, id: c.id }).update({ text: '改掉的话' })
    await expect(
      jilu.call('papers.freeze', { caseId, kind: 'minutes', objectId: one.minutesId, formats: ['pdf'] }),
    ).rejects.toThrow('acts.invalid')
  },
  longPath,
)

test(
  '印送: a decision with a reason either way, one registered copy after another, never the record',
  async () => {
    const { office, jilu, caseId, interviewId, one, folder } = await drafted()
    const chengban = await office.at('chengban')
    mkdirSync(folder)
    const way = { act: 'print' as const, medium: '涉密打印机01' }
    const send = {
      ...one,
      ...way,
      reason: '便于企业落实整改',
      method: 'confidentialCourier' as const,
      receiver: '办公室',
    }
    await expect(chengban.call('minutes.dispatch', send)).rejects.toThrow('minutes.notFinal')
    await jilu.call('minutes.submit', { ...one, proposal: secret })
    await classifyAll(office, caseId)
    await (await office.at('chuzhang')).call('minutes.finalise', one)

    await chengban.call('minutes.withhold', { ...one, reason: '涉及其他单位，暂不印送' })
    await expect(chengban.call('minutes.dispatch', { ...send, method: 'exchange' })).rejects.toThrow(
      'minutes.methodForbidden',
    )
    await chengban.call('minutes.dispatch', send)
    const asked = await chengban.call('minutes.dispatch', { ...send, receiver: '董事会办公室' })
    expect(asked.map((line) => [line.decision, line.label, line.receiver, line.ticketState])).toEqual([
      ['withhold', null, '', null],
      ['send', '000001', '办公室', 'requested'],
      ['send', '000002', '董事会办公室', 'requested'],
    ])

    // A secret copy waits for another person; then it leaves once, and its receipt stands in the same register.
    const ticketId = asked[1]?.ticketId ?? ''
    await expect(chengban.call('copies.take', { caseId, ticketId, folder })).rejects.toThrow('copies.notApproved')
    const fenguan = await office.at('fenguan')
    for (const { batchId } of await fenguan.call('copies.tickets', { caseId }))
      await fenguan.call('copies.decide', { caseId, batchId, decision: 'approved', opinion: '' })
    const taken = await chengban.call('copies.take', { caseId, ticketId, folder })
    expect(taken.label).toBe('000001')
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const copyId = (await chengban.call('minutes.dispatches', one))[1]?.copyId ?? ''
    const receipt = { caseId, copyId, fate: 'received' as const, day: today, person: '周某某', note: '' }
    await chengban.call('copies.enterFate', receipt)
    expect((await chengban.call('minutes.dispatches', one))[1]).toMatchObject({
      receivedBy: '周某某',
      receivedOn: today,
      ticketState: 'used',
    })
    const [copy] = await chengban.call('copies.register', { caseId })
    expect(copy).toMatchObject({ label: '000001', recipient: '渝某实业集团有限公司（办公室）', fate: 'received' })

    // The record is no object of 印送: its id is unknown to the only verb that sends to an enterprise …
    const before = readdirSync(folder)
    await expect(chengban.call('minutes.dispatch', { ...send, minutesId: interviewId })).rejects.toThrow(
      'minutes.unknown',
    )
    const record = (await chengban.call('papers.list', { caseId })).find((paper) => paper.kind === 'record')
    const paperId = record?.id ?? ''
    await expect(chengban.call('minutes.dispatch', { ...send, minutesId: paperId })).rejects.toThrow('minutes.unknown')
    const sending = Object.keys(contract).filter((name) => /dispatch|send|deliver/i.test(name))
    // 移送 goes to the accountability office of the unit itself or to a discipline organ (Art. 18, 20), never to an enterprise …
    expect(sending.sort()).toEqual([
      'minutes.dispatch',
      'minutes.dispatches',
      'referrals.send',
      'referrals.sendDiscipline',
    ])
    // … and no copy of it is made out to one.
    const ticket = { caseId, paperIds: [paperId], ...way, purpose: '核对', parentId: null }
    for (const recipient of ['渝某实业集团有限公司', '送渝某实业集团有限公司办公室']) {
      await expect(chengban.call('copies.request', { ...ticket, recipient })).rejects.toThrow('copies.recordStays')
    }
    expect(await chengban.call('copies.request', { ...ticket, recipient: '监督处' })).toHaveLength(1)
    expect(readdirSync(folder)).toEqual(before)
  },
  longPath,
)

test(
  'the record: frozen when it is printed for signing, signatures and refusals noted, a correction is a new edition',
  async () => {
    const { office, jilu, caseId, interviewId } = await drafted()
    const record = { caseId, interviewId }
    await expect(jilu.call('record.correct', { ...record, reason: '笔误' })).rejects.toThrow('record.notFrozen')
    const frozen = await jilu.call('record.freeze', { ...record, signatures: 'last-page' })
    expect(frozen).toMatchObject({ editions: [{ edition: 1, signatures: 'last-page' }], correcting: null })
    await expect(jilu.call('record.freeze', { ...record, signatures: 'none' })).rejects.toThrow('record.frozen')

    const opened = await jilu.call('interviews.get', record)
    const line = opened.utterances.find((one) => one.text.includes('可行性论证'))
    if (!line) throw new Error('no line')
    const { id: utteranceId, seq: _seq, version, ...utterance } = line
    const edit = { ...record, utteranceId, version, utterance: { ...utterance, text: '该项目开展了部分论证。' } }
    await expect(jilu.call('interviews.edit', edit)).rejects.toThrow('interviews.frozen')

    const [host, person] = opened.interview.attendees
    if (!host || !person) throw new Error('nobody there')
    await jilu.call('record.sign', { ...record, attendeeId: host.id, outcome: 'signed', reason: '' })
    const refusal = { ...record, attendeeId: person.id, outcome: 'refused' as const }
    await expect(jilu.call('record.sign', { ...refusal, reason: '' })).rejects.toThrow('record.refusalReason')
    const signed = await jilu.call('record.sign', { ...refusal, reason: '对第二句有异议' })
    expect(signed.signings.map((one) => [one.attendeeId, one.outcome, one.reason])).toEqual([
      [host.id, 'signed', ''],
      [person.id, 'refused', '对第二句有异议'],
    ])

    const open = await jilu.call('record.correct', { ...record, reason: '被约谈人提出更正' })
    expect(open.correcting).toBe('被约谈人提出更正')
    await jilu.call('interviews.edit', edit)
    const again = await jilu.call('record.freeze', { ...record, signatures: 'each-page' })
    expect(again.editions.map((one) => [one.edition, one.reason])).toEqual([
      [1, ''],
      [2, '被约谈人提出更正'],
    ])
    expect(again.editions[0]?.hash).not.toBe(again.editions[1]?.hash)
    const texts = async (edition: number) =>
      (await jilu.call('record.edition', { ...record, edition })).utterances.map((one) => one.text)
    expect(await texts(1)).toContain('该项目没有开展可行性论证。')
    expect(await texts(2)).toContain('该项目开展了部分论证。')
    const papers = (await jilu.call('papers.list', { caseId })).filter((one) => one.kind === 'record')
    expect(papers.map((one) => [one.edition, one.format])).toEqual([
      [1, 'pdf'],
      [1, 'docx'],
      [2, 'pdf'],
      [2, 'docx'],
    ])

    // A frozen edition somebody wrote over in the file is found before anything is printed from it.
    const { cases } = jilu.session.archive
    await cases?.knex('utterances').where({ id: utteranceId }).update({ text: '改掉的话' })
    const chuzhang = await office.at('chuzhang')
    await expect(chuzhang.call('record.correct', { ...record, reason: '再更正' })).rejects.toThrow(
      'interviews.frozenChanged',
    )
  },
  longPath,
)
