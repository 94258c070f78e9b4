import { beforeEach, expect, test, vi } from 'vitest'
import {
  forgetUnfinished,
  keepUnfinished,
  leaveForm,
  openUnfinished,
  saveUnfinished,
  unfinished,
} from '#renderer/app/unfinished.ts'

/** What the core was asked to keep, the newest last, and whether it takes anything now. */
const asked: { form: string; caseId: string | null; body: string | null }[] = []
const core = { refuses: false }

beforeEach(() => {
  forgetUnfinished()
  asked.length = 0
  core.refuses = false
  const call = (_verb: string, input: (typeof asked)[number]) => {
    if (core.refuses) return Promise.resolve({ ok: false, error: { code: 'disk.full', params: {} } })
    asked.push(input)
    return Promise.resolve({ ok: true, value: {} })
  }
  vi.stubGlobal('window', { yuetan: { call } })
})

const body = (value: object) => JSON.stringify(value)

test('what was typed into a form is there again, here and in the archive, until it is sent', async () => {
  keepUnfinished('intake/new', null, { matter: '担保超限' })
  expect(unfinished('intake/new')).toEqual({ matter: '担保超限' })
  expect(unfinished('intake/other')).toBeNull()
  keepUnfinished('intake/new', null, { matter: '担保超限额' })
  await saveUnfinished()
  expect(asked).toEqual([{ form: 'intake/new', caseId: null, body: body({ matter: '担保超限额' }) }])
  keepUnfinished('intake/new', null, null)
  expect(unfinished('intake/new')).toBeNull()
  await saveUnfinished()
  expect(asked.at(-1)).toEqual({ form: 'intake/new', caseId: null, body: null })
  await saveUnfinished()
  expect(asked).toHaveLength(2)
})

test('what the archive refuses is brought to it again without anybody typing', async () => {
  vi.useFakeTimers()
  try {
    core.refuses = true
    keepUnfinished('answer/1', 'c1', { text: '已核对' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked).toEqual([])
    core.refuses = false
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toEqual([{ form: 'answer/1', caseId: 'c1', body: body({ text: '已核对' }) }])
    // Once it is there, nothing is sent any more.
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
})

test('the forms of the account that signs in take the place of whatever stood here', () => {
  keepUnfinished('intake/new', null, { matter: '担保超限' })
  openUnfinished([{ form: 'comment/1/whole', body: body({ text: '第二段' }) }])
  expect(unfinished('intake/new')).toBeNull()
  expect(unfinished('comment/1/whole')).toEqual({ text: '第二段' })
})

test('what the archive refuses stays, and goes to it with the next attempt', async () => {
  core.refuses = true
  keepUnfinished('answer/1', 'c1', { text: '已核对' })
  await saveUnfinished()
  expect(unfinished('answer/1')).toEqual({ text: '已核对' })
  core.refuses = false
  await saveUnfinished()
  expect(asked).toEqual([{ form: 'answer/1', caseId: 'c1', body: body({ text: '已核对' }) }])
})

test('a form that is left is kept while it is being saved, and stays kept when the archive refuses it', async () => {
  const wording = { place: '3号楼' }
  const saves: (() => void)[] = []
  const leaving = leaveForm('notice/1', 'c1', wording, () => new Promise<void>((resolve) => saves.push(resolve)))
  expect(unfinished('notice/1')).toEqual(wording)
  saves[0]?.()
  await leaving
  expect(unfinished('notice/1')).toBeNull()
  await leaveForm('notice/1', 'c1', wording, () => Promise.reject(new Error('notices.changed')))
  expect(unfinished('notice/1')).toEqual(wording)
  // Left again with other words before the first save was through: those stay.
  const first = leaveForm('notice/1', 'c1', wording, () => new Promise<void>((resolve) => saves.push(resolve)))
  const second = { place: '1号楼' }
  await leaveForm('notice/1', 'c1', second, () => Promise.reject(new Error('notices.changed')))
  saves[1]?.()
  await first
  expect(unfinished('notice/1')).toEqual(second)
})
