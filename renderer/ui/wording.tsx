import { Fragment } from 'react'
import type { Stretch } from '#shared/domain/difference.ts'

/** What became of the end of a paragraph. */
const ends = { added: '分段', removed: '并段' } as const

/** How an older and a newer wording are told apart. */
export function Legend() {
  return (
    <span className="y-wording-legend">
      <ins className="y-wording">增加</ins> <del className="y-wording">删去</del>
    </span>
  )
}

/** A stretch of text; where a paragraph ends in it, the end itself is shown as kept, made or taken away. */
export function Words({ stretch: { kind, text: words } }: { stretch: Stretch }) {
  const shown = words.split('\n').map((part, index) => (
    <Fragment key={index}>
      {index > 0 && kind === 'same' && <br />}
      {index > 0 && kind !== 'same' && <span className="y-wording-place">〔{ends[kind]}〕</span>}
      {index > 0 && kind === 'added' && <br />}
      {part}
    </Fragment>
  ))
  if (kind === 'added') return <ins className="y-wording">{shown}</ins>
  return kind === 'removed' ? <del className="y-wording">{shown}</del> : <span>{shown}</span>
}
