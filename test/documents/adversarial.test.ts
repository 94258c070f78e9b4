import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atomsOf, breakLines, type Line } from '#electron/documents/breaking.ts'
import { fontBook } from '#electron/documents/fonts.ts'
import { type FaceRole, grid } from '#electron/documents/gbt9704.ts'
import { bodySetting } from '#electron/documents/layout-rows.ts'
import type { Run } from '#electron/documents/model.ts'

/**
 * 20,000 lines of the worst text an office may type, judged by rules written here and not taken from the breaker:
 * GB/T 15834-2011 §5.1 (places of marks), GB/T 9704 (a number and its unit, a word, a file number are not torn apart).
 */
const neverFirst = '，。、；：？！）〕】》〉」』”’％‰℃·～%,.;:?!)]}'
const neverLast = '（〔【《〈「『“‘([{￥'
/** Pairs of neighbours no line's end may part. */
const inseparable: readonly RegExp[] = [
  /——/g,
  /……/g,
  /[A-Za-z]{2,}/g,
  /\d[\d.,]*\d/g,
  /\d(?:年|月|日|时|分|元|万元|亿元|个工作日|%|％|‰|℃|号|条|人|名|平方米|公里)/g,
  /〔\d{4}〕\d+号/g,
  /[A-Za-z]\d|\d[A-Za-z]/g,
]

const book = fontBook([])
const roles: readonly FaceRole[] = ['fangsong', 'heiti', 'kaiti', 'songti', 'xiaobiaosong']

const han = fc.constantFrom('国', '资', '监', '管', '约谈', '整改', '重庆市', '喆', '堃', '赟', '𬭸', '一', '某某')
const closing = fc.constantFrom(
  '，',
  '。',
  '、',
  '；',
  '：',
  '？',
  '！',
  '）',
  '〕',
  '》',
  '”',
  '’',
  '】',
  '。”',
  '）。',
  '》）',
  '！？',
)
const opening = fc.constantFrom('（', '〔', '《', '“', '‘', '【', '（《', '“‘', '：“')
const strong = fc.constantFrom('——', '……', '——“', '……”', '……。', '·', '—', '～')
const latin = fc.constantFrom(
  'ERP',
  'V2.1',
  'PPP',
  'e',
  'iPhone17',
  'A4',
  'GB/T',
  'x-ray',
  '(SASAC)',
  'No.7',
  '& Co.',
  ' ',
)
const figure = fc
  .tuple(
    fc.constantFrom('1', '12', '2026', '3,200', '12.35', '1,234,567.89', '0.5'),
    fc.constantFrom(
      '年',
      '月',
      '日',
      '元',
      '万元',
      '亿元',
      '个工作日',
      '%',
      '％',
      '‰',
      '℃',
      '号',
      '条',
      '人',
      '平方米',
      '',
    ),
  )
  .map(([number, unit]) => number + unit)
const special = fc.constantFrom(
  '〔2026〕15号',
  '2026年3月1日',
  '￥100万元',
  '（一）',
  '1.',
  '（1）',
  '第12条',
  '9:00',
  '50%—60%',
)
const token = fc.oneof({ weight: 5, arbitrary: han }, closing, opening, strong, latin, figure, special)
const runs = fc
  .array(fc.tuple(fc.array(token, { minLength: 1, maxLength: 24 }), fc.constantFrom(...roles)), {
    minLength: 1,
    maxLength: 5,
  })
  // A mark is never left out for this: texts begin and end with a character.
  .map((parts): Run[] => [
    { text: '国', face: 'fangsong' },
    ...parts.map(([tokens, face]): Run => ({ text: limited(tokens.join('')), face })),
    { text: '资委会议', face: 'fangsong' },
  ])

/** Where only marks follow one another for half a line, no place to break is left to anybody. */
const limited = (text: string): string => text.replace(/[^\p{L}\p{N} ]{9,}/gu, (marks) => `${marks.slice(0, 8)}国`)

const textOf = (line: Line): string => line.pieces.map((piece) => piece.text).join('')

/** Names every fault of a set of lines. */
function faults(source: string, lines: readonly Line[], room: number): string[] {
  const found: string[] = []
  const texts = lines.map(textOf)
  if (texts.join('').replace(/ /g, '') !== source.replace(/ /g, '')) found.push('text lost')
  let at = 0
  const ends = new Set<number>()
  for (const [index, text] of texts.entries()) {
    // Where the line ends in the source, whose blanks at a line's end are not printed.
    for (const character of text) at = source.indexOf(character, at) + character.length
    ends.add(at)
    if (index > 0 && neverFirst.includes(text.charAt(0))) found.push(`begins with ${text.charAt(0)}`)
    if (index < texts.length - 1 && neverLast.includes(text.slice(-1))) found.push(`ends with ${text.slice(-1)}`)
  }
  for (const pattern of inseparable) {
    for (const match of source.matchAll(pattern)) {
      for (let inside = match.index + 1; inside < match.index + match[0].length; inside += 1)
        if (ends.has(inside)) found.push(`tears ${match[0]}`)
    }
  }
  for (const line of lines) {
    if (line.width > room + bodySetting.size / 2 + 0.1) found.push(`too wide by ${line.width - room}`)
    let edge = Number.NEGATIVE_INFINITY
    for (const piece of line.pieces) {
      if (piece.x < edge - 1) found.push('pieces overlap')
      if (piece.spacing < bodySetting.tracking - 0.04 * bodySetting.size) found.push('characters collide')
      const width = (piece.face.advance(piece.text) * bodySetting.size) / 1000
      edge = piece.x + width + [...piece.text].length * piece.spacing
    }
  }
  return found
}

describe('20,000 adversarial lines', () => {
  it('are broken without a single fault, in any mixture of faces and at any width', () => {
    let count = 0
    fc.assert(
      fc.property(runs, fc.constantFrom(28, 26, 23.5, 21), (list, cells) => {
        const room = cells * grid.cell
        const lines = breakLines(atomsOf(list, bodySetting.size, book), bodySetting, () => room)
        count += lines.length
        expect(faults(list.map((run) => run.text).join(''), lines, room)).toEqual([])
      }),
      { numRuns: 10_000, seed: 9704 },
    )
    expect(count).toBeGreaterThan(20_000)
  })

  it('notices a fault: the judge is not blind', () => {
    const piece = (text: string): Line => ({
      pieces: [{ text, face: book.face('fangsong', '国'), x: 0, spacing: 0 }],
      width: 100,
    })
    expect(faults('国资，委', [piece('国资'), piece('，委')], 400)).toContain('begins with ，')
    expect(faults('国（资委', [piece('国（'), piece('资委')], 400)).toContain('ends with （')
    expect(faults('国——资', [piece('国—'), piece('—资')], 400)).toContain('tears ——')
    expect(faults('第12条', [piece('第12'), piece('条')], 400)).toContain('tears 2条')
  })
})
