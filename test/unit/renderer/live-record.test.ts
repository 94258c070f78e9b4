import { describe, expect, test } from 'vitest'
import { LiveRecord, type RecordVerbs } from '#renderer/features/interviews/live-record.ts'
import type { Interview, LiveLine, Utterance, UtteranceInput } from '#shared/domain/interviews.ts'

const hostId = '01JDAAAAAAAAAAAAAAAAAAAAA1'
const interview: Interview = {
  id: '01JDAAAAAAAAAAAAAAAAAAAAA0',
  caseId: '01JDAAAAAAAAAAAAAAAAAAAAAC',
  matter: '投资管理失控',
  rulesHash: 'ab',
  state: 'running',
  place: '',
  hostName: '',
  hostTitle: '',
  startedAt: '2026-12-03T01:30:00.000Z',
  endedAt: null,
  enterprises: [],
  attendees: [
    {
      id: hostId,
      delegation: 'host',
      enterpriseId: null,
      unit: '监督处',
      name: '赵某某',
      title: '处长',
      speakerKey: 1,
      state: 'present',
      reason: '',
      at: null,
    },
  ],
  outline: [],
  ordinal: 1,
  checks: [],
  guarded: false,
  frozenHash: null,
  pausedAt: null,
  pausedMs: 0,
}

/** A disk that can be told to refuse, and remembers everything it was asked to keep. */
class Disk implements RecordVerbs {
  refuses = false
  journal: LiveLine | null = null
  waiting: readonly UtteranceInput[] = []
  readonly lines: Utterance[] = []
  readonly kept: LiveLine[] = []

  async keep({ live, waiting = [] }: Parameters<RecordVerbs['keep']>[0]) {
    if (this.refuses) return refused()
    this.journal = live
    this.waiting = waiting
    this.kept.push(live)
    return { ok: true as const, value: { durableAt: now() } }
  }

  async append({ utterance }: Parameters<RecordVerbs['append']>[0]) {
    if (this.refuses) return refused()
    const line = stored(utterance, this.lines.length + 1)
    this.lines.push(line)
    this.journal = null
    return { ok: true as const, value: { utterance: line, durableAt: now() } }
  }

  async edit({ utteranceId, version, utterance }: Parameters<RecordVerbs['edit']>[0]) {
    const at = this.lines.findIndex((line) => line.id === utteranceId)
    const before = this.lines[at]
    if (before === undefined || before.version !== version)
      return { ok: false as const, error: { code: 'interviews.changed', params: {} } }
    const line = { ...before, ...utterance, version: version + 1 }
    this.lines[at] = line
    return { ok: true as const, value: { utterance: line, durableAt: now() } }
  }
}

const now = () => '2026-12-03T02:00:00.000Z'
const refused = () => ({ ok: false as const, error: { code: 'journal.refused', params: {} } })
const stored = (input: UtteranceInput, seq: number): Utterance => ({
  id: `01JDAAAAAAAAAAAAAAAAAAAA${String(seq).padStart(2, '0')}`,
  seq,
  version: 1,
  ...input,
})

const said = (text: string, second: number): UtteranceInput => ({
  speakerId: hostId,
  kind: 'statement',
  section: 'hear',
  part: 1,
  audience: 'all',
  marked: false,
  commitment: null,
  text,
  startedAt: `2026-12-03T01:50:0${second}.000Z`,
  endedAt: `2026-12-03T01:50:0${second}.500Z`,
})

/** The record over a textarea that is only a text and a caret. */
function opened(disk: Disk, live: LiveLine | null = null, waiting: UtteranceInput[] = []) {
  const record = new LiveRecord(disk, { interview, utterances: [...disk.lines], live, waiting }, now)
  const box = { text: record.opening.text, caret: record.opening.caret }
  /** What an input method does to the box: jobs wait for its end. */
  const composing = { now: false, jobs: [] as (() => void)[] }
  record.attach({
    read: () => ({ ...box }),
    write: (text, caret) => {
      box.text = text
      box.caret = caret
    },
    draft: () => ({ ...box }),
    restore: (draft) => Object.assign(box, draft),
    whenFree: (job) => (composing.now ? composing.jobs.push(job) : job()),
  })
  const type = (text: string) => {
    box.text = text
    box.caret = text.length
    record.typed(text, text.length)
  }
  const compose = (text: string) => {
    composing.now = true
    box.text = text
    box.caret = text.length
  }
  const choose = (text: string) => {
    composing.now = false
    type(text)
    for (const job of composing.jobs.splice(0)) job()
  }
  return { record, box, type, compose, choose }
}

describe('the live record', () => {
  test('typed text reaches the journal, with its caret, before a second has passed', async () => {
    const disk = new Disk()
    const { type, record } = opened(disk)
    type('请说明')
    type('请说明该项投资')
    await expect.poll(() => disk.journal?.text, { timeout: 1_000 }).toBe('请说明该项投资')
    expect(disk.journal?.caret).toBe(7)
    expect(disk.kept).toHaveLength(1)
    expect(record.snapshot().disk).toMatchObject({ state: 'durable', at: now() })
  })

  test('Enter empties the line at once, and the sentence is confirmed when the database has it', async () => {
    const disk = new Disk()
    const { record, box, type } = opened(disk)
    type('请说明。')
    record.commit()
    expect(box.text).toBe('')
    expect(record.snapshot().lines).toMatchObject([{ confirmed: false, utterance: { text: '请说明。' } }])
    await record.flush()
    expect(record.snapshot().lines).toMatchObject([{ confirmed: true, utterance: { id: disk.lines[0]?.id } }])
    expect(disk.journal?.text).toBe('')
    expect(record.unsaved).toBe(false)
  })

  test('an empty line is no sentence', async () => {
    const disk = new Disk()
    const { record, type } = opened(disk)
    type('  \n ')
    record.commit()
    await record.flush()
    expect(disk.lines).toHaveLength(0)
  })

  test('a refusing disk shows, keeps the order, and takes everything as soon as it can', async () => {
    const disk = new Disk()
    const { record, type } = opened(disk)
    disk.refuses = true
    type('第一句')
    record.commit()
    type('第二句')
    record.commit()
    type('第三')
    await record.flush()
    expect(record.snapshot().disk).toMatchObject({ state: 'refused', failure: { code: 'journal.refused' } })
    expect(record.unsaved).toBe(true)
    disk.refuses = false
    await record.flush()
    expect(disk.lines.map((line) => line.text)).toEqual(['第一句', '第二句'])
    expect(disk.journal?.text).toBe('第三')
    expect(record.snapshot().disk.state).toBe('durable')
  })

  test('sentences the database refuses stand in the journal, each by itself, so that a killed process loses none', async () => {
    const disk = new Disk()
    const append = disk.append.bind(disk)
    disk.append = async () => refused()
    const { record, type } = opened(disk)
    type('第一句')
    record.commit()
    type('第二句')
    record.commit()
    type('第三')
    await record.flush()
    expect(disk.waiting.map(({ text }) => text)).toEqual(['第一句', '第二句'])
    expect(disk.journal).toMatchObject({ text: '第三', caret: 2 })
    expect(record.snapshot().disk).toMatchObject({ state: 'reserved', failure: { code: 'journal.refused' } })
    expect(record.unsaved).toBe(true)
    disk.append = append
    await record.flush()
    expect(disk.lines.map((line) => line.text)).toEqual(['第一句', '第二句'])
    expect(disk.journal?.text).toBe('第三')
    expect(disk.waiting).toEqual([])
    expect(record.snapshot().disk).toMatchObject({ state: 'durable', failure: null })
  })

  test('what is typed while sentences wait for the database reaches the journal within the second all the same', async () => {
    const disk = new Disk()
    disk.append = async () => refused()
    const { record, type } = opened(disk)
    type('第一句')
    record.commit()
    await expect.poll(() => record.snapshot().disk.state).toBe('reserved')
    type('后面的话')
    await expect.poll(() => disk.journal?.text, { timeout: 1_000 }).toBe('后面的话')
  })

  test('a later record takes up the sentences the journal holds, in their order, and lands them once', async () => {
    const disk = new Disk()
    const { record, box, type } = opened(disk, null, [said('第一句', 1), said('第二句', 2)])
    expect(record.snapshot().lines).toMatchObject([
      { confirmed: false, utterance: { text: '第一句' } },
      { confirmed: false, utterance: { text: '第二句' } },
    ])
    type('第三句')
    record.commit()
    await record.flush()
    expect(disk.lines.map((line) => line.text)).toEqual(['第一句', '第二句', '第三句'])
    expect(record.snapshot().lines.every((line) => line.confirmed)).toBe(true)
    expect(box.text).toBe('')
  })

  test('a sentence the interview may not take comes back into the line', async () => {
    const disk = new Disk()
    disk.append = async () => ({ ok: false, error: { code: 'interviews.wrongState', params: { state: 'paused' } } })
    const { record, box, type } = opened(disk)
    type('暂停时说的话')
    record.commit()
    await record.flush()
    expect(box.text).toBe('暂停时说的话')
    expect(record.snapshot()).toMatchObject({ lines: [], refusal: { code: 'interviews.wrongState' }, open: true })
    expect(disk.journal?.text).toBe('暂停时说的话')
  })

  test('editing puts the live line aside and brings it back with its caret and settings', async () => {
    const disk = new Disk()
    const { record, box, type } = opened(disk)
    type('八个项目')
    record.commit()
    await record.flush()
    record.choose({ kind: 'question' })
    type('请继续说')
    box.caret = 2
    record.edit(record.snapshot().lines[0]?.utterance ?? never())
    expect(box.text).toBe('八个项目')
    await record.flush()
    expect(disk.journal).toMatchObject({
      text: '八个项目',
      editing: { utteranceId: disk.lines[0]?.id, version: 1, aside: { text: '请继续说', caret: 2, kind: 'question' } },
    })
    type('九个项目')
    record.commit()
    expect(record.snapshot().editing).toBe(null)
    await record.flush()
    expect(box).toEqual({ text: '请继续说', caret: 2 })
    expect(record.snapshot().settings.kind).toBe('question')
    expect(disk.lines).toMatchObject([{ text: '九个项目', version: 2 }])
    expect(record.snapshot().lines).toMatchObject([{ utterance: { text: '九个项目', version: 2 } }])
  })

  test('a kill in mid-edit comes back to the edit, with the line put aside behind it', async () => {
    const disk = new Disk()
    const { record, box, type } = opened(disk)
    type('八个项目')
    record.commit()
    await record.flush()
    type('请继续说')
    record.edit(record.snapshot().lines[0]?.utterance ?? never())
    box.caret = 1
    record.typed('九个项目', 1)
    await record.flush()

    const later = opened(disk, disk.journal)
    expect(later.box).toEqual({ text: '九个项目', caret: 1 })
    expect(later.record.snapshot().editing).toMatchObject({ text: '八个项目' })
    later.record.commit()
    await later.record.flush()
    expect(disk.lines).toMatchObject([{ text: '九个项目', version: 2 }])
    expect(later.box.text).toBe('请继续说')
  })

  test('an edit somebody else overtook is refused and the words stay in the line', async () => {
    const disk = new Disk()
    const { record, box, type } = opened(disk)
    type('八个项目')
    record.commit()
    await record.flush()
    const line = record.snapshot().lines[0]?.utterance ?? never()
    disk.lines[0] = { ...line, version: 5 }
    record.edit(line)
    type('九个项目')
    record.commit()
    await expect.poll(() => record.snapshot().refusal?.code).toBe('interviews.changed')
    expect(box.text).toBe('九个项目')
    record.leaveEdit()
    expect(box.text).toBe('')
  })

  test('a second line taken up while one is being reworked: both wordings land, and the line put aside comes back', async () => {
    const disk = new Disk()
    const { record, box, type } = opened(disk)
    for (const text of ['八个项目', '三月提交']) {
      type(text)
      record.commit()
    }
    await record.flush()
    type('请继续说')
    const [first = never(), second = never()] = record.snapshot().lines.map((line) => line.utterance)
    record.edit(first)
    type('九个项目')
    record.edit(first)
    expect(box.text).toBe('九个项目')
    record.edit(second)
    await expect.poll(() => box.text).toBe('三月提交')
    type('四月提交')
    record.commit()
    await record.flush()
    expect(disk.lines.map((line) => [line.text, line.version])).toEqual([
      ['九个项目', 2],
      ['四月提交', 2],
    ])
    expect(box.text).toBe('请继续说')
    // Looked at and left as it was: no wording of its own.
    record.edit(record.snapshot().lines[0]?.utterance ?? never())
    record.edit(record.snapshot().lines[1]?.utterance ?? never())
    record.leaveEdit()
    await record.flush()
    expect(disk.lines.map((line) => line.version)).toEqual([2, 2])
    expect(box.text).toBe('请继续说')
  })

  test('what is typed while a rewording is on its way stays; meanwhile the journal holds both', async () => {
    const disk = new Disk()
    const { record, box, type } = opened(disk)
    type('八个项目')
    record.commit()
    await record.flush()
    const land = Disk.prototype.edit.bind(disk)
    let answer: () => void = never
    const asked = new Promise<void>((resolve) => {
      disk.edit = async (input) => {
        resolve()
        await new Promise<void>((done) => {
          answer = done
        })
        return land(input)
      }
    })
    record.edit(record.snapshot().lines[0]?.utterance ?? never())
    type('九个项目')
    record.commit()
    expect(record.snapshot().editing).toBe(null)
    type('下一句')
    record.commit()
    type('再下一句')
    await asked
    await expect.poll(() => disk.journal).toMatchObject({ text: '九个项目', editing: { aside: { text: '再下一句' } } })
    expect(record.unsaved).toBe(true)
    answer()
    await record.flush()
    expect(disk.lines.map((line) => line.text)).toEqual(['九个项目', '下一句'])
    expect(box.text).toBe('再下一句')
    expect(disk.journal).toMatchObject({ text: '再下一句' })
    expect(disk.journal?.editing).toBe(undefined)

    // Refused, the wording is back in the line, and what was typed meanwhile waits behind it.
    disk.edit = async () => ({ ok: false, error: { code: 'interviews.usedElsewhere', params: {} } })
    record.edit(record.snapshot().lines[0]?.utterance ?? never())
    type('十个项目')
    record.commit()
    await expect.poll(() => record.snapshot().refusal?.code).toBe('interviews.usedElsewhere')
    expect(box.text).toBe('十个项目')
    record.leaveEdit()
    expect(box.text).toBe('再下一句')
  })

  test('a sentence that comes back during a composition waits for its end, and the composed word stays', async () => {
    const disk = new Disk()
    disk.append = async () => ({ ok: false, error: { code: 'interviews.wrongState', params: { state: 'paused' } } })
    const { record, box, type, compose, choose } = opened(disk)
    type('暂停时说的话')
    record.commit()
    compose('zaijian')
    await record.flush()
    expect(box.text).toBe('zaijian')
    choose('再见')
    expect(box.text).toBe('暂停时说的话\n再见')
    await record.flush()
    expect(disk.journal?.text).toBe('暂停时说的话\n再见')
  })

  test('a line is meant for all, for one, for some (Art. 6): each key toggles what it says and nothing else', async () => {
    const disk = new Disk()
    const { record, type } = opened(disk)
    const audience = () => record.snapshot().settings.audience
    const [a, b] = ['01JDAAAAAAAAAAAAAAAAAAAA31', '01JDAAAAAAAAAAAAAAAAAAAA32'] as const
    record.concern(a)
    expect(audience()).toEqual([a])
    record.concern(b)
    expect(audience()).toEqual([a, b])
    record.concern(a)
    expect(audience()).toEqual([b])
    type('只对乙说的话')
    record.commit()
    await record.flush()
    expect(disk.lines.map((line) => line.audience)).toEqual([[b]])
    record.concern(b)
    expect(audience()).toBe('all')
    const round = [0, 1, 2].map(() => {
      record.nextAudience([a, b])
      return audience()
    })
    expect(round).toEqual([[a], [b], 'all'])
  })

  test('lines said at once have moments of their own, by which the journal tells them apart', async () => {
    const disk = new Disk()
    const { record } = opened(disk)
    record.say(['一', '二', '三'].map((text) => ({ section: 'state', text })))
    await record.flush()
    expect(new Set(disk.lines.map((line) => `${line.startedAt}/${line.endedAt}`)).size).toBe(3)
  })

  test('what the door refuses is said as a refusal and not tried again by itself', async () => {
    const disk = new Disk()
    let asked = 0
    disk.keep = async () => {
      asked += 1
      return { ok: false, error: { code: 'door.role', params: {} } }
    }
    const { record, type } = opened(disk)
    type('旁听者的一键')
    await expect.poll(() => record.snapshot().refusal?.code).toBe('door.role')
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(asked).toBe(1)
  })

  test('what the journal held comes back at its caret, and later writes are newer than it', async () => {
    const disk = new Disk()
    const live: LiveLine = {
      speakerId: hostId,
      kind: 'question',
      section: 'ask',
      part: null,
      audience: 'all',
      commitment: null,
      marked: true,
      text: '请问该项投资的',
      caret: 2,
      startedAt: now(),
      revision: 41,
    }
    const { record, box, type } = opened(disk, live)
    expect(box).toEqual({ text: '请问该项投资的', caret: 2 })
    expect(record.snapshot()).toMatchObject({
      recovered: 7,
      settings: { kind: 'question', section: 'ask', marked: true },
    })
    type('请问该项投资的决策')
    await record.flush()
    expect(disk.journal?.revision).toBe(42)
    expect(record.snapshot().recovered).toBe(0)
  })

  test('待核 comes back with the line put aside and with the line that was being worked over', async () => {
    const disk = new Disk()
    const { record, type } = opened(disk)
    type('八个项目')
    record.commit()
    await record.flush()
    const line = record.snapshot().lines.at(-1)?.utterance
    if (line === undefined) throw new Error('nothing was said')
    type('金额待核对')
    record.choose({ marked: true })
    record.edit(line)
    record.choose({ marked: false })
    type('九个项目')
    await record.flush()
    const later = opened(disk, disk.journal)
    expect(later.record.snapshot().settings.marked).toBe(false)
    later.record.leaveEdit()
    expect(later.box.text).toBe('金额待核对')
    expect(later.record.snapshot().settings.marked).toBe(true)
  })

  test('speaker and kind come back even where nothing was being typed', async () => {
    const disk = new Disk()
    const { record, type } = opened(disk)
    record.choose({ kind: 'question', speakerId: null })
    type('请说明。')
    record.commit()
    await record.flush()
    const later = opened(disk, disk.journal)
    expect(later.record.snapshot()).toMatchObject({
      settings: { kind: 'question', speakerId: null },
      recovered: 0,
      open: false,
    })
  })

  test('a kind brings its usual section, a section key overrides it, and neither touches the text', () => {
    const { record, box, type } = opened(new Disk())
    type('请说明')
    record.choose({ kind: 'statement' })
    expect(record.snapshot().settings).toMatchObject({ kind: 'statement', section: 'hear' })
    record.choose({ section: 'other' })
    expect(record.snapshot().settings).toMatchObject({ kind: 'statement', section: 'other' })
    expect(box.text).toBe('请说明')
  })
})

function never(): never {
  throw new Error('the line is missing')
}
