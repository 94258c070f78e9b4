import { expect, test } from 'vitest'
import { holdInterview, issueNotices, openCase, openOffice, unclassified } from '../../support/office.ts'

const names = ['渝某实业集团有限公司', '渝某建设投资集团有限公司', '渝某物流集团有限公司']

/** Makes real papers in real workers, dozens of them; a slow machine takes its time. */
const longPath = 600_000

test(
  'Art. 6: of three enterprises talked to together, none reads in its papers what was meant for another',
  async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const jilu = await office.at('jilu')
    const { caseId, enterprises } = await openCase(office, names)
    await issueNotices(office, caseId, unclassified)
    const notices = await chengban.call('notices.list', { caseId })
    expect(notices.map((one) => [one.number?.replace(/^.*〕/, ''), one.mark])).toEqual([
      ['1号', null],
      ['2号', null],
      ['3号', null],
    ])
    const secrets = enterprises.map((_id, index) => `只对第${index}家说的话`)
    const interviewId = await holdInterview(office, caseId, enterprises, [
      { text: '对各家都说的话。', kind: 'opinion', key: 1 },
      ...enterprises.map((id, index) => ({
        text: `${secrets[index]}。`,
        kind: 'statement' as const,
        key: index + 2,
        audience: [id],
      })),
      ...enterprises.map((_id, index) => ({
        text: `第${index}家的承诺。`,
        kind: 'commitment' as const,
        key: index + 2,
      })),
    ])
    const drafted = await jilu.call('minutes.draft', { caseId, interviewId })
    expect(drafted).toHaveLength(3)
    for (const [index, minutes] of drafted.entries()) {
      const whole = JSON.stringify(minutes)
      for (const [other, words] of secrets.entries()) expect(whole.includes(words)).toBe(other === index)
      expect(minutes.fields.enterpriseParty).toContain('李某')
      expect(minutes.fields.enterpriseParty).not.toContain('、')
      // Nor can a foreign sentence be put in by hand.
      const foreign = drafted[(index + 1) % 3]?.sentences.find((one) => one.text.includes('只对')) ?? { sources: [] }
      const { fields } = minutes
      const put = [{ id: 'new', section: 'other' as const, text: '摘来的话', sources: foreign.sources, joined: false }]
      await expect(
        jilu.call('minutes.save', {
          caseId,
          minutesId: minutes.id,
          version: minutes.version,
          fields,
          put,
          order: ['new'],
          place: null,
        }),
      ).rejects.toThrow('minutes.foreignSource')
    }
    // Commitments belong to the enterprise that made them, even when all were listening.
    const { items, clocks } = await chengban.call('rectification.get', { caseId })
    expect(items.map((one) => one.enterpriseId)).toEqual(enterprises)
    expect(clocks).toHaveLength(3)
    for (const clock of clocks) expect(clock.days.filter((one) => one.counted)).toHaveLength(10)

    // The papers as they will print: the preview of one enterprise's minutes is not that of another's.
    const previews = []
    for (const minutes of drafted) {
      const { pdf } = await jilu.call('papers.preview', { caseId, kind: 'minutes', objectId: minutes.id, fields: null })
      expect(Buffer.from(pdf.subarray(0, 4)).toString()).toBe('%PDF')
      previews.push(Buffer.from(pdf).toString('base64'))
    }
    expect(new Set(previews).size).toBe(3)
  },
  longPath,
)
