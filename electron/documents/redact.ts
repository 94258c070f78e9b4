import { type Passage, type PassageRole, type Strike, strikeRuns } from '#shared/domain/redactions.ts'
import type { Block, Paper, TableCell, TableRow } from './model.ts'

/** Gives the runs of one passage back, changed or not. */
type Change = (runs: readonly string[], role: PassageRole) => readonly string[]

/**
 * Walks every text a paper prints or carries, in its order, the mark apart: that is decided anew. The only walk there is:
 * what is listed is what is struck.
 */
function walk(paper: Paper, change: Change): Paper {
  const runs = (texts: readonly string[], role: PassageRole): readonly string[] =>
    texts.join('') === '' ? texts : change(texts, role)
  const one = (text: string, role: PassageRole): string => runs([text], role)[0] ?? ''
  const cell = (value: TableCell, role: PassageRole): TableCell => ({
    ...value,
    lines: value.lines.map((line) => one(line, role)),
    ...(value.foot === undefined ? {} : { foot: one(value.foot, role) }),
  })
  const row = (value: TableRow, role: PassageRole): TableRow => ({
    ...value,
    cells: value.cells.map((each) => cell(each, role)),
  })
  const block = (value: Block): Block => {
    switch (value.kind) {
      case 'blank':
        return value
      case 'paragraph': {
        const texts = runs(
          value.runs.map((run) => run.text),
          'text',
        )
        return { ...value, runs: value.runs.map((run, index) => ({ ...run, text: texts[index] ?? '' })) }
      }
      case 'heading':
        return { ...value, text: one(value.text, 'heading') }
      case 'title': {
        const text = one(value.text, 'heading')
        // A name no line may tear apart is a name all the same.
        const { whole, ...rest } = value
        return { ...rest, text, ...(whole ? { whole: whole.filter((name) => text.includes(name)) } : {}) }
      }
      case 'signature':
        return { ...value, organ: one(value.organ, 'text'), date: one(value.date, 'text') }
      case 'signLine':
        return { ...value, parts: value.parts.map((part) => ({ ...part, label: one(part.label, 'text') })) }
      case 'table':
        return {
          ...value,
          head: value.head.map((each) => row(each, 'edge')),
          rows: value.rows.map((each) => row(each, 'text')),
        }
    }
  }
  const { letterhead, pageSignature, anchor } = paper
  return {
    ...paper,
    name: one(paper.name, 'data'),
    author: one(paper.author, 'data'),
    letterhead: letterhead && { organ: one(letterhead.organ, 'text'), number: one(letterhead.number, 'text') },
    blocks: paper.blocks.map(block),
    copies: paper.copies.map((text) => one(text, 'text')),
    pageSignature: pageSignature === null ? null : one(pageSignature, 'edge'),
    anchor: anchor === null ? null : one(anchor, 'edge'),
  }
}

/** The passages of a paper, by which strikes name them. */
export function passagesOf(paper: Paper): Passage[] {
  const found: Passage[] = []
  walk(paper, (runs, role) => {
    found.push({ role, text: runs.join('') })
    return runs
  })
  return found
}

/** The paper without what is struck. */
export function redactPaper(paper: Paper, strikes: readonly Strike[]): Paper {
  let passage = -1
  return walk(paper, (runs) => {
    passage += 1
    const own = strikes.filter((one) => one.passage === passage)
    return own.length === 0 ? runs : strikeRuns(runs, own)
  })
}
