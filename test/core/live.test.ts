import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepLive, unfinished } from '#electron/core/interviews/live.ts'
import { openJournal } from '#electron/core/journal.ts'
import type { LiveLine, Utterance, UtteranceInput } from '#shared/domain/interviews.ts'
import { temporaryFolder } from '../support/folders.ts'

const key = { id: '01KB0000000000000000000099', key: Buffer.alloc(32, 3) }
const interviewId = '01KB0000000000000000000001'
const utteranceId = '01KB0000000000000000000002'
const moment = (second: number) => `2026-12-03T02:00:${String(second).padStart(2, '0')}.000Z`
const settings = {
  speakerId: null,
  kind: 'answer',
  section: 'ask',
  part: null,
  audience: 'all',
  commitment: null,
  marked: false,
} as const

function live(text: string, second: number, revision: number, editing?: LiveLine['editing']): LiveLine {
  const line = { ...settings, text, caret: 1, startedAt: moment(second), revision }
  return editing ? { ...line, editing } : line
}
function sentence(text: string, second: number): UtteranceInput {
  return { ...settings, text, startedAt: moment(second), endedAt: moment(second + 1) }
}
const stored = (input: UtteranceInput, version = 1): Utterance => ({ id: utteranceId, seq: 1, version, ...input })

/** Runs steps on a journal, and opens it again as the next process would. */
async function reopened(steps: (journal: Awaited<ReturnType<typeof openJournal>>) => Promise<unknown>) {
  const file = join(temporaryFolder(), 'journal')
  const first = await openJournal({ file, key, size: 4096 + 2 * 64 * 1024 })
  await steps(first)
  await first.close()
  const next = await openJournal({ file, key, size: 4096 + 2 * 64 * 1024 })
  await next.close()
  return next
}

describe('what the journal holds of an interview', () => {
  test('the line and the sentences that wait come back, in their order', async () => {
    const waiting = [sentence('第一句', 1), sentence('第二句', 3), sentence('第三句', 5)]
    const journal = await reopened(async (first) => {
      await keepLive(first, interviewId, live('第二', 3, 1), waiting.slice(0, 1))
      await keepLive(first, interviewId, live('正在', 7, 2), waiting)
    })
    expect(unfinished(journal, interviewId, [])).toEqual({ live: live('正在', 7, 2), waiting })
    expect(unfinished(journal, '01KB0000000000000000000009', [])).toEqual({ live: null, waiting: [] })
  })

  test('a sentence that reached the record is not offered again, whether the journal forgot it or not', async () => {
    const [first, second] = [sentence('第一句', 1), sentence('第二句', 3)]
    const journal = await reopened((held) => keepLive(held, interviewId, live('第一句', 1, 1), [first, second]))
    expect(unfinished(journal, interviewId, [stored(first)])).toEqual({ live: null, waiting: [second] })
    const next = await reopened(async (held) => {
      await keepLive(held, interviewId, live('第二句', 3, 1), [first, second])
      await keepLive(held, interviewId, live('', 5, 2), [second])
    })
    expect(next.entries()).toHaveLength(2)
    expect(unfinished(next, interviewId, [stored(first)])).toEqual({ live: live('', 5, 2), waiting: [second] })
  })

  test('a line that became a sentence is not offered as a line too', async () => {
    const one = sentence('请说明该项投资', 1)
    const journal = await reopened((held) => keepLive(held, interviewId, live('请说明该项投资', 1, 4), [one]))
    expect(unfinished(journal, interviewId, [])).toEqual({ live: null, waiting: [one] })
  })

  test('an older revision never replaces a newer one', async () => {
    const journal = await reopened(async (held) => {
      await keepLive(held, interviewId, live('新的文字', 1, 5), [])
      await keepLive(held, interviewId, live('旧', 1, 4), [])
    })
    expect(unfinished(journal, interviewId, []).live?.text).toBe('新的文字')
  })

  test('an edit comes back as an edit; one that landed leaves only the line put aside', async () => {
    const before = sentence('八个项目', 1)
    const aside = { ...settings, text: '请继续', caret: 2, startedAt: moment(4) }
    const edit = live('九个项目', 6, 9, { utteranceId, version: 1, aside })
    const journal = await reopened((held) => keepLive(held, interviewId, edit, []))
    expect(unfinished(journal, interviewId, [stored(before)]).live).toEqual(edit)
    expect(unfinished(journal, interviewId, [stored({ ...before, text: '九个项目' }, 2)]).live).toEqual({
      ...aside,
      revision: 9,
    })
  })
})
