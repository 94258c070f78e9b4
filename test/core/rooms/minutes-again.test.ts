import { expect, test } from 'vitest'
import { classifyAll, holdInterview, issueNotices, openCase, openOffice, unclassified } from '../../support/office.ts'

/** Makes real papers in real workers; a slow machine takes its time. */
const longPath = 600_000

test(
  'two interviews of a case: each has minutes of its own from its own record, papers and volume name which',
  async () => {
    const office = await openOffice()
    const jilu = await office.at('jilu')
    const chuzhang = await office.at('chuzhang')
    const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
    await issueNotices(office, caseId, unclassified)
    const finalise = async (minutesId: string) => {
      await jilu.call('minutes.submit', { caseId, minutesId, proposal: unclassified })
      await classifyAll(office, caseId)
      return chuzhang.call('minutes.finalise', { caseId, minutesId })
    }
    const first = await holdInterview(office, caseId, enterprises, [
      { text: '第一次所作的陈述。', kind: 'statement', key: 2 },
      { text: '第一次提出的意见。', kind: 'opinion', key: 1 },
    ])
    const [earlier] = await jilu.call('minutes.draft', { caseId, interviewId: first })
    if (!earlier) throw new Error('no minutes')
    await finalise(earlier.id)
    const titles = async (kind: string) =>
      (await jilu.call('papers.list', { caseId }))
        .filter((paper) => paper.kind === kind && paper.format === 'pdf')
        .map((paper) => paper.title)
    // While there is one interview only, nothing has to say which.
    expect(await titles('minutes')).toEqual(['约谈纪要（渝某实业集团有限公司）'])

    await chuzhang.call('interviews.again', { caseId, reason: '整改不力，再次约谈' })
    const second = await holdInterview(office, caseId, enterprises, [
      { text: '第二次所作的陈述。', kind: 'statement', key: 2 },
    ])
    expect(second).not.toBe(first)
    const both = await jilu.call('minutes.draft', { caseId, interviewId: second })
    expect(both.map((one) => [one.interviewId, one.ordinal, one.state])).toEqual([
      [first, 1, 'final'],
      [second, 2, 'draft'],
    ])
    const later = both[1]
    if (!later) throw new Error('no second minutes')
    expect(later.heldOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    const record = async (interviewId: string) =>
      (await jilu.call('interviews.get', { caseId, interviewId })).utterances.map((one) => one.id)
    expect(earlier.sentences.flatMap((one) => one.sources)).toEqual(await record(first))
    expect(later.sentences.map((one) => one.text).join('')).toContain('第二次所作的陈述。')
    expect(later.sentences.flatMap((one) => one.sources)).toEqual(await record(second))

    // A sentence rests on the record of its own interview only.
    const [stranger = ''] = await record(first)
    const borrowed = { id: 'x', section: 'other' as const, text: '借来的话。', sources: [stranger], joined: false }
    const save = { caseId, minutesId: later.id, version: later.version, fields: later.fields }
    await expect(jilu.call('minutes.save', { ...save, order: ['x'], put: [borrowed], place: null })).rejects.toThrow(
      'minutes.unknownSource',
    )

    await finalise(later.id)
    expect(await titles('minutes')).toEqual([
      '约谈纪要（渝某实业集团有限公司）',
      '约谈纪要（渝某实业集团有限公司，第2次约谈）',
    ])
    expect(await titles('record')).toEqual(['约谈记录', '约谈记录（第2次约谈）'])
    expect(await titles('classification')).toContain('定密审批表（约谈纪要（渝某实业集团有限公司，第2次约谈））')

    // The minutes of the first interview are opened again: the older edition stays, marked as what it is.
    await chuzhang.call('minutes.reopen', { caseId, minutesId: earlier.id, reason: '订正职务' })
    // The case waits for it, though the minutes of the second are final.
    expect(await jilu.call('cases.get', { caseId })).toMatchObject({
      stage: 'minutes',
      next: { code: 'minutes.submit' },
    })
    await finalise(earlier.id)
    await (await office.at('chengban')).call('cases.beginFiling', { caseId, reason: '整改尚未办结' })
    const volume = await (await office.at('chengban')).call('archive.assemble', { caseId })
    const filed = volume.items.filter((item) => item.code === 'minutes' || item.code === 'record')
    expect(filed.map((item) => item.title)).toEqual([
      '约谈记录（第1次约谈）',
      '约谈记录（第2次约谈）',
      '约谈纪要（渝某实业集团有限公司）（第1次约谈）（已被第2版替代）',
      '约谈纪要（渝某实业集团有限公司，第2次约谈）',
      '约谈纪要（渝某实业集团有限公司，第1次约谈）第2版',
    ])
  },
  longPath,
)
