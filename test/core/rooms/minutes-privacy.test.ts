import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  attendanceOf,
  insertInterview,
  insertUtterance,
  replaceAttendance,
  updateInterview,
} from '#db/repositories/interviews.ts'
import type { Desk } from '#electron/core/sample/desk.ts'
import { utteranceKinds } from '#shared/domain/interviews.ts'
import type { Minutes } from '#shared/domain/minutes.ts'
import {
  classifyAll,
  holdInterview,
  issueNotices,
  openCase,
  openOffice,
  said,
  type TestOffice,
  unclassified,
} from '../../support/office.ts'

/*
 * Art. 6: what is said to one enterprise of a collective interview only never reaches another. Random records, walked
 * through the real door and printed by the real papers; the words are found again by Poppler and unzip.
 */
const names = ['渝某实业集团有限公司', '渝某建设投资集团有限公司', '渝某物流集团有限公司'] as const
const persons = ['李喆某', '周堃某', '吴赟某'] as const
/** Makes real papers in real workers; a slow machine takes its time. */
const longPath = 900_000
/** Random records; each prints three papers. */
const rounds = 5

interface Line {
  readonly kind: (typeof utteranceKinds)[number]
  /** Indexes of the enterprises it is for; null: all. */
  readonly to: readonly number[] | null
  readonly by: number
}
const line: fc.Arbitrary<Line> = fc.record({
  kind: fc.constantFrom(...utteranceKinds),
  to: fc.option(fc.subarray([0, 1, 2], { minLength: 1, maxLength: 2 })),
  by: fc.nat(2),
})

/** Words nobody would type twice, so that one place where they stand is proof. */
const wordsOf = (round: number, index: number): string =>
  `第${round}轮第${index}句只此一处${(round * 7919 + index * 104729).toString(36)}话`

/** An ended interview with these lines and the people of `base`, as another sitting of the same case. */
async function record(
  desk: Desk,
  caseId: string,
  base: string,
  enterprises: readonly string[],
  round: number,
  lines: readonly Line[],
) {
  const { cases } = desk.session.archive
  if (!cases) throw new Error('no case database')
  const now = new Date().toISOString()
  const id = (prefix: string, n: number): string =>
    `01KB${prefix}${String(round).padStart(4, '0')}${String(n).padStart(14, '0')}`.slice(0, 26)
  const interviewId = id('0000', 0)
  await cases.knex.transaction(async (trx) => {
    await insertInterview(trx, { id: interviewId, caseId, place: '', hostName: '赵某某', hostTitle: '处长', now })
    await replaceAttendance(
      trx,
      interviewId,
      (await attendanceOf(trx, base)).map((one, index) => ({
        ...one,
        id: id('0001', index),
        state: 'present' as const,
      })),
    )
    const speakers = (await attendanceOf(trx, interviewId)).filter((one) => one.delegation === 'enterprise')
    for (const [index, { kind, to, by }] of lines.entries()) {
      const audience = to === null ? ('all' as const) : to.map((one) => enterprises[one] ?? '')
      const value = said({ text: `${wordsOf(round, index)}。`, kind, audience, speakerId: speakers[by]?.id ?? null })
      await insertUtterance(
        trx,
        interviewId,
        { id: id('0002', index), seq: index + 1, version: 1, ...value },
        desk.accountId,
        now,
      )
    }
    await updateInterview(trx, interviewId, { state: 'ended', started_at: now, ended_at: now, updated_at: now })
  })
  return interviewId
}

const unspaced = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '')

function pdfText(office: TestOffice, bytes: Uint8Array): string {
  const file = join(office.outside, 'paper.pdf')
  writeFileSync(file, bytes)
  return unspaced(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).replace(/—\d+—/g, '')
}

/** Every word of a DOCX, wherever it stands in it: body, frames, head and foot. */
function docxText(file: string): string {
  return unspaced(execFileSync('unzip', ['-p', file], { encoding: 'utf8', maxBuffer: 1 << 26 }).replace(/<[^>]*>/g, ''))
}

test(
  'of a random collective record, no word meant for another enterprise reaches minutes, preview, comments, search or paper',
  async () => {
    const office = await openOffice()
    const jilu = await office.at('jilu')
    const { caseId, enterprises } = await openCase(office, names)
    await issueNotices(office, caseId, unclassified)
    const base = await holdInterview(office, caseId, enterprises, [{ text: '开始约谈。', kind: 'explain', key: 1 }])
    const { cases } = jilu.session.archive
    for (const [index, name] of persons.entries())
      await cases?.knex('attendance').where({ enterprise_id: enterprises[index] }).update({ name, unit: names[index] })

    let round = 0
    let last: readonly Line[] = []
    let lastMinutes: Minutes[] = []
    const check = async (lines: readonly Line[]) => {
      round += 1
      const interviewId = await record(jilu, caseId, base, enterprises, round, lines)
      const drafted = (await jilu.call('minutes.draft', { caseId, interviewId })).filter(
        (one) => one.interviewId === interviewId,
      )
      expect(drafted.map((one) => one.enterpriseId)).toEqual(enterprises)
      for (const [own, minutes] of drafted.entries()) {
        const foreign = lines.flatMap(({ to }, index) =>
          to !== null && !to.includes(own) ? [wordsOf(round, index)] : [],
        )
        const target = { caseId, minutesId: minutes.id }
        const [first] = minutes.sentences
        if (first) await jilu.call('minutes.comment', { ...target, sentenceId: first.id, text: '请核。' })
        const { pdf } = await jilu.call('papers.preview', {
          caseId,
          kind: 'minutes',
          objectId: minutes.id,
          fields: null,
        })
        const places: [string, string][] = [
          ['minutes', unspaced(JSON.stringify(minutes))],
          ['comments', unspaced(JSON.stringify(await jilu.call('minutes.comments', target)))],
          ['paper', pdfText(office, pdf)],
        ]
        for (const words of foreign) {
          for (const [place, text] of places)
            expect({ place, own, words, stands: text.includes(words) }).toMatchObject({ stands: false })
          const { hits } = await jilu.call('search.query', { query: words })
          expect(hits.filter((hit) => hit.kind === 'minutes' && hit.title.includes(names[own] ?? ''))).toEqual([])
        }
        // Nor by hand: a sentence that names a foreign utterance, or a draft that does, is refused at the door.
        const stray = lines.findIndex(({ to }) => to !== null && !to.includes(own))
        if (stray >= 0) {
          const opened = await jilu.call('interviews.get', { caseId, interviewId })
          const sources = [opened.utterances[stray]?.id ?? '']
          const put = [{ id: 'x', section: 'other' as const, text: '摘来的话', sources, joined: false }]
          const { fields, version } = minutes
          const stolen = { version, fields, sentences: put }
          await expect(
            jilu.call('minutes.save', { ...target, version, fields, put, order: ['x'], place: null }),
          ).rejects.toThrow('minutes.foreignSource')
          await expect(
            jilu.call('minutes.keep', { ...target, kept: { base: stolen, mine: stolen }, place: null }),
          ).rejects.toThrow('minutes.foreignSource')
        }
        for (const [other, person] of persons.entries()) {
          const named = places[2]?.[1].includes(person) ?? false
          const party = minutes.fields.enterpriseParty.includes(person)
          expect({ own, other, party }).toEqual({ own, other, party: own === other })
          // A person of another enterprise stands on this paper only as who said something to all.
          if (other !== own && named)
            expect(lines.some(({ to, by }) => by === other && (to === null || to.includes(own)))).toBe(true)
        }
      }
      last = lines
      lastMinutes = drafted
    }
    await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 3, maxLength: 25 }), check), {
      numRuns: rounds,
      endOnFailure: true,
    })

    // The last of them to the end: both formats as they are filed and exported.
    const folder = join(office.outside, 'disc')
    mkdirSync(folder)
    for (const minutes of lastMinutes) {
      const target = { caseId, minutesId: minutes.id }
      for (const comment of await jilu.call('minutes.comments', target))
        await jilu.call('minutes.resolve', { ...target, commentId: comment.id })
      if (minutes.sentences.length === 0) {
        const put = [{ id: 'own', section: 'other' as const, text: '无其他事项。', sources: [], joined: false }]
        const { fields, version } = minutes
        await jilu.call('minutes.save', { ...target, version, fields, put, order: ['own'], place: null })
      }
      await jilu.call('minutes.submit', { ...target, proposal: unclassified })
    }
    await classifyAll(office, caseId)
    const chuzhang = await office.at('chuzhang')
    for (const [own, minutes] of lastMinutes.entries()) {
      await chuzhang.call('minutes.finalise', { caseId, minutesId: minutes.id })
      const papers = (await jilu.call('papers.list', { caseId })).filter((paper) => paper.objectId === minutes.id)
      expect(papers.map((paper) => paper.format).sort()).toEqual(['docx', 'pdf'])
      for (const paper of papers) {
        const way = { act: 'export' as const, recipient: '处室存', purpose: '核对', medium: '', parentId: null }
        const [ticket] = await jilu.call('copies.request', { caseId, paperIds: [paper.id], ...way })
        const { file } = await jilu.call('copies.take', { caseId, ticketId: ticket?.id ?? '', folder })
        const text =
          paper.format === 'pdf'
            ? unspaced(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }))
            : docxText(file)
        for (const [index, { to }] of last.entries()) {
          if (to !== null && !to.includes(own)) expect(text).not.toContain(wordsOf(round, index))
        }
        // The paper does hold what is its own: the search above would find nothing in an empty one.
        for (const sentence of minutes.sentences) expect(text.replace(/—\d+—/g, '')).toContain(unspaced(sentence.text))
      }
    }
  },
  longPath,
)
