import { expect, test } from 'vitest'
import type { Utterance } from '#shared/domain/interviews.ts'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { holdInterview, issueNotices, openCase, openOffice, unclassified } from '../../support/office.ts'

/** Makes real papers in real workers; a slow machine takes its time. */
const longPath = 600_000

test(
  'a line of the closed record: speaker, kind and audience are corrected with every version kept, and Art. 6 holds',
  async () => {
    const office = await openOffice()
    const jilu = await office.at('jilu')
    const names = ['渝某实业集团有限公司', '渝某物流集团有限公司'] as const
    const { caseId, enterprises } = await openCase(office, [...names])
    const [a = '', b = ''] = enterprises
    await issueNotices(office, caseId, unclassified)
    const interviewId = await holdInterview(office, caseId, enterprises, [
      { text: '现在开始约谈。', kind: 'explain', key: 1 },
      { text: '担保余额为三亿元。', kind: 'statement', key: 2 },
      { text: '年底前收回款项。', kind: 'statement', key: 2 },
    ])
    const one = { caseId, interviewId }
    const lines = async () => (await jilu.call('interviews.get', one)).utterances
    const edit = async (before: Utterance | undefined, change: Partial<Utterance>) => {
      if (!before) throw new Error('no line')
      const { id: utteranceId, seq: _seq, version, ...utterance } = before
      return jilu.call('interviews.edit', { ...one, utteranceId, version, utterance: { ...utterance, ...change } })
    }

    // Before the first edition: 承诺 was heard as 陈述, of the first enterprise only.
    const items = async () =>
      (await jilu.call('rectification.get', { caseId })).items.map((item) => [item.enterpriseId, item.text])
    expect(await items()).toEqual([])
    await edit((await lines())[2], { kind: 'commitment', audience: [a] })
    expect(await items()).toEqual([[a, '年底前收回款项。']])
    // Corrected once more, the item follows its words, person and day.
    await edit((await lines())[2], {
      text: '明年三月底前收回款项。',
      commitment: { owner: '财务部', due: '2027-03-31' },
    })
    const [followed] = (await jilu.call('rectification.get', { caseId })).items
    expect([followed?.text, followed?.owner, followed?.due]).toEqual(['明年三月底前收回款项。', '财务部', '2027-03-31'])
    const wrong = (await lines())[2]
    await edit(wrong, { kind: 'statement', commitment: null })
    expect(await items()).toEqual([])
    await expect(edit((await lines())[1], { kind: 'note' })).rejects.toThrow('interviews.ownLine')

    // Both minutes rest a sentence on the line that was meant for all; it cannot be narrowed while the other names it.
    const drafts = await jilu.call('minutes.draft', one)
    const said = (await lines())[1]
    expect(drafts.filter((each) => each.sentences.some((s) => s.sources.includes(said?.id ?? '')))).toHaveLength(2)
    await expect(edit(said, { audience: [a] })).rejects.toThrow('interviews.usedElsewhere')
    expect((await lines())[1]).toEqual(said)
    const other = drafts.find((each) => each.enterpriseId === b)
    if (!other) throw new Error('no minutes')
    const left = other.sentences.filter((s) => !s.sources.includes(said?.id ?? ''))
    const target = { caseId, minutesId: other.id }
    await jilu.call('minutes.save', {
      ...target,
      place: null,
      version: other.version,
      fields: other.fields,
      order: left.map((s) => s.id),
      put: [],
    })

    // Frozen, opened again with a reason, corrected in three parts at once.
    await jilu.call('record.freeze', { ...one, signatures: 'none' })
    await expect(edit(said, { audience: [a] })).rejects.toThrow('interviews.frozen')
    await jilu.call('record.correct', { ...one, reason: '发言人记错' })
    const third = (await jilu.call('interviews.get', one)).interview.attendees.find((each) => each.enterpriseId === b)
    await edit(said, { speakerId: third?.id ?? null, kind: 'answer', section: 'ask', part: null, audience: [a] })
    const versions = await jilu.call('interviews.versions', { ...one, utteranceId: said?.id ?? '' })
    expect(versions.map((each) => [each.version, each.kind, each.audience, each.speakerId === third?.id])).toEqual([
      [1, 'statement', 'all', false],
      [2, 'answer', [a], true],
    ])
    // The other enterprise's minutes can name it no more.
    const [now] = (await jilu.call('minutes.list', { caseId })).filter((each) => each.enterpriseId === b)
    const stolen = other.sentences.find((s) => s.sources.includes(said?.id ?? ''))
    if (!now || !stolen) throw new Error('no sentence')
    await expect(
      jilu.call('minutes.save', {
        ...target,
        place: null,
        version: now.version,
        fields: now.fields,
        order: [...now.sentences.map((s) => s.id), stolen.id],
        put: [stolen],
      }),
    ).rejects.toThrow('minutes.foreignSource')
    const { pdf } = await jilu.call('papers.preview', { caseId, kind: 'record', objectId: interviewId, fields: null })
    const words = pdfText(pdf)
    for (const change of [
      '第2版，更正原因：发言人记错',
      '第2句发言人原记“李某喆”，更正为“李某堃”。',
      '第2句类别原记“陈述”，更正为“答复”。',
      '第2句对象原记“全体企业”，更正为“渝某实业集团有限公司”。',
    ])
      expect(words).toContain(unspaced(change))
  },
  longPath,
)
