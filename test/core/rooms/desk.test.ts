import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { onRecordMs } from '#shared/domain/interviews.ts'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { said } from '../../support/office.ts'
import { runningInterview } from '../../support/running.ts'
import { type Seat, signInAt } from '../../support/seat.ts'

const name = '渝某实业集团有限公司'

async function prepared(planned: boolean) {
  const base = temporaryFolder()
  const place = { folder: join(base, 'archive'), machineFolder: join(base, 'machine') }
  const running = await runningInterview({ ...place, names: [name], planned })
  const seat = await signInAt(place, 'jilu')
  return { ...running, place, seat, one: { caseId: running.caseId, interviewId: running.interviewId } }
}

describe('before the start', () => {
  test('people and outline are drafted, the checklist is asked for, the self-test shows what works', async () => {
    const { seat, one, enterprises } = await prepared(true)
    await seat.call('aids.saveTemplate', {
      id: null,
      template: { kind: 'outline', trigger: 'five', name: '风险', lines: [{ section: 'ask', text: '风险如何处置' }] },
    })
    const draft = await seat.call('interviews.draft', one)
    expect(draft.outline.filter((line) => line.section === 'state')).toHaveLength(4)
    expect(draft.outline).toContainEqual({ section: 'ask', text: '风险如何处置' })
    const recorder = draft.attendees.at(-1)
    expect(recorder).toMatchObject({ delegation: 'recorder', name: '郝某某', speakerKey: null })
    const attendees = [
      { delegation: 'host' as const, enterpriseId: null, unit: '监督处', name: '赵某某', title: '处长', speakerKey: 1 },
      {
        delegation: 'enterprise' as const,
        enterpriseId: enterprises[0] ?? '',
        unit: name,
        name: '周某堃',
        title: '董事长',
        speakerKey: 12,
      },
    ]
    await seat.call('interviews.prepare', { ...one, attendees, outline: draft.outline })
    await expect(seat.call('interviews.start', one)).rejects.toThrow('interviews.checklistOpen')
    for (const item of ['phones', 'room', 'people'] as const)
      await seat.call('interviews.check', { ...one, item, done: true })
    await seat.call('interviews.check', { ...one, item: 'room', done: false })
    await expect(seat.call('interviews.start', one)).rejects.toThrow('interviews.checklistOpen')
    await seat.call('interviews.check', { ...one, item: 'room', done: true })
    const probes = await seat.call('interviews.selfTest', one)
    expect([probes.reserve.code, probes.write.code, probes.clock.code]).toEqual([null, null, null])
    expect(probes.reserve.bytes).toBeGreaterThanOrEqual(8 * 1024 * 1024)
    expect(await seat.call('interviews.start', one)).toMatchObject({ state: 'running', ordinal: 1, guarded: true })
  })

  test('space that was taken away from the journal is noticed, and nothing starts', async () => {
    const { seat, one, place } = await prepared(true)
    truncateSync(archiveLayout(place.folder).journal, 4096)
    const { reserve } = await seat.call('interviews.selfTest', one)
    expect(reserve).toMatchObject({ ok: false, code: 'journal.noReserve', bytes: 0 })
  })
})

describe('while it runs', () => {
  test('a pause, somebody late, somebody leaving stand in the record; every wording is kept with its author', async () => {
    const { seat, one, speakers } = await prepared(false)
    const { utterance } = await seat.call('interviews.append', {
      ...one,
      utterance: said({
        text: '八个项目',
        speakerId: speakers[1] ?? null,
        kind: 'commitment',
        commitment: { owner: '周某堃', due: '2026-12-31' },
      }),
    })
    const later = { startedAt: '2031-01-01T00:00:00.000Z', endedAt: '2031-01-01T00:00:01.000Z' }
    const changed = { ...said({ text: '九个项目', speakerId: speakers[1] ?? null }), ...later }
    await seat.call('interviews.edit', { ...one, utteranceId: utterance.id, version: 1, utterance: changed })
    const versions = await seat.call('interviews.versions', { ...one, utteranceId: utterance.id })
    expect(versions.map((each) => [each.version, each.text, each.by])).toEqual([
      [1, '八个项目', '郝某某'],
      [2, '九个项目', '郝某某'],
    ])
    expect(versions.map((each) => each.commitment?.owner ?? null)).toEqual(['周某堃', null])
    // Whatever times a window sends with a correction, the line stays where and when it was said.
    const [stands] = (await seat.call('interviews.get', one)).utterances
    expect([stands?.startedAt, stands?.endedAt]).toEqual([utterance.startedAt, utterance.endedAt])
    const late = await seat.call('interviews.attend', {
      ...one,
      attendeeId: speakers[1] ?? '',
      state: 'late',
      reason: '交通',
    })
    expect(late.note).toMatchObject({ kind: 'note', text: '周某堃（董事长）到会：交通', speakerId: null })
    expect(late.interview.attendees.find((each) => each.id === speakers[1])?.at).toMatch(/^\d{4}-/)
    await seat.call('interviews.pause', { ...one, reason: '内部会商' })
    await expect(seat.call('interviews.append', { ...one, utterance: said({ text: '暂停中' }) })).rejects.toThrow(
      'interviews.paused',
    )
    const paused = (await seat.call('interviews.get', one)).interview
    expect(paused.pausedMs).toBe(0)
    // A night later the time on the record is what it was when the pause began.
    const begun = Date.parse(paused.pausedAt ?? '') - Date.parse(paused.startedAt ?? '')
    expect(onRecordMs(paused, '2099-01-01T00:00:00.000Z')).toBe(begun)
    await seat.call('interviews.resume', one)
    const { utterances, interview: resumed } = await seat.call('interviews.get', one)
    expect(resumed.pausedAt).toBeNull()
    expect(onRecordMs(resumed, new Date(Date.parse(paused.pausedAt ?? '') + resumed.pausedMs).toISOString())).toBe(
      begun,
    )
    expect(utterances.map((each) => [each.seq, each.text])).toEqual([
      [1, '九个项目'],
      [2, '周某堃（董事长）到会：交通'],
      [3, '记录外暂停：内部会商'],
      [4, '恢复记录'],
    ])
  })

  test('somebody on no list joins while it runs, with a free key; the record says so, two never share a key', async () => {
    const { seat, one } = await prepared(false)
    const newcomer = {
      delegation: 'joint' as const,
      enterpriseId: null,
      unit: '财务监管处',
      name: '钱某某',
      title: '副处长',
      speakerKey: 3,
    }
    await expect(seat.call('interviews.join', { ...one, attendee: { ...newcomer, speakerKey: 2 } })).rejects.toThrow(
      'interviews.keyTwice',
    )
    await expect(
      seat.call('interviews.join', { ...one, attendee: { ...newcomer, delegation: 'enterprise' } }),
    ).rejects.toThrow('interviews.wrongDelegation')
    const { interview, note } = await seat.call('interviews.join', { ...one, attendee: newcomer })
    expect(note).toMatchObject({ kind: 'note', text: '财务监管处钱某某（副处长）参加约谈' })
    const joined = interview.attendees.at(-1)
    expect(joined).toMatchObject({ name: '钱某某', state: 'present', speakerKey: 3 })
    const line = said({ text: '我问一点。', speakerId: joined?.id ?? null, kind: 'question' })
    await seat.call('interviews.append', { ...one, utterance: line })
    expect((await seat.call('interviews.get', one)).utterances.map((each) => each.text)).toEqual([
      '财务监管处钱某某（副处长）参加约谈',
      '我问一点。',
    ])
  })

  test('absence needs its reason, late and left their time; all of it stands on the record paper', async () => {
    const base = temporaryFolder()
    const place = { folder: join(base, 'archive'), machineFolder: join(base, 'machine') }
    const { caseId, interviewId } = await runningInterview({ ...place, names: [name], joint: true, people: 2 })
    const seat = await signInAt(place, 'jilu')
    const one = { caseId, interviewId }
    const { interview } = await seat.call('interviews.get', one)
    const idOf = (person: string) => interview.attendees.find((each) => each.name === person)?.id ?? ''
    const attend = (person: string, state: 'absent' | 'late' | 'left' | 'expected', reason: string, at?: string) =>
      seat.call('interviews.attend', {
        ...one,
        attendeeId: idOf(person),
        state,
        reason,
        ...(at === undefined ? {} : { at }),
      })
    await expect(attend('孙某某', 'absent', '')).rejects.toThrow('interviews.absenceReason')
    expect((await attend('孙某某', 'absent', '另有公务')).note).toBe(null)
    const began = interview.startedAt ?? ''
    const before = new Date(Date.parse(began) - 120_000).toISOString()
    const ahead = new Date(Date.now() + 120_000).toISOString()
    for (const at of [before, ahead])
      await expect(attend('周某堃', 'left', '', at)).rejects.toThrow('interviews.attendTime')
    await attend('周某堃', 'left', '突发疾病', began)
    await attend('郝某某', 'expected', '')
    const { pdf } = await seat.call('papers.preview', { caseId, kind: 'record', objectId: interviewId, fields: null })
    const words = pdfText(pdf)
    const wall = new Date(Date.parse(began) + 8 * 3_600_000)
    const clock = `${wall.getUTCHours()}时${wall.getUTCMinutes()}分`
    for (const line of [
      '缺席：驻委纪检监察组孙某某（副组长）：另有公务',
      `迟到、离席：${name}周某堃（董事长）${clock}离席：突发疾病`,
      '未登记到会：监督处郝某某',
      `被约谈企业及人员：${name}：周某堃（董事长）、企业1第2人（部门负责人）`,
    ])
      expect(words).toContain(unspaced(line))
    expect(words).not.toContain(unspaced('共同约谈单位及人员'))

    // Whoever was neither ticked nor heard is not said to have been there; whoever spoke was.
    await attend('企业1第2人', 'expected', '')
    await seat.call('interviews.end', one)
    const [silent] = await seat.call('minutes.draft', one)
    expect(silent?.fields.enterpriseParty).toBe(`${name}周某堃（董事长）`)
    expect(silent?.fields.recorder).toBe('郝某某')
  })

  test('it does not end over a line that is no sentence yet', async () => {
    const { seat, one, speakers } = await prepared(false)
    const { text, startedAt, endedAt: _, ...settings } = said({ text: '还没有说完', speakerId: speakers[1] ?? null })
    const live = { ...settings, text, startedAt, caret: 5, revision: 1 }
    await seat.call('interviews.keep', { ...one, live, waiting: [] })
    await expect(seat.call('interviews.end', one)).rejects.toThrow('interviews.lineOpen')
    await seat.call('interviews.keep', { ...one, live: { ...live, text: '', caret: 0, revision: 2 }, waiting: [] })
    expect(await seat.call('interviews.end', one)).toMatchObject({ state: 'ended' })
  })

  test('words and materials of the case are offered; nothing internal may be shown to the enterprise', async () => {
    const { seat, one } = await prepared(false)
    const { words, materials } = await seat.call('aids.words', one)
    expect(words).toContainEqual({ text: '周某堃', kind: 'person', initials: 'zmk' })
    expect(words.map((word) => word.text)).toEqual(expect.arrayContaining([name, '渝某实业', '董事长', '处长']))
    expect(materials).toEqual([])
  })
})

test('tools are kept in the archive: own phrases for oneself, shared ones for all, keys only without a conflict', async () => {
  const { seat, place } = await prepared(true)
  const save = (at: Seat, code: string, shared: boolean) =>
    at.call('aids.savePhrase', { id: null, shared, code, text: `${code}的文字` })
  await save(seat, '甲', false)
  const shared = await save(seat, '甲', true)
  await expect(save(seat, '甲', false)).rejects.toThrow('aids.codeTaken')
  await seat.call('aids.savePhrase', { ...shared, text: '改过的文字' })
  await expect(seat.call('aids.savePreferences', { keys: { time: 'F2' }, alternate: true })).rejects.toThrow(
    'aids.keysClash',
  )
  await seat.call('aids.savePreferences', { keys: { time: 'Alt+W' }, alternate: false })
  await seat.leave()

  const other = await signInAt(place, 'chengban')
  const tools = await other.call('aids.tools', {})
  expect(tools.phrases.map((one) => [one.code, one.shared, one.text])).toEqual([['甲', true, '改过的文字']])
  expect(tools.preferences).toEqual({ keys: {}, alternate: true })
  expect(tools.opening).toHaveLength(3)
  await other.leave()

  const again = await signInAt(place, 'jilu')
  expect((await again.call('aids.tools', {})).preferences).toEqual({ keys: { time: 'Alt+W' }, alternate: false })
  await again.call('aids.removePhrase', { id: shared.id })
  expect((await again.call('aids.tools', {})).phrases.map((one) => one.shared)).toEqual([false])
})
