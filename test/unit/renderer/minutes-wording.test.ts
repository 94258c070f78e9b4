import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bringTogether, draftOf, formsOf, keyName, keyText } from '#renderer/features/minutes/wording.ts'
import { mergeForms } from '#shared/domain/merge.ts'
import type { MinutesDraft, Sentence } from '#shared/domain/minutes.ts'

const fields = {
  time: '2026年12月3日 上午9:30',
  place: '会议室',
  host: '赵某某',
  hostUnit: '',
  jointUnit: '',
  enterpriseParty: '',
  recorder: '郝某某',
  matter: '事由',
  requirement: '',
  attended: '',
  excused: '',
  observers: '',
  lists: false,
  signatures: false,
}
const one = (id: string, text: string): Sentence => ({ id, section: 'statements', text, sources: [], joined: false })
const base: MinutesDraft = { version: 3, fields, sentences: [one('a', '甲'), one('b', '乙'), one('c', '丙')] }
const texts = (draft: MinutesDraft) => draft.sentences.map((sentence) => sentence.text).join('')
const ids = (draft: MinutesDraft) => draft.sentences.map((sentence) => sentence.id).join('')

/** What a person who chose the other side for these keys gets. */
function choosing(keys: readonly string[], mine: MinutesDraft, theirs: MinutesDraft): MinutesDraft {
  const sides = { base, mine, theirs }
  const forms = formsOf(sides)
  const { merged, clashes } = mergeForms<Record<string, unknown>>(forms.base, forms.mine, forms.theirs)
  const settled = { ...merged }
  for (const { field, theirs: value } of clashes) if (keys.includes(field)) settled[field] = value
  return draftOf(settled, sides)
}
const clashesOf = (mine: MinutesDraft, theirs: MinutesDraft) => {
  const forms = formsOf({ base, mine, theirs })
  return mergeForms<Record<string, unknown>>(forms.base, forms.mine, forms.theirs).clashes.map((clash) => clash.field)
}

test('what only one side changed is taken from that side, and counted', () => {
  const mine = {
    ...base,
    fields: { ...fields, place: '第一会议室' },
    sentences: [one('a', '甲改'), one('b', '乙'), one('c', '丙')],
  }
  const theirs = {
    version: 4,
    fields: { ...fields, host: '钱某某' },
    sentences: [one('a', '甲'), one('n', '新'), one('b', '乙改')],
  }
  const { draft, taken, clashes } = bringTogether({ base, mine, theirs })
  expect(clashes).toBe(0)
  expect(draft.version).toBe(4)
  expect(draft.fields).toMatchObject({ place: '第一会议室', host: '钱某某' })
  expect(texts(draft)).toBe('甲改新乙改')
  // 主持人, the new sentence, the rewritten one, the one taken out.
  expect(taken).toBe(4)
})

test('what both changed is asked, field by field and sentence by sentence; mine stands until it is decided', () => {
  const mine = {
    ...base,
    fields: { ...fields, host: '孙某某', signatures: true },
    sentences: [one('a', '甲我'), one('b', '乙'), one('m', '我加')],
  }
  const theirs = {
    version: 4,
    fields: { ...fields, host: '李某某' },
    sentences: [one('a', '甲他'), one('b', '乙'), one('c', '丙他')],
  }
  expect(clashesOf(mine, theirs).sort()).toEqual(['host', 'sentence:a', 'sentence:c'])
  expect(texts(choosing([], mine, theirs))).toBe('甲我乙我加')
  const decided = choosing(['host', 'sentence:a', 'sentence:c'], mine, theirs)
  expect(decided.fields).toMatchObject({ host: '李某某', signatures: true })
  expect(texts(decided)).toBe('甲他乙丙他我加')
})

test('an order only the other account changed is taken; one that both changed is asked', () => {
  const shuffled = (order: string, version = 4) => ({
    ...base,
    version,
    sentences: [...order].map((id) => base.sentences.find((known) => known.id === id) ?? one(id, id)),
  })
  const rewritten = { ...base, sentences: [one('a', '甲改'), one('b', '乙'), one('c', '丙')] }
  const taken = bringTogether({ base, mine: rewritten, theirs: shuffled('cab') })
  expect([taken.clashes, ids(taken.draft), texts(taken.draft)]).toEqual([0, 'cab', '丙甲改乙'])
  const kept = bringTogether({ base, mine: shuffled('bac', 3), theirs: { ...rewritten, version: 4 } })
  expect([kept.clashes, ids(kept.draft)]).toEqual([0, 'bac'])
  expect(clashesOf(shuffled('bac', 3), shuffled('cab'))).toEqual(['order'])
})

test('a person reads which sentence it is and what becomes of it', () => {
  const moved = { ...one('b', '乙'), section: 'opinions' as const }
  const sides = { base, mine: base, theirs: { ...base, sentences: [one('a', '甲'), moved] } }
  const forms = formsOf(sides)
  expect(keyName('host', sides)).toBe('约谈主持人')
  expect(keyName('sentence:c', sides)).toBe('一、被约谈人员陈述情况 第3条')
  expect(keyText(forms.theirs, 'sentence:b', sides)).toBe('二｜乙')
  expect(keyText(forms.theirs, 'sentence:c', sides)).toBe('（无此条）')
})

test('of random edits by two accounts nothing is dropped unasked: every word of either stands, or was changed, or is asked', () => {
  const edit = fc.record({
    act: fc.constantFrom('rewrite', 'remove', 'add', 'up'),
    at: fc.nat(4),
    text: fc.string({ minLength: 1, maxLength: 4 }),
  })
  const apply = (edits: readonly { act: string; at: number; text: string }[], who: string): MinutesDraft => {
    const list = [...base.sentences]
    edits.forEach(({ act, at, text }, index) => {
      const place = at % Math.max(1, list.length)
      const found = list[place]
      if (act === 'add') list.splice(place, 0, one(`${who}${index}`, `${who}${index}${text}`))
      else if (found !== undefined && act === 'rewrite') list[place] = { ...found, text: `${who}${index}${text}` }
      else if (found !== undefined && act === 'remove') list.splice(place, 1)
      else if (found !== undefined) list.splice(Math.max(0, place - 1), 0, ...list.splice(place, 1))
    })
    return { version: who === 'm' ? 3 : 4, fields, sentences: list }
  }
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), fc.array(edit, { maxLength: 6 }), (own, others) => {
      const mine = apply(own, 'm')
      const theirs = apply(others, 't')
      const { draft } = bringTogether({ base, mine, theirs })
      const asked = new Set(clashesOf(mine, theirs))
      const stands = new Map(draft.sentences.map((sentence) => [sentence.id, sentence.text]))
      const began = new Map(base.sentences.map((sentence) => [sentence.id, sentence.text]))
      for (const side of [mine, theirs])
        for (const { id, text } of side.sentences)
          if (text !== began.get(id)) expect(asked.has(`sentence:${id}`) || stands.get(id) === text).toBe(true)
      expect(stands.size).toBe(draft.sentences.length)
    }),
    { numRuns: 300 },
  )
})
